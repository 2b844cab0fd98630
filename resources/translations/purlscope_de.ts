<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en_GB">
<context>
    <name>AttentionPanel</name>
    <message>
        <source>%1–%2 s</source>
        <translation>%1–%2 s</translation>
    </message>
</context>
<context>
    <name>BodyPart</name>
    <message>
        <source>trunk</source>
        <translation>Rumpf</translation>
    </message>
    <message>
        <source>left arm</source>
        <translation>li. Arm</translation>
    </message>
    <message>
        <source>right arm</source>
        <translation>re. Arm</translation>
    </message>
    <message>
        <source>left leg</source>
        <translation>li. Bein</translation>
    </message>
    <message>
        <source>right leg</source>
        <translation>re. Bein</translation>
    </message>
</context>
<context>
    <name>EvaluationWords</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 % ± %2</source>
        <translation>%1 % ± %2</translation>
    </message>
    <message>
        <source>%1 points</source>
        <translation>%1 Punkte</translation>
    </message>
    <message>
        <source>published protocol</source>
        <translation>veröffentlichtes Protokoll</translation>
    </message>
    <message>
        <source>%1 clips/s</source>
        <translation>%1 Clips/s</translation>
    </message>
    <message>
        <source>%1 left of this step</source>
        <translation>noch %1 für diesen Schritt</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>%1–%2 s</source>
        <translation>%1–%2 s</translation>
    </message>
    <message>
        <source>%1: contribution of each sentence to the score</source>
        <translation>%1: Beitrag jedes Satzes zum Score</translation>
    </message>
    <message>
        <source>%1: attention of its sentences</source>
        <translation>%1: Aufmerksamkeit seiner Sätze</translation>
    </message>
    <message>
        <source>probability %1 %</source>
        <translation>Wahrscheinlichkeit %1 %</translation>
    </message>
    <message>
        <source>score %1</source>
        <translation>Score %1</translation>
    </message>
    <message>
        <source>Contribution (score)</source>
        <translation>Beitrag (Score)</translation>
    </message>
    <message>
        <source>Attention (share)</source>
        <translation>Aufmerksamkeit (Anteil)</translation>
    </message>
    <message>
        <source>Over joints, moments at %1 s</source>
        <translation>Über Gelenke, Zeitabschnitte bei %1 s</translation>
    </message>
    <message>
        <source>Over joints, whole clip (%1)</source>
        <translation>Über Gelenke, ganzer Clip (%1)</translation>
    </message>
    <message>
        <source>Joint (%1)</source>
        <translation>Gelenk (%1)</translation>
    </message>
    <message>
        <source>Over time, all joints</source>
        <translation>Über die Zeit, alle Gelenke</translation>
    </message>
    <message>
        <source>Stretch of the clip (s)</source>
        <translation>Zeitabschnitt des Clips (s)</translation>
    </message>
    <message>
        <source>%1: names that end in %2 can be written, not “%3”; give the file another ending</source>
        <translation>%1: Namen, die auf %2 enden, lassen sich schreiben, „%3“ nicht; geben Sie der Datei eine andere Endung</translation>
    </message>
    <message>
        <source>none of these</source>
        <translation>keines davon</translation>
    </message>
    <message>
        <source>Scores of %1</source>
        <translation>Scores von %1</translation>
    </message>
    <message>
        <source>refined; the mark tells the probability without refinement</source>
        <translation>verfeinert; der Strich zeigt die Wahrscheinlichkeit ohne Verfeinerung</translation>
    </message>
    <message>
        <source>the best %1 of %2 labels</source>
        <translation>die besten %1 von %2 Labels</translation>
    </message>
</context>
<context>
    <name>Figure</name>
    <message>
        <source>Sentence</source>
        <translation>Satz</translation>
    </message>
    <message>
        <source>Probability (%)</source>
        <translation>Wahrscheinlichkeit (%)</translation>
    </message>
    <message>
        <source>Middle of the window (s)</source>
        <translation>Mitte des Zeitfensters (s)</translation>
    </message>
</context>
<context>
    <name>FolderListing</name>
    <message>
        <source>%1 of %2 classes</source>
        <translation>%1 von %2 Klassen</translation>
    </message>
    <message>
        <source>%1 class</source>
        <translation>%1 Klasse</translation>
    </message>
    <message>
        <source>%1 classes</source>
        <translation>%1 Klassen</translation>
    </message>
    <message>
        <source>%1 clip</source>
        <translation>%1 Clip</translation>
    </message>
    <message>
        <source>%1 clips</source>
        <translation>%1 Clips</translation>
    </message>
    <message>
        <source>%1 subject</source>
        <translation>%1 Proband</translation>
    </message>
    <message>
        <source>%1 subjects</source>
        <translation>%1 Probanden</translation>
    </message>
    <message>
        <source>%1 camera</source>
        <translation>%1 Kamera</translation>
    </message>
    <message>
        <source>%1 cameras</source>
        <translation>%1 Kameras</translation>
    </message>
    <message>
        <source>subject</source>
        <translation>Proband</translation>
    </message>
    <message>
        <source>take</source>
        <translation>Durchgang</translation>
    </message>
    <message>
        <source>camera</source>
        <translation>Kamera</translation>
    </message>
</context>
<context>
    <name>LiveSource</name>
    <message>
        <source>camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>video file</source>
        <translation>Videodatei</translation>
    </message>
    <message>
        <source>SkeletonStream over UDP</source>
        <translation>SkeletonStream über UDP</translation>
    </message>
    <message>
        <source>SkeletonStream over WebSocket</source>
        <translation>SkeletonStream über WebSocket</translation>
    </message>
    <message>
        <source>SkeletonStream from a server</source>
        <translation>SkeletonStream von einem Server</translation>
    </message>
    <message>
        <source>VMC (motion capture programs)</source>
        <translation>VMC (Motion-Capture-Programme)</translation>
    </message>
    <message>
        <source>a folder that OpenPose writes</source>
        <translation>Ordner, in den OpenPose schreibt</translation>
    </message>
    <message>
        <source>Rokoko Studio, JSON v3</source>
        <translation>Rokoko Studio, JSON v3</translation>
    </message>
    <message>
        <source>a recording, replayed</source>
        <translation>Aufnahme, abgespielt</translation>
    </message>
    <message>
        <source>not started</source>
        <translation>nicht gestartet</translation>
    </message>
    <message>
        <source>opening</source>
        <translation>wird geöffnet</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>live</source>
        <translation>live</translation>
    </message>
    <message>
        <source>stalled</source>
        <translation>stockt</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>verbindet</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
</context>
<context>
    <name>Problem</name>
    <message>
        <source>Recordings are missing</source>
        <translation>Aufnahmen fehlen</translation>
    </message>
    <message>
        <source>Results are of the clips that are here; get the rest where the data set is published if they must compare.</source>
        <translation>Die Ergebnisse gelten für die vorhandenen Clips; sollen sie vergleichbar sein, beziehen Sie die übrigen dort, wo der Datensatz veröffentlicht ist.</translation>
    </message>
    <message>
        <source>Class is not known</source>
        <translation>Klasse ist unbekannt</translation>
    </message>
    <message>
        <source>Training and evaluation leave them out; name the files as the data set does, or give the recordings a label.</source>
        <translation>Training und Auswertung lassen sie aus; benennen Sie die Dateien wie der Datensatz, oder geben Sie den Aufnahmen ein Label.</translation>
    </message>
    <message>
        <source>Same name twice</source>
        <translation>Gleicher Name zweimal</translation>
    </message>
    <message>
        <source>Keep one of the two in the folder.</source>
        <translation>Behalten Sie nur eine der beiden im Ordner.</translation>
    </message>
    <message>
        <source>Another data set in the folder</source>
        <translation>Anderer Datensatz im Ordner</translation>
    </message>
    <message>
        <source>Move these recordings to a folder of their own and open that.</source>
        <translation>Verschieben Sie diese Aufnahmen in einen eigenen Ordner und öffnen Sie diesen.</translation>
    </message>
    <message>
        <source>Several file formats</source>
        <translation>Mehrere Dateiformate</translation>
    </message>
    <message>
        <source>Each clip is read by its own format; “purlscope convert” brings them to one.</source>
        <translation>Jeder Clip wird in seinem eigenen Format gelesen; „purlscope convert“ bringt alle in eines.</translation>
    </message>
    <message>
        <source>Several joint layouts</source>
        <translation>Mehrere Gelenkschemata</translation>
    </message>
    <message>
        <source>Recognition maps each to the model&apos;s joints; look at the input check for what is inferred or missing.</source>
        <translation>Die Erkennung bildet jedes auf die Gelenke des Modells ab; die Eingabeprüfung zeigt, was erschlossen ist oder fehlt.</translation>
    </message>
    <message>
        <source>File is empty</source>
        <translation>Datei ist leer</translation>
    </message>
    <message>
        <source>Copy the file again from its source.</source>
        <translation>Kopieren Sie die Datei noch einmal von ihrer Quelle.</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>Nicht lesbar</translation>
    </message>
    <message>
        <source>Copy the file again from its source, or put it on a skip list.</source>
        <translation>Kopieren Sie die Datei noch einmal von ihrer Quelle, oder setzen Sie sie auf eine Auslassliste.</translation>
    </message>
    <message>
        <source>Nobody in it</source>
        <translation>Niemand zu sehen</translation>
    </message>
    <message>
        <source>Training and evaluation leave it out; put it on a skip list to be rid of it.</source>
        <translation>Training und Auswertung lassen ihn aus; auf einer Auslassliste verschwindet er ganz.</translation>
    </message>
    <message>
        <source>Too short</source>
        <translation>Zu kurz</translation>
    </message>
    <message>
        <source>Repeats another clip</source>
        <translation>Wiederholt einen anderen Clip</translation>
    </message>
    <message>
        <source>Tests count the two once; nothing has to be done.</source>
        <translation>Tests zählen beide einmal; zu tun ist nichts.</translation>
    </message>
</context>
<context>
    <name>RefineMethod</name>
    <message>
        <source>prototypes of the labels, by expectation maximisation over the bank</source>
        <translation>Prototypen der Labels, durch Erwartungsmaximierung (EM) über den Speicher</translation>
    </message>
    <message>
        <source>prototypes of what the bank&apos;s windows were taken for</source>
        <translation>Prototypen dessen, wofür die Zeitfenster des Speichers gehalten wurden</translation>
    </message>
    <message>
        <source>likeness to each window of the bank, training-free</source>
        <translation>Ähnlichkeit zu jedem Zeitfenster des Speichers, ohne Training</translation>
    </message>
    <message>
        <source>each label&apos;s running mean score is subtracted</source>
        <translation>der laufende mittlere Score jedes Labels wird abgezogen</translation>
    </message>
    <message>
        <source>measures are standardised by the stream&apos;s own mean and deviation</source>
        <translation>Messgrößen werden mit Mittelwert und Streuung des Stroms selbst normiert</translation>
    </message>
    <message>
        <source>half of each label&apos;s highest scores in the bank is subtracted</source>
        <translation>die Hälfte der höchsten Scores jedes Labels im Speicher wird abgezogen</translation>
    </message>
    <message>
        <source>sentences weigh by their agreement with all</source>
        <translation>Sätze zählen so viel, wie sie mit allen übereinstimmen</translation>
    </message>
    <message>
        <source>DynaPURLS: scale and shift of the texts by gradient, mean over classes</source>
        <translation>DynaPURLS: Skalierung und Verschiebung der Texte per Gradient, Mittel über Klassen</translation>
    </message>
    <message>
        <source>DynaPURLS&apos; published objective: mean over windows, decay to 0</source>
        <translation>veröffentlichte Zielfunktion von DynaPURLS: Mittel über Zeitfenster, Abnahme gegen 0</translation>
    </message>
</context>
<context>
    <name>ReportWords</name>
    <message>
        <source>What was fed to the model</source>
        <translation>Was das Modell bekam</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Befund</translation>
    </message>
    <message>
        <source>none of these</source>
        <translation>keines davon</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Label</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Score</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Scores</translation>
    </message>
    <message>
        <source>name and whole clip</source>
        <translation>Name und ganzer Clip</translation>
    </message>
    <message>
        <source>%1, probability %2</source>
        <translation>%1, Wahrscheinlichkeit %2</translation>
    </message>
    <message>
        <source>Sentence</source>
        <translation>Satz</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>Share in the score</source>
        <translation>Anteil am Score</translation>
    </message>
    <message>
        <source>Sentences of the best labels</source>
        <translation>Sätze der besten Labels</translation>
    </message>
    <message>
        <source>The margin between the two scores is %1. The shares under each heading add up to it; “if hidden” is the margin when the recording is scored again without that part.</source>
        <translation>Der Vorsprung zwischen den beiden Scores beträgt %1. Die Anteile unter jeder Überschrift ergeben zusammen diesen Vorsprung; „Verdeckt“ ist der Vorsprung, wenn die Aufnahme ohne diesen Teil noch einmal bewertet wird.</translation>
    </message>
    <message>
        <source>Share of the margin</source>
        <translation>Anteil am Vorsprung</translation>
    </message>
    <message>
        <source>If hidden</source>
        <translation>Verdeckt</translation>
    </message>
    <message>
        <source>Why %1 rather than %2?</source>
        <translation>Warum %1 und nicht %2?</translation>
    </message>
    <message>
        <source>Picture of the view</source>
        <translation>Bild der Ansicht</translation>
    </message>
    <message>
        <source>The view when the report was made</source>
        <translation>Die Ansicht, als der Bericht erstellt wurde</translation>
    </message>
    <message>
        <source>Report of %1</source>
        <translation>Bericht zu %1</translation>
    </message>
    <message>
        <source>Made by Purlscope %1 on %2.</source>
        <translation>Erstellt von Purlscope %1 am %2.</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Aufmerksamkeit</translation>
    </message>
</context>
<context>
    <name>Scale</name>
    <message>
        <source>attention</source>
        <translation>Aufmerksamkeit</translation>
    </message>
    <message>
        <source>contribution</source>
        <translation>Beitrag</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>Differenz</translation>
    </message>
    <message>
        <source>contribution difference</source>
        <translation>Differenz der Beiträge</translation>
    </message>
    <message>
        <source>clip</source>
        <translation>Clip</translation>
    </message>
    <message>
        <source>frame</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>fest</translation>
    </message>
    <message>
        <source>both</source>
        <translation>beide</translation>
    </message>
</context>
<context>
    <name>SettingWords</name>
    <message>
        <source>Slots a label</source>
        <translation>Plätze je Label</translation>
    </message>
    <message>
        <source>Windows that the bank keeps of each label</source>
        <translation>Zeitfenster, die der Speicher von jedem Label behält</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Konfidenz</translation>
    </message>
    <message>
        <source>Probability that a window needs to be kept, from 0 to 1</source>
        <translation>Wahrscheinlichkeit, die ein Zeitfenster braucht, um behalten zu werden, von 0 bis 1</translation>
    </message>
    <message>
        <source>Warm-up, windows</source>
        <translation>Anlauf, Zeitfenster</translation>
    </message>
    <message>
        <source>Windows that are seen before anything is learned</source>
        <translation>Zeitfenster, die gesehen werden, bevor etwas gelernt wird</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>How much the likeness to what was seen counts beside the texts</source>
        <translation>Wie viel die Ähnlichkeit zum Gesehenen neben den Texten zählt</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>How evenly a window is shared out among the labels; lower is surer</source>
        <translation>Wie gleichmäßig ein Zeitfenster auf die Labels verteilt wird; niedriger ist sicherer</translation>
    </message>
    <message>
        <source>Iterations a step</source>
        <translation>Iterationen je Schritt</translation>
    </message>
    <message>
        <source>How often labels and prototypes are found in turn, every step</source>
        <translation>Wie oft Labels und Prototypen in jedem Schritt abwechselnd bestimmt werden</translation>
    </message>
    <message>
        <source>Prior, windows</source>
        <translation>Vorwissen, Zeitfenster</translation>
    </message>
    <message>
        <source>Windows for which what was known before the stream counts</source>
        <translation>Wie viele Zeitfenster das zählt, was vor dem Strom bekannt war</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Learning rate at the start of the schedule</source>
        <translation>Lernrate am Anfang des Verlaufs</translation>
    </message>
    <message>
        <source>Decay</source>
        <translation>Rückzug</translation>
    </message>
    <message>
        <source>Pull of scale and shift back to where they began</source>
        <translation>Zug von Skalierung und Verschiebung zurück an ihren Anfang</translation>
    </message>
    <message>
        <source>Steps a window</source>
        <translation>Schritte je Zeitfenster</translation>
    </message>
    <message>
        <source>Steps of gradient descent after every window</source>
        <translation>Schritte des Gradientenabstiegs nach jedem Zeitfenster</translation>
    </message>
    <message>
        <source>Schedule, steps</source>
        <translation>Verlauf, Schritte</translation>
    </message>
    <message>
        <source>Steps over which the rate falls to a tenth</source>
        <translation>Schritte, in denen die Lernrate auf ein Zehntel fällt</translation>
    </message>
