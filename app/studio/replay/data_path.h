#pragma once

#include <QString>

namespace purlscope::app {

/// As a recording keeps the path of a file: what comes with the program is "data:clips/wave.skeleton", so that it is
/// found on another machine.
QString stored_path(const QString& path);
/// The path again.
QString real_path(const QString& stored);

}  // namespace purlscope::app
