#include "app/studio/panels/library/library_model.h"

#include <QFileInfo>
#include <algorithm>
#include <map>

#include "app/studio/words.h"

namespace purlscope::app {
namespace {

constexpr quintptr kTop = 0;  // internal id of a row at the top; a clip in a class has the class's row + 1

QString text_of(const std::filesystem::path& path) { return QString::fromStdString(path.string()); }

}  // namespace

LibrarySource make_source(const FolderListingPtr& listing) {
  return {listing_title(*listing), text_of(listing->dataset.path), {}, listing};
}

LibraryModel::LibraryModel(QObject* parent) : QAbstractItemModel(parent) {}

void LibraryModel::show(const LibrarySource* source) {
  beginResetModel();
  source_ = source;
  filter_ = {};
  summaries_.clear();
  oldest_summaries_.clear();
  fill();
  endResetModel();
}

void LibraryModel::set_filter(const ClipFilter& filter) {
  if (filter == filter_) return;
  beginResetModel();
  filter_ = filter;
  fill();
  endResetModel();
}

void LibraryModel::split_changed() {
  beginResetModel();
  fill();
  endResetModel();
}

void LibraryModel::fill() {
  groups_.clear();
  grouped_ = false;
  clips_ = 0;
  if (source_ == nullptr) return;
  const std::vector<std::uint32_t> clips = matching_clips(dataset(), source_->split, filter_);
  clips_ = clips.size();
  grouped_ = std::ranges::any_of(dataset().entries,
                                 [first = dataset().entries.empty() ? -1 : dataset().entries.front().label_index](
                                     const core::DatasetEntry& entry) { return entry.label_index != first; });
  if (grouped_) {
    sort_into_groups(clips);
  } else {
    groups_.push_back({-1, clips});
  }
}

void LibraryModel::sort_into_groups(const std::vector<std::uint32_t>& clips) {
  std::map<int, std::vector<std::uint32_t>> by_label;
  for (const std::uint32_t clip : clips) by_label[std::max(-1, dataset().entries[clip].label_index)].push_back(clip);
  for (auto& [label, members] : by_label) {
    members.shrink_to_fit();
    groups_.push_back({label, std::move(members)});
  }
  if (!groups_.empty() && groups_.front().label < 0) std::rotate(groups_.begin(), groups_.begin() + 1, groups_.end());
}

void LibraryModel::set_summary(const QString& path, std::shared_ptr<const ClipSummary> summary) {
  const QModelIndex row = index_of(path);
  if (!row.isValid()) return;
  const std::uint32_t entry = entry_at(row);
  if (summaries_.insert_or_assign(entry, std::move(summary)).second) oldest_summaries_.push_back(entry);
  if (oldest_summaries_.size() > kSummaries) {
    summaries_.erase(oldest_summaries_.front());
    oldest_summaries_.pop_front();
  }
  Q_EMIT dataChanged(row, row);
}

QModelIndex LibraryModel::index_of(const QString& path) const {
  if (source_ == nullptr || path.isEmpty()) return {};
  const auto entry = entry_of(*source_->listing, path.toStdString());
  return entry ? index_of_entry(*entry) : QModelIndex();
}

QModelIndex LibraryModel::index_of_entry(std::uint32_t entry) const {
  const int label = std::max(-1, dataset().entries[entry].label_index);
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    if (grouped_ && groups_[g].label != label) continue;
    const auto& clips = groups_[g].clips;
    const auto found = std::ranges::lower_bound(clips, entry);
    if (found == clips.end() || *found != entry) return {};
    return clip_index(g, static_cast<std::size_t>(found - clips.begin()));
  }
  return {};
}

QModelIndex LibraryModel::clip_index(std::size_t group, std::size_t row) const {
  return createIndex(static_cast<int>(row), 0, grouped_ ? static_cast<quintptr>(group + 1) : kTop);
}

QModelIndex LibraryModel::neighbour(const QModelIndex& from, int clips) const {
  if (clips_ == 0) return {};
  long long place = clips > 0 ? -1 : static_cast<long long>(clips_);
  if (from.isValid()) {
    const bool on_class = grouped_ && from.internalId() == kTop;
    const auto group = on_class ? static_cast<std::size_t>(from.row())
                                : (grouped_ ? static_cast<std::size_t>(from.internalId() - 1) : std::size_t{0});
    place = on_class ? (clips > 0 ? -1 : 0) : from.row();
    for (std::size_t g = 0; g < group; ++g) place += static_cast<long long>(groups_[g].clips.size());
  }
  place = std::clamp<long long>(place + clips, 0, static_cast<long long>(clips_) - 1);
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    const auto size = static_cast<long long>(groups_[g].clips.size());
    if (place < size) return clip_index(g, static_cast<std::size_t>(place));
    place -= size;
  }
  return {};
}

