#pragma once

#include <QFileDialog>
#include <QFileIconProvider>

namespace purlscope::app {

/// Chooses files or folders to open. The desktop's own dialog where there is one; else Qt's, with the icons of the
/// product's set and columns as wide as their texts. Thread: UI.
class FileDialog : public QFileDialog {
  Q_OBJECT

 public:
  /// @param folder to begin in; empty = the last one, or the working directory
  /// @param filters as QFileDialog takes them, parted by ";;"; empty = one folder is to be chosen
  FileDialog(QWidget* parent, const QString& title, const QString& folder, const QString& filters = {});

 private:
  void dress();

  class Icons : public QFileIconProvider {
   public:
    QIcon icon(IconType type) const override;
    QIcon icon(const QFileInfo& file) const override;
  };
  Icons icons_;
};

/// Filters of all formats of recordings that are files, as FileDialog takes them.
QString recording_filters();

}  // namespace purlscope::app
