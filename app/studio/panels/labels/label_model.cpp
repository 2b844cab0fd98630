#include "app/studio/panels/labels/label_model.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "app/studio/scores/score_lanes.h"
#include "app/studio/session/session.h"
#include "app/studio/theme/lane_colours.h"
#include "app/studio/words.h"

namespace purlscope::app {

LabelModel::LabelModel(Session* session, QObject* parent) : QAbstractTableModel(parent), session_(session) {
  connect(session, &Session::labels_changed, this, &LabelModel::refill);
  connect(session, &Session::recognition_changed, this, &LabelModel::refill);
  refill();
}

void LabelModel::show_lanes(const ScoreLanes* lanes) {
  lanes_ = lanes;
  connect(lanes, &ScoreLanes::lanes_changed, this, [this] {
    if (!order_.empty()) Q_EMIT dataChanged(index(0, kName), index(rowCount() - 1, kName), {kLaneColour});
  });
}

void LabelModel::set_rank_order(bool on) {
  if (on == rank_order_) return;
  rank_order_ = on;
  refill();
}

std::vector<std::size_t> LabelModel::wanted_order() const {
  const std::size_t count = session_->labels().labels.size();
  // Between a new clip and its scores the rows stay where they are.
  if (rank_order_ && !session_->recognition() && order_.size() == count) return order_;
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (rank_order_) {
    const auto value = [&](std::size_t label) {
      const core::LabelScore* score = session_->score(label);
      return score != nullptr ? score->score : -std::numeric_limits<float>::infinity();
    };
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return value(a) > value(b); });
  }
  return order;
}

void LabelModel::refill() {
  if (order_.size() != session_->labels().labels.size()) {
    beginResetModel();
    order_ = wanted_order();
    endResetModel();
    return;
  }
  if (order_.empty()) return;
  Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
  const std::vector<std::size_t> before = std::exchange(order_, wanted_order());
  const QModelIndexList from = persistentIndexList();
  QModelIndexList to;
  for (const QModelIndex& item : from) {
    to.append(index(row_of(before[static_cast<std::size_t>(item.row())]), item.column()));
  }
  changePersistentIndexList(from, to);
  Q_EMIT layoutChanged({}, VerticalSortHint);
  Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kColumnCount - 1));
}

int LabelModel::row_of(std::size_t label) const {
  const auto found = std::find(order_.begin(), order_.end(), label);
  return found == order_.end() ? -1 : static_cast<int>(found - order_.begin());
}

int LabelModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(order_.size());
}

int LabelModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumnCount; }

QString LabelModel::spoken(std::size_t label) const {
  const core::LabelScore* score = session_->score(label);
  return score != nullptr ? per_cent(score->probability) : tr("not scored yet");
}

QVariant LabelModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const std::size_t label = label_of(index.row());
  const core::LabelScore* score = session_->score(label);
  const QString text = QString::fromStdString(session_->labels().labels[label].text);
  switch (role) {
    case Qt::DisplayRole:
      if (index.column() == kName) return text;
      return index.column() == kScore ? spoken(label) : QVariant();
    case Qt::AccessibleTextRole:
      if (index.column() == kName) return session_->edited(label) ? tr("%1, edited").arg(text) : text;
      if (index.column() == kScore) return spoken(label);
      return index.column() == kOpen ? tr("Sentences of “%1”").arg(text) : tr("Remove “%1”").arg(text);
    case Qt::ToolTipRole:
      if (index.column() == kOpen) return tr("Show and edit the eight sentences");
      if (index.column() == kRemove) return tr("Remove this label");
      if (score == nullptr) return plain_tooltip(text);
      if (score->refinement != 0) {
        return plain_tooltip(tr("%1: probability %2, score %3; without refinement %4")
                                 .arg(text, per_cent(score->probability), signed_number(score->score, 3),
                                      per_cent(score->plain_probability)));
      }
      return plain_tooltip(
          tr("%1: probability %2, score %3").arg(text, per_cent(score->probability), signed_number(score->score, 3)));
    case kProbability:
      return score != nullptr ? score->probability : 0.0F;
    case kScored:
      return score != nullptr;
    case kLaneColour: {
      const auto slot = lanes_ != nullptr ? lanes_->colour(label) : std::nullopt;
      return slot ? QVariant(lane_colour(*slot)) : QVariant();
    }
    case kEdited:
      return session_->edited(label);
    default:
      return {};
  }
}

QVariant LabelModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  static const char* const kTitles[] = {QT_TR_NOOP("Label"), QT_TR_NOOP("Score"), QT_TR_NOOP("Sentences"),
                                        QT_TR_NOOP("Remove")};
  return section >= 0 && section < kColumnCount ? tr(kTitles[section]) : QVariant();
}

}  // namespace purlscope::app