QModelIndex LibraryModel::index(int row, int column, const QModelIndex& parent) const {
  if (column != 0 || row < 0 || row >= rowCount(parent)) return {};
  return parent.isValid() ? clip_index(static_cast<std::size_t>(parent.row()), static_cast<std::size_t>(row))
                          : createIndex(row, 0, kTop);
}

QModelIndex LibraryModel::parent(const QModelIndex& index) const {
  if (!index.isValid() || index.internalId() == kTop) return {};
  return createIndex(static_cast<int>(index.internalId() - 1), 0, kTop);
}

int LibraryModel::rowCount(const QModelIndex& parent) const {
  if (!parent.isValid()) {
    if (grouped_) return static_cast<int>(groups_.size());
    return groups_.empty() ? 0 : static_cast<int>(groups_.front().clips.size());
  }
  if (!grouped_ || parent.internalId() != kTop) return 0;
  return static_cast<int>(groups_[static_cast<std::size_t>(parent.row())].clips.size());
}

std::uint32_t LibraryModel::entry_at(const QModelIndex& index) const {
  const std::size_t group = grouped_ ? static_cast<std::size_t>(index.internalId() - 1) : 0;
  return groups_[group].clips[static_cast<std::size_t>(index.row())];
}

Qt::ItemFlags LibraryModel::flags(const QModelIndex& index) const {
  if (!index.isValid()) return Qt::NoItemFlags;
  if (grouped_ && index.internalId() == kTop) return Qt::ItemIsEnabled;
  return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

QVariant LibraryModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || source_ == nullptr) return {};
  if (grouped_ && index.internalId() == kTop) return class_data(groups_[static_cast<std::size_t>(index.row())], role);
  return clip_data(entry_at(index), role);
}

QString LibraryModel::class_name(int label) const {
  return label < 0 ? tr("Class not known") : QString::fromStdString(dataset().classes[static_cast<std::size_t>(label)]);
}

QVariant LibraryModel::class_data(const Group& group, int role) const {
  const auto& unseen = source_->split.unseen;
  const bool is_unseen = std::ranges::find(unseen, group.label) != unseen.end();
  switch (role) {
    case Qt::DisplayRole:
    case kGroup:
      return class_name(group.label);
    case Qt::ToolTipRole:
      return plain_tooltip(class_name(group.label));
    case kDetail:
      return number_text(qsizetype(group.clips.size()));
    case Qt::AccessibleTextRole: {
      QStringList parts{class_name(group.label), counted(qsizetype(group.clips.size()), tr("%1 clip"), tr("%1 clips"))};
      if (is_unseen) parts.append(tr("unseen"));
      return parts.join(QStringLiteral(", "));
    }
    case kIsClass:
      return true;
    case kUnseen:
      return is_unseen;
    default:
      return {};
  }
}

QString LibraryModel::title_of(const core::DatasetEntry& entry) const {
  if (grouped_) {
    const QString who = entry_who(entry);
    return who.isEmpty() ? clip_title(entry.file) : who;
  }
  const QString name = entry_class(dataset(), entry);
  return name.isEmpty() ? clip_title(entry.file) : name;
}

QString LibraryModel::detail_of(std::uint32_t index) const {
  const core::DatasetEntry& entry = dataset().entries[index];
  QString first = grouped_ ? entry_camera(entry) : entry_detail(entry);
  if (first.isEmpty()) first = source_->note.isEmpty() ? text_of(entry.file.filename()) : source_->note;
  const auto summary = summaries_.find(index);
  double seconds = entry.facts ? entry.facts->seconds : 0.0;
  if (summary != summaries_.end() && summary->second) seconds = summary->second->duration;
  return seconds > 0.0 ? first + QStringLiteral(" · ") + seconds_text(seconds) : first;
}

QVariant LibraryModel::clip_data(std::uint32_t index, int role) const {
  const core::DatasetEntry& entry = dataset().entries[index];
  switch (role) {
    case Qt::DisplayRole:
      return title_of(entry);
    case Qt::ToolTipRole:
      return plain_tooltip(text_of(entry.file));
    case kPath:
      return text_of(entry.file);
    case Qt::AccessibleTextRole: {
      QStringList parts{entry_class(dataset(), entry), entry_detail(entry)};
      parts.removeAll(QString());
      return parts.isEmpty() ? clip_title(entry.file) : parts.join(QStringLiteral(", "));
    }
    case kDetail:
      return detail_of(index);
    case kGroup:
      return entry_class(dataset(), entry);
    case kSummary: {
      const auto found = summaries_.find(index);
      if (found != summaries_.end()) return QVariant::fromValue(found->second);
      Q_EMIT thumbnail_wanted(text_of(entry.file));
      return QVariant::fromValue(std::shared_ptr<const ClipSummary>());
    }
    case kIsClass:
      return false;
    default:
      return {};
  }
}

}  // namespace purlscope::app
