#include "app/studio/panels/library/problems/problem_words.h"

#include <QCoreApplication>
#include <algorithm>
#include <iterator>

namespace purlscope::app {
namespace {

struct Words {
  const char* kind;
  const char* title;
  const char* remedy;
};

const Words kWords[] = {
    {"missing-recordings", QT_TRANSLATE_NOOP("Problem", "Recordings are missing"),
     QT_TRANSLATE_NOOP("Problem",
                       "Results are of the clips that are here; get the rest where the data set is published "
                       "if they must compare.")},
    {"unknown-class", QT_TRANSLATE_NOOP("Problem", "Class is not known"),
     QT_TRANSLATE_NOOP("Problem",
                       "Training and evaluation leave them out; name the files as the data set does, or give "
                       "the recordings a label.")},
    {"same-name", QT_TRANSLATE_NOOP("Problem", "Same name twice"),
     QT_TRANSLATE_NOOP("Problem", "Keep one of the two in the folder.")},
    {"other-data-set", QT_TRANSLATE_NOOP("Problem", "Another data set in the folder"),
     QT_TRANSLATE_NOOP("Problem", "Move these recordings to a folder of their own and open that.")},
    {"mixed-formats", QT_TRANSLATE_NOOP("Problem", "Several file formats"),
     QT_TRANSLATE_NOOP("Problem", "Each clip is read by its own format; “purlscope convert” brings them to one.")},
    {"mixed-layouts", QT_TRANSLATE_NOOP("Problem", "Several joint layouts"),
     QT_TRANSLATE_NOOP("Problem",
                       "Recognition maps each to the model's joints; look at the input check for what is "
                       "inferred or missing.")},
    {"empty-file", QT_TRANSLATE_NOOP("Problem", "File is empty"),
     QT_TRANSLATE_NOOP("Problem", "Copy the file again from its source.")},
    {"unreadable", QT_TRANSLATE_NOOP("Problem", "Cannot be read"),
     QT_TRANSLATE_NOOP("Problem", "Copy the file again from its source, or put it on a skip list.")},
    {"no-skeleton", QT_TRANSLATE_NOOP("Problem", "Nobody in it"),
     QT_TRANSLATE_NOOP("Problem", "Training and evaluation leave it out; put it on a skip list to be rid of it.")},
    {"too-short", QT_TRANSLATE_NOOP("Problem", "Too short"),
     QT_TRANSLATE_NOOP("Problem", "Training and evaluation leave it out; put it on a skip list to be rid of it.")},
    {"repeat", QT_TRANSLATE_NOOP("Problem", "Repeats another clip"),
     QT_TRANSLATE_NOOP("Problem", "Tests count the two once; nothing has to be done.")}};

const Words* words_of(const std::string& kind) {
  const auto* found = std::ranges::find_if(kWords, [&](const Words& words) { return kind == words.kind; });
  return found == std::end(kWords) ? nullptr : found;
}

}  // namespace

QString problem_title(const std::string& kind) {
  const Words* words = words_of(kind);
  return words == nullptr ? QString::fromStdString(kind) : QCoreApplication::translate("Problem", words->title);
}

QString problem_remedy(const std::string& kind) {
  const Words* words = words_of(kind);
  return words == nullptr ? QString() : QCoreApplication::translate("Problem", words->remedy);
}

}  // namespace purlscope::app
