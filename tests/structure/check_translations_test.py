"""check_translations.py finds every kind of mistake."""
import tempfile
import unittest

from check_translations import check, problems_of

MESSAGE = "<context><name>A</name><message><source>{}</source>{}</message></context>"


def lines(source, translation):
    with tempfile.NamedTemporaryFile("w", suffix=".ts") as file:
        file.write(f'<TS version="2.1" language="de_DE">{MESSAGE.format(source, translation)}</TS>')
        file.flush()
        return list(check(file.name))


class CheckTranslations(unittest.TestCase):
    def test_good_words_pass(self):
        self.assertEqual(problems_of("%1 of %2...", "%2: %1..."), [])
        self.assertEqual(problems_of("Splits (*.json);;All (*)", "Aufteilungen (*.json);;Alle (*)"), [])
        self.assertEqual(lines("Open", "<translation>Öffnen</translation>"), [])

    def test_unfinished_words_are_found(self):
        self.assertIn("not translated", lines("Open", '<translation type="unfinished"></translation>')[0])
        self.assertIn("not translated", lines("Open", '<translation type="unfinished">Auf</translation>')[0])
        self.assertIn("empty", lines("Open", "<translation></translation>")[0])

    def test_differences_are_found(self):
        for source, translation in [
            ("%1 of %2", "%1 von 2"),
            ("%1 of %1", "%1"),
            ("%n clips", "Clips"),
            ("&amp;Open".replace("&amp;", "&"), "Öffnen"),
            ("Open...", "Öffnen"),
            ("Save", "Speichern..."),
            ("All (*)", "Alle"),
            ("two\nlines", "zwei Zeilen"),
            (" · refined", "· verfeinert"),
        ]:
            self.assertEqual(len(problems_of(source, translation)), 1, (source, translation))

    def test_every_plural_form_is_looked_at(self):
        forms = "<translation><numerusform>%n Clip</numerusform><numerusform>Clips</numerusform></translation>"
        self.assertEqual(len(lines("%n clip(s)", forms)), 1)


if __name__ == "__main__":
    unittest.main()
