#include "app/studio/panels/library/library_model.h"

#include <QFileInfo>
#include <set>

#include "app/studio/words.h"

namespace purlscope::app {
namespace {

QString numbered(const QString& name, const std::string& value) {
  return value.empty() ? QString() : QStringLiteral("%1 %2").arg(name, QString::fromStdString(value));
}

QString source_title(const core::Dataset& dataset) {
  static const std::pair<const char*, const char*> kTitles[] = {
      {"utd-mhad", "UTD-MHAD"}, {"nw-ucla", "NW-UCLA"}, {"msr-action3d", "MSR-Action3D"}, {"ntu-rgbd", "NTU RGB+D"}};
  for (const auto& [kind, title] : kTitles) {
    if (dataset.kind == kind) return QString::fromLatin1(title);
  }
  return QFileInfo(QString::fromStdString(dataset.path.string())).fileName();
}

}  // namespace

QStringList LibrarySource::groups() const {
  std::set<QString> found;
  for (const LibraryEntry& entry : entries) {
    if (!entry.group.isEmpty()) found.insert(entry.group);
  }
  return {found.begin(), found.end()};
}

LibraryEntry make_entry(const QString& path) {
  const QFileInfo file(path);
  LibraryEntry entry;
  entry.path = path;
  entry.title = file.completeBaseName().replace(QLatin1Char('_'), QLatin1Char(' '));
  return entry;
}

LibrarySource make_source(const core::Dataset& dataset) {
  LibrarySource source;
  source.title = source_title(dataset);
  source.path = QString::fromStdString(dataset.path.string());
  source.entries.reserve(dataset.entries.size());
  for (const core::DatasetEntry& item : dataset.entries) {
    LibraryEntry entry = make_entry(QString::fromStdString(item.file.string()));
    if (item.label_index >= 0 && static_cast<std::size_t>(item.label_index) < dataset.classes.size()) {
      entry.group = QString::fromStdString(dataset.classes[static_cast<std::size_t>(item.label_index)]);
      entry.title = entry.group;
    }
    QStringList parts{numbered(LibraryModel::tr("subject"), item.subject),
                      numbered(LibraryModel::tr("camera"), item.camera),
                      numbered(LibraryModel::tr("take"), item.repetition)};
    parts.removeAll(QString());
    entry.detail = parts.join(QStringLiteral(" · "));
    source.entries.push_back(std::move(entry));
  }
  return source;
}

LibraryModel::LibraryModel(QObject* parent) : QAbstractListModel(parent) {}

void LibraryModel::show(LibrarySource* source) {
  beginResetModel();
  source_ = source;
  rows_.clear();
  if (source_ != nullptr) {
    for (std::size_t i = 0; i < source_->entries.size(); ++i) {
      rows_[source_->entries[i].path.toStdString()] = static_cast<int>(i);
    }
  }
  endResetModel();
}

void LibraryModel::entry_added() { show(source_); }

int LibraryModel::row_of(const QString& path) const {
  const auto found = rows_.find(path.toStdString());
  return found == rows_.end() ? -1 : found->second;
}

void LibraryModel::set_summary(const QString& path, std::shared_ptr<const ClipSummary> summary) {
  const int row = row_of(path);
  if (row < 0) return;
  source_->entries[static_cast<std::size_t>(row)].summary = std::move(summary);
  Q_EMIT dataChanged(index(row), index(row));
}

int LibraryModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() || source_ == nullptr ? 0 : static_cast<int>(source_->entries.size());
}

QVariant LibraryModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || source_ == nullptr) return {};
  const LibraryEntry& entry = source_->entries[static_cast<std::size_t>(index.row())];
  switch (role) {
    case Qt::DisplayRole:
      return entry.title;
    case Qt::ToolTipRole:
      return plain_tooltip(entry.path);
    case kPath:
      return entry.path;
    case Qt::AccessibleTextRole:
      return entry.detail.isEmpty() ? entry.title : entry.title + QStringLiteral(", ") + entry.detail;
    case kDetail: {
      QStringList parts{entry.detail};
      if (entry.detail.isEmpty()) parts = {QFileInfo(entry.path).fileName()};
      if (entry.summary && entry.summary->duration > 0.0) parts.append(seconds_text(entry.summary->duration));
      return parts.join(QStringLiteral(" · "));
    }
    case kGroup:
      return entry.group;
    case kSummary:
      if (!entry.summary) Q_EMIT thumbnail_wanted(entry.path);
      return QVariant::fromValue(entry.summary);
    default:
      return {};
  }
}

void LibraryFilter::set_search(const QString& text) {
  words_ = text.toCaseFolded().split(QLatin1Char(' '), Qt::SkipEmptyParts);
  invalidateFilter();
}

void LibraryFilter::set_group(const QString& group) {
  group_ = group;
  invalidateFilter();
}

bool LibraryFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
  const QModelIndex index = sourceModel()->index(row, 0, parent);
  if (!group_.isEmpty() && index.data(LibraryModel::kGroup).toString() != group_) return false;
  const QString text =
      (index.data(Qt::DisplayRole).toString() + QLatin1Char(' ') + index.data(LibraryModel::kDetail).toString() +
       QLatin1Char(' ') + QFileInfo(index.data(LibraryModel::kPath).toString()).fileName())
          .toCaseFolded();
  return std::all_of(words_.begin(), words_.end(), [&](const QString& word) { return text.contains(word); });
}

}  // namespace purlscope::app
