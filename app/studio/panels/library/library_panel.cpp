#include "app/studio/panels/library/library_panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QShortcut>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>

#include "app/studio/commands/command_table.h"
#include "app/studio/theme/icons.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/widgets/narrow_button.h"
#include "app/studio/words.h"

namespace purlscope::app {
namespace {

constexpr int kRowHeight = 42;
constexpr QSize kThumbnail{42, 28};

class ClipDelegate final : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {0, kRowHeight}; }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const Tokens& t = current_tokens();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool selected = option.state & QStyle::State_Selected;
    if (selected || (option.state & QStyle::State_MouseOver)) {
      painter->setPen(Qt::NoPen);
      painter->setBrush(selected ? t.selection : t.raised);
      painter->drawRoundedRect(option.rect.adjusted(0, 1, 0, -1), kRadius, kRadius);
    }
    const QRect picture(QPoint(option.rect.left() + 6, option.rect.center().y() - kThumbnail.height() / 2), kThumbnail);
    paint_thumbnail(painter, picture, index, t, selected);
    const QRect words = option.rect.adjusted(kThumbnail.width() + 16, 4, -6, -4);
    painter->setPen(t.text);
    painter->drawText(words, Qt::AlignLeft | Qt::AlignTop,
                      painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, words.width()));
    QFont small = painter->font();
    small.setPixelSize(kNoteFont);
    painter->setFont(small);
    painter->setPen(t.muted);
    const QString detail = index.data(LibraryModel::kDetail).toString();
    painter->drawText(words, Qt::AlignLeft | Qt::AlignBottom,
                      painter->fontMetrics().elidedText(detail, Qt::ElideMiddle, words.width()));
    painter->restore();
  }

 private:
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
};

}  // namespace

void ClipList::keyPressEvent(QKeyEvent* event) {
  const QModelIndex before = currentIndex();
  QListView::keyPressEvent(event);
  if (currentIndex() != before && currentIndex().isValid()) Q_EMIT chosen(currentIndex());
}

LibraryPanel::LibraryPanel(Loader* loader, QWidget* parent) : QWidget(parent), loader_(loader) {
  setObjectName(QStringLiteral("library_panel"));
  search_ = new QLineEdit;
  search_->setObjectName(QStringLiteral("library_search"));
  search_->setPlaceholderText(tr("Search clips, classes, subjects"));
  search_->setAccessibleName(tr("Search the library"));
  search_->setToolTip(tr("Shows the clips whose name, class or subject contains every word"));
  search_->setClearButtonEnabled(true);
  search_->setAcceptDrops(false);  // a file dropped here is to be opened, not searched
  new QShortcut(QKeySequence(Qt::Key_Escape), search_, this, &LibraryPanel::left, Qt::WidgetShortcut);
  source_chooser_ = new QComboBox;
  source_chooser_->setObjectName(QStringLiteral("library_source"));
  source_chooser_->setAccessibleName(tr("Folder"));
  source_chooser_->setToolTip(tr("The folder whose clips are listed"));
  source_chooser_->setMinimumContentsLength(8);
  group_chooser_ = new QComboBox;
  group_chooser_->setObjectName(QStringLiteral("library_class"));
  group_chooser_->setAccessibleName(tr("Class"));
  group_chooser_->setToolTip(tr("Shows the clips of one class only"));
  group_chooser_->setMinimumContentsLength(8);
  group_chooser_->hide();
  counts_ = new QLabel;
  counts_->setObjectName(QStringLiteral("note"));

  model_ = new LibraryModel(this);
  filter_ = new LibraryFilter(this);
  filter_->setSourceModel(model_);
  list_ = new ClipList;
  list_->setObjectName(QStringLiteral("library_list"));
  list_->setAccessibleName(tr("Clips"));
  list_->setModel(filter_);
  list_->setItemDelegate(new ClipDelegate(list_));
  list_->setUniformItemSizes(true);
  list_->setMouseTracking(true);
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  empty_ = new QLabel;
  empty_->setObjectName(QStringLiteral("muted"));
  empty_->setWordWrap(true);
  empty_->setAlignment(Qt::AlignCenter);
  pages_ = new QStackedWidget;
  pages_->addWidget(list_);
  pages_->addWidget(empty_);

  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(kGrid);
  layout->addWidget(search_);
  layout->addWidget(source_chooser_);
  layout->addWidget(group_chooser_);
  layout->addWidget(counts_);
  layout->addWidget(pages_, 1);

  connect(search_, &QLineEdit::textChanged, this, [this](const QString& text) {
    filter_->set_search(text);
    update_counts();
  });
  connect(source_chooser_, &QComboBox::activated, this, &LibraryPanel::show_source);
  connect(group_chooser_, &QComboBox::activated, this, [this](int row) {
    filter_->set_group(row <= 0 ? QString() : group_chooser_->itemText(row));
    update_counts();
  });
  connect(list_, &QListView::clicked, this,
          [this](const QModelIndex& i) { Q_EMIT clip_chosen(i.data(LibraryModel::kPath).toString()); });
  connect(list_, &ClipList::chosen, this,
          [this](const QModelIndex& i) { Q_EMIT clip_chosen(i.data(LibraryModel::kPath).toString()); });
  connect(model_, &LibraryModel::thumbnail_wanted, this,
          [this](const QString& path) { loader_->want_thumbnail(path.toStdString()); });
  connect(loader, &Loader::thumbnail_ready, model_, &LibraryModel::set_summary);
  update_counts();
}

