#pragma once

#include <QAbstractListModel>
#include <QSortFilterProxyModel>
#include <QString>
#include <memory>
#include <unordered_map>
#include <vector>

#include "app/studio/session/loader.h"
#include "core/formats/dataset.h"

namespace purlscope::app {

/// One clip file in the list.
struct LibraryEntry {
  QString path;
  QString title;                               ///< class name, else the file's name
  QString detail;                              ///< "subject 1 · take 2", may be empty
  QString group;                               ///< class, empty when unknown
  std::shared_ptr<const ClipSummary> summary;  ///< null until read
};

/// A folder, the bundled clips, or the files opened one by one.
struct LibrarySource {
  QString title;
  QString path;  ///< empty for opened files
  std::vector<LibraryEntry> entries;

  QStringList groups() const;  ///< classes that occur, sorted
};

/// The recordings of a folder as listed, with their classes.
LibrarySource make_source(const core::Dataset& dataset);
/// A file of which nothing but its path is known.
LibraryEntry make_entry(const QString& path);

/// The clips of one source. Row data by role; asks for thumbnails of rows that are looked at. Thread: UI.
class LibraryModel : public QAbstractListModel {
  Q_OBJECT

 public:
  /// Path, line below the title, class (all QString), std::shared_ptr<const ClipSummary>.
  enum Role { kPath = Qt::UserRole, kDetail, kGroup, kSummary };

  explicit LibraryModel(QObject* parent = nullptr);
  /// The source must outlive its being shown.
  void show(LibrarySource* source);
  void entry_added();  ///< a row was appended to the source shown
  /// A file has been read; ignored for files that are not shown.
  void set_summary(const QString& path, std::shared_ptr<const ClipSummary> summary);
  /// -1 for a file that is not shown.
  int row_of(const QString& path) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;

 Q_SIGNALS:
  void thumbnail_wanted(const QString& path) const;

 private:
  LibrarySource* source_ = nullptr;
  std::unordered_map<std::string, int> rows_;
};

/// Keeps the rows that contain every word of the search and belong to the class chosen.
class LibraryFilter : public QSortFilterProxyModel {
  Q_OBJECT

 public:
  using QSortFilterProxyModel::QSortFilterProxyModel;
  /// Words parted by blanks; case does not matter.
  void set_search(const QString& text);
  /// Empty = all classes.
  void set_group(const QString& group);

 protected:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

 private:
  QStringList words_;
  QString group_;
};

}  // namespace purlscope::app

Q_DECLARE_METATYPE(std::shared_ptr<const purlscope::app::ClipSummary>)