</context>
<context>
    <name>WhyRows</name>
    <message>
        <source>By sentence</source>
        <translation>Nach Sätzen</translation>
    </message>
    <message>
        <source>name and whole clip</source>
        <translation>Name und ganzer Clip</translation>
    </message>
    <message>
        <source>By body part</source>
        <translation>Nach Körperteilen</translation>
    </message>
    <message>
        <source>at no joint</source>
        <translation>an keinem Gelenk</translation>
    </message>
    <message>
        <source>By time</source>
        <translation>Nach Zeit</translation>
    </message>
    <message>
        <source>whole window</source>
        <translation>ganzes Zeitfenster</translation>
    </message>
    <message>
        <source>%1–%2 s</source>
        <translation>%1–%2 s</translation>
    </message>
    <message>
        <source>at no time</source>
        <translation>zu keiner Zeit</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>hands</source>
        <translation>Hände</translation>
    </message>
    <message>
        <source>torso</source>
        <translation>Rumpf</translation>
    </message>
    <message>
        <source>legs</source>
        <translation>Beine</translation>
    </message>
    <message>
        <source>start</source>
        <translation>Anfang</translation>
    </message>
    <message>
        <source>middle</source>
        <translation>Mitte</translation>
    </message>
    <message>
        <source>end</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>global</source>
        <translation>Ganzes</translation>
    </message>
    <message>
        <source>bank</source>
        <translation>Sammlung</translation>
    </message>
    <message>
        <source>nearest in bank</source>
        <translation>ähnlichstes der Sammlung</translation>
    </message>
    <message>
        <source>file</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>language model</source>
        <translation>Sprachmodell</translation>
    </message>
    <message>
        <source>template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>bearbeitet</translation>
    </message>
    <message>
        <source>nearest: %1</source>
        <translation>ähnlichstes: %1</translation>
    </message>
    <message>
        <source>,</source>
        <comment>between the thousands of a number; not what parts decimals, which is a point</comment>
        <translation>&#x202f;</translation>
    </message>
    <message>
        <source>about %1 s</source>
        <translation>etwa %1 s</translation>
    </message>
    <message>
        <source>about %1 min</source>
        <translation>etwa %1 min</translation>
    </message>
    <message>
        <source>about %1 h %2 min</source>
        <translation>etwa %1 h %2 min</translation>
    </message>
</context>
<context>
    <name>purlscope::app::AskRow</name>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Leave everything as it is</source>
        <translation>Alles lassen, wie es ist</translation>
    </message>
</context>
<context>
    <name>purlscope::app::AttentionMatrix</name>
    <message>
        <source>Attention matrix</source>
        <translation>Aufmerksamkeitsmatrix</translation>
    </message>
</context>
<context>
    <name>purlscope::app::AttentionPanel</name>
    <message>
        <source>Joints</source>
        <translation>Gelenke</translation>
    </message>
    <message>
        <source>Sentences over joints</source>
        <translation>Sätze über Gelenke</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Sentences over stretches of time</source>
        <translation>Sätze über Zeitabschnitte</translation>
    </message>
    <message>
        <source>At playhead</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Whole clip</source>
        <translation>Ganzer Clip</translation>
    </message>
    <message>
        <source>Part of the clip</source>
        <translation>Teil des Clips</translation>
    </message>
    <message>
        <source>Attention of the moments that cover the playhead, or of the whole clip</source>
        <translation>Aufmerksamkeit der Zeitabschnitte an der Abspielposition oder des ganzen Clips</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Aufmerksamkeit</translation>
    </message>
    <message>
        <source>Contribution</source>
        <translation>Beitrag</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Maß</translation>
    </message>
    <message>
        <source>Attention: where the sentence looks. Contribution: exact share in the label&apos;s score</source>
        <translation>Aufmerksamkeit: wohin der Satz schaut. Beitrag: genauer Anteil am Score des Labels</translation>
    </message>
    <message>
        <source>measure</source>
        <translation>Maß</translation>
    </message>
    <message>
        <source>There is no model</source>
        <translation>Es gibt kein Modell</translation>
    </message>
    <message>
        <source>The message above the view says why and what to do.</source>
        <translation>Die Meldung über der Ansicht sagt, warum und was zu tun ist.</translation>
    </message>
    <message>
        <source>No recording is open</source>
        <translation>Keine Aufnahme ist geöffnet</translation>
    </message>
    <message>
        <source>Open a file, or drop one on the window.</source>
        <translation>Öffnen Sie eine Datei, oder legen Sie eine auf dem Fenster ab.</translation>
    </message>
    <message>
        <source>No labels yet</source>
        <translation>Noch keine Labels</translation>
    </message>
    <message>
        <source>Type an action under Labels to see what its sentences look at.</source>
        <translation>Geben Sie unter Labels eine Handlung ein, um zu sehen, wohin ihre Sätze schauen.</translation>
    </message>
    <message>
        <source>No label is chosen</source>
        <translation>Kein Label ist gewählt</translation>
    </message>
    <message>
        <source>Choose one under Labels to see what its sentences look at.</source>
        <translation>Wählen Sie eines unter Labels, um zu sehen, wohin seine Sätze schauen.</translation>
    </message>
    <message>
        <source>The model is loading</source>
        <translation>Das Modell wird geladen</translation>
    </message>
    <message>
        <source>Attention appears as soon as it is ready.</source>
        <translation>Die Aufmerksamkeit erscheint, sobald es bereit ist.</translation>
    </message>
    <message>
        <source>“%1” has no scores yet</source>
        <translation>„%1“ hat noch keine Scores</translation>
    </message>
    <message>
        <source>Attention appears once they are there.</source>
        <translation>Die Aufmerksamkeit erscheint, sobald sie da sind.</translation>
    </message>
    <message>
        <source>Choose a sentence</source>
        <translation>Satz wählen</translation>
    </message>
    <message>
        <source>most: %1 %2</source>
        <translation>meiste: %1 %2</translation>
    </message>
    <message>
        <source>Sentence “%1”, %2</source>
        <translation>Satz „%1“, %2</translation>
    </message>
</context>
<context>
    <name>purlscope::app::BankView</name>
    <message>
        <source>Bank</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Taken for “%1”, %2 sure</source>
        <translation>Gehalten für „%1“, zu %2 sicher</translation>
    </message>
    <message>
        <source>%1, %2–%3 s, window %4</source>
        <translation>%1, %2–%3 s, Zeitfenster %4</translation>
    </message>
    <message>
        <source>Click to show it</source>
        <translation>Zum Anzeigen klicken</translation>
    </message>
    <message>
        <source>Of a live source: it cannot be opened</source>
        <translation>Von einer Live-Quelle: kann nicht geöffnet werden</translation>
    </message>
    <message>
        <source>Learned in an earlier run: its file is not known</source>
        <translation>In einem früheren Lauf gelernt: die Datei ist nicht bekannt</translation>
    </message>
    <message>
        <source>%1 window remembered</source>
        <translation>%1 Zeitfenster gemerkt</translation>
    </message>
    <message>
        <source>%1 windows remembered</source>
        <translation>%1 Zeitfenster gemerkt</translation>
    </message>
</context>
<context>
    <name>purlscope::app::Banner</name>
    <message>
        <source>Not opened: %1</source>
        <translation>Nicht geöffnet: %1</translation>
    </message>
    <message>
        <source>Folder not listed: %1</source>
        <translation>Ordner nicht gelesen: %1</translation>
    </message>
    <message>
        <source>No scores: %1</source>
        <translation>Keine Scores: %1</translation>
    </message>
    <message>
        <source>Not drawn as wished: %1</source>
        <translation>Nicht wie gewünscht gezeichnet: %1</translation>
    </message>
    <message>
        <source>Live source: %1</source>
        <translation>Live-Quelle: %1</translation>
    </message>
    <message>
        <source>Refinement: %1</source>
        <translation>Verfeinerung: %1</translation>
    </message>
    <message>
        <source>Session: %1</source>
        <translation>Sitzung: %1</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Show the full text of the messages</source>
        <translation>Den ganzen Text der Meldungen zeigen</translation>
    </message>
    <message>
        <source>Dismiss message</source>
        <translation>Meldung schließen</translation>
    </message>
    <message>
        <source>Dismiss the message</source>
        <translation>Die Meldung schließen</translation>
    </message>
    <message>
        <source>Full text of the messages</source>
        <translation>Ganzer Text der Meldungen</translation>
    </message>
    <message>
        <source>(and %1 more message)</source>
        <translation>(und %1 weitere Meldung)</translation>
    </message>
    <message>
        <source>(and %1 more messages)</source>
        <translation>(und %1 weitere Meldungen)</translation>
    </message>
    <message>
        <source>Evaluation: %1</source>
        <translation>Auswertung: %1</translation>
    </message>
    <message>
        <source>Not exported: %1</source>
        <translation>Nicht exportiert: %1</translation>
    </message>
</context>
<context>
    <name>purlscope::app::ClassChecks</name>
    <message>
        <source>%1 clip</source>
        <translation>%1 Clip</translation>
    </message>
    <message>
        <source>%1 clips</source>
        <translation>%1 Clips</translation>
    </message>
</context>
<context>
    <name>purlscope::app::ClassModel</name>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>Clips</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Richtig</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>Compared</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Right, %</source>
        <translation>Richtig, %</translation>
    </message>
    <message>
        <source>%1: %2 of %3 right</source>
        <translation>%1: %2 von %3 richtig</translation>
    </message>
</context>
<context>
    <name>purlscope::app::ClassTable</name>
    <message>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <source>A click on a heading sorts; a double click on a class, or Enter, lists its clips in the library that were taken for others</source>
        <translation>Ein Klick auf eine Überschrift sortiert; ein Doppelklick auf eine Klasse, oder Enter, zeigt in der Bibliothek ihre Clips, die für andere gehalten wurden</translation>
    </message>
</context>
<context>
    <name>purlscope::app::ClipChoice</name>
    <message>
        <source>All clips</source>
        <translation>Alle Clips</translation>
    </message>
    <message>
        <source>List all clips of the folder again</source>
        <translation>Wieder alle Clips des Ordners zeigen</translation>
    </message>
    <message>
        <source>%1 clip</source>
        <translation>%1 Clip</translation>
    </message>
    <message>
        <source>%1 clips</source>
        <translation>%1 Clips</translation>
    </message>
</context>
<context>
    <name>purlscope::app::ClipList</name>
    <message>
        <source>Clips</source>
        <translation>Clips</translation>
    </message>
    <message>
        <source>Left and Right close and open a class</source>
        <translation>Links und Rechts schließen und öffnen eine Klasse</translation>
    </message>
</context>
<context>
    <name>purlscope::app::CommandPalette</name>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>Type a command...</source>
        <translation>Befehl eingeben...</translation>
    </message>
    <message>
        <source>Search commands</source>
        <translation>Befehle suchen</translation>
    </message>
    <message>
        <source>Type part of a command; Enter runs it, Escape closes</source>
        <translation>Teil eines Befehls eingeben; Enter führt ihn aus, Escape schließt</translation>
    </message>
    <message>
        <source>Matching commands</source>
        <translation>Passende Befehle</translation>
    </message>
    <message>
        <source>No command is called like this</source>
        <translation>Kein Befehl heißt so</translation>
    </message>
</context>
<context>
    <name>purlscope::app::ConfusionView</name>
    <message>
        <source>Confusion matrix</source>
        <translation>Konfusionsmatrix</translation>
    </message>
    <message>
        <source>of %1 clip</source>
        <translation>von %1 Clip</translation>
    </message>
    <message>
        <source>of %1 clips</source>
        <translation>von %1 Clips</translation>
    </message>
    <message>
        <source>of %1 decision</source>
        <translation>von %1 Entscheidung</translation>
    </message>
    <message>
        <source>of %1 decisions</source>
        <translation>von %1 Entscheidungen</translation>
    </message>
    <message>
        <source>true %1, said %2: %3 %4 (%5)</source>
        <translation>wahr %1, erkannt als %2: %3 %4 (%5)</translation>
    </message>
    <message>
        <source>said</source>
        <translation>erkannt</translation>
    </message>
    <message>
        <source>true</source>
        <translation>wahr</translation>
    </message>
    <message>
        <source>100 % of the true class</source>
        <translation>100 % der wahren Klasse</translation>
    </message>
</context>
<context>
    <name>purlscope::app::ConnectDialog</name>
    <message>
        <source>Connect a live source</source>
        <translation>Live-Quelle verbinden</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Testen</translation>
    </message>
    <message>
        <source>Kinds of live sources</source>
        <translation>Arten von Live-Quellen</translation>
    </message>
    <message>
        <source>The same on the command line</source>
        <translation>Dasselbe auf der Befehlszeile</translation>
    </message>
    <message>
        <source>Result of the test</source>
        <translation>Ergebnis des Tests</translation>
    </message>
    <message>
        <source>Opens the source for a moment and says what comes</source>
        <translation>Öffnet die Quelle kurz und sagt, was kommt</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>On the command line: purlscope watch &quot;%1&quot; --labels ...</source>
        <translation>Auf der Befehlszeile: purlscope watch &quot;%1&quot; --labels ...</translation>
    </message>
    <message>
        <source>Stop test</source>
        <translation>Test beenden</translation>
    </message>
</context>
<context>
    <name>purlscope::app::DiagnosticsDialog</name>
    <message>
        <source>Diagnostics</source>
        <translation>Diagnose</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy all lines, for a report of a problem</source>
        <translation>Alle Zeilen kopieren, um ein Problem zu melden</translation>
    </message>
    <message>
        <source>Count anew</source>
        <translation>Neu zählen</translation>
    </message>
    <message>
        <source>Forget the gaps seen so far</source>
        <translation>Die bisherigen Lücken vergessen</translation>
    </message>
</context>
<context>
    <name>purlscope::app::Dock</name>
    <message>
        <source>Float or dock the panel “%1”</source>
        <translation>Bereich „%1“ lösen oder andocken</translation>
    </message>
    <message>
        <source>Hide the panel “%1” (View menu brings it back)</source>
        <translation>Bereich „%1“ ausblenden (das Menü Ansicht holt ihn zurück)</translation>
    </message>
</context>
<context>
    <name>purlscope::app::DropFrame</name>
    <message>
        <source>Drop to open</source>
        <translation>Zum Öffnen ablegen</translation>
    </message>
</context>
<context>
    <name>purlscope::app::EvaluationForm</name>
    <message>
        <source>%1 unseen</source>
        <translation>%1 ungesehen</translation>
    </message>
    <message>
        <source>More options</source>
        <translation>Mehr Optionen</translation>
    </message>
    <message>
        <source>Recordings, seeds, protocol and what else can be measured</source>
        <translation>Aufnahmen, Startwerte, Protokoll und was sich sonst noch messen lässt</translation>
    </message>
    <message>
        <source>Data set</source>
        <translation>Datensatz</translation>
    </message>
    <message>
        <source>A folder of the library</source>
        <translation>Ein Ordner der Bibliothek</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Aufteilung</translation>
    </message>
    <message>
        <source>Which classes are unseen: a published split, the one made in the library, or random:COUNT:SEED</source>
        <translation>Welche Klassen ungesehen sind: eine veröffentlichte Aufteilung, die in der Bibliothek erstellte oder random:ANZAHL:STARTWERT</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Verfahren</translation>
    </message>
    <message>
        <source>Learns from the seen classes, then names the unseen ones</source>
        <translation>Lernt aus den gesehenen Klassen und benennt dann die ungesehenen</translation>
    </message>
    <message>
        <source>Refinement</source>
        <translation>Verfeinerung</translation>
    </message>
    <message>
        <source>Lets the method learn from the test clips as a stream without labels; every clip is scored before it is learned from</source>
        <translation>Lässt das Verfahren aus den Testclips als einem Strom ohne Labels lernen; jeder Clip wird bewertet, bevor aus ihm gelernt wird</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>On arrival: %1</source>
        <translation>Bei Ankunft: %1</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>Aufnahmen</translation>
    </message>
    <message>
        <source>Train on one side of the recordings, test on the other</source>
        <translation>Auf der einen Seite der Aufnahmen trainieren, auf der anderen testen</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>Startwerte</translation>
    </message>
    <message>
        <source>How often it is trained and tested anew, with seeds 0, 1, 2 ...</source>
        <translation>Wie oft neu trainiert und getestet wird, mit den Startwerten 0, 1, 2 ...</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>Reihenfolgen</translation>
    </message>
    <message>
        <source>Random orders in which the test clips arrive</source>
        <translation>Zufällige Reihenfolgen, in denen die Testclips ankommen</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>The published protocol asks with the true label: a leak, for comparison alone</source>
        <translation>Das veröffentlichte Protokoll fragt mit dem wahren Label: ein Leck, nur zum Vergleich</translation>
    </message>
    <message>
        <source>Leak-free</source>
        <translation>Ohne Leck</translation>
    </message>
    <message>
        <source>Published (a leak, to compare)</source>
        <translation>Veröffentlicht (Leck, zum Vergleich)</translation>
    </message>
    <message>
        <source>Also with all classes as candidates</source>
        <translation>Auch mit allen Klassen als Kandidaten</translation>
    </message>
    <message>
        <source>Generalised recognition: accuracy on seen and on unseen classes, and the harmonic mean of the two; takes about five times as long</source>
        <translation>Verallgemeinerte Erkennung: Genauigkeit auf gesehenen und auf ungesehenen Klassen und das harmonische Mittel der beiden; dauert etwa fünfmal so lange</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Folder of a trained model</source>
        <translation>Ordner eines trainierten Modells</translation>
    </message>
    <message>
        <source>trained for the split</source>
        <translation>für die Aufteilung trainiert</translation>
    </message>
    <message>
        <source>Folder of a model that was trained for this very split; without it one is trained first</source>
        <translation>Ordner eines Modells, das für genau diese Aufteilung trainiert wurde; ohne ihn wird erst eines trainiert</translation>
    </message>
    <message>
        <source>Choose the folder of a trained model</source>
        <translation>Ordner eines trainierten Modells wählen</translation>
    </message>
    <message>
        <source>Own split</source>
        <translation>Eigene Aufteilung</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
</context>
<context>
    <name>purlscope::app::EvaluationJob</name>
    <message>
        <source>The evaluation failed: %1</source>
        <translation>Die Auswertung ist fehlgeschlagen: %1</translation>
    </message>
