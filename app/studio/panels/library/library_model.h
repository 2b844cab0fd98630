#pragma once

#include <QAbstractItemModel>
#include <QString>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "app/studio/dataset/clip_filter.h"
#include "app/studio/dataset/folder_listing.h"
#include "app/studio/session/loader.h"

namespace purlscope::app {

/// A folder, the bundled clips, or the files opened one by one.
struct LibrarySource {
  QString title;
  QString path;              ///< empty for opened files
  QString note;              ///< second line of clips of which nothing else is known, may be empty
  FolderListingPtr listing;  ///< never null
  SplitChoice split = {};    ///< as chosen for this folder
};

LibrarySource make_source(const FolderListingPtr& listing);

/// The clips of one source that pass a filter: class by class where more than one class occurs, else as a plain list. A
/// row is four bytes; what it says is made when it is looked at, and only the last kSummaries thumbnails are kept.
/// Thread: UI.
class LibraryModel : public QAbstractItemModel {
  Q_OBJECT

 public:
  /// Path (QString, empty for a class), line below the title, class (QString), std::shared_ptr<const ClipSummary>,
  /// whether the row is a class, whether its class is unseen in the split chosen.
  enum Role { kPath = Qt::UserRole, kDetail, kGroup, kSummary, kIsClass, kUnseen };

  explicit LibraryModel(QObject* parent = nullptr);
  /// The source must outlive its being shown. Null shows nothing.
  void show(const LibrarySource* source);
  void set_filter(const ClipFilter& filter);
  const ClipFilter& filter() const { return filter_; }
  /// The split of the source has changed.
  void split_changed();
  /// A file has been read; ignored for files that are not shown.
  void set_summary(const QString& path, std::shared_ptr<const ClipSummary> summary);

  bool grouped() const { return grouped_; }
  int clip_count() const { return static_cast<int>(clips_); }
  /// Row of a file, invalid when it is not shown.
  QModelIndex index_of(const QString& path) const;
  /// The clip `clips` further in the order shown; stops at the ends. From nothing or from a class it counts from the
  /// row before or behind.
  QModelIndex neighbour(const QModelIndex& from, int clips) const;

  QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
  QModelIndex parent(const QModelIndex& index) const override;
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex&) const override { return 1; }
  QVariant data(const QModelIndex& index, int role) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;

  static constexpr std::size_t kSummaries = 512;  ///< thumbnails kept

 Q_SIGNALS:
  void thumbnail_wanted(const QString& path) const;

 private:
  struct Group {
    int label;                         // -1: not known
    std::vector<std::uint32_t> clips;  // entries of the listing, ascending
  };
  void fill();
  void sort_into_groups(const std::vector<std::uint32_t>& clips);
  const core::Dataset& dataset() const { return source_->listing->dataset; }
  std::uint32_t entry_at(const QModelIndex& index) const;
  QModelIndex clip_index(std::size_t group, std::size_t row) const;
  QModelIndex index_of_entry(std::uint32_t entry) const;
  QVariant class_data(const Group& group, int role) const;
  QVariant clip_data(std::uint32_t index, int role) const;
  QString title_of(const core::DatasetEntry& entry) const;
  QString detail_of(std::uint32_t index) const;
  QString class_name(int label) const;

  const LibrarySource* source_ = nullptr;
  ClipFilter filter_;
  bool grouped_ = false;
  std::size_t clips_ = 0;
  std::vector<Group> groups_;  // one when the list is plain
  std::unordered_map<std::uint32_t, std::shared_ptr<const ClipSummary>> summaries_;
  std::deque<std::uint32_t> oldest_summaries_;
};

}  // namespace purlscope::app

Q_DECLARE_METATYPE(std::shared_ptr<const purlscope::app::ClipSummary>)
