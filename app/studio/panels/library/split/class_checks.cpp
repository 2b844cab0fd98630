#include "app/studio/panels/library/split/class_checks.h"

#include "app/studio/words.h"

namespace purlscope::app {

void ClassChecks::show(FolderListingPtr listing) {
  beginResetModel();
  listing_ = std::move(listing);
  unseen_.assign(listing_ ? listing_->dataset.classes.size() : 0, false);
  endResetModel();
}

void ClassChecks::set_unseen(const std::vector<int>& classes) {
  unseen_.assign(unseen_.size(), false);
  for (const int label : classes) {
    if (label >= 0 && static_cast<std::size_t>(label) < unseen_.size()) unseen_[static_cast<std::size_t>(label)] = true;
  }
  if (!unseen_.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1), {Qt::CheckStateRole});
}

std::vector<int> ClassChecks::unseen() const {
  std::vector<int> classes;
  for (std::size_t c = 0; c < unseen_.size(); ++c) {
    if (unseen_[c]) classes.push_back(static_cast<int>(c));
  }
  return classes;
}

int ClassChecks::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(unseen_.size());
}

QVariant ClassChecks::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || !listing_) return {};
  const auto row = static_cast<std::size_t>(index.row());
  const QString name = QString::fromStdString(listing_->dataset.classes[row]);
  const auto clips = qsizetype(listing_->summary.clips_of_class[row]);
  switch (role) {
    case Qt::DisplayRole:
      return name;
    case Qt::ToolTipRole:
      return plain_tooltip(name);
    case Qt::CheckStateRole:
      return unseen_[row] ? Qt::Checked : Qt::Unchecked;
    case Qt::AccessibleTextRole:
      return name + QStringLiteral(", ") + counted(clips, tr("%1 clip"), tr("%1 clips"));
    case kClips:
      return number_text(clips);
    default:
      return {};
  }
}

bool ClassChecks::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (!index.isValid() || role != Qt::CheckStateRole) return false;
  unseen_[static_cast<std::size_t>(index.row())] = value.toInt() == Qt::Checked;
  Q_EMIT dataChanged(index, index, {Qt::CheckStateRole});
  Q_EMIT edited();
  return true;
}

Qt::ItemFlags ClassChecks::flags(const QModelIndex& index) const {
  return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable : Qt::NoItemFlags;
}

}  // namespace purlscope::app