</context>
<context>
    <name>purlscope::app::EvaluationPanel</name>
    <message>
        <source>State of the evaluation</source>
        <translation>Zustand der Auswertung</translation>
    </message>
    <message>
        <source>Open the folder of a data set, and its unseen classes can be recognised clip by clip: accuracy, who is taken for whom, and the published figures beside.</source>
        <translation>Öffnen Sie den Ordner eines Datensatzes, und seine ungesehenen Klassen lassen sich Clip für Clip erkennen: Genauigkeit, was wofür gehalten wird, und daneben die veröffentlichten Werte.</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was kept.</source>
        <translation>Abgebrochen. Nichts wurde behalten.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>Auswerten</translation>
    </message>
    <message>
        <source>Cancel the evaluation</source>
        <translation>Auswertung abbrechen</translation>
    </message>
    <message>
        <source>Learn from the seen classes and recognise every clip of the unseen ones</source>
        <translation>Aus den gesehenen Klassen lernen und jeden Clip der ungesehenen erkennen</translation>
    </message>
    <message>
        <source>true %1, said %2</source>
        <translation>wahr %1, erkannt als %2</translation>
    </message>
    <message>
        <source>%1, taken for others</source>
        <translation>%1, für andere gehalten</translation>
    </message>
</context>
<context>
    <name>purlscope::app::Exporter</name>
    <message>
        <source>PNG picture</source>
        <translation>PNG-Bild</translation>
    </message>
    <message>
        <source>SVG drawing</source>
        <translation>SVG-Zeichnung</translation>
    </message>
    <message>
        <source>PDF page</source>
        <translation>PDF-Seite</translation>
    </message>
    <message>
        <source>CSV table</source>
        <translation>CSV-Tabelle</translation>
    </message>
    <message>
        <source>NumPy arrays</source>
        <translation>NumPy-Arrays</translation>
    </message>
    <message>
        <source>JSON document</source>
        <translation>JSON-Dokument</translation>
    </message>
    <message>
        <source>MP4 video</source>
        <translation>MP4-Video</translation>
    </message>
    <message>
        <source>GIF animation</source>
        <translation>GIF-Animation</translation>
    </message>
    <message>
        <source>HTML page</source>
        <translation>HTML-Seite</translation>
    </message>
    <message>
        <source>%1. Choose another folder, or make room on the disk, and export again.</source>
        <translation>%1. Wählen Sie einen anderen Ordner, oder schaffen Sie Platz auf der Platte, und exportieren Sie noch einmal.</translation>
    </message>
    <message>
        <source>Saving %1...</source>
        <translation>%1 wird gespeichert...</translation>
    </message>
    <message>
        <source>view</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Save the picture as</source>
        <translation>Bild speichern unter</translation>
    </message>
    <message>
        <source>video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>Save the video as</source>
        <translation>Video speichern unter</translation>
    </message>
    <message>
        <source>contribution</source>
        <translation>Beitrag</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>Aufmerksamkeit</translation>
    </message>
    <message>
        <source>Save the attention matrices as</source>
        <translation>Aufmerksamkeitsmatrizen speichern unter</translation>
    </message>
    <message>
        <source>Save the scores as</source>
        <translation>Scores speichern unter</translation>
    </message>
    <message>
        <source>scores</source>
        <translation>Scores</translation>
    </message>
    <message>
        <source>Save the window fed to the model as</source>
        <translation>Zeitfenster für das Modell speichern unter</translation>
    </message>
    <message>
        <source>window</source>
        <translation>Zeitfenster</translation>
    </message>
    <message>
        <source>Save the report as</source>
        <translation>Bericht speichern unter</translation>
    </message>
    <message>
        <source>report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>There is no picture of the view: %1</source>
        <translation>Es gibt kein Bild der Ansicht: %1</translation>
    </message>
