#pragma once

#include <QIcon>
#include <QString>

namespace purlscope::app {

/// Icon of the product's SVG set (`resources/icons/<name>.svg`), drawn in the colours of the current palette at the
/// size and pixel ratio asked for, so that it is crisp at any scale and follows a theme change by itself. An icon that
/// does not exist is empty and logged once.
QIcon themed_icon(const QString& name);

/// The program's own icon, in its own colours.
QIcon application_icon();

/// Folder of the SVG set, empty when the resources are missing.
QString icon_folder();

}  // namespace purlscope::app
