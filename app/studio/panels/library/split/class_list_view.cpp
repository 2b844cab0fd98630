#include "app/studio/panels/library/split/class_list_view.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include "app/studio/panels/library/split/class_checks.h"
#include "app/studio/theme/icons.h"
#include "app/studio/theme/tokens.h"

namespace purlscope::app {
namespace {

constexpr int kRowHeight = 26;
constexpr int kBox = 14;

class ClassDelegate final : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {0, kRowHeight}; }
  /// The list ticks.
  bool editorEvent(QEvent*, QAbstractItemModel*, const QStyleOptionViewItem&, const QModelIndex&) override {
    return false;
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const Tokens& t = current_tokens();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool focused = option.state & QStyle::State_HasFocus;
    if (focused || (option.state & QStyle::State_MouseOver)) {
      painter->setPen(focused ? QPen(t.accent) : QPen(Qt::NoPen));
      painter->setBrush(t.raised);
      painter->drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    }
    const bool checked = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    const QRect box(option.rect.left() + 6, option.rect.center().y() - kBox / 2 + 1, kBox, kBox);
    painter->setPen(checked ? t.accent : t.muted);
    painter->setBrush(checked ? t.selection : t.panel);
    painter->drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    if (checked) themed_icon(QStringLiteral("check")).paint(painter, box.adjusted(1, 1, -1, -1));
    QRect words = option.rect.adjusted(kBox + 14, 0, -kGrid, 0);
    const QFont plain = painter->font();
    QFont small = plain;
    small.setPixelSize(kNoteFont);
    painter->setFont(small);
    painter->setPen(t.muted);
    const QString clips = index.data(ClassChecks::kClips).toString();
    painter->drawText(words, Qt::AlignRight | Qt::AlignVCenter, clips);
    words.setRight(words.right() - painter->fontMetrics().horizontalAdvance(clips) - kGrid);
    painter->setFont(plain);
    painter->setPen(t.text);
    painter->drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, words.width()));
    painter->restore();
  }
};

}  // namespace

ClassListView::ClassListView(QAbstractItemModel* model, QWidget* parent) : QListView(parent) {
  setModel(model);
  setItemDelegate(new ClassDelegate(this));
  setUniformItemSizes(true);
  setMouseTracking(true);
  setSelectionMode(NoSelection);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollMode(ScrollPerPixel);
  connect(this, &QListView::clicked, this, &ClassListView::tick);
}

void ClassListView::tick(const QModelIndex& index) {
  if (!index.isValid()) return;
  const bool checked = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
  model()->setData(index, checked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

bool ClassListView::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Space) {
    event->accept();  // Space ticks here; it plays elsewhere
    return true;
  }
  return QListView::event(event);
}

void ClassListView::keyPressEvent(QKeyEvent* event) {
  const int key = event->key();
  if (key == Qt::Key_Space || key == Qt::Key_Return || key == Qt::Key_Enter) {
    tick(currentIndex());
    return;
  }
  QListView::keyPressEvent(event);
}

}  // namespace purlscope::app
