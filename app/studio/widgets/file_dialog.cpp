#include "app/studio/widgets/file_dialog.h"

#include <QHeaderView>
#include <QListView>
#include <QSplitter>
#include <QToolButton>
#include <QTreeView>

#include "app/studio/theme/icons.h"
#include "core/formats/registry.h"

namespace purlscope::app {
namespace {

constexpr QSize kSize{840, 560};  // logical pixels
constexpr QSize kIcon{16, 16};
constexpr int kPlacesWidth = 160;

}  // namespace

QIcon FileDialog::Icons::icon(IconType type) const {
  return themed_icon(type == File ? QStringLiteral("open-file") : QStringLiteral("open-folder"));
}

QIcon FileDialog::Icons::icon(const QFileInfo& file) const { return icon(file.isDir() ? Folder : File); }

FileDialog::FileDialog(QWidget* parent, const QString& title, const QString& folder, const QString& filters)
    : QFileDialog(parent, title, folder) {
  setObjectName(QStringLiteral("file_dialog"));
  setAcceptMode(AcceptOpen);
  if (filters.isEmpty()) {
    setFileMode(Directory);
    setOption(ShowDirsOnly);
  } else {
    setFileMode(ExistingFiles);
    setNameFilters(filters.split(QStringLiteral(";;")));
  }
  if (auto* tree = findChild<QTreeView*>(QStringLiteral("treeView"))) {  // only Qt's own dialog has parts
    dress();
    tree->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
  }
}

void FileDialog::dress() {
  setIconProvider(&icons_);
  for (const auto& [button, icon] : {std::pair("backButton", "chevron-left"),
                                     {"forwardButton", "chevron-right"},
                                     {"toParentButton", "chevron-up"},
                                     {"newFolderButton", "new-folder"},
                                     {"listModeButton", "view-list"},
                                     {"detailModeButton", "view-details"}}) {
    if (auto* made = findChild<QToolButton*>(QLatin1String(button))) made->setIcon(themed_icon(QLatin1String(icon)));
  }
  if (fileMode() == Directory) {  // a choice of one
    for (const char* part : {"fileTypeLabel", "fileTypeCombo"}) {
      if (auto* made = findChild<QWidget*>(QLatin1String(part))) made->hide();
    }
  }
  if (auto* places = findChild<QListView*>(QStringLiteral("sidebar"))) places->setIconSize(kIcon);
  resize(kSize);
  if (auto* split = findChild<QSplitter*>()) split->setSizes({kPlacesWidth, kSize.width() - kPlacesWidth});
}

QString recording_filters() {
  QStringList every;
  QStringList each;
  for (const core::FormatReader& format : core::formats()) {
    if (format.folder) continue;  // opened by "Open folder..."
    QStringList patterns;
    for (const std::string& pattern : format.patterns) patterns.append(QString::fromStdString(pattern));
    every += patterns;
    each.append(QStringLiteral("%1 (%2)").arg(QString::fromStdString(format.title), patterns.join(QLatin1Char(' '))));
  }
  every.removeDuplicates();
  each.prepend(FileDialog::tr("Recordings (%1)").arg(every.join(QLatin1Char(' '))));
  each.append(FileDialog::tr("All files (*)"));
  return each.join(QStringLiteral(";;"));
}

}  // namespace purlscope::app
