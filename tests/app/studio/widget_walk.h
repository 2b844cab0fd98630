#pragma once

#include <QWidget>
#include <functional>
#include <string>

#include "tests/app/studio/support.h"

namespace purlscope::test {

/// Shows everything that the window has, one thing after the other: each panel in front, the pages of panels, the
/// palette and each dialog. @param visit is called for each, with its name and what is to be looked at
void show_all(Studio& studio, const std::function<void(const std::string& where, QWidget& root)>& visit);

/// "QToolButton label_add in labels", to find it in the sources.
std::string who(const QWidget& widget);

}  // namespace purlscope::test
