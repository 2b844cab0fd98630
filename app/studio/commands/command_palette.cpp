#include "app/studio/commands/command_palette.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>

#include "app/studio/commands/command_table.h"
#include "app/studio/commands/fuzzy.h"
#include "app/studio/theme/tokens.h"

namespace purlscope::app {
namespace {

constexpr int kWidth = 560;
constexpr int kRowHeight = 36;
constexpr int kRows = 10;
constexpr int kTop = 6 * kGrid;  // from the window's upper edge
constexpr double kFaint = 0.6;   // opacity of commands that cannot run now
constexpr int kIdRole = Qt::UserRole;
constexpr int kGroupRole = Qt::UserRole + 1;
constexpr int kKeyRole = Qt::UserRole + 2;

class RowDelegate final : public QStyledItemDelegate {
 public:
  RowDelegate(const CommandTable* table, QObject* parent) : QStyledItemDelegate(parent), table_(table) {}

  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {0, kRowHeight}; }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const Tokens& t = current_tokens();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (option.state & QStyle::State_Selected) {
      painter->setPen(Qt::NoPen);
      painter->setBrush(t.selection);
      painter->drawRoundedRect(option.rect.adjusted(0, 1, 0, -1), kRadius, kRadius);
    }
    const QRect inner = option.rect.adjusted(12, 0, -12, 0);
    const bool enabled = index.flags() & Qt::ItemIsEnabled;
    const QFontMetrics metrics = painter->fontMetrics();
    const QString key = index.data(kKeyRole).toString();
    if (!enabled) painter->setOpacity(kFaint);
    painter->setPen(t.muted);
    painter->drawText(inner, Qt::AlignVCenter | Qt::AlignLeft, index.data(kGroupRole).toString());
    painter->drawText(inner, Qt::AlignVCenter | Qt::AlignRight, key);
    const QRect name = inner.adjusted(group_column(metrics), 0, -metrics.horizontalAdvance(key) - 2 * kGrid, 0);
    painter->setPen(enabled ? t.text : t.muted);
    painter->drawText(
        name, Qt::AlignVCenter | Qt::AlignLeft,
        metrics.elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideRight, std::max(0, name.width())));
    painter->restore();
  }

 private:
  /// One width for all rows, so that the names of the commands stand below each other.
  int group_column(const QFontMetrics& metrics) const {
    int widest = 0;
    for (const CommandGroup& group : table_->groups()) {
      widest = std::max(widest, metrics.horizontalAdvance(group.title));
    }
    return widest + 2 * kGrid;
  }

  const CommandTable* table_;
};

}  // namespace

CommandPalette::CommandPalette(CommandTable* table, QWidget* window) : QFrame(window), table_(table) {
  setObjectName(QStringLiteral("overlay"));
  setAccessibleName(tr("Command palette"));
  query_ = new QLineEdit(this);
  query_->setObjectName(QStringLiteral("palette_query"));
  query_->setPlaceholderText(tr("Type a command..."));
  query_->setAccessibleName(tr("Search commands"));
  query_->setToolTip(tr("Type part of a command; Enter runs it, Escape closes"));
  query_->installEventFilter(this);
  list_ = new QListWidget(this);
  list_->setObjectName(QStringLiteral("palette_list"));
  list_->setAccessibleName(tr("Matching commands"));
  list_->setItemDelegate(new RowDelegate(table, list_));
  list_->setFocusPolicy(Qt::NoFocus);
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  list_->setUniformItemSizes(true);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(kGrid, kGrid, kGrid, kGrid);
  layout->setSpacing(kGrid);
  layout->addWidget(query_);
  layout->addWidget(list_);
  none_ = new QLabel(tr("No command is called like this"), this);
  none_->setObjectName(QStringLiteral("muted"));
  none_->setAlignment(Qt::AlignCenter);
  none_->setFixedHeight(kRowHeight);
  layout->addWidget(none_);
  connect(query_, &QLineEdit::textChanged, this, &CommandPalette::fill);
  connect(list_, &QListWidget::itemClicked, this, [this] { run_choice(); });
  hide();
}

void CommandPalette::open() {
  const int width = std::min(kWidth, parentWidget()->width() - 4 * kGrid);
  setGeometry((parentWidget()->width() - width) / 2, kTop, width, height());
  query_->clear();
  fill({});
  show();
  raise();
  query_->setFocus(Qt::ShortcutFocusReason);
}

void CommandPalette::fill(const QString& query) {
  struct Hit {
    int score;
    QString group;
    const Command* command;
  };
  std::vector<Hit> hits;
  for (const CommandGroup& group : table_->groups()) {
    for (const QString& id : group.ids) {
      const Command& command = table_->command(id);
      if (const auto score = fuzzy_score(query, group.title + QLatin1Char(' ') + command.text)) {
        // A fit of the text alone is worth more than one that needs the group's name.
        const int own = fuzzy_score(query, command.text).value_or(*score - 10);
        hits.push_back({std::max(*score - 10, own), group.title, &command});
      }
    }
  }
  std::stable_sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.score > b.score; });
  list_->clear();
  for (const Hit& hit : hits) {
    auto* item = new QListWidgetItem(hit.command->text, list_);
    item->setData(kIdRole, hit.command->id);
    item->setData(kGroupRole, hit.group);
    item->setData(kKeyRole, hit.command->keys.isEmpty() ? QString()
                                                        : hit.command->keys.front().toString(QKeySequence::NativeText));
    item->setToolTip(hit.command->tooltip);
    if (!table_->is_enabled(*hit.command)) item->setFlags(item->flags() & ~Qt::ItemIsEnabled);
  }
  list_->setCurrentRow(list_->count() > 0 ? 0 : -1);
  fit_height();
}

void CommandPalette::fit_height() {
  const int room = parentWidget()->height() - 2 * kTop - query_->sizeHint().height() - 3 * kGrid;
  const int rows = std::clamp(list_->count(), 1, std::clamp(room / kRowHeight, 1, kRows));
  list_->setFixedHeight(rows * kRowHeight);
  list_->setVisible(list_->count() > 0);
  none_->setVisible(list_->count() == 0);
  layout()->activate();
  resize(width(), sizeHint().height());
}

QStringList CommandPalette::shown() const {
  QStringList ids;
  for (int row = 0; row < list_->count(); ++row) ids.append(list_->item(row)->data(kIdRole).toString());
  return ids;
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::FocusOut && isVisible()) {
    close_palette();
    return false;
  }
  if (event->type() != QEvent::KeyPress) return QFrame::eventFilter(watched, event);
  switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Escape:
      close_palette();
      return true;
    case Qt::Key_Down:
      move_choice(1);
      return true;
    case Qt::Key_Up:
      move_choice(-1);
      return true;
    case Qt::Key_PageDown:
      move_choice(kRows - 1);
      return true;
    case Qt::Key_PageUp:
      move_choice(1 - kRows);
      return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
      run_choice();
      return true;
    default:
      return false;
  }
}

void CommandPalette::move_choice(int rows) {
  if (list_->count() == 0) return;
  list_->setCurrentRow(std::clamp(list_->currentRow() + rows, 0, list_->count() - 1));
}

void CommandPalette::run_choice() {
  const QListWidgetItem* item = list_->currentItem();
  if (item == nullptr || !(item->flags() & Qt::ItemIsEnabled)) return;
  const QString id = item->data(kIdRole).toString();
  close_palette();
  table_->run(id);
}

void CommandPalette::close_palette() {
  const bool had_focus = query_->hasFocus();
  hide();
  if (had_focus) window()->setFocus();
}

}  // namespace purlscope::app
