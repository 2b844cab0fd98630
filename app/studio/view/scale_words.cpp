#include "app/studio/view/scale_words.h"

#include <QCoreApplication>

namespace purlscope::app {
namespace {

/// The words of render, written out for the translation tools.
[[maybe_unused]] const char* const kWords[] = {
    QT_TRANSLATE_NOOP("Scale", "attention"),  QT_TRANSLATE_NOOP("Scale", "contribution"),
    QT_TRANSLATE_NOOP("Scale", "difference"), QT_TRANSLATE_NOOP("Scale", "contribution difference"),
    QT_TRANSLATE_NOOP("Scale", "clip"),       QT_TRANSLATE_NOOP("Scale", "frame"),
    QT_TRANSLATE_NOOP("Scale", "locked"),     QT_TRANSLATE_NOOP("Scale", "both")};

std::string translated(const std::string& word) {
  return QCoreApplication::translate("Scale", word.c_str()).toStdString();
}

}  // namespace

void translate_scale(render::Quantity& quantity) {
  quantity.unit = translated(quantity.unit);
  quantity.range = translated(quantity.range);
}

}  // namespace purlscope::app