</context>
<context>
    <name>purlscope::app::FileDialog</name>
    <message>
        <source>Recordings (%1)</source>
        <translation>Aufnahmen (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>purlscope::app::FilmDialog</name>
    <message>
        <source>Title, colour bar and names</source>
        <translation>Titel, Farbleiste und Namen</translation>
    </message>
    <message>
        <source>What is written over the view</source>
        <translation>Was über die Ansicht geschrieben wird</translation>
    </message>
    <message>
        <source>Save as...</source>
        <translation>Speichern unter...</translation>
    </message>
    <message>
        <source>%1 (%2–%3 s)</source>
        <translation>%1 (%2–%3 s)</translation>
    </message>
    <message>
        <source>Video of the view</source>
        <translation>Video der Ansicht</translation>
    </message>
    <message>
        <source>Part of the clip</source>
        <translation>Teil des Clips</translation>
    </message>
    <message>
        <source>Set A and B on the timeline (keys [ and ]) to export a part of the clip</source>
        <translation>A und B auf der Zeitleiste setzen (Tasten [ und ]), um einen Teil des Clips zu exportieren</translation>
    </message>
    <message>
        <source>Whole clip</source>
        <translation>Ganzer Clip</translation>
    </message>
    <message>
        <source>A to B</source>
        <translation>A bis B</translation>
    </message>
    <message>
        <source> frames per second</source>
        <translation> Bilder je Sekunde</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Bildrate</translation>
    </message>
    <message>
        <source>Frames per second; GIFs take at most 50</source>
        <translation>Bilder je Sekunde; GIFs erlauben höchstens 50</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>Einblendung</translation>
    </message>
    <message>
        <source>%1, %2 at the speed of the recording. MP4 for talks and supplements, GIF for web pages.</source>
        <translation>%1, %2 im Tempo der Aufnahme. MP4 für Vorträge und Zusatzmaterial, GIF für Webseiten.</translation>
    </message>
    <message>
        <source>%1 frame</source>
        <translation>%1 Bild</translation>
    </message>
    <message>
        <source>%1 frames</source>
        <translation>%1 Bilder</translation>
    </message>
</context>
<context>
    <name>purlscope::app::FilmJob</name>
    <message>
        <source>The video could not be made: %1</source>
        <translation>Das Video konnte nicht erstellt werden: %1</translation>
    </message>
    <message>
        <source>%1 of %2 frames</source>
        <translation>%1 von %2 Bildern</translation>
    </message>
    <message>
        <source>, %1 left</source>
        <translation>, noch %1</translation>
    </message>
</context>
<context>
    <name>purlscope::app::FilmStatus</name>
    <message>
        <source>Progress of the video</source>
        <translation>Fortschritt des Videos</translation>
    </message>
    <message>
        <source>Cancel the video</source>
        <translation>Video abbrechen</translation>
    </message>
    <message>
        <source>Cancel the video; no file is left of it</source>
        <translation>Das Video abbrechen; keine Datei bleibt davon übrig</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>Video: %1</source>
        <translation>Video: %1</translation>
    </message>
</context>
<context>
    <name>purlscope::app::FilterBar</name>
    <message>
        <source>Parts</source>
        <translation>Teile</translation>
    </message>
    <message>
        <source>Seen classes</source>
        <translation>Gesehene Klassen</translation>
    </message>
    <message>
        <source>Unseen classes</source>
        <translation>Ungesehene Klassen</translation>
    </message>
    <message>
        <source>Training side</source>
        <translation>Trainingsseite</translation>
    </message>
    <message>
        <source>Test side</source>
        <translation>Testseite</translation>
    </message>
    <message>
        <source>Seen, training side</source>
        <translation>Gesehen, Trainingsseite</translation>
    </message>
    <message>
        <source>Unseen, test side</source>
        <translation>Ungesehen, Testseite</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>Shows the clips of one class only</source>
        <translation>Zeigt nur die Clips einer Klasse</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Proband</translation>
    </message>
    <message>
        <source>Shows the clips of one subject only</source>
        <translation>Zeigt nur die Clips eines Probanden</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Shows the clips of one camera only</source>
        <translation>Zeigt nur die Clips einer Kamera</translation>
    </message>
    <message>
        <source>Part of the split</source>
        <translation>Teil der Aufteilung</translation>
    </message>
    <message>
        <source>Shows one part of the split only</source>
        <translation>Zeigt nur einen Teil der Aufteilung</translation>
    </message>
    <message>
        <source>Choose a split</source>
        <translation>Aufteilung wählen</translation>
    </message>
    <message>
        <source>Choose which classes are unseen, and by what the recordings are divided</source>
        <translation>Wählen, welche Klassen ungesehen sind und wonach die Aufnahmen geteilt werden</translation>
    </message>
    <message>
        <source>All classes</source>
        <translation>Alle Klassen</translation>
    </message>
    <message>
        <source>Subjects</source>
        <translation>Probanden</translation>
    </message>
    <message>
        <source>Subject %1</source>
        <translation>Proband %1</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>Kameras</translation>
    </message>
    <message>
        <source>Camera %1</source>
        <translation>Kamera %1</translation>
    </message>
    <message>
        <source>Split...</source>
        <translation>Aufteilung...</translation>
    </message>
    <message>
        <source>Split: %1</source>
        <translation>Aufteilung: %1</translation>
    </message>
</context>
<context>
    <name>purlscope::app::FolderJobs</name>
    <message>
        <source>Indexing %1</source>
        <translation>%1 wird gelesen</translation>
    </message>
    <message>
        <source>Checking %1</source>
        <translation>%1 wird geprüft</translation>
    </message>
</context>
<context>
    <name>purlscope::app::InputPanel</name>
    <message>
        <source>%1 frame</source>
        <translation>%1 Bild</translation>
    </message>
    <message>
        <source>%1 frames</source>
        <translation>%1 Bilder</translation>
    </message>
    <message>
        <source>Clip</source>
        <translation>Clip</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>Warnungen</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>Aufgenommen</translation>
    </message>
    <message>
        <source>Fed</source>
        <translation>Gefüttert</translation>
    </message>
    <message>
        <source>Joints</source>
        <translation>Gelenke</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>No clip is open.</source>
        <translation>Kein Clip ist geöffnet.</translation>
    </message>
    <message>
        <source> (its label: %1)</source>
        <translation> (sein Label: %1)</translation>
    </message>
    <message>
        <source>%1 person</source>
        <translation>%1 Person</translation>
    </message>
    <message>
        <source>%1 persons</source>
        <translation>%1 Personen</translation>
    </message>
    <message>
        <source>%1–%2 s</source>
        <translation>%1–%2 s</translation>
    </message>
    <message>
        <source>%1 without the person left out</source>
        <translation>%1 ohne die Person ausgelassen</translation>
    </message>
    <message>
        <source>%1 · refined</source>
        <translation>%1 · verfeinert</translation>
    </message>
    <message>
        <source>inferred</source>
        <translation>erschlossen</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>fehlend</translation>
    </message>
    <message>
        <source>all measured</source>
        <translation>alle gemessen</translation>
    </message>
</context>
<context>
    <name>purlscope::app::InteractionPlayer</name>
    <message>
        <source>it was not recorded</source>
        <translation>es wurde nicht aufgezeichnet</translation>
    </message>
    <message>
        <source>the program is still at work</source>
        <translation>das Programm arbeitet noch</translation>
    </message>
    <message>
        <source>it is not in sight</source>
        <translation>es ist nicht zu sehen</translation>
    </message>
    <message>
        <source>its window is not shown</source>
        <translation>sein Fenster wird nicht gezeigt</translation>
    </message>
    <message>
        <source>it cannot be used now</source>
        <translation>es ist gerade nicht bedienbar</translation>
    </message>
    <message>
        <source>it does not have the keyboard; that has: %1</source>
        <translation>es hat die Tastatur nicht; die hat: %1</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>the entry is not there</source>
        <translation>der Eintrag ist nicht da</translation>
    </message>
    <message>
        <source>it is covered by %1</source>
        <translation>es ist verdeckt von %1</translation>
    </message>
    <message>
        <source>%1 line %2: cannot go on at %3: %4, after waiting %5 s. Start the program as it was when this was recorded (files, labels, panels), or record anew with --record-ui.</source>
        <translation>%1 Zeile %2: es geht nicht weiter bei %3: %4, nach %5 s Warten. Starten Sie das Programm so, wie es bei der Aufzeichnung war (Dateien, Labels, Bereiche), oder zeichnen Sie mit --record-ui neu auf.</translation>
    </message>
</context>
<context>
    <name>purlscope::app::JobProgress</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>%1 s left</source>
        <translation>noch %1 s</translation>
    </message>
    <message>
        <source>%1 min left</source>
        <translation>noch %1 min</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Stop reading the folder</source>
        <translation>Lesen des Ordners abbrechen</translation>
    </message>
    <message>
        <source>Stop reading the folder; what was learnt so far is kept</source>
        <translation>Das Lesen des Ordners abbrechen; bisher Gelesenes bleibt</translation>
    </message>
</context>
<context>
    <name>purlscope::app::JobRow</name>
    <message>
        <source>Progress of the evaluation</source>
        <translation>Fortschritt der Auswertung</translation>
    </message>
    <message>
        <source>Starting the engine</source>
        <translation>Engine wird gestartet</translation>
    </message>
</context>
<context>
    <name>purlscope::app::KeySheet</name>
    <message>
        <source>Drag</source>
        <translation>Ziehen</translation>
    </message>
    <message>
        <source>Mouse</source>
        <translation>Maus</translation>
    </message>
    <message>
        <source>Turn the view</source>
        <translation>Ansicht drehen</translation>
    </message>
    <message>
        <source>Drag in the 3-D view to orbit around the person</source>
        <translation>In der 3D-Ansicht ziehen, um die Person zu umkreisen</translation>
    </message>
    <message>
        <source>Move the view</source>
        <translation>Ansicht verschieben</translation>
    </message>
    <message>
        <source>Drag with Shift or with the right button</source>
        <translation>Mit Umschalt oder der rechten Taste ziehen</translation>
    </message>
    <message>
        <source>Right drag</source>
        <translation>Rechts ziehen</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoomen</translation>
    </message>
    <message>
        <source>Turn the wheel over the 3-D view</source>
        <translation>Das Mausrad über der 3D-Ansicht drehen</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Mausrad</translation>
    </message>
    <message>
        <source>Pin or unpin a joint</source>
        <translation>Gelenk anheften oder lösen</translation>
    </message>
    <message>
        <source>Click a joint in the 3-D view</source>
        <translation>In der 3D-Ansicht auf ein Gelenk klicken</translation>
    </message>
    <message>
        <source>Click</source>
        <translation>Klick</translation>
    </message>
    <message>
        <source>Scrub on the timeline</source>
        <translation>Auf der Zeitleiste suchen</translation>
    </message>
    <message>
        <source>Drag on the timeline to move through the clip</source>
        <translation>Auf der Zeitleiste ziehen, um den Clip zu durchlaufen</translation>
    </message>
    <message>
        <source>Step on the timeline</source>
        <translation>Schritte auf der Zeitleiste</translation>
    </message>
    <message>
        <source>Turn the wheel over the timeline to step by frames</source>
        <translation>Das Mausrad über der Zeitleiste drehen, um Bild für Bild zu gehen</translation>
    </message>
    <message>
        <source>or</source>
        <translation>oder</translation>
    </message>
    <message>
        <source>Keys and commands</source>
        <translation>Tasten und Befehle</translation>
    </message>
</context>
<context>
    <name>purlscope::app::LabelModel</name>
    <message>
        <source>not scored yet</source>
        <translation>noch kein Score</translation>
    </message>
    <message>
        <source>%1, edited</source>
        <translation>%1, bearbeitet</translation>
    </message>
    <message>
        <source>Sentences of “%1”</source>
        <translation>Sätze von „%1“</translation>
    </message>
    <message>
        <source>Remove “%1”</source>
        <translation>„%1“ entfernen</translation>
    </message>
    <message>
        <source>Show and edit the eight sentences</source>
        <translation>Die acht Sätze zeigen und bearbeiten</translation>
    </message>
    <message>
        <source>Remove this label</source>
        <translation>Dieses Label entfernen</translation>
    </message>
    <message>
        <source>%1: probability %2, score %3; without refinement %4</source>
        <translation>%1: Wahrscheinlichkeit %2, Score %3; ohne Verfeinerung %4</translation>
    </message>
    <message>
        <source>%1: probability %2, score %3</source>
        <translation>%1: Wahrscheinlichkeit %2, Score %3</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Label</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Score</translation>
    </message>
    <message>
        <source>Sentences</source>
        <translation>Sätze</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
</context>
<context>
    <name>purlscope::app::LabelTable</name>
    <message>
        <source>edited</source>
        <translation>bearbeitet</translation>
    </message>
    <message>
        <source>Labels and scores</source>
        <translation>Labels und Scores</translation>
    </message>
    <message>
        <source>Enter opens the sentences of a label, Delete removes it</source>
        <translation>Enter öffnet die Sätze eines Labels, Entf entfernt es</translation>
    </message>
</context>
<context>
    <name>purlscope::app::LabelsPanel</name>
    <message>
        <source>Type an action...</source>
        <translation>Handlung eingeben...</translation>
    </message>
    <message>
        <source>New label</source>
        <translation>Neues Label</translation>
    </message>
    <message>
        <source>Type what the person might be doing; Enter adds and scores it  (N)</source>
        <translation>Geben Sie ein, was die Person tun könnte; Enter fügt es hinzu und bewertet es  (N)</translation>
    </message>
    <message>
        <source>Type the actions to choose from. Each is scored against the clip at once.</source>
        <translation>Geben Sie die Handlungen ein, die zur Wahl stehen. Jede wird sofort am Clip bewertet.</translation>
    </message>
    <message>
        <source>none of these: %1</source>
        <translation>keines davon: %1</translation>
    </message>
    <message>
        <source> · refined</source>
        <translation> · verfeinert</translation>
    </message>
    <message>
        <source>Refinement has changed these scores: see the panel “Refinement”</source>
        <translation>Die Verfeinerung hat diese Scores verändert: siehe den Bereich „Verfeinerung“</translation>
    </message>
    <message>
        <source>scoring...</source>
        <translation>wird bewertet...</translation>
    </message>
    <message>
        <source>scored in %1</source>
        <translation>bewertet in %1</translation>
    </message>
</context>
<context>
    <name>purlscope::app::LanesView</name>
    <message>
        <source>Scores over time</source>
        <translation>Scores im Zeitverlauf</translation>
    </message>
    <message>
        <source>How a recording is cut into windows, and what is shown of their scores</source>
        <translation>Wie eine Aufnahme in Zeitfenster geschnitten wird und was von deren Scores gezeigt wird</translation>
    </message>
    <message>
        <source>Length of a window</source>
        <translation>Länge eines Zeitfensters</translation>
    </message>
    <message>
        <source>From one window to the next</source>
        <translation>Von einem Zeitfenster zum nächsten</translation>
    </message>
    <message>
        <source>Share of the recording that has been scored; nothing else waits for it</source>
        <translation>Anteil der Aufnahme, der schon bewertet ist; nichts anderes wartet darauf</translation>
    </message>
    <message>
        <source>0 to %1</source>
        <translation>0 bis %1</translation>
    </message>
    <message>
        <source>Scale of all lanes: probability</source>
        <translation>Skala aller Spuren: Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>Scores come with the first window</source>
        <translation>Scores kommen mit dem ersten Zeitfenster</translation>
    </message>
    <message>
        <source>Not scored yet: choose Score the whole recording from the menu at the left</source>
        <translation>Noch nicht bewertet: wählen Sie „Ganze Aufnahme bewerten“ im Menü links</translation>
    </message>
    <message>
        <source>segment %1</source>
        <translation>Segment %1</translation>
    </message>
    <message>
        <source>%1: click to choose this label</source>
        <translation>%1: Klick wählt dieses Label</translation>
    </message>
    <message>
        <source>%1, %2 to %3, mean score %4: double-click to repeat and recognise this part</source>
        <translation>%1, %2 bis %3, mittlerer Score %4: Doppelklick, um diesen Teil zu wiederholen und zu erkennen</translation>
    </message>
    <message>
        <source>%1: %2 %3, none of these %4 (window from %5 to %6)</source>
        <translation>%1: %2 %3, keines davon %4 (Zeitfenster von %5 bis %6)</translation>
    </message>
</context>
<context>
    <name>purlscope::app::LibraryModel</name>
    <message>
        <source>unseen</source>
        <translation>ungesehen</translation>
    </message>
    <message>
        <source>Class not known</source>
        <translation>Klasse unbekannt</translation>
    </message>
    <message>
        <source>%1 clip</source>
        <translation>%1 Clip</translation>
    </message>
    <message>
        <source>%1 clips</source>
        <translation>%1 Clips</translation>
    </message>
</context>
<context>
    <name>purlscope::app::LibraryPanel</name>
    <message>
        <source>Search clips, classes, subjects</source>
        <translation>Clips, Klassen, Probanden suchen</translation>
    </message>
    <message>
        <source>Search the library</source>
        <translation>Bibliothek durchsuchen</translation>
    </message>
    <message>
        <source>Shows the clips whose name, class or subject contains every word</source>
        <translation>Zeigt die Clips, deren Name, Klasse oder Proband jedes Wort enthält</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>The folder whose clips are listed</source>
        <translation>Der Ordner, dessen Clips gezeigt werden</translation>
    </message>
    <message>
        <source>Show all clips</source>
        <translation>Alle Clips zeigen</translation>
    </message>
    <message>
        <source>Clear the search and all filters</source>
        <translation>Suche und alle Filter löschen</translation>
    </message>
    <message>
        <source>Show what is wrong with the folder, and what to do</source>
        <translation>Zeigen, was mit dem Ordner nicht stimmt und was zu tun ist</translation>
    </message>
    <message>
        <source>File...</source>
        <translation>Datei...</translation>
    </message>
    <message>
        <source>Folder...</source>
        <translation>Ordner...</translation>
    </message>
    <message>
        <source>Live...</source>
        <translation>Live...</translation>
    </message>
    <message>
        <source>Opened files</source>
        <translation>Geöffnete Dateien</translation>
    </message>
    <message>
        <source>%1 problem found</source>
        <translation>%1 Problem gefunden</translation>
    </message>
    <message>
        <source>%1 problems found</source>
        <translation>%1 Probleme gefunden</translation>
    </message>
    <message>
        <source>Open a file or a folder of recordings, or drop one on the window.</source>
        <translation>Öffnen Sie eine Datei oder einen Ordner mit Aufnahmen, oder legen Sie sie auf dem Fenster ab.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>No clip matches the search and the filters.</source>
        <translation>Kein Clip passt zu Suche und Filtern.</translation>
    </message>
</context>
<context>
    <name>purlscope::app::LiveBar</name>
    <message>
        <source>Live source</source>
        <translation>Live-Quelle</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Licht</translation>
    </message>
    <message>
        <source>State of the source</source>
        <translation>Zustand der Quelle</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Rate, delay and losses</source>
        <translation>Rate, Verzögerung und Verluste</translation>
    </message>
    <message>
        <source>recording, %1</source>
        <translation>Aufnahme, %1</translation>
    </message>
    <message>
        <source>%1 frame</source>
        <translation>%1 Bild</translation>
    </message>
    <message>
        <source>%1 frames</source>
        <translation>%1 Bilder</translation>
    </message>
    <message>
        <source>%1 fps</source>
        <translation>%1 fps</translation>
    </message>
    <message>
        <source>delay %1</source>
        <translation>Verzögerung %1</translation>
    </message>
    <message>
        <source>jitter %1</source>
        <translation>Schwankung %1</translation>
    </message>
    <message>
        <source>dropped %1</source>
        <translation>verworfen %1</translation>
    </message>
    <message>
        <source>bad %1</source>
        <translation>fehlerhaft %1</translation>
    </message>
    <message>
        <source>reconnects %1</source>
        <translation>Neuverbindungen %1</translation>
    </message>
    <message>
        <source> · not followed</source>
        <translation> · nicht gefolgt</translation>
    </message>
    <message>
        <source> · nobody to recognise in view</source>
        <translation> · niemand zu erkennen im Bild</translation>
    </message>
    <message>
        <source>LIVE</source>
        <translation>LIVE</translation>
    </message>
    <message>
        <source>Delay: from the pose to its arrival here. Jitter: how unevenly poses arrive.</source>
        <translation>Verzögerung: von der Pose bis zu ihrer Ankunft hier. Schwankung: wie ungleichmäßig Posen ankommen.</translation>
    </message>
    <message>
        <source>Dropped: poses left out. Bad: packets that could not be read.</source>
        <translation>Verworfen: ausgelassene Posen. Fehlerhaft: Pakete, die nicht lesbar waren.</translation>
    </message>
    <message>
        <source>The first bad one: %1</source>
        <translation>Das erste fehlerhafte: %1</translation>
    </message>
    <message>
        <source>Stop recording</source>
        <translation>Aufnahme beenden</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Aufnehmen</translation>
    </message>
</context>
<context>
    <name>purlscope::app::MainWindow</name>
    <message>
        <source>● recording the interaction</source>
        <translation>● Bedienung wird aufgezeichnet</translation>
    </message>
    <message>
        <source>Mouse, keys and what is typed are written to %1</source>
        <translation>Maus, Tasten und Eingaben werden nach %1 geschrieben</translation>
    </message>
    <message>
        <source>recording to %1: mouse, wheel, keys with all that is typed, dropped files by their paths, sizes of windows. Not recorded: what goes to fields that hide their text, and the clipboard. Close the window to end.</source>
        <translation>Aufzeichnung nach %1: Maus, Mausrad, Tasten mit allem, was getippt wird, abgelegte Dateien mit ihren Pfaden, Größen von Fenstern. Nicht aufgezeichnet: Eingaben in Felder, die ihren Text verbergen, und die Zwischenablage. Zum Beenden das Fenster schließen.</translation>
    </message>
    <message>
        <source>%1: the last line broke off and is left out.</source>
        <translation>%1: Die letzte Zeile ist abgebrochen und bleibt weg.</translation>
    </message>
    <message>
        <source>the window was closed before the recording&apos;s end.</source>
        <translation>Das Fenster wurde vor dem Ende der Aufzeichnung geschlossen.</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Aufmerksamkeit</translation>
    </message>
    <message>
        <source>Why this label?</source>
        <translation>Warum dieses Label?</translation>
    </message>
    <message>
        <source>Refinement</source>
        <translation>Verfeinerung</translation>
    </message>
    <message>
        <source>Input check</source>
        <translation>Eingabeprüfung</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Input check (%1)</source>
        <translation>Eingabeprüfung (%1)</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Open file...</source>
        <translation>Datei öffnen...</translation>
    </message>
    <message>
        <source>Open recordings of any known format</source>
        <translation>Aufnahmen jedes bekannten Formats öffnen</translation>
    </message>
    <message>
        <source>Open folder...</source>
        <translation>Ordner öffnen...</translation>
    </message>
    <message>
        <source>List the recordings of a folder in the library</source>
        <translation>Die Aufnahmen eines Ordners in der Bibliothek zeigen</translation>
    </message>
    <message>
        <source>Next clip</source>
        <translation>Nächster Clip</translation>
    </message>
    <message>
        <source>Open the next clip of the library</source>
        <translation>Den nächsten Clip der Bibliothek öffnen</translation>
    </message>
    <message>
        <source>Previous clip</source>
        <translation>Voriger Clip</translation>
    </message>
    <message>
        <source>Open the previous clip of the library</source>
        <translation>Den vorigen Clip der Bibliothek öffnen</translation>
    </message>
    <message>
        <source>Split of the data set...</source>
        <translation>Aufteilung des Datensatzes...</translation>
    </message>
    <message>
        <source>Choose which classes are unseen, and by what recordings divide</source>
        <translation>Wählen, welche Klassen ungesehen sind und wonach die Aufnahmen geteilt werden</translation>
    </message>
    <message>
        <source>Problems of the folder...</source>
        <translation>Probleme des Ordners...</translation>
    </message>
    <message>
        <source>Show what is wrong with the folder, and what to do</source>
        <translation>Zeigen, was mit dem Ordner nicht stimmt und was zu tun ist</translation>
    </message>
    <message>
        <source>Stop reading the folder</source>
        <translation>Lesen des Ordners abbrechen</translation>
    </message>
    <message>
        <source>Stop listing or checking the folder; what was learnt so far is kept</source>
        <translation>Das Lesen oder Prüfen des Ordners abbrechen; bisher Gelesenes bleibt</translation>
    </message>
    <message>
        <source>Search the library</source>
        <translation>Bibliothek durchsuchen</translation>
    </message>
    <message>
        <source>Go to the search field of the library</source>
        <translation>Zum Suchfeld der Bibliothek gehen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>Das Fenster schließen</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Take back the last change</source>
        <translation>Die letzte Änderung zurücknehmen</translation>
    </message>
    <message>
        <source>Undo %1</source>
        <translation>Rückgängig: %1</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Do again what was taken back</source>
        <translation>Zurückgenommenes noch einmal tun</translation>
    </message>
    <message>
        <source>Redo %1</source>
        <translation>Wiederholen: %1</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>View from the front</source>
        <translation>Ansicht von vorn</translation>
    </message>
    <message>
        <source>Front</source>
        <translation>Vorn</translation>
    </message>
    <message>
        <source>View from the side</source>
        <translation>Ansicht von der Seite</translation>
    </message>
    <message>
        <source>Side</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>View from the top</source>
        <translation>Ansicht von oben</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>Oben</translation>
    </message>
    <message>
        <source>Perspective view</source>
        <translation>Perspektivische Ansicht</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Frei</translation>
    </message>
    <message>
        <source>Reset view</source>
        <translation>Ansicht zurücksetzen</translation>
    </message>
    <message>
        <source>Show the whole course of the clip again</source>
        <translation>Wieder den ganzen Weg des Clips zeigen</translation>
    </message>
    <message>
        <source>Frame the person</source>
        <translation>Person ins Bild holen</translation>
    </message>
    <message>
        <source>Move the camera to the person&apos;s present pose</source>
        <translation>Die Kamera auf die jetzige Pose der Person richten</translation>
    </message>
    <message>
        <source>Unpin all joints</source>
        <translation>Alle Gelenke lösen</translation>
    </message>
    <message>
        <source>Remove the names pinned to joints</source>
        <translation>Die an Gelenke gehefteten Namen entfernen</translation>
    </message>
    <message>
        <source>Panel “%1”</source>
        <translation>Bereich „%1“</translation>
    </message>
    <message>
        <source>Show or hide the panel “%1”</source>
        <translation>Bereich „%1“ zeigen oder ausblenden</translation>
    </message>
    <message>
        <source>Reset layout</source>
        <translation>Anordnung zurücksetzen</translation>
    </message>
    <message>
        <source>Put all panels back in their places</source>
        <translation>Alle Bereiche zurück an ihren Platz bringen</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Fill the screen with the window, or leave it</source>
        <translation>Den Bildschirm mit dem Fenster füllen oder dies beenden</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>Colour by contribution</source>
        <translation>Nach Beitrag einfärben</translation>
    </message>
    <message>
        <source>Colour the joints by their exact share in the score instead of attention</source>
        <translation>Die Gelenke nach ihrem genauen Anteil am Score statt nach Aufmerksamkeit einfärben</translation>
    </message>
    <message>
        <source>measure</source>
        <translation>Maß</translation>
    </message>
    <message>
        <source>Colour range of the frame</source>
        <translation>Farbbereich des Bildes</translation>
    </message>
    <message>
        <source>Let the colours span the values of the frame instead of the whole clip</source>
        <translation>Die Farben über die Werte des Bildes statt des ganzen Clips spannen</translation>
    </message>
    <message>
        <source>colour range</source>
        <translation>Farbbereich</translation>
    </message>
    <message>
        <source>Trail of earlier poses</source>
        <translation>Spur früherer Posen</translation>
    </message>
    <message>
        <source>Show the poses of the last moments as ghosts</source>
        <translation>Die Posen der letzten Augenblicke als Schatten zeigen</translation>
    </message>
    <message>
        <source>trail</source>
        <translation>Spur</translation>
    </message>
    <message>
        <source>Floor</source>
        <translation>Boden</translation>
    </message>
    <message>
        <source>Show the floor grid</source>
        <translation>Das Bodengitter zeigen</translation>
    </message>
    <message>
        <source>floor</source>
        <translation>Boden</translation>
    </message>
    <message>
        <source>Colours: %1</source>
        <translation>Farben: %1</translation>
    </message>
    <message>
        <source>Show attention in the colour map %1</source>
        <translation>Aufmerksamkeit in der Farbskala %1 zeigen</translation>
    </message>
    <message>
        <source>colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Theme of the desktop</source>
        <translation>Farbschema des Desktops</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>Dunkles Farbschema</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>Helles Farbschema</translation>
    </message>
    <message>
        <source>Playback</source>
        <translation>Wiedergabe</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>Abspielen oder anhalten</translation>
    </message>
    <message>
        <source>Step back</source>
        <translation>Schritt zurück</translation>
    </message>
    <message>
        <source>Go back one frame</source>
        <translation>Ein Bild zurückgehen</translation>
    </message>
    <message>
        <source>Step forward</source>
        <translation>Schritt vor</translation>
    </message>
    <message>
        <source>Go on one frame</source>
        <translation>Ein Bild weitergehen</translation>
    </message>
    <message>
        <source>Go to the start</source>
        <translation>Zum Anfang</translation>
    </message>
    <message>
        <source>Go to the first frame</source>
        <translation>Zum ersten Bild gehen</translation>
    </message>
    <message>
        <source>Go to the end</source>
        <translation>Zum Ende</translation>
    </message>
    <message>
        <source>Go to the last frame</source>
        <translation>Zum letzten Bild gehen</translation>
    </message>
    <message>
        <source>Play backwards</source>
        <translation>Rückwärts abspielen</translation>
    </message>
    <message>
        <source>Play backwards; again for double speed</source>
        <translation>Rückwärts abspielen; noch einmal für doppeltes Tempo</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop playing</source>
        <translation>Die Wiedergabe anhalten</translation>
    </message>
    <message>
        <source>Play forwards</source>
        <translation>Vorwärts abspielen</translation>
    </message>
    <message>
        <source>Play forwards; again for double speed</source>
        <translation>Vorwärts abspielen; noch einmal für doppeltes Tempo</translation>
    </message>
    <message>
        <source>Slower</source>
        <translation>Langsamer</translation>
    </message>
    <message>
        <source>Halve the speed</source>
        <translation>Das Tempo halbieren</translation>
    </message>
    <message>
        <source>Faster</source>
        <translation>Schneller</translation>
    </message>
    <message>
        <source>Double the speed</source>
        <translation>Das Tempo verdoppeln</translation>
    </message>
    <message>
        <source>Set A</source>
        <translation>A setzen</translation>
    </message>
    <message>
        <source>Start the repeated part here</source>
        <translation>Den wiederholten Teil hier beginnen</translation>
    </message>
    <message>
        <source>set A</source>
        <translation>A setzen</translation>
    </message>
    <message>
        <source>Set B</source>
        <translation>B setzen</translation>
    </message>
    <message>
        <source>End the repeated part here</source>
        <translation>Den wiederholten Teil hier beenden</translation>
    </message>
    <message>
        <source>set B</source>
        <translation>B setzen</translation>
    </message>
    <message>
        <source>Clear A and B</source>
        <translation>A und B löschen</translation>
    </message>
    <message>
        <source>Play the whole clip again</source>
        <translation>Wieder den ganzen Clip abspielen</translation>
    </message>
    <message>
        <source>clear A and B</source>
        <translation>A und B löschen</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>Schleife</translation>
    </message>
    <message>
        <source>Start over at the end of the clip</source>
        <translation>Am Ende des Clips von vorn beginnen</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Command palette...</source>
        <translation>Befehlspalette...</translation>
    </message>
    <message>
        <source>Search all commands</source>
        <translation>Alle Befehle durchsuchen</translation>
    </message>
    <message>
        <source>Keys and commands</source>
        <translation>Tasten und Befehle</translation>
    </message>
    <message>
        <source>Show all commands and their keys</source>
        <translation>Alle Befehle und ihre Tasten zeigen</translation>
    </message>
    <message>
        <source>Diagnostics...</source>
        <translation>Diagnose...</translation>
    </message>
    <message>
        <source>What runs, how much memory it takes, and how long the window ever did not answer</source>
        <translation>Was läuft, wie viel Speicher es braucht und wie lange das Fenster je nicht geantwortet hat</translation>
    </message>
    <message>
        <source>About Purlscope</source>
        <translation>Über Purlscope</translation>
    </message>
    <message>
        <source>Version, engine and graphics of this program</source>
        <translation>Version, Engine und Grafik dieses Programms</translation>
    </message>
    <message>
        <source>Compare with clip...</source>
        <translation>Mit Clip vergleichen...</translation>
    </message>
    <message>
        <source>Show a second recording beside this one, at the same time and from the same side</source>
        <translation>Eine zweite Aufnahme neben dieser zeigen, zur selben Zeit und von derselben Seite</translation>
    </message>
    <message>
        <source>Compare with label...</source>
        <translation>Mit Label vergleichen...</translation>
    </message>
    <message>
        <source>Colour the joints by how much more the chosen label attends to them than another label</source>
        <translation>Die Gelenke danach einfärben, wie viel mehr das gewählte Label auf sie achtet als ein anderes</translation>
    </message>
    <message>
        <source>Stop comparing</source>
        <translation>Vergleich beenden</translation>
    </message>
    <message>
        <source>Show the clip alone, in the colours of its label</source>
        <translation>Den Clip allein zeigen, in den Farben seines Labels</translation>
    </message>
    <message>
        <source>Compare with a recording</source>
        <translation>Mit einer Aufnahme vergleichen</translation>
    </message>
    <message>
        <source>Compare with a label</source>
        <translation>Mit einem Label vergleichen</translation>
    </message>
    <message>
        <source>Colour the joints by the attention of “%1” less that of:</source>
        <translation>Die Gelenke einfärben nach der Aufmerksamkeit von „%1“ abzüglich der von:</translation>
    </message>
    <message>
        <source>loading</source>
        <translation>wird geladen</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Text encoder</source>
        <translation>Textkodierer</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>%1 thread</source>
        <translation>%1 Thread</translation>
    </message>
    <message>
        <source>%1 threads</source>
        <translation>%1 Threads</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Engine</translation>
    </message>
    <message>
        <source>Graphics</source>
        <translation>Grafik</translation>
    </message>
    <message>
        <source>none: the 3-D view is not shown</source>
        <translation>keine: die 3D-Ansicht wird nicht gezeigt</translation>
    </message>
    <message>
        <source>Qt</source>
        <translation>Qt</translation>
    </message>
    <message>
        <source>Recognitions</source>
        <translation>Erkennungen</translation>
    </message>
    <message>
        <source>%1 asked for · %2 answered · %3 dropped · %4 failed</source>
        <translation>%1 angefragt · %2 beantwortet · %3 verworfen · %4 fehlgeschlagen</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicherbedarf</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>Longest gap</source>
        <translation>Längste Lücke</translation>
    </message>
    <message>
        <source>Gaps over 33 ms</source>
        <translation>Lücken über 33 ms</translation>
    </message>
    <message>
        <source>New label...</source>
        <translation>Neues Label...</translation>
    </message>
    <message>
        <source>Type an action and see its score</source>
        <translation>Eine Handlung eingeben und ihren Score sehen</translation>
    </message>
    <message>
        <source>Next label</source>
        <translation>Nächstes Label</translation>
    </message>
    <message>
        <source>Choose the label below</source>
        <translation>Das Label darunter wählen</translation>
    </message>
    <message>
        <source>Previous label</source>
        <translation>Voriges Label</translation>
    </message>
    <message>
        <source>Choose the label above</source>
        <translation>Das Label darüber wählen</translation>
    </message>
    <message>
        <source>Follow the best label</source>
        <translation>Dem besten Label folgen</translation>
    </message>
    <message>
        <source>Show the label with the highest score, whichever that is</source>
        <translation>Das Label mit dem höchsten Score zeigen, welches es auch ist</translation>
    </message>
    <message>
        <source>Edit sentences...</source>
        <translation>Sätze bearbeiten...</translation>
    </message>
    <message>
        <source>Show and edit the eight sentences of the chosen label</source>
        <translation>Die acht Sätze des gewählten Labels zeigen und bearbeiten</translation>
    </message>
    <message>
        <source>Reset sentences</source>
        <translation>Sätze zurücksetzen</translation>
    </message>
    <message>
        <source>Bring back the suggested sentences of the chosen label</source>
        <translation>Die vorgeschlagenen Sätze des gewählten Labels zurückholen</translation>
    </message>
    <message>
        <source>Remove label</source>
        <translation>Label entfernen</translation>
    </message>
    <message>
        <source>Remove the chosen label; undo brings it back</source>
        <translation>Das gewählte Label entfernen; Rückgängig holt es zurück</translation>
    </message>
    <message>
        <source>Sort by score</source>
        <translation>Nach Score sortieren</translation>
    </message>
    <message>
        <source>Order the labels by falling score instead of as typed</source>
        <translation>Die Labels nach fallendem Score statt nach Eingabe ordnen</translation>
    </message>
    <message>
        <source>Use unseen classes as labels</source>
        <translation>Ungesehene Klassen als Labels verwenden</translation>
    </message>
    <message>
        <source>Take the unseen classes of the split chosen in the library as labels</source>
        <translation>Die ungesehenen Klassen der in der Bibliothek gewählten Aufteilung als Labels nehmen</translation>
    </message>
    <message>
        <source>Sentences</source>
        <translation>Sätze</translation>
    </message>
    <message>
        <source>Show what “%1” looks at</source>
        <translation>Zeigen, wohin „%1“ schaut</translation>
    </message>
    <message>
        <source>Colour the joints by the sentence “%1”</source>
        <translation>Die Gelenke nach dem Satz „%1“ einfärben</translation>
    </message>
    <message>
        <source>Show plain joints</source>
        <translation>Einfarbige Gelenke</translation>
    </message>
    <message>
        <source>Colour no joints</source>
        <translation>Keine Gelenke einfärben</translation>
    </message>
    <message>
        <source>Language of the desktop</source>
        <translation>Sprache des Desktops</translation>
    </message>
    <message>
        <source>Show the words in the language of the desktop where it is known</source>
        <translation>Die Sprache des Desktops verwenden, sofern sie bekannt ist</translation>
    </message>
    <message>
        <source>Show the words in English</source>
        <translation>Englisch verwenden</translation>
    </message>
    <message>
        <source>Show the words in German</source>
        <translation>Deutsch verwenden</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>The language changes when Purlscope starts next.</source>
        <translation>Die Sprache wechselt beim nächsten Start von Purlscope.</translation>
    </message>
    <message>
        <source>Save the session before you close the window, and open it again: all is as it was.</source>
        <translation>Speichern Sie die Sitzung, bevor Sie das Fenster schließen, und öffnen Sie sie danach: Alles ist wie zuvor.</translation>
    </message>
    <message>
        <source>Nothing came while recording; there is no file.</source>
        <translation>Während der Aufnahme kam nichts; es gibt keine Datei.</translation>
    </message>
    <message>
        <source>Recorded %1 to %2</source>
        <translation>%1 aufgenommen nach %2</translation>
    </message>
    <message>
        <source>%1 frame</source>
        <translation>%1 Bild</translation>
    </message>
    <message>
        <source>%1 frames</source>
        <translation>%1 Bilder</translation>
    </message>
    <message>
        <source>No source connected yet</source>
        <translation>Noch keine Quelle verbunden</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Connect...</source>
        <translation>Verbinden...</translation>
    </message>
    <message>
        <source>Recognise what a camera, a video or another program sends</source>
        <translation>Erkennen, was eine Kamera, ein Video oder ein anderes Programm sendet</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>Go to the newest pose of the live source and on with it</source>
        <translation>Zur neuesten Pose der Live-Quelle gehen und ihr folgen</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>Record what the live source sends; what is on the disk survives a crash</source>
        <translation>Aufnehmen, was die Live-Quelle sendet; was auf der Platte ist, übersteht einen Absturz</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>Trennen</translation>
    </message>
    <message>
        <source>Leave the live source; what it sent last stays</source>
        <translation>Die Live-Quelle verlassen; was sie zuletzt sandte, bleibt</translation>
    </message>
    <message>
        <source>Open recent</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Connect again</source>
        <translation>Erneut verbinden</translation>
    </message>
    <message>
        <source>Ctrl+K  commands</source>
        <translation>Strg+K  Befehle</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>Open recordings</source>
        <translation>Aufnahmen öffnen</translation>
    </message>
    <message>
        <source>Open a folder of recordings</source>
        <translation>Ordner mit Aufnahmen öffnen</translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <source>Model %1, text encoder %2</source>
        <translation>Modell %1, Textkodierer %2</translation>
    </message>
    <message>
        <source>Engine %1, %2</source>
        <translation>Engine %1, %2</translation>
    </message>
    <message>
        <source>Graphics %1</source>
        <translation>Grafik %1</translation>
    </message>
    <message>
        <source>Qt %1</source>
        <translation>Qt %1</translation>
    </message>
    <message>
        <source>Shows which joints, and when, a sentence about an action is looking at.</source>
        <translation>Zeigt, auf welche Gelenke, und wann, ein Satz über eine Handlung schaut.</translation>
    </message>
    <message>
        <source>Bundled clips</source>
        <translation>Mitgelieferte Clips</translation>
    </message>
    <message>
        <source>synthetic</source>
        <translation>synthetisch</translation>
    </message>
    <message>
        <source>only files and folders of this machine can be opened by dropping them.</source>
        <translation>nur Dateien und Ordner dieses Rechners lassen sich durch Ablegen öffnen.</translation>
    </message>
    <message>
        <source>This session watched a live source: %1</source>
        <translation>Diese Sitzung beobachtete eine Live-Quelle: %1</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Jetzt nicht</translation>
    </message>
    <message>
        <source>What was learned (*.safetensors);;All files (*)</source>
        <translation>Gelerntes (*.safetensors);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Saved what was learned to %1</source>
        <translation>Gelerntes gespeichert in %1</translation>
    </message>
    <message>
        <source>Save what was learned</source>
        <translation>Gelerntes speichern</translation>
    </message>
    <message>
        <source>Load what was learned</source>
        <translation>Gelerntes laden</translation>
    </message>
    <message>
        <source>Refine the scores</source>
        <translation>Scores verfeinern</translation>
    </message>
    <message>
        <source>Refine</source>
        <translation>Verfeinern</translation>
    </message>
    <message>
        <source>Let the scores learn from what is watched, without labels; off scores plainly and keeps what was learned</source>
        <translation>Die Scores aus dem Gesehenen lernen lassen, ohne Labels; ausgeschaltet zählen sie ohne das Gelernte, und es bleibt erhalten</translation>
    </message>
    <message>
        <source>Pause learning</source>
        <translation>Lernen unterbrechen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Score by what was learned so far, and learn nothing more</source>
        <translation>Mit dem bisher Gelernten bewerten und nichts weiter lernen</translation>
    </message>
    <message>
        <source>Learn from this clip</source>
        <translation>Aus diesem Clip lernen</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>Lernen</translation>
    </message>
    <message>
        <source>Learn from what is shown now, also when learning is paused or it was learned from before</source>
        <translation>Aus dem jetzt Gezeigten lernen, auch wenn das Lernen unterbrochen ist oder schon daraus gelernt wurde</translation>
    </message>
    <message>
        <source>Undo a step of learning</source>
        <translation>Einen Lernschritt zurücknehmen</translation>
    </message>
    <message>
        <source>Forget the window learned from last</source>
        <translation>Das Zeitfenster vergessen, aus dem zuletzt gelernt wurde</translation>
    </message>
    <message>
        <source>Undo %1 steps</source>
        <translation>%1 Schritte zurücknehmen</translation>
    </message>
    <message>
        <source>Forget the last %1 windows</source>
        <translation>Die letzten %1 Zeitfenster vergessen</translation>
    </message>
    <message>
        <source>Undo all steps</source>
        <translation>Alle Schritte zurücknehmen</translation>
    </message>
    <message>
        <source>Go back as far as steps are remembered</source>
        <translation>So weit zurückgehen, wie Schritte gemerkt sind</translation>
    </message>
    <message>
        <source>Accept what was learned</source>
        <translation>Gelerntes annehmen</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Keep it: undo does not go behind it, and reset comes back to it</source>
        <translation>Behalten: Rückgängig geht nicht dahinter zurück, und Zurücksetzen kommt darauf zurück</translation>
    </message>
    <message>
        <source>Reset...</source>
        <translation>Zurücksetzen...</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Go back to what was accepted last, or to nothing learned</source>
        <translation>Auf das zuletzt Angenommene zurückgehen, oder auf nichts Gelerntes</translation>
    </message>
    <message>
        <source>Save what was learned...</source>
        <translation>Gelerntes speichern...</translation>
    </message>
    <message>
        <source>Save...</source>
        <translation>Speichern...</translation>
    </message>
    <message>
        <source>Write what was learned, with its bank, to a file for the same labels</source>
        <translation>Das Gelernte mit seinem Speicher in eine Datei für dieselben Labels schreiben</translation>
    </message>
    <message>
        <source>Load what was learned...</source>
        <translation>Gelerntes laden...</translation>
    </message>
    <message>
        <source>Load...</source>
        <translation>Laden...</translation>
    </message>
    <message>
        <source>Go on from a file that was saved for the same labels and sentences</source>
        <translation>Mit einer Datei fortfahren, die für dieselben Labels und Sätze gespeichert wurde</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Show the bank</source>
        <translation>Speicher zeigen</translation>
    </message>
    <message>
        <source>Show the windows that refinement remembers of each label</source>
        <translation>Die Zeitfenster zeigen, die sich die Verfeinerung von jedem Label merkt</translation>
    </message>
    <message>
        <source>Compare scores</source>
        <translation>Scores vergleichen</translation>
    </message>
    <message>
        <source>Show the scores without and with refinement side by side</source>
        <translation>Die Scores ohne und mit Verfeinerung nebeneinander zeigen</translation>
    </message>
    <message>
        <source>Refinement options...</source>
        <translation>Optionen der Verfeinerung...</translation>
    </message>
    <message>
        <source>Choose how refinement learns</source>
        <translation>Wählen, wie die Verfeinerung lernt</translation>
    </message>
    <message>
        <source>Purlscope sessions (*.purl)</source>
        <translation>Purlscope-Sitzungen (*.purl)</translation>
    </message>
    <message>
        <source>%1  (not found)</source>
        <translation>%1  (nicht gefunden)</translation>
    </message>
    <message>
        <source>It was moved or deleted, or its disk is not there just now</source>
        <translation>Verschoben oder gelöscht, oder das Laufwerk ist gerade nicht da</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>%1 gespeichert</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>The session</source>
        <translation>Die Sitzung</translation>
    </message>
    <message>
        <source>%1: not all could be restored (%2)</source>
        <translation>%1: nicht alles ließ sich wiederherstellen (%2)</translation>
    </message>
    <message>
        <source>%1 problem</source>
        <translation>%1 Problem</translation>
    </message>
    <message>
        <source>%1 problems</source>
        <translation>%1 Probleme</translation>
    </message>
    <message>
        <source>Open a session</source>
        <translation>Sitzung öffnen</translation>
    </message>
    <message>
        <source>Save the session as</source>
        <translation>Sitzung speichern unter</translation>
    </message>
    <message>
        <source>session.purl</source>
        <translation>Sitzung.purl</translation>
    </message>
    <message>
        <source>Save the session?</source>
        <translation>Sitzung speichern?</translation>
    </message>
    <message>
        <source>The session “%1” has changes that are not saved.</source>
        <translation>Die Sitzung „%1“ hat ungespeicherte Änderungen.</translation>
    </message>
    <message>
        <source>Without saving they are lost.</source>
        <translation>Ohne Speichern gehen sie verloren.</translation>
    </message>
    <message>
        <source>Nothing opened yet</source>
        <translation>Noch nichts geöffnet</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>New session</source>
        <translation>Neue Sitzung</translation>
    </message>
    <message>
        <source>Close what is open and begin without labels</source>
        <translation>Geöffnetes schließen und ohne Labels beginnen</translation>
    </message>
    <message>
        <source>Open session...</source>
        <translation>Sitzung öffnen...</translation>
    </message>
    <message>
        <source>Open a saved session: its recordings, labels, marks and views</source>
        <translation>Eine gespeicherte Sitzung öffnen: ihre Aufnahmen, Labels, Marken und Ansichten</translation>
    </message>
    <message>
        <source>Save session</source>
        <translation>Sitzung speichern</translation>
    </message>
    <message>
        <source>Save what is opened, typed and chosen as a session file</source>
        <translation>Geöffnetes, Eingegebenes und Gewähltes als Sitzungsdatei speichern</translation>
    </message>
    <message>
        <source>Save session as...</source>
        <translation>Sitzung speichern unter...</translation>
    </message>
    <message>
        <source>Save the session under another name</source>
        <translation>Die Sitzung unter anderem Namen speichern</translation>
    </message>
    <message>
        <source>Purlscope did not close properly. What was open at %1 can be restored.</source>
        <translation>Purlscope wurde nicht ordentlich beendet. Was um %1 geöffnet war, lässt sich wiederherstellen.</translation>
    </message>
    <message>
        <source>Purlscope did not close properly. The changes of “%1” up to %2 can be restored.</source>
        <translation>Purlscope wurde nicht ordentlich beendet. Die Änderungen von „%1“ bis %2 lassen sich wiederherstellen.</translation>
    </message>
    <message>
        <source>Progress of the training</source>
        <translation>Fortschritt des Trainings</translation>
    </message>
    <message>
        <source>Stop the training</source>
        <translation>Das Training anhalten</translation>
    </message>
    <message>
        <source>Stop the training; finished epochs are kept</source>
        <translation>Das Training anhalten; fertige Epochen bleiben erhalten</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>Auswertung</translation>
    </message>
    <message>
        <source>%1 in which the window did not answer, %2 after its first picture</source>
        <translation>%1, in denen das Fenster nicht antwortete, %2 nach seinem ersten Bild</translation>
    </message>
    <message>
        <source>Progress of the evaluation</source>
        <translation>Fortschritt der Auswertung</translation>
    </message>
    <message>
        <source>Cancel the evaluation</source>
        <translation>Auswertung abbrechen</translation>
    </message>
    <message>
        <source>%1 is not in the library any more: open the folder again to see its clips.</source>
        <translation>%1 ist nicht mehr in der Bibliothek: öffnen Sie den Ordner noch einmal, um seine Clips zu sehen.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <source>Save the predictions</source>
        <translation>Vorhersagen speichern</translation>
    </message>
    <message>
        <source>Pages (*.html);;All files (*)</source>
        <translation>Seiten (*.html);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Tables (*.csv);;All files (*)</source>
        <translation>Tabellen (*.csv);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Evaluate a data set...</source>
        <translation>Datensatz auswerten...</translation>
    </message>
    <message>
        <source>Show the panel that measures how well the unseen classes of a folder are recognised</source>
        <translation>Den Bereich zeigen, der misst, wie gut die ungesehenen Klassen eines Ordners erkannt werden</translation>
    </message>
    <message>
        <source>Start the evaluation</source>
        <translation>Auswertung starten</translation>
    </message>
    <message>
        <source>Evaluate with what is set in the panel “Evaluation”</source>
        <translation>Mit dem auswerten, was im Bereich „Auswertung“ eingestellt ist</translation>
    </message>
    <message>
        <source>End the evaluation that runs; nothing of it is kept</source>
        <translation>Die laufende Auswertung beenden; nichts davon wird behalten</translation>
    </message>
    <message>
        <source>Save report...</source>
        <translation>Bericht speichern...</translation>
    </message>
    <message>
        <source>Write one HTML file with accuracy, classes, confusion matrix and published figures</source>
        <translation>Eine HTML-Datei mit Genauigkeit, Klassen, Konfusionsmatrix und veröffentlichten Werten schreiben</translation>
    </message>
    <message>
        <source>Save predictions...</source>
        <translation>Vorhersagen speichern...</translation>
    </message>
    <message>
        <source>Write a CSV table with what was said of each clip</source>
        <translation>Eine CSV-Tabelle schreiben, die zu jedem Clip sagt, als was er erkannt wurde</translation>
    </message>
    <message>
        <source>List all clips again</source>
        <translation>Wieder alle Clips zeigen</translation>
    </message>
    <message>
        <source>Let the library list all clips, not those of a cell of the confusion matrix alone</source>
        <translation>Die Bibliothek alle Clips zeigen lassen, nicht nur die einer Zelle der Konfusionsmatrix</translation>
    </message>
    <message>
        <source>The video was cancelled; no file is left of it</source>
        <translation>Das Video wurde abgebrochen; keine Datei bleibt davon übrig</translation>
    </message>
    <message>
        <source>Export picture of the view...</source>
        <translation>Bild der Ansicht exportieren...</translation>
    </message>
    <message>
        <source>Picture of the view...</source>
        <translation>Bild der Ansicht...</translation>
    </message>
    <message>
        <source>Save the 3-D view as a PNG picture of any size, also without ground</source>
        <translation>Die 3D-Ansicht als PNG-Bild in beliebiger Größe speichern, auch ohne Hintergrund</translation>
    </message>
    <message>
        <source>Export video of the view...</source>
        <translation>Video der Ansicht exportieren...</translation>
    </message>
    <message>
        <source>Video of the view...</source>
        <translation>Video der Ansicht...</translation>
    </message>
    <message>
        <source>Save the clip, or the part from A to B, as MP4 or GIF, coloured as it is shown</source>
        <translation>Den Clip oder den Teil von A bis B als MP4 oder GIF speichern, eingefärbt wie gezeigt</translation>
    </message>
    <message>
        <source>Export attention matrices...</source>
        <translation>Aufmerksamkeitsmatrizen exportieren...</translation>
    </message>
    <message>
        <source>Attention matrices...</source>
        <translation>Aufmerksamkeitsmatrizen...</translation>
    </message>
    <message>
        <source>Save what the panel Attention shows, as a figure (SVG, PDF, PNG) or as numbers (CSV, NumPy)</source>
        <translation>Speichern, was der Bereich Aufmerksamkeit zeigt, als Abbildung (SVG, PDF, PNG) oder als Zahlen (CSV, NumPy)</translation>
    </message>
    <message>
        <source>Export scores...</source>
        <translation>Scores exportieren...</translation>
    </message>
    <message>
        <source>Scores...</source>
        <translation>Scores...</translation>
    </message>
    <message>
        <source>Save the scores of all labels, as a figure (SVG, PDF, PNG) or as numbers (CSV, JSON)</source>
        <translation>Die Scores aller Labels speichern, als Abbildung (SVG, PDF, PNG) oder als Zahlen (CSV, JSON)</translation>
    </message>
    <message>
        <source>Export window fed to the model...</source>
        <translation>Zeitfenster für das Modell exportieren...</translation>
    </message>
    <message>
        <source>Window fed to the model...</source>
        <translation>Zeitfenster für das Modell...</translation>
    </message>
    <message>
        <source>Save the joints as the model saw them, as NumPy archive or CSV; both can be opened again</source>
        <translation>Die Gelenke so speichern, wie das Modell sie sah, als NumPy-Archiv oder CSV; beides lässt sich wieder öffnen</translation>
    </message>
    <message>
        <source>Export report of this clip...</source>
        <translation>Bericht zu diesem Clip exportieren...</translation>
    </message>
    <message>
        <source>Report of this clip...</source>
        <translation>Bericht zu diesem Clip...</translation>
    </message>
    <message>
        <source>Save input check, scores, sentences, attention and a picture as one HTML page</source>
        <translation>Eingabeprüfung, Scores, Sätze, Aufmerksamkeit und ein Bild als eine HTML-Seite speichern</translation>
    </message>
    <message>
        <source>Scores over time</source>
        <translation>Scores im Zeitverlauf</translation>
    </message>
    <message>
        <source>Show the scores of the top labels over a long recording, or a live source</source>
        <translation>Die Scores der besten Labels über eine lange Aufnahme oder eine Live-Quelle zeigen</translation>
    </message>
    <message>
        <source>Score the whole recording</source>
        <translation>Ganze Aufnahme bewerten</translation>
    </message>
    <message>
        <source>Score the recording window by window, also a short one, and find its segments</source>
        <translation>Die Aufnahme Zeitfenster für Zeitfenster bewerten, auch eine kurze, und ihre Segmente finden</translation>
    </message>
    <message>
        <source>Stop scoring over time</source>
        <translation>Bewerten im Zeitverlauf anhalten</translation>
    </message>
    <message>
        <source>Leave the rest of the recording without scores; what was scored stays</source>
        <translation>Den Rest der Aufnahme ohne Scores lassen; was bewertet wurde, bleibt</translation>
    </message>
    <message>
        <source>Next segment</source>
        <translation>Nächstes Segment</translation>
    </message>
    <message>
        <source>Go to where the next action begins</source>
        <translation>Dorthin gehen, wo die nächste Handlung beginnt</translation>
    </message>
    <message>
        <source>Previous segment</source>
        <translation>Voriges Segment</translation>
    </message>
    <message>
        <source>Go to where this action begins, or the one before</source>
        <translation>Dorthin gehen, wo diese Handlung beginnt, oder die vorige</translation>
    </message>
    <message>
        <source>Repeat this segment</source>
        <translation>Dieses Segment wiederholen</translation>
    </message>
    <message>
        <source>Set A and B around the action at the playhead, and recognise it by itself</source>
        <translation>A und B um die Handlung an der Abspielposition setzen und sie für sich erkennen</translation>
    </message>
    <message>
        <source>Zoom into the timeline</source>
        <translation>Zeitleiste vergrößern</translation>
    </message>
    <message>
        <source>Show a shorter part of the recording, around the playhead</source>
        <translation>Einen kürzeren Teil der Aufnahme zeigen, um die Abspielposition</translation>
    </message>
    <message>
        <source>Zoom out of the timeline</source>
        <translation>Zeitleiste verkleinern</translation>
    </message>
    <message>
        <source>Show a longer part of the recording</source>
        <translation>Einen längeren Teil der Aufnahme zeigen</translation>
    </message>
    <message>
        <source>Whole recording on the timeline</source>
        <translation>Ganze Aufnahme auf der Zeitleiste</translation>
    </message>
    <message>
        <source>Show all of the recording on the timeline again</source>
        <translation>Wieder die ganze Aufnahme auf der Zeitleiste zeigen</translation>
    </message>
    <message>
        <source>Windows of %1 s</source>
        <translation>Zeitfenster von %1 s</translation>
    </message>
    <message>
        <source>How much of a recording is scored at a time: about as long as an action lasts</source>
        <translation>Wie viel einer Aufnahme auf einmal bewertet wird: etwa so lang, wie eine Handlung dauert</translation>
    </message>
    <message>
        <source>A window every %1 s</source>
        <translation>Ein Zeitfenster alle %1 s</translation>
    </message>
    <message>
        <source>How finely scores over time are taken; half as far takes twice as long</source>
        <translation>Wie dicht die Scores im Zeitverlauf liegen; der halbe Abstand dauert doppelt so lange</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
</context>
<context>
    <name>purlscope::app::Notice</name>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
</context>
<context>
    <name>purlscope::app::OptionsForm</name>
    <message>
        <source>Method</source>
        <translation>Verfahren</translation>
    </message>
    <message>
        <source>How it learns from what it watches</source>
        <translation>Wie sie aus dem Gesehenen lernt</translation>
    </message>
    <message>
        <source>Guard</source>
        <translation>Wächter</translation>
    </message>
    <message>
        <source>Throw away what was learned when the answers drift, and say so</source>
        <translation>Gelerntes verwerfen, wenn die Antworten abdriften, und es sagen</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Start anew with these settings</source>
        <translation>Mit diesen Einstellungen neu beginnen</translation>
    </message>
    <message>
        <source>Defaults</source>
        <translation>Vorgaben</translation>
    </message>
    <message>
        <source>Fill in the settings that the program comes with</source>
        <translation>Die mitgelieferten Einstellungen eintragen</translation>
    </message>
</context>
<context>
    <name>purlscope::app::PersonChooser</name>
    <message>
        <source>Person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>The person that is recognised; by default the one who moves most</source>
        <translation>Die Person, die erkannt wird; sonst die, die sich am meisten bewegt</translation>
    </message>
    <message>
        <source>Most active person</source>
        <translation>Aktivste Person</translation>
    </message>
    <message>
        <source>Person %1</source>
        <translation>Person %1</translation>
    </message>
    <message>
        <source>Person %1, out of view</source>
        <translation>Person %1, nicht im Bild</translation>
    </message>
</context>
<context>
    <name>purlscope::app::PictureDialog</name>
    <message>
        <source>Picture of the view</source>
        <translation>Bild der Ansicht</translation>
    </message>
    <message>
        <source>Transparent ground</source>
        <translation>Transparenter Hintergrund</translation>
    </message>
    <message>
        <source>Leave out the colour behind the figure, for slides and posters</source>
        <translation>Die Farbe hinter der Figur weglassen, für Folien und Poster</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Ground</source>
        <translation>Hintergrund</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>Einblendung</translation>
    </message>
</context>
<context>
    <name>purlscope::app::ProblemModel</name>
    <message>
        <source>The whole folder</source>
        <translation>Der ganze Ordner</translation>
    </message>
</context>
<context>
    <name>purlscope::app::ProblemsPage</name>
    <message>
        <source>Clips</source>
        <translation>Clips</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>Back to the clips</source>
        <translation>Zurück zu den Clips</translation>
    </message>
    <message>
        <source>Read all clips</source>
        <translation>Alle Clips lesen</translation>
    </message>
    <message>
        <source>Finds clips that are unreadable, empty, too short or repeat another; goes on in the background</source>
        <translation>Findet Clips, die unlesbar, leer oder zu kurz sind oder einen anderen wiederholen; läuft im Hintergrund</translation>
    </message>
    <message>
        <source>Problems of the folder</source>
        <translation>Probleme des Ordners</translation>
    </message>
    <message>
        <source>The problem and what to do</source>
        <translation>Das Problem und was zu tun ist</translation>
    </message>
    <message>
        <source>No problem found.</source>
        <translation>Kein Problem gefunden.</translation>
    </message>
    <message>
        <source>So far only the names were looked at. Reading the clips finds unreadable, empty and repeated ones.</source>
        <translation>Bisher wurden nur die Namen betrachtet. Das Lesen der Clips findet unlesbare, leere und wiederholte.</translation>
    </message>
    <message>
        <source>%1 of %2 clips were read so far.</source>
        <translation>%1 von %2 Clips wurden bisher gelesen.</translation>
    </message>
    <message>
        <source>All %1 clips were read.</source>
        <translation>Alle %1 Clips wurden gelesen.</translation>
    </message>
</context>
<context>
    <name>purlscope::app::RefinementCurve</name>
    <message>
        <source>Curve of the refinement</source>
        <translation>Kurve der Verfeinerung</translation>
    </message>
    <message>
        <source>Right when they came, of %1 with a known label: %2 without refinement (grey), %3 with it (blue)</source>
        <translation>Bei Ankunft richtig, von %1 mit bekanntem Label: %2 ohne Verfeinerung (grau), %3 mit ihr (blau)</translation>
    </message>
    <message>
        <source>%1 recording</source>
        <translation>%1 Aufnahme</translation>
    </message>
    <message>
        <source>%1 recordings</source>
        <translation>%1 Aufnahmen</translation>
    </message>
    <message>
        <source>No true labels are known. Of the last windows, %1 have the label that they would get without refinement</source>
        <translation>Keine wahren Labels sind bekannt. Von den letzten Zeitfenstern haben %1 das Label, das sie ohne Verfeinerung bekämen</translation>
    </message>
    <message>
        <source>Nothing has been learned from yet</source>
        <translation>Noch wurde aus nichts gelernt</translation>
    </message>
</context>
<context>
    <name>purlscope::app::RefinementPanel</name>
    <message>
        <source>Refinement</source>
        <translation>Verfeinerung</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Where refinement stands</source>
        <translation>Wo die Verfeinerung steht</translation>
    </message>
    <message>
        <source>Bank</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>The windows that it remembers of each label</source>
        <translation>Die Zeitfenster, die sie sich von jedem Label merkt</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Scores</translation>
    </message>
    <message>
        <source>Scores of what is shown, without and with it</source>
        <translation>Scores des Gezeigten, ohne und mit ihr</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>Optionen</translation>
    </message>
    <message>
        <source>How it learns</source>
        <translation>Wie sie lernt</translation>
    </message>
    <message>
        <source>What was learned from %1 window will be lost.</source>
        <translation>Was aus %1 Zeitfenster gelernt wurde, geht verloren.</translation>
    </message>
    <message>
        <source>What was learned from %1 windows will be lost.</source>
        <translation>Was aus %1 Zeitfenstern gelernt wurde, geht verloren.</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>Neu beginnen</translation>
    </message>
    <message>
        <source>Fuller colour: surer when it came. Click a window to see it.</source>
        <translation>Kräftigere Farbe: sicherer bei Ankunft. Zum Ansehen ein Zeitfenster anklicken.</translation>
    </message>
    <message>
        <source>Empty. While refinement is on, windows that it is sure of are kept here, by label.</source>
        <translation>Leer. Solange die Verfeinerung an ist, stehen hier nach Labels die Zeitfenster, deren sie sicher ist.</translation>
    </message>
    <message>
        <source>No scores yet. Open a clip and type labels.</source>
        <translation>Noch keine Scores. Öffnen Sie einen Clip und geben Sie Labels ein.</translation>
    </message>
    <message>
        <source>These scores are not refined: switch refinement on to compare.</source>
        <translation>Diese Scores sind nicht verfeinert: zum Vergleich die Verfeinerung einschalten.</translation>
    </message>
    <message>
        <source>Grey: without refinement. Blue: with it.</source>
        <translation>Grau: ohne Verfeinerung. Blau: mit ihr.</translation>
    </message>
    <message>
        <source>Texts</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>How far the texts of each sentence have moved</source>
        <translation>Wie weit sich die Texte jedes Satzes verschoben haben</translation>
    </message>
    <message>
        <source>Blue: scale, distance from 1. Orange: shift, distance from 0. Norms, mean over the labels.</source>
        <translation>Blau: Skalierung, Abstand von 1. Orange: Verschiebung, Abstand von 0. Normen, Mittel über die Labels.</translation>
    </message>
</context>
<context>
    <name>purlscope::app::RefinementSummary</name>
    <message>
        <source>Hide the message of the guard</source>
        <translation>Die Meldung des Wächters ausblenden</translation>
    </message>
    <message>
        <source>More of refinement</source>
        <translation>Mehr zur Verfeinerung</translation>
    </message>
    <message>
        <source>Pause, learn from this clip, undo several steps, load</source>
        <translation>Unterbrechen, aus diesem Clip lernen, mehrere Schritte zurücknehmen, laden</translation>
    </message>
    <message>
        <source>Comes with the engine.</source>
        <translation>Kommt mit der Engine.</translation>
    </message>
    <message>
        <source>Off. Switch on to let the scores learn from the clips you open, without labels.</source>
        <translation>Aus. Einschalten, damit die Scores aus den geöffneten Clips lernen, ohne Labels.</translation>
    </message>
    <message>
        <source>On. Type labels: it learns what each looks like here.</source>
        <translation>An. Geben Sie Labels ein: sie lernt, wie jedes hier aussieht.</translation>
    </message>
    <message>
        <source>On, and learning is paused. Nothing has been learned from yet.</source>
        <translation>An, das Lernen ist unterbrochen. Noch wurde aus nichts gelernt.</translation>
    </message>
    <message>
        <source>On. Open clips or follow a live source: each is scored first, then learned from.</source>
        <translation>An. Öffnen Sie Clips oder folgen Sie einer Live-Quelle: erst wird bewertet, dann gelernt.</translation>
    </message>
    <message>
        <source>%1 window seen</source>
        <translation>%1 Zeitfenster gesehen</translation>
    </message>
    <message>
        <source>%1 windows seen</source>
        <translation>%1 Zeitfenster gesehen</translation>
    </message>
    <message>
        <source>bank %1 of %2</source>
        <translation>Speicher %1 von %2</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>learning paused</source>
        <translation>Lernen unterbrochen</translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <translation>%1 warten</translation>
    </message>
    <message>
        <source>Method %1, %2 a step</source>
        <translation>Verfahren %1, %2 je Schritt</translation>
    </message>
    <message>
        <source>right on arrival</source>
        <translation>richtig bei Ankunft</translation>
    </message>
    <message>
        <source>%1 → %2 %</source>
        <translation>%1 → %2 %</translation>
    </message>
    <message>
        <source>Of %1 whose true label is known: without refinement → with it, each counted before it was learned from</source>
        <translation>Von %1, deren wahres Label bekannt ist: ohne Verfeinerung → mit ihr, jede gezählt, bevor aus ihr gelernt wurde</translation>
    </message>
    <message>
        <source>%1 recording</source>
        <translation>%1 Aufnahme</translation>
    </message>
    <message>
        <source>%1 recordings</source>
        <translation>%1 Aufnahmen</translation>
    </message>
    <message>
        <source>same answer as without</source>
        <translation>gleiche Antwort wie ohne</translation>
    </message>
    <message>
        <source>No true labels are known, so nobody can count what was right: the share of the last windows that got the label which they would get without refinement</source>
        <translation>Keine wahren Labels sind bekannt, daher kann niemand zählen, was richtig war: Anteil der letzten Zeitfenster, die das Label bekamen, das sie auch ohne Verfeinerung bekämen</translation>
    </message>
    <message>
        <source>Guard, %1</source>
        <translation>Wächter, %1</translation>
    </message>
</context>
<context>
    <name>purlscope::app::ResultView</name>
    <message>
        <source>95 % interval %1 to %2</source>
        <translation>95-%-Intervall %1 bis %2</translation>
    </message>
    <message>
        <source>chance %1</source>
        <translation>Zufall %1</translation>
    </message>
    <message>
        <source>%1 clip</source>
        <translation>%1 Clip</translation>
    </message>
    <message>
        <source>%1 clips</source>
        <translation>%1 Clips</translation>
    </message>
    <message>
        <source>%1 seed</source>
        <translation>%1 Startwert</translation>
    </message>
    <message>
        <source>%1 seeds</source>
        <translation>%1 Startwerte</translation>
    </message>
    <message>
        <source>Accuracy on the unseen classes</source>
        <translation>Genauigkeit auf den ungesehenen Klassen</translation>
    </message>
    <message>
        <source>Share of the unseen classes&apos; clips that were named right</source>
        <translation>Anteil der Clips ungesehener Klassen, die richtig benannt wurden</translation>
    </message>
    <message>
        <source>Published figures</source>
        <translation>Veröffentlichte Werte</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>Konfusionsmatrix</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <source>A click on a cell lists its clips in the library.</source>
        <translation>Ein Klick auf eine Zelle zeigt ihre Clips in der Bibliothek.</translation>
    </message>
    <message>
        <source>Sums over %1 runs. A click on a cell lists its clips in the library.</source>
        <translation>Summen über %1 Läufe. Ein Klick auf eine Zelle zeigt ihre Clips in der Bibliothek.</translation>
    </message>
    <message>
        <source>Without refinement</source>
        <translation>Ohne Verfeinerung</translation>
    </message>
    <message>
        <source>On arrival</source>
        <translation>Bei Ankunft</translation>
    </message>
    <message>
        <source>Scored again at the end</source>
        <translation>Am Ende noch einmal bewertet</translation>
    </message>
    <message>
        <source>Worst order</source>
        <translation>Schlechteste Reihenfolge</translation>
    </message>
    <message>
        <source>All classes: seen</source>
        <translation>Alle Klassen: gesehen</translation>
    </message>
    <message>
        <source>All classes: unseen</source>
        <translation>Alle Klassen: ungesehen</translation>
    </message>
    <message>
        <source>All classes: harmonic mean</source>
        <translation>Alle Klassen: harmonisches Mittel</translation>
    </message>
    <message>
        <source>Published figures, %1</source>
        <translation>Veröffentlichte Werte, %1</translation>
    </message>
    <message>
        <source>None is known for this data set and this split of it.</source>
        <translation>Für diesen Datensatz und diese Aufteilung ist keiner bekannt.</translation>
    </message>
    <message>
        <source>this evaluation</source>
        <translation>diese Auswertung</translation>
    </message>
    <message>
        <source>published, table %1</source>
        <translation>veröffentlicht, Tabelle %1</translation>
    </message>
    <message>
        <source>Published: %1</source>
        <translation>Veröffentlicht: %1</translation>
    </message>
</context>
<context>
    <name>purlscope::app::RunList</name>
    <message>
        <source>Evaluations of this session</source>
        <translation>Auswertungen dieser Sitzung</translation>
    </message>
    <message>
        <source>Kept until the program ends; choose one to see what it found</source>
        <translation>Bleiben bis zum Ende des Programms; wählen Sie eine, um ihr Ergebnis zu sehen</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>Vergleichen mit</translation>
    </message>
    <message>
        <source>Shows another evaluation&apos;s accuracy beside</source>
        <translation>Zeigt daneben die Genauigkeit einer anderen Auswertung</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Run %1: %2</source>
        <translation>Lauf %1: %2</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nichts</translation>
    </message>
</context>
<context>
    <name>purlscope::app::ScoreBars</name>
    <message>
        <source>Scores without and with refinement</source>
        <translation>Scores ohne und mit Verfeinerung</translation>
    </message>
    <message>
        <source>Above (grey) without refinement, below (blue) with it</source>
        <translation>Oben (grau) ohne Verfeinerung, unten (blau) mit ihr</translation>
    </message>
    <message>
        <source>%1: %2 without, %3 with</source>
        <translation>%1: %2 ohne, %3 mit</translation>
    </message>
</context>
<context>
    <name>purlscope::app::SentenceChips</name>
    <message>
        <source>Sentences</source>
        <translation>Sätze</translation>
    </message>
    <message>
        <source>Sentence “%1”</source>
        <translation>Satz „%1“</translation>
    </message>
    <message>
        <source>, share in the score %1</source>
        <translation>, Anteil am Score %1</translation>
    </message>
    <message>
        <source>Choose a label to see what its sentences look at</source>
        <translation>Wählen Sie ein Label, um zu sehen, wohin seine Sätze schauen</translation>
    </message>
</context>
<context>
    <name>purlscope::app::SentenceEdit</name>
    <message>
        <source>Empty: the suggested sentence comes back</source>
        <translation>Leer: der vorgeschlagene Satz kommt zurück</translation>
    </message>
</context>
<context>
    <name>purlscope::app::SentenceEditor</name>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>Back to the labels</source>
        <translation>Zurück zu den Labels</translation>
    </message>
    <message>
        <source>Back to the table of labels</source>
        <translation>Zurück zur Tabelle der Labels</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Alle zurücksetzen</translation>
    </message>
    <message>
        <source>Bring back the suggested sentences of this label</source>
        <translation>Die vorgeschlagenen Sätze dieses Labels zurückholen</translation>
    </message>
    <message>
        <source>Score of the label</source>
        <translation>Score des Labels</translation>
    </message>
    <message>
        <source>Sentence “%1”</source>
        <translation>Satz „%1“</translation>
    </message>
    <message>
        <source>Enter scores the new sentence at once, Escape brings the old one back</source>
        <translation>Enter bewertet den neuen Satz sofort, Escape holt den alten zurück</translation>
    </message>
</context>
<context>
    <name>purlscope::app::Session</name>
    <message>
        <source>choose person %1</source>
        <translation>Person %1 wählen</translation>
    </message>
    <message>
        <source>follow the most active person</source>
        <translation>der aktivsten Person folgen</translation>
    </message>
    <message>
        <source>add “%1”</source>
        <translation>„%1“ hinzufügen</translation>
    </message>
    <message>
        <source>use %1 other labels</source>
        <translation>%1 andere Labels verwenden</translation>
    </message>
    <message>
        <source>remove “%1”</source>
        <translation>„%1“ entfernen</translation>
    </message>
    <message>
        <source>edit sentence</source>
        <translation>Satz bearbeiten</translation>
    </message>
    <message>
        <source>reset sentences</source>
        <translation>Sätze zurücksetzen</translation>
    </message>
</context>
<context>
    <name>purlscope::app::SizeChooser</name>
    <message>
        <source>%1 in pixels, %2 to %3</source>
        <translation>%1 in Pixeln, %2 bis %3</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>A usual size; any other can be typed beside</source>
        <translation>Eine übliche Größe; jede andere lässt sich daneben eingeben</translation>
    </message>
    <message>
        <source>As the view</source>
        <translation>Wie die Ansicht</translation>
    </message>
    <message>
        <source>HD, 1280 × 720</source>
        <translation>HD, 1280 × 720</translation>
    </message>
    <message>
        <source>Full HD, 1920 × 1080</source>
        <translation>Full HD, 1920 × 1080</translation>
    </message>
    <message>
        <source>4K, 3840 × 2160</source>
        <translation>4K, 3840 × 2160</translation>
    </message>
    <message>
        <source>Square, 1080 × 1080</source>
        <translation>Quadrat, 1080 × 1080</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>Beliebig</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>pixels</source>
        <translation>Pixel</translation>
    </message>
</context>
<context>
    <name>purlscope::app::SourceForm</name>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Camera number</source>
        <translation>Kameranummer</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Also from other machines of the network</source>
        <translation>Auch von anderen Rechnern des Netzes</translation>
    </message>
    <message>
        <source>Listens on all network addresses of this machine. Anybody who can reach it can send poses.</source>
        <translation>Lauscht auf allen Netzadressen dieses Rechners. Jeder, der ihn erreicht, kann Posen senden.</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>The picture is a mirror image</source>
        <translation>Das Bild ist gespiegelt</translation>
    </message>
    <message>
        <source>Exchanges left and right</source>
        <translation>Vertauscht links und rechts</translation>
    </message>
    <message>
        <source>Find the camera&apos;s tilt from a person who stands</source>
        <translation>Neigung der Kamera an einer stehenden Person ermitteln</translation>
    </message>
    <message>
        <source>Looks down by</source>
        <translation>Schaut abwärts um</translation>
    </message>
    <message>
        <source>Hold back</source>
        <translation>Zurückhalten</translation>
    </message>
    <message>
        <source> ms</source>
        <translation> ms</translation>
    </message>
    <message>
        <source>For how long poses wait so that late ones fall into their place. More is smoother and later</source>
        <translation>Wie lange Posen warten, damit verspätete an ihren Platz kommen. Mehr ist ruhiger und später</translation>
    </message>
    <message>
        <source>Choose...</source>
        <translation>Wählen...</translation>
    </message>
    <message>
        <source>Videos (*.avi *.mp4 *.m4v *.mov *.mkv *.webm *.mpeg *.mpg);;All files (*)</source>
        <translation>Videos (*.avi *.mp4 *.m4v *.mov *.mkv *.webm *.mpeg *.mpg);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Choose the folder that OpenPose writes to</source>
        <translation>Ordner wählen, in den OpenPose schreibt</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Datei wählen</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Choose the folder.</source>
        <translation>Wählen Sie den Ordner.</translation>
    </message>
    <message>
        <source>Choose the file.</source>
        <translation>Wählen Sie die Datei.</translation>
    </message>
    <message>
        <source>Name the server.</source>
        <translation>Nennen Sie den Server.</translation>
    </message>
    <message>
        <source>One person in front of a camera. Head to feet should be in view. The network that finds the joints is installed by ./run.sh --with-camera; no picture leaves this machine.</source>
        <translation>Eine Person vor einer Kamera, von Kopf bis Fuß im Bild. Das Netz, das die Gelenke findet, installiert ./run.sh --with-camera; kein Bild verlässt diesen Rechner.</translation>
    </message>
    <message>
        <source>One person in a video file, as if it were a camera. The network that finds the joints is installed by ./run.sh --with-camera.</source>
        <translation>Eine Person in einer Videodatei, als wäre es eine Kamera. Das Netz, das die Gelenke findet, installiert ./run.sh --with-camera.</translation>
    </message>
    <message>
        <source>Programs that send our own JSON, documented under docs/user/skeleton-stream.md. To try it: python3 tools/send_skeletons.py %1 walk</source>
        <translation>Programme, die unser eigenes JSON senden, beschrieben in docs/user/skeleton-stream.md. Zum Ausprobieren: python3 tools/send_skeletons.py %1 walk</translation>
    </message>
    <message>
        <source>A WebSocket server that sends our own JSON; this program connects to it.</source>
        <translation>Ein WebSocket-Server, der unser eigenes JSON sendet; dieses Programm verbindet sich mit ihm.</translation>
    </message>
    <message>
        <source>Motion capture programs that speak VMC: Virtual Motion Capture, VSeeFace, TDPT, Waidayo. Set their receiver to this machine and port. One performer a port.</source>
        <translation>Motion-Capture-Programme, die VMC sprechen: Virtual Motion Capture, VSeeFace, TDPT, Waidayo. Stellen Sie als Empfänger diesen Rechner und Port ein. Eine Person je Port.</translation>
    </message>
    <message>
        <source>The folder that OpenPose fills with --write_json: what is there first, then each new file.</source>
        <translation>Der Ordner, den OpenPose mit --write_json füllt: erst was da ist, dann jede neue Datei.</translation>
    </message>
    <message>
        <source>Rokoko Studio, Livestream, Custom streaming: format JSON v3, uncompressed, to this machine and port.</source>
        <translation>Rokoko Studio, Livestream, Custom streaming: Format JSON v3, unkomprimiert, an diesen Rechner und Port.</translation>
    </message>
    <message>
        <source>A recording of any known format, replayed by its time stamps as if it were live.</source>
        <translation>Eine Aufnahme jedes bekannten Formats, nach ihren Zeitstempeln abgespielt, als wäre sie live.</translation>
    </message>
</context>
<context>
    <name>purlscope::app::SourceTrial</name>
    <message>
        <source>Trying...</source>
        <translation>Wird getestet...</translation>
    </message>
    <message>
        <source>It works: %1 frames a second of layout %2, %3 in view.</source>
        <translation>Es klappt: %1 Bilder je Sekunde im Schema %2, %3 im Bild.</translation>
    </message>
    <message>
        <source>%1 person</source>
        <translation>%1 Person</translation>
    </message>
    <message>
        <source>%1 persons</source>
        <translation>%1 Personen</translation>
    </message>
    <message>
        <source>Depth is guessed, which costs accuracy.</source>
        <translation>Die Tiefe ist geschätzt, das kostet Genauigkeit.</translation>
    </message>
    <message>
        <source>%1 could be read. The first: %2</source>
        <translation>%1 lesbar. Das erste: %2</translation>
    </message>
    <message>
        <source>Something came, but the %1 packet not</source>
        <translation>Etwas kam, doch das %1 Paket war nicht</translation>
    </message>
    <message>
        <source>Something came, but none of the %1 packets</source>
        <translation>Etwas kam, doch keines der %1 Pakete war</translation>
    </message>
    <message>
        <source>Nothing has come in %1 s (%2). Is the sender running, and does it send here?</source>
        <translation>In %1 s kam nichts (%2). Läuft der Sender, und sendet er hierher?</translation>
    </message>
</context>
<context>
    <name>purlscope::app::SplitPage</name>
    <message>
        <source>subject</source>
        <translation>Proband</translation>
    </message>
    <message>
        <source>camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>setup</source>
        <translation>Aufbau</translation>
    </message>
    <message>
        <source>repetition</source>
        <translation>Wiederholung</translation>
    </message>
    <message>
        <source>Unseen classes</source>
        <translation>Ungesehene Klassen</translation>
    </message>
    <message>
        <source>The published splits of this data set, or your own</source>
        <translation>Die veröffentlichten Aufteilungen dieses Datensatzes oder Ihre eigene</translation>
    </message>
    <message>
        <source>Classes; ticked ones are unseen</source>
        <translation>Klassen; angehakte sind ungesehen</translation>
    </message>
    <message>
        <source>Name of your split</source>
        <translation>Name Ihrer Aufteilung</translation>
    </message>
    <message>
        <source>The name that lists and reports show</source>
        <translation>Der Name, den Listen und Berichte zeigen</translation>
    </message>
    <message>
        <source>Load...</source>
        <translation>Laden...</translation>
    </message>
    <message>
        <source>Open a split file: JSON, or one class name a line</source>
        <translation>Eine Aufteilungsdatei öffnen: JSON oder ein Klassenname je Zeile</translation>
    </message>
    <message>
        <source>Save...</source>
        <translation>Speichern...</translation>
    </message>
    <message>
        <source>Write the unseen classes to a file, which “purlscope evaluate --split” takes too</source>
        <translation>Die ungesehenen Klassen in eine Datei schreiben, die auch „purlscope evaluate --split“ nimmt</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>Aufnahmen</translation>
    </message>
    <message>
        <source>Division of the recordings</source>
        <translation>Teilung der Aufnahmen</translation>
    </message>
    <message>
        <source>The published division by who or what recorded the clips</source>
        <translation>Die veröffentlichte Teilung danach, wer oder was die Clips aufgenommen hat</translation>
    </message>
    <message>
        <source>Use unseen as labels</source>
        <translation>Als Labels verwenden</translation>
    </message>
    <message>
        <source>Score the clips against the names of the unseen classes; undo brings the labels back</source>
        <translation>Die Clips an den Namen der ungesehenen Klassen bewerten; Rückgängig holt die Labels zurück</translation>
    </message>
    <message>
        <source>Use unseen classes as labels</source>
        <translation>Ungesehene Klassen als Labels verwenden</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>Clips</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Aufteilung</translation>
    </message>
    <message>
        <source>Back to the clips</source>
        <translation>Zurück zu den Clips</translation>
    </message>
    <message>
        <source>Unseen classes: those no model may be trained on</source>
        <translation>Ungesehene Klassen: auf ihnen darf kein Modell trainiert sein</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>%1 · %2 unseen</source>
        <translation>%1 · %2 ungesehen</translation>
    </message>
    <message>
        <source>Own split</source>
        <translation>Eigene Aufteilung</translation>
    </message>
    <message>
        <source>All together</source>
        <translation>Alle zusammen</translation>
    </message>
    <message>
        <source>%1 · by %2</source>
        <translation>%1 · nach %2</translation>
    </message>
    <message>
        <source>own split</source>
        <translation>eigene Aufteilung</translation>
    </message>
    <message>
        <source>Tick the classes that are to be unseen.</source>
        <translation>Haken Sie die Klassen an, die ungesehen sein sollen.</translation>
    </message>
    <message>
        <source>All classes are unseen: leave one unticked, to train on.</source>
        <translation>Alle Klassen sind ungesehen: lassen Sie eine zum Trainieren frei.</translation>
    </message>
    <message>
        <source>%1 unseen, %2 seen</source>
        <translation>%1 ungesehen, %2 gesehen</translation>
    </message>
    <message>
        <source>Training: %1 clips. Test: %2 clips (%3 %4).</source>
        <translation>Training: %1 Clips. Test: %2 Clips (%3 %4).</translation>
    </message>
    <message>
        <source>Not loaded: %1</source>
        <translation>Nicht geladen: %1</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>Gespeichert als %1</translation>
    </message>
    <message>
        <source>Not saved: %1</source>
        <translation>Nicht gespeichert: %1</translation>
    </message>
    <message>
        <source>Load a split</source>
        <translation>Aufteilung laden</translation>
    </message>
    <message>
        <source>Splits (*.json *.txt);;All files (*)</source>
        <translation>Aufteilungen (*.json *.txt);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Save the split</source>
        <translation>Aufteilung speichern</translation>
    </message>
    <message>
        <source>Splits (*.json)</source>
        <translation>Aufteilungen (*.json)</translation>
    </message>
</context>
<context>
    <name>purlscope::app::StatusLine</name>
    <message>
        <source>Engine</source>
        <translation>Engine</translation>
    </message>
    <message>
        <source>Milliseconds of each stage of the last recognition</source>
        <translation>Millisekunden jeder Stufe der letzten Erkennung</translation>
    </message>
    <message>
        <source>Requests dropped for newer ones, and frames drawn a second</source>
        <translation>Anfragen, die neueren wichen, und gezeichnete Bilder je Sekunde</translation>
    </message>
    <message>
        <source>Loading engine...</source>
        <translation>Engine wird geladen...</translation>
    </message>
    <message>
        <source>No engine: viewing only</source>
        <translation>Keine Engine: nur Ansehen</translation>
    </message>
    <message>
        <source>%1 engine</source>
        <translation>Engine %1</translation>
    </message>
    <message>
        <source>%1 thread</source>
        <translation>%1 Thread</translation>
    </message>
    <message>
        <source>%1 threads</source>
        <translation>%1 Threads</translation>
    </message>
    <message>
        <source> · reading files...</source>
        <translation> · Dateien werden gelesen...</translation>
    </message>
    <message>
        <source> · recognising...</source>
        <translation> · wird erkannt...</translation>
    </message>
    <message>
        <source>load %1   </source>
        <translation>Laden %1   </translation>
    </message>
    <message>
        <source>refined   </source>
        <translation>verfeinert   </translation>
    </message>
    <message>
        <source>prepare %1   backbone %2   text %3   attention %4   total %5 ms</source>
        <translation>Vorbereitung %1   Backbone %2   Text %3   Aufmerksamkeit %4   gesamt %5 ms</translation>
    </message>
    <message>
        <source>dropped %1</source>
        <translation>verworfen %1</translation>
    </message>
    <message>
        <source>%1 fps   </source>
        <translation>%1 fps   </translation>
    </message>
</context>
<context>
    <name>purlscope::app::TextBars</name>
    <message>
        <source>How far the texts have moved, by sentence</source>
        <translation>Wie weit sich die Texte verschoben haben, nach Sätzen</translation>
    </message>
    <message>
        <source>Above (blue) the scale&apos;s distance from 1, below (orange) the shift&apos;s from 0: Euclidean norms, mean over the labels</source>
        <translation>Oben (blau) der Abstand der Skalierung von 1, unten (orange) der der Verschiebung von 0: euklidische Normen, Mittel über die Labels</translation>
    </message>
    <message>
        <source>%1: scale %2, shift %3</source>
        <translation>%1: Skalierung %2, Verschiebung %3</translation>
    </message>
</context>
<context>
    <name>purlscope::app::TimelinePanel</name>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Playback speed</source>
        <translation>Tempo der Wiedergabe</translation>
    </message>
    <message>
        <source>repeat a stretch</source>
        <translation>Abschnitt wiederholen</translation>
    </message>
    <message>
        <source>no clip</source>
        <translation>kein Clip</translation>
    </message>
    <message>
        <source>frame %1 of %2 · %3 fps</source>
        <translation>Bild %1 von %2 · %3 fps</translation>
    </message>
</context>
<context>
    <name>purlscope::app::TimelineStrip</name>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>No clip is open</source>
        <translation>Kein Clip ist geöffnet</translation>
    </message>
    <message>
        <source>%1, %2 to %3: double-click to repeat and recognise this part</source>
        <translation>%1, %2 bis %3: Doppelklick, um diesen Teil zu wiederholen und zu erkennen</translation>
    </message>
    <message>
        <source>Drag to move through the clip; the wheel steps frame by frame, with Ctrl it zooms</source>
        <translation>Ziehen durchläuft den Clip; das Mausrad geht Bild für Bild, mit Strg zoomt es</translation>
    </message>
</context>
<context>
    <name>purlscope::app::TrainingCurve</name>
    <message>
        <source>Backbone</source>
        <translation>Backbone</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Modellkopf</translation>
    </message>
    <message>
        <source>Curve of the training</source>
        <translation>Trainingskurve</translation>
    </message>
    <message>
        <source>No epoch is finished yet</source>
        <translation>Noch keine Epoche ist fertig</translation>
    </message>
    <message>
        <source>%1, epoch %2 of %3: loss %4, %5 % of the samples right</source>
        <translation>%1, Epoche %2 von %3: Verlust %4, %5 % der Beispiele richtig</translation>
    </message>
    <message>
        <source>%1 % of the clips kept out</source>
        <translation>%1 % der zurückgehaltenen Clips</translation>
    </message>
    <message>
        <source>The curve of loss and accuracy
grows here, epoch by epoch.</source>
        <translation>Hier wächst die Kurve von Verlust
und Genauigkeit, Epoche für Epoche.</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Right, %</source>
        <translation>Richtig, %</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>Learned from</source>
        <translation>Gelernt</translation>
    </message>
    <message>
        <source>Kept out</source>
        <translation>Zurückgehalten</translation>
    </message>
</context>
<context>
    <name>purlscope::app::TrainingJob</name>
    <message>
        <source>The training failed: %1</source>
        <translation>Das Training ist fehlgeschlagen: %1</translation>
    </message>
</context>
<context>
    <name>purlscope::app::TrainingPanel</name>
    <message>
        <source>Configurations (*.json);;All files (*)</source>
        <translation>Konfigurationen (*.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>State of the training</source>
        <translation>Zustand des Trainings</translation>
    </message>
    <message>
        <source>Trained: %1</source>
        <translation>Trainiert: %1</translation>
    </message>
    <message>
        <source>Stopped. “Train” goes on after the last finished epoch.</source>
        <translation>Angehalten. „Trainieren“ fährt nach der letzten fertigen Epoche fort.</translation>
    </message>
    <message>
        <source>Data set</source>
        <translation>Datensatz</translation>
    </message>
    <message>
        <source>Choose the folder of the data set</source>
        <translation>Ordner des Datensatzes wählen</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Aufteilung</translation>
    </message>
    <message>
        <source>Which classes stay unseen: the name of a split, random:COUNT:SEED, or a file</source>
        <translation>Welche Klassen ungesehen bleiben: Name einer Aufteilung, random:ANZAHL:STARTWERT oder eine Datei</translation>
    </message>
    <message>
        <source>Config</source>
        <translation>Konfig.</translation>
    </message>
    <message>
        <source>default settings</source>
        <translation>Vorgaben</translation>
    </message>
    <message>
        <source>Choose a configuration</source>
        <translation>Konfiguration wählen</translation>
    </message>
    <message>
        <source>Save to</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Folder of the model, its card, its curve and its checkpoints</source>
        <translation>Ordner für Modell, Steckbrief, Kurve und Zwischenstände</translation>
    </message>
    <message>
        <source>Choose the folder of the model</source>
        <translation>Ordner des Modells wählen</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>Neu beginnen</translation>
    </message>
    <message>
        <source>Discard what the folder holds of an earlier training instead of going on with it</source>
        <translation>Verwerfen, was der Ordner von einem früheren Training hält, statt damit fortzufahren</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Trainieren</translation>
    </message>
    <message>
        <source>Stop the training; finished epochs are kept</source>
        <translation>Das Training anhalten; fertige Epochen bleiben erhalten</translation>
    </message>
    <message>
        <source>Train on the seen classes; goes on where an earlier training in the folder stopped</source>
        <translation>Auf den gesehenen Klassen trainieren; fährt fort, wo ein früheres Training im Ordner aufhörte</translation>
    </message>
    <message>
        <source>Choose a data set, a split and a folder for the model. Classes that are unseen in the split take no part.</source>
        <translation>Wählen Sie Datensatz, Aufteilung und einen Ordner für das Modell. In der Aufteilung ungesehene Klassen nehmen nicht teil.</translation>
    </message>
</context>
<context>
    <name>purlscope::app::ViewPanel</name>
    <message>
        <source>Open a recording</source>
        <translation>Aufnahme öffnen</translation>
    </message>
    <message>
        <source>Drop a recording, a folder or a video here, open one, or connect a live source. Purlscope reads the common data sets, BVH, AMC, C3D, OpenPose, COCO, CSV and more as they are.</source>
        <translation>Legen Sie hier eine Aufnahme, einen Ordner oder ein Video ab, öffnen Sie etwas, oder verbinden Sie eine Live-Quelle. Purlscope liest die üblichen Datensätze, BVH, AMC, C3D, OpenPose, COCO, CSV und mehr, wie sie sind.</translation>
    </message>
    <message>
        <source>No 3‑D view here</source>
        <translation>Hier keine 3D-Ansicht</translation>
    </message>
    <message>
        <source>Recognition, attention and timeline work all the same. For the 3‑D view, start the program on a display with OpenGL 4.1.</source>
        <translation>Erkennung, Aufmerksamkeit und Zeitleiste funktionieren trotzdem. Für die 3D-Ansicht starten Sie das Programm auf einer Anzeige mit OpenGL 4.1.</translation>
    </message>
    <message>
        <source>3-D view</source>
        <translation>3D-Ansicht</translation>
    </message>
    <message>
        <source>Drag to orbit, Shift or right drag to pan, wheel to zoom, click a joint to pin it</source>
        <translation>Ziehen zum Umkreisen, mit Umschalt oder rechts ziehen zum Verschieben, Mausrad zum Zoomen, Klick heftet ein Gelenk an</translation>
    </message>
    <message>
        <source>%1 against %2 · %3</source>
        <translation>%1 gegen %2 · %3</translation>
    </message>
    <message>
        <source>Above 0: more for %1. Below 0: more for %2.</source>
        <translation>Über 0: mehr für %1. Unter 0: mehr für %2.</translation>
    </message>
    <message>
        <source>change of view</source>
        <translation>Wechsel der Ansicht</translation>
    </message>
    <message>
        <source>reset view</source>
        <translation>Ansicht zurücksetzen</translation>
    </message>
    <message>
        <source>frame the person</source>
        <translation>Person ins Bild holen</translation>
    </message>
</context>
<context>
    <name>purlscope::app::Viewport</name>
    <message>
        <source>The display platform “%1” has no OpenGL.</source>
        <translation>Die Anzeigeplattform „%1“ hat kein OpenGL.</translation>
    </message>
    <message>
        <source>This display offers no OpenGL context.</source>
        <translation>Diese Anzeige bietet keinen OpenGL-Kontext.</translation>
    </message>
    <message>
        <source>The 3-D view needs OpenGL %1.%2, this display has %3.%4.</source>
        <translation>Die 3D-Ansicht braucht OpenGL %1.%2, diese Anzeige hat %3.%4.</translation>
    </message>
    <message>
        <source>The OpenGL context of this display cannot be used.</source>
        <translation>Der OpenGL-Kontext dieser Anzeige ist nicht verwendbar.</translation>
    </message>
</context>
<context>
    <name>purlscope::app::WhyPanel</name>
    <message>
        <source>most: %1</source>
        <translation>meiste: %1</translation>
    </message>
    <message>
        <source>Against which label</source>
        <translation>Gegen welches Label</translation>
    </message>
    <message>
        <source>The label that the margin is taken over</source>
        <translation>Das Label, gegen das der Vorsprung gilt</translation>
    </message>
    <message>
        <source>What the margin is made of</source>
        <translation>Woraus der Vorsprung besteht</translation>
    </message>
    <message>
        <source>No recording is open</source>
        <translation>Keine Aufnahme ist geöffnet</translation>
    </message>
    <message>
        <source>Open a file, or drop one on the window.</source>
        <translation>Öffnen Sie eine Datei, oder legen Sie eine auf dem Fenster ab.</translation>
    </message>
    <message>
        <source>Nothing to compare</source>
        <translation>Nichts zu vergleichen</translation>
    </message>
    <message>
        <source>Type two labels or more: a margin lies between two.</source>
        <translation>Geben Sie zwei oder mehr Labels ein: ein Vorsprung liegt zwischen zweien.</translation>
    </message>
    <message>
        <source>No scores yet</source>
        <translation>Noch keine Scores</translation>
    </message>
    <message>
        <source>The margin appears once the chosen label has been scored.</source>
        <translation>Der Vorsprung erscheint, sobald das gewählte Label bewertet ist.</translation>
    </message>
    <message>
        <source>over %1</source>
        <translation>vor %1</translation>
    </message>
    <message>
        <source>%1 stands %2 below</source>
        <translation>%1 liegt %2 dahinter</translation>
    </message>
    <message>
        <source>%1 stands %2 above</source>
        <translation>%1 liegt %2 davor</translation>
    </message>
    <message>
        <source>Difference of the two scores, in the unit of the score</source>
        <translation>Differenz der beiden Scores, in der Einheit des Scores</translation>
    </message>
    <message>
        <source>%1: %2 of the margin</source>
        <translation>%1: %2 des Vorsprungs</translation>
    </message>
    <message>
        <source>if hidden</source>
        <translation>verdeckt</translation>
    </message>
    <message>
        <source>The margin when the recording is scored again without this</source>
        <translation>Der Vorsprung, wenn die Aufnahme ohne dies noch einmal bewertet wird</translation>
    </message>
    <message>
        <source>Scored again without it: %1 is still first</source>
        <translation>Ohne dies noch einmal bewertet: %1 bleibt vorn</translation>
    </message>
    <message>
        <source>Scored again without it: then %1 is first</source>
        <translation>Ohne dies noch einmal bewertet: dann ist %1 vorn</translation>
    </message>
</context>
</TS>