void LibraryPanel::add_buttons(const CommandTable& commands) {
  auto* row = new QHBoxLayout;
  row->setSpacing(kGrid);
  for (const auto& [id, text] : {std::pair("file.open", tr("File...")), std::pair("file.open_folder", tr("Folder...")),
                                 std::pair("live.connect", tr("Live..."))}) {
    const QAction* action = commands.action(QString::fromLatin1(id));
    auto* button = new NarrowButton;  // shorter words than the action's: the panel may be narrow
    button->setText(text);
    button->setIcon(action->icon());
    button->setToolTip(action->toolTip());
    button->setAccessibleName(action->text());
    connect(button, &QToolButton::clicked, action, &QAction::trigger);
    button->setFocusPolicy(Qt::TabFocus);
    row->addWidget(button);
  }
  static_cast<QVBoxLayout*>(layout())->addLayout(row);
  setTabOrder(list_, row->itemAt(0)->widget());
  for (int i = 1; i < row->count(); ++i) setTabOrder(row->itemAt(i - 1)->widget(), row->itemAt(i)->widget());
}

LibrarySource* LibraryPanel::source_at(int index) {
  return index < 0 || static_cast<std::size_t>(index) >= sources_.size() ? nullptr
                                                                         : &*std::next(sources_.begin(), index);
}

void LibraryPanel::add_folder(LibrarySource source) {
  const auto known = std::find_if(sources_.begin(), sources_.end(),
                                  [&](const LibrarySource& s) { return !s.path.isEmpty() && s.path == source.path; });
  int index = static_cast<int>(std::distance(sources_.begin(), known));
  if (known != sources_.end()) {
    model_->show(nullptr);
    *known = std::move(source);
  } else {
    source_chooser_->addItem(source.title);
    sources_.push_back(std::move(source));
  }
  show_source(index);
}

int LibraryPanel::source_of(const QString& path) const {
  const auto lists = [&](const LibrarySource& source) {
    return std::any_of(source.entries.begin(), source.entries.end(),
                       [&](const LibraryEntry& entry) { return entry.path == path; });
  };
  if (model_->row_of(path) >= 0) return source_chooser_->currentIndex();
  const auto found = std::find_if(sources_.begin(), sources_.end(), lists);
  return found == sources_.end() ? -1 : static_cast<int>(std::distance(sources_.begin(), found));
}

void LibraryPanel::add_files(const QStringList& paths) {
  QStringList fresh = paths;
  fresh.removeDuplicates();
  fresh.removeIf([this](const QString& path) { return source_of(path) >= 0; });
  if (!fresh.isEmpty()) {
    auto files = std::find_if(sources_.begin(), sources_.end(), [](const auto& s) { return s.path.isEmpty(); });
    if (files == sources_.end()) {
      files = sources_.insert(sources_.end(), LibrarySource{tr("Opened files"), {}, {}});
      source_chooser_->addItem(files->title);
    }
    model_->show(nullptr);
    for (const QString& path : fresh) files->entries.push_back(make_entry(path));
  }
  const int source = source_of(paths.front());
  if (!fresh.isEmpty() || source != source_chooser_->currentIndex()) show_source(source);
}

void LibraryPanel::show_source(int index) {
  LibrarySource* source = source_at(index);
  source_chooser_->setCurrentIndex(index);
  group_chooser_->clear();
  filter_->set_group({});
  const QStringList groups = source != nullptr ? source->groups() : QStringList();
  group_chooser_->addItem(tr("All classes"));
  group_chooser_->addItems(groups);
  group_chooser_->setVisible(groups.size() > 1);
  model_->show(source);
  update_counts();
  mark_open(open_path_);
}

void LibraryPanel::update_counts() {
  const LibrarySource* source = source_at(source_chooser_->currentIndex());
  source_chooser_->setVisible(source != nullptr);
  counts_->setVisible(source != nullptr);
  if (source == nullptr) {
    empty_->setText(tr("Open a file or a folder of recordings, or drop one on the window."));
    pages_->setCurrentWidget(empty_);
    return;
  }
  const int shown = shown_count();
  const int all = static_cast<int>(source->entries.size());
  QString text = counted(all, tr("%1 clip"), tr("%1 clips"));
  if (shown != all) text = tr("%1 of %2").arg(shown).arg(text);
  if (group_chooser_->count() > 2) text += QStringLiteral(" · ") + tr("%1 classes").arg(group_chooser_->count() - 1);
  counts_->setText(text);
  empty_->setText(tr("No clip matches. Clear the search or choose all classes."));
  pages_->setCurrentWidget(shown > 0 ? static_cast<QWidget*>(list_) : empty_);
}

int LibraryPanel::shown_count() const { return filter_->rowCount(); }

void LibraryPanel::mark_open(const QString& path) {
  open_path_ = path;
  const int row = model_->row_of(path);
  const QModelIndex index = row < 0 ? QModelIndex() : filter_->mapFromSource(model_->index(row));
  if (!index.isValid()) {
    list_->clearSelection();
    return;
  }
  list_->setCurrentIndex(index);
  list_->scrollTo(index);
}

void LibraryPanel::focus_search() {
  search_->setFocus(Qt::ShortcutFocusReason);
  search_->selectAll();
}

void LibraryPanel::open_neighbour(int rows) {
  if (shown_count() == 0) return;
  const int now = list_->currentIndex().isValid() ? list_->currentIndex().row() : (rows > 0 ? -1 : shown_count());
  const int next = std::clamp(now + rows, 0, shown_count() - 1);
  if (next == now) return;
  list_->setCurrentIndex(filter_->index(next, 0));
  Q_EMIT clip_chosen(list_->currentIndex().data(LibraryModel::kPath).toString());
}

}  // namespace purlscope::app
