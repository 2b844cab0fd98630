#include "app/studio/panels/library/clip_list.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include "app/studio/panels/library/library_model.h"
#include "app/studio/theme/icons.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/widgets/list_row.h"

namespace purlscope::app {
namespace {

constexpr int kRowHeight = 42;
constexpr int kGroupedRowHeight = 38;  // more rows, and classes between them
constexpr QSize kThumbnail{42, 28};
constexpr int kArrow = 12;
constexpr int kIndent = 12;  // of clips below their class

class ClipDelegate final : public QStyledItemDelegate {
 public:
  ClipDelegate(const ClipList* list, const LibraryModel* model, QObject* parent)
      : QStyledItemDelegate(parent), list_(list), model_(model) {}

  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
    return {0, model_->grouped() ? kGroupedRowHeight : kRowHeight};
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paint_back(painter, option);
    if (index.data(LibraryModel::kIsClass).toBool()) {
      paint_class(painter, option, index);
    } else {
      paint_clip(painter, option, index);
    }
    painter->restore();
  }

 private:
  static void paint_back(QPainter* painter, const QStyleOptionViewItem& option) {
    const bool walked_to = (option.state & QStyle::State_HasFocus) && !(option.state & QStyle::State_Selected);
    if (!walked_to) {
      paint_row_ground(painter, option);
      return;
    }
    painter->setPen(current_tokens().accent);
    painter->setBrush(current_tokens().raised);
    painter->drawRoundedRect(QRectF(option.rect).adjusted(0.5, 1.5, -0.5, -1.5), kRadius, kRadius);
  }

  void paint_class(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Tokens& t = current_tokens();
    const QRect arrow(option.rect.left() + 6, option.rect.center().y() - kArrow / 2 + 1, kArrow, kArrow);
    themed_icon(list_->isExpanded(index) ? QStringLiteral("arrow-down") : QStringLiteral("arrow-right"))
        .paint(painter, arrow);
    QRect words = option.rect.adjusted(arrow.width() + 14, 0, -8, 0);
    const QFont plain = painter->font();
    QFont small = plain;
    small.setPixelSize(kNoteFont);
    painter->setFont(small);
    const auto draw_right = [&](const QString& text, const QColor& color) {
      painter->setPen(color);
      painter->drawText(words, Qt::AlignRight | Qt::AlignVCenter, text);
      words.setRight(words.right() - painter->fontMetrics().horizontalAdvance(text) - kGrid);
    };
    draw_right(index.data(LibraryModel::kDetail).toString(), t.muted);
    if (index.data(LibraryModel::kUnseen).toBool()) draw_right(LibraryModel::tr("unseen"), t.accent);
    QFont head = plain;
    head.setWeight(QFont::DemiBold);
    painter->setFont(head);
    painter->setPen(t.text);
    painter->drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, words.width()));
  }

  void paint_clip(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Tokens& t = current_tokens();
    const bool selected = option.state & QStyle::State_Selected;
    const int indent = model_->grouped() ? kIndent : 0;
    const QRect picture(QPoint(option.rect.left() + 6 + indent, option.rect.center().y() - kThumbnail.height() / 2),
                        kThumbnail);
    paint_thumbnail(painter, picture, index, t, selected);
    const QRect words = option.rect.adjusted(kThumbnail.width() + 16 + indent, 4, -6, -4);
    paint_two_lines(painter, words,
                    {index.data().toString(), index.data(LibraryModel::kDetail).toString(), t.muted, Qt::ElideMiddle});
  }

  static void paint_thumbnail(QPainter* painter, const QRect& rect, const QModelIndex& index, const Tokens& t,
                              bool selected) {
    painter->setPen(Qt::NoPen);
    painter->setBrush(selected ? t.panel : t.raised);
    painter->drawRoundedRect(rect, 3, 3);
    const auto summary = index.data(LibraryModel::kSummary).value<std::shared_ptr<const ClipSummary>>();
    if (!summary || summary->sparkline.empty()) return;
    const QRectF inner = QRectF(rect).adjusted(4, 4, -4, -4);
    QPolygonF line;
    const auto steps = static_cast<double>(summary->sparkline.size() - 1);
    for (std::size_t i = 0; i < summary->sparkline.size(); ++i) {
      line.append({inner.left() + inner.width() * static_cast<double>(i) / steps,
                   inner.bottom() - inner.height() * static_cast<double>(summary->sparkline[i])});
    }
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(selected ? t.accent : t.muted, 1.2));
    painter->drawPolyline(line);
  }

  const ClipList* list_;
  const LibraryModel* model_;
};

}  // namespace

ClipList::ClipList(LibraryModel* model, QWidget* parent) : QTreeView(parent), model_(model) {
  setObjectName(QStringLiteral("library_list"));
  setAccessibleName(tr("Clips"));
  setAccessibleDescription(tr("Left and Right close and open a class"));
  setModel(model);
  setItemDelegate(new ClipDelegate(this, model, this));
  setHeaderHidden(true);
  setRootIsDecorated(false);
  setIndentation(0);
  setUniformRowHeights(true);
  setExpandsOnDoubleClick(false);
  setMouseTracking(true);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollMode(ScrollPerPixel);
  connect(this, &QTreeView::clicked, this, [this](const QModelIndex& index) {
    const QString path = index.data(LibraryModel::kPath).toString();
    path.isEmpty() ? toggle(index) : Q_EMIT chosen(path);
  });
}

void ClipList::toggle(const QModelIndex& index) { setExpanded(index, !isExpanded(index)); }

void ClipList::open_if_few() {
  if (model_->clip_count() <= kFew) expandAll();
}

void ClipList::mark(const QModelIndex& index) {
  if (!index.isValid()) {
    clearSelection();
    return;
  }
  setCurrentIndex(index);
  setExpanded(index.parent(), true);
  const bool in_sight = viewport()->rect().contains(visualRect(index));
  if (!in_sight) scrollTo(index, PositionAtCenter);
}

void ClipList::keyPressEvent(QKeyEvent* event) {
  const QModelIndex before = currentIndex();
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (enter && before.data(LibraryModel::kIsClass).toBool()) {
    toggle(before);
    return;
  }
  QTreeView::keyPressEvent(event);
  const QString path = currentIndex().data(LibraryModel::kPath).toString();
  if (currentIndex() != before && !path.isEmpty()) Q_EMIT chosen(path);
}

}  // namespace purlscope::app
