#include "app/studio/replay/data_path.h"

#include <QFileInfo>

#include "core/base/paths.h"

namespace purlscope::app {
namespace {

const auto kMark = QStringLiteral("data:");

QString data_folder() {
  return QFileInfo(QString::fromStdString(core::resource_dir().string())).canonicalFilePath();  // may be a link
}

}  // namespace

QString stored_path(const QString& path) {
  const QString folder = data_folder() + QLatin1Char('/');
  const QString real = QFileInfo(path).canonicalFilePath();
  return real.startsWith(folder) ? kMark + real.mid(folder.size()) : path;
}

QString real_path(const QString& stored) {
  return stored.startsWith(kMark) ? data_folder() + QLatin1Char('/') + stored.mid(kMark.size()) : stored;
}

}  // namespace purlscope::app
