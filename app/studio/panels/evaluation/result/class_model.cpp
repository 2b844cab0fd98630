#include "app/studio/panels/evaluation/result/class_model.h"

#include <algorithm>

#include "app/studio/panels/evaluation/evaluation_words.h"
#include "app/studio/words.h"

namespace purlscope::app {
namespace {

const auto kUnknown = QStringLiteral("–");

QVariant share_text(const std::optional<double>& share) { return share ? figure_text(*share) : kUnknown; }

}  // namespace

ClassModel::ClassModel(QObject* parent) : QAbstractTableModel(parent) {}

void ClassModel::show(const core::Evaluation* evaluation, const core::Evaluation* other) {
  beginResetModel();
  rows_.clear();
  if (evaluation != nullptr) {
    for (core::ClassResult& result : evaluation->classes()) rows_.push_back({std::move(result), {}});
  }
  if (other != nullptr) {
    for (const core::ClassResult& result : other->classes()) {
      const auto same = std::ranges::find(rows_, result.name, [](const Row& row) { return row.result.name; });
      if (same != rows_.end() && result.decisions > 0) same->other = result.share();
    }
  }
  has_before_ = std::ranges::any_of(rows_, [](const Row& row) { return row.result.before.has_value(); });
  has_other_ = std::ranges::any_of(rows_, [](const Row& row) { return row.other.has_value(); });
  endResetModel();
}

int ClassModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int ClassModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QVariant ClassModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole) {
    return QVariant::fromValue(Qt::Alignment(section == kClass || section == kShare ? Qt::AlignLeft : Qt::AlignRight));
  }
  if (role != Qt::DisplayRole) return {};
  switch (section) {
    case kClass:
      return tr("Class");
    case kClips:
      return tr("Clips");
    case kRight:
      return tr("Right");
    case kBefore:
      return tr("Before");
    case kOther:
      return tr("Compared");
    case kShare:
      return tr("Right, %");
    default:
      return {};
  }
}

QVariant ClassModel::shown(const Row& row, int column) const {
  const core::ClassResult& result = row.result;
  switch (column) {
    case kClass:
      return QString::fromStdString(result.name);
    case kClips:
      return number_text(qsizetype(result.clips));
    case kRight:
      return number_text(qsizetype(result.right));
    case kBefore:
      return share_text(result.before);
    case kOther:
      return share_text(row.other);
    case kShare:
      return result.decisions == 0 ? QVariant(kUnknown) : QVariant(figure_text(result.share()));
    default:
      return {};
  }
}

QVariant ClassModel::sorted(const Row& row, int column) const {
  switch (column) {
    case kClips:
      return qulonglong(row.result.clips);
    case kRight:
      return qulonglong(row.result.right);
    case kBefore:
      return row.result.before.value_or(-1);
    case kOther:
      return row.other.value_or(-1);
    case kShare:
      return row.result.decisions == 0 ? -1.0 : row.result.share();
    default:
      return QString::fromStdString(row.result.name).toCaseFolded();
  }
}

QVariant ClassModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const Row& row = rows_[static_cast<std::size_t>(index.row())];
  switch (role) {
    case Qt::DisplayRole:
      return shown(row, index.column());
    case Qt::TextAlignmentRole:
      return index.column() == kClass ? QVariant() : QVariant(int(Qt::AlignRight | Qt::AlignVCenter));
    case Qt::ToolTipRole:
      return plain_tooltip(tr("%1: %2 of %3 right")
                               .arg(QString::fromStdString(row.result.name), number_text(qsizetype(row.result.right)),
                                    number_text(qsizetype(row.result.decisions))));
    case kSort:
      return sorted(row, index.column());
    case kBar:
      return row.result.share();
    default:
      return {};
  }
}

}  // namespace purlscope::app
