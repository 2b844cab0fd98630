#include "app/studio/panels/evaluation/result/class_table.h"

#include <QHeaderView>
#include <QPainter>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>
#include <algorithm>

#include "app/studio/panels/evaluation/result/class_model.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/widgets/list_row.h"

namespace purlscope::app {
namespace {

constexpr int kRowHeight = 24;
constexpr double kBar = 6;   // height
constexpr int kNumber = 64;  // beside the bar
constexpr int kShortestBar = 48;

/// A bar and its number.
class BarDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
    return {kShortestBar + kNumber, kRowHeight};
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    paint_row_ground(painter, option);
    const Tokens& t = current_tokens();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    QRectF track(option.rect);
    track.adjust(kGrid, (track.height() - kBar) / 2, -kNumber, -(track.height() - kBar) / 2);
    painter->setPen(Qt::NoPen);
    painter->setBrush(t.raised);
    painter->drawRoundedRect(track, kBar / 2, kBar / 2);
    const double share = std::clamp(index.data(ClassModel::kBar).toDouble(), 0.0, 1.0);
    if (share > 0) {
      QRectF bar = track;
      bar.setWidth(std::max(kBar, track.width() * share));
      painter->setBrush(t.accent);
      painter->drawRoundedRect(bar, kBar / 2, kBar / 2);
    }
    painter->setPen(t.text);
    painter->setFont(option.font);
    painter->drawText(option.rect.adjusted(0, 0, -kGrid, 0), Qt::AlignRight | Qt::AlignVCenter,
                      index.data().toString());
    painter->restore();
  }
};

/// The other columns, at the same height.
class CellDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    return {QStyledItemDelegate::sizeHint(option, index).width() + kGrid, kRowHeight};
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    paint_row_ground(painter, option);
    const Tokens& t = current_tokens();
    painter->setPen(index.column() == ClassModel::kClass ? t.text : t.muted);
    painter->setFont(option.font);
    const QRect rect = option.rect.adjusted(kGrid, 0, -kGrid, 0);
    const bool name = index.column() == ClassModel::kClass;
    painter->drawText(rect, (name ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter,
                      option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, rect.width()));
  }
};

}  // namespace

ClassTable::ClassTable(ClassModel* model, QWidget* parent) : QTreeView(parent), model_(model) {
  setObjectName(QStringLiteral("evaluation_classes"));
  setAccessibleName(tr("Classes"));
  setToolTip(
      tr("A click on a heading sorts; a double click on a class, or Enter, lists its clips in the library that "
         "were taken for others"));
  sorted_ = new QSortFilterProxyModel(this);
  sorted_->setSourceModel(model);
  sorted_->setSortRole(ClassModel::kSort);
  setModel(sorted_);
  setRootIsDecorated(false);
  setUniformRowHeights(true);
  setAllColumnsShowFocus(true);
  setEditTriggers(NoEditTriggers);
  setItemDelegate(new CellDelegate(this));
  setItemDelegateForColumn(ClassModel::kShare, new BarDelegate(this));
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  header()->setStretchLastSection(true);
  header()->setSectionResizeMode(QHeaderView::ResizeToContents);
  header()->setSectionResizeMode(ClassModel::kClass, QHeaderView::Interactive);
  header()->setSectionsClickable(true);
  header()->setMinimumSectionSize(40);
  setSortingEnabled(true);
  header()->setSortIndicator(-1, Qt::AscendingOrder);  // in the order of the split
  connect(this, &QTreeView::activated, this, [this](const QModelIndex& index) {
    Q_EMIT class_chosen(static_cast<std::size_t>(sorted_->mapToSource(index).row()));
  });
}

void ClassTable::adapt() {
  setColumnHidden(ClassModel::kBefore, !model_->has_before());
  setColumnHidden(ClassModel::kOther, !model_->has_other());
  int widest = header()->sectionSizeHint(ClassModel::kClass);
  for (int row = 0; row < model_->rowCount(); ++row) {
    widest = std::max(widest, fontMetrics().horizontalAdvance(model_->index(row, 0).data().toString()) + 2 * kGrid + 4);
  }
  header()->resizeSection(ClassModel::kClass, std::min(widest, 160));
  const int rows = std::clamp(model_->rowCount(), 1, kMostRows);
  setFixedHeight(header()->sizeHint().height() + rows * kRowHeight + 2);
}

}  // namespace purlscope::app
