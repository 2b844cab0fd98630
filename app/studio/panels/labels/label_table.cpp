#include "app/studio/panels/labels/label_table.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>
#include <algorithm>

#include "app/studio/panels/labels/label_model.h"
#include "app/studio/theme/icons.h"
#include "app/studio/theme/tokens.h"

namespace purlscope::app {
namespace {

constexpr int kRowHeight = 32;
constexpr int kRowsAtFirst = 6;   // as many as the bundled clips have labels
constexpr int kScoreWidth = 164;  // where there is room
constexpr int kMinScoreWidth = 84;
constexpr double kScoreShare = 0.44;  // of the table
constexpr int kButtonWidth = 26;
constexpr int kBarHeight = 6;
constexpr double kSwatch = 8.0;  // of the label's lane over time
constexpr int kPercentWidth = 44;

class CellDelegate final : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {0, kRowHeight}; }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const Tokens& t = current_tokens();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    switch (index.column()) {
      case LabelModel::kName:
        paint_name(painter, option, index, t);
        break;
      case LabelModel::kScore:
        paint_score(painter, option, index, t);
        break;
      default:
        paint_button(painter, option, index);
    }
    painter->restore();
  }

 private:
  static void paint_name(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index,
                         const Tokens& t) {
    QRect rect = option.rect.adjusted(10, 0, -6, 0);
    if (const QVariant lane = index.data(LabelModel::kLaneColour); lane.isValid()) {
      painter->setPen(Qt::NoPen);
      painter->setBrush(lane.value<QColor>());
      painter->drawRoundedRect(QRectF(rect.left(), rect.center().y() - 3.5, kSwatch, kSwatch), 2, 2);
      rect.setLeft(rect.left() + static_cast<int>(kSwatch) + 6);
    }
    if (index.data(LabelModel::kEdited).toBool()) {
      QFont small = painter->font();
      small.setPixelSize(kNoteFont);
      painter->setFont(small);
      painter->setPen(t.warning);
      const QString mark = LabelTable::tr("edited");
      painter->drawText(rect, Qt::AlignRight | Qt::AlignVCenter, mark);
      rect.setRight(rect.right() - painter->fontMetrics().horizontalAdvance(mark) - 6);
    }
    QFont font = option.font;
    font.setWeight(option.state & QStyle::State_Selected ? QFont::DemiBold : QFont::Normal);
    painter->setFont(font);
    painter->setPen(t.text);
    painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, rect.width()));
  }

  static void paint_score(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index,
                          const Tokens& t) {
    const bool scored = index.data(LabelModel::kScored).toBool();
    const bool selected = option.state & QStyle::State_Selected;
    QRectF track(option.rect.left(), option.rect.center().y() - kBarHeight / 2.0 + 0.5,
                 option.rect.width() - kPercentWidth - 4, kBarHeight);
    painter->setPen(Qt::NoPen);
    painter->setBrush(selected ? t.panel : t.raised);
    painter->drawRoundedRect(track, kBarHeight / 2.0, kBarHeight / 2.0);
    if (scored) {
      QRectF bar = track;
      const double share = std::clamp(index.data(LabelModel::kProbability).toDouble(), 0.0, 1.0);
      bar.setWidth(std::max<double>(kBarHeight, track.width() * share));
      QColor plain = t.muted;
      plain.setAlpha(150);
      painter->setBrush(selected ? t.accent : plain);
      painter->drawRoundedRect(bar, kBarHeight / 2.0, kBarHeight / 2.0);
    }
    painter->setPen(scored ? t.text : t.muted);
    painter->drawText(option.rect.adjusted(0, 0, -4, 0), Qt::AlignRight | Qt::AlignVCenter,
                      scored ? index.data().toString() : QStringLiteral("–"));
  }

  static void paint_button(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) {
    const bool active = option.state & (QStyle::State_Selected | QStyle::State_MouseOver);
    if (!active) return;
    const QString name = index.column() == LabelModel::kOpen ? QStringLiteral("edit") : QStringLiteral("close");
    const QRect rect(option.rect.center() - QPoint(6, 6), QSize(13, 13));
    themed_icon(name).paint(painter, rect);
  }
};

}  // namespace

