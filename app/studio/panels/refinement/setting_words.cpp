#include "app/studio/panels/refinement/setting_words.h"

#include <QCoreApplication>
#include <array>

namespace purlscope::app {
namespace {

struct Row {
  const char* key;
  const char* name;
  const char* about;
};

constexpr std::array kRows = {
    Row{"bank", QT_TRANSLATE_NOOP("SettingWords", "Slots a label"),
        QT_TRANSLATE_NOOP("SettingWords", "Windows that the bank keeps of each label")},
    Row{"threshold", QT_TRANSLATE_NOOP("SettingWords", "Confidence"),
        QT_TRANSLATE_NOOP("SettingWords", "Probability that a window needs to be kept, from 0 to 1")},
    Row{"warm_up", QT_TRANSLATE_NOOP("SettingWords", "Warm-up, windows"),
        QT_TRANSLATE_NOOP("SettingWords", "Windows that are seen before anything is learned")},
    Row{"weight", QT_TRANSLATE_NOOP("SettingWords", "Weight"),
        QT_TRANSLATE_NOOP("SettingWords", "How much the likeness to what was seen counts beside the texts")},
    Row{"temperature", QT_TRANSLATE_NOOP("SettingWords", "Temperature"),
        QT_TRANSLATE_NOOP("SettingWords", "How evenly a window is shared out among the labels; lower is surer")},
    Row{"iterations", QT_TRANSLATE_NOOP("SettingWords", "Iterations a step"),
        QT_TRANSLATE_NOOP("SettingWords", "How often labels and prototypes are found in turn, every step")},
    Row{"prior", QT_TRANSLATE_NOOP("SettingWords", "Prior, windows"),
        QT_TRANSLATE_NOOP("SettingWords", "Windows for which what was known before the stream counts")},
    Row{"learning_rate", QT_TRANSLATE_NOOP("SettingWords", "Rate"),
        QT_TRANSLATE_NOOP("SettingWords", "Learning rate at the start of the schedule")},
    Row{"decay", QT_TRANSLATE_NOOP("SettingWords", "Decay"),
        QT_TRANSLATE_NOOP("SettingWords", "Pull of scale and shift back to where they began")},
    Row{"steps", QT_TRANSLATE_NOOP("SettingWords", "Steps a window"),
        QT_TRANSLATE_NOOP("SettingWords", "Steps of gradient descent after every window")},
    Row{"schedule", QT_TRANSLATE_NOOP("SettingWords", "Schedule, steps"),
        QT_TRANSLATE_NOOP("SettingWords", "Steps over which the rate falls to a tenth")}};

/// What the engine says of its methods, written out for the translation tools.
[[maybe_unused]] const char* const kMethods[] = {
    QT_TRANSLATE_NOOP("RefineMethod", "prototypes of the labels, by expectation maximisation over the bank"),
    QT_TRANSLATE_NOOP("RefineMethod", "prototypes of what the bank's windows were taken for"),
    QT_TRANSLATE_NOOP("RefineMethod", "likeness to each window of the bank, training-free"),
    QT_TRANSLATE_NOOP("RefineMethod", "each label's running mean score is subtracted"),
    QT_TRANSLATE_NOOP("RefineMethod", "measures are standardised by the stream's own mean and deviation"),
    QT_TRANSLATE_NOOP("RefineMethod", "half of each label's highest scores in the bank is subtracted"),
    QT_TRANSLATE_NOOP("RefineMethod", "sentences weigh by their agreement with all"),
    QT_TRANSLATE_NOOP("RefineMethod", "DynaPURLS: scale and shift of the texts by gradient, mean over classes"),
    QT_TRANSLATE_NOOP("RefineMethod", "DynaPURLS' published objective: mean over windows, decay to 0")};

}  // namespace

SettingWords setting_words(const std::string& key) {
  for (const Row& row : kRows) {
    if (key != row.key) continue;
    return {QCoreApplication::translate("SettingWords", row.name),
            QCoreApplication::translate("SettingWords", row.about)};
  }
  return {QString::fromStdString(key), QString::fromStdString(key)};
}

QString method_about(const std::string& what) { return QCoreApplication::translate("RefineMethod", what.c_str()); }

}  // namespace purlscope::app