LabelTable::LabelTable(LabelModel* model, QWidget* parent) : QTreeView(parent), model_(model) {
  setObjectName(QStringLiteral("label_table"));
  setModel(model);
  setItemDelegate(new CellDelegate(this));
  setAccessibleName(tr("Labels and scores"));
  setAccessibleDescription(tr("Enter opens the sentences of a label, Delete removes it"));
  setRootIsDecorated(false);
  setUniformRowHeights(true);
  setHeaderHidden(true);
  setIndentation(0);
  setMouseTracking(true);
  setSelectionBehavior(SelectRows);
  setAllColumnsShowFocus(true);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollMode(ScrollPerPixel);
  header()->setMinimumSectionSize(kButtonWidth);
  header()->setStretchLastSection(false);
  header()->setSectionResizeMode(LabelModel::kName, QHeaderView::Stretch);
  for (const auto& [column, width] : {std::pair<int, int>{LabelModel::kScore, kScoreWidth},
                                      {LabelModel::kOpen, kButtonWidth},
                                      {LabelModel::kRemove, kButtonWidth}}) {
    header()->setSectionResizeMode(column, QHeaderView::Fixed);
    header()->resizeSection(column, width);
  }
  connect(this, &QTreeView::clicked, this, &LabelTable::clicked_cell);
}

QSize LabelTable::sizeHint() const {
  return {QTreeView::sizeHint().width(), kRowsAtFirst * kRowHeight + 2 * frameWidth()};
}

void LabelTable::clicked_cell(const QModelIndex& index) {
  const std::size_t label = model_->label_of(index.row());
  if (index.column() == LabelModel::kRemove) {
    Q_EMIT removal_wanted(label);
    return;
  }
  Q_EMIT label_chosen(label);
  if (index.column() == LabelModel::kOpen) Q_EMIT sentences_wanted(label);
}

void LabelTable::drawRow(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const Tokens& t = current_tokens();
  const bool selected = selectionModel()->isRowSelected(index.row(), index.parent());
  if (selected || index.row() == hovered_) {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(selected && hasFocus() ? QPen(t.accent) : QPen(Qt::NoPen));
    painter->setBrush(selected ? t.selection : t.raised);
    painter->drawRoundedRect(QRectF(option.rect).adjusted(0.5, 1.5, -0.5, -1.5), kRadius, kRadius);
    painter->restore();
  }
  QStyleOptionViewItem row = option;
  row.state.setFlag(QStyle::State_MouseOver, index.row() == hovered_);
  for (int column = 0; column < LabelModel::kColumnCount; ++column) {
    const QModelIndex cell = index.siblingAtColumn(column);
    QStyleOptionViewItem part = row;
    part.rect = QRect(columnViewportPosition(column), option.rect.top(), columnWidth(column), option.rect.height());
    part.state.setFlag(QStyle::State_Selected, selected);
    itemDelegateForIndex(cell)->paint(painter, part, cell);
  }
}

void LabelTable::keyPressEvent(QKeyEvent* event) {
  const int row = currentIndex().isValid() ? currentIndex().row() : -1;
  if (row >= 0 && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
    Q_EMIT sentences_wanted(model_->label_of(row));
    return;
  }
  if (row >= 0 && event->key() == Qt::Key_Delete) {
    Q_EMIT removal_wanted(model_->label_of(row));
    return;
  }
  QTreeView::keyPressEvent(event);
  if (currentIndex().isValid() && currentIndex().row() != row)
    Q_EMIT label_chosen(model_->label_of(currentIndex().row()));
}

void LabelTable::set_hovered(int row) {
  if (row == hovered_) return;
  hovered_ = row;
  viewport()->update();
}

void LabelTable::mouseMoveEvent(QMouseEvent* event) {
  const QModelIndex index = indexAt(event->position().toPoint());
  set_hovered(index.isValid() ? index.row() : -1);
  viewport()->setCursor(index.isValid() ? Qt::PointingHandCursor : Qt::ArrowCursor);
  QTreeView::mouseMoveEvent(event);
}

void LabelTable::resizeEvent(QResizeEvent* event) {
  const int share = static_cast<int>(kScoreShare * viewport()->width());
  header()->resizeSection(LabelModel::kScore, std::clamp(share, kMinScoreWidth, kScoreWidth));
  QTreeView::resizeEvent(event);
}

void LabelTable::leaveEvent(QEvent* event) {
  set_hovered(-1);
  QTreeView::leaveEvent(event);
}

}  // namespace purlscope::app
