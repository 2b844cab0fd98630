#include "app/studio/panels/library/library_panel.h"

#include <QApplication>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QShortcut>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "app/studio/commands/command_table.h"
#include "app/studio/dataset/folder_jobs.h"
#include "app/studio/panels/library/clip_choice.h"
#include "app/studio/panels/library/clip_list.h"
#include "app/studio/panels/library/filter_bar.h"
#include "app/studio/panels/library/job_progress.h"
#include "app/studio/panels/library/problems/problems_page.h"
#include "app/studio/panels/library/split/split_page.h"
#include "app/studio/theme/icons.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/widgets/narrow_button.h"
#include "app/studio/words.h"

namespace purlscope::app {
namespace {

/// Lets a line of facts break between them alone.
QString unbroken(const QString& facts) {
  QStringList parts = facts.split(QStringLiteral(" · "));
  for (QString& part : parts) part.replace(QLatin1Char(' '), QChar::Nbsp);
  return parts.join(QStringLiteral(" · "));
}

}  // namespace

LibraryPanel::LibraryPanel(Loader* loader, FolderJobs* jobs, QWidget* parent) : QWidget(parent), loader_(loader) {
  setObjectName(QStringLiteral("library_panel"));
  clips_page_ = make_clips_page();
  problems_page_ = new ProblemsPage(jobs);
  split_page_ = new SplitPage;
  pages_ = new QStackedWidget;
  for (QWidget* page : {clips_page_, static_cast<QWidget*>(problems_page_), static_cast<QWidget*>(split_page_)}) {
    pages_->addWidget(page);
  }
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(kGrid);
  layout->addWidget(pages_, 1);
  layout->addWidget(new JobProgress(jobs));
  connect_parts();
  update_counts();
}

QWidget* LibraryPanel::make_clips_page() {
  search_ = new QLineEdit;
  search_->setObjectName(QStringLiteral("library_search"));
  search_->setPlaceholderText(tr("Search clips, classes, subjects"));
  search_->setAccessibleName(tr("Search the library"));
  search_->setToolTip(tr("Shows the clips whose name, class or subject contains every word"));
  search_->setClearButtonEnabled(true);
  search_->setAcceptDrops(false);  // a file dropped here is to be opened, not searched
  source_chooser_ = new QComboBox;
  source_chooser_->setObjectName(QStringLiteral("library_source"));
  source_chooser_->setAccessibleName(tr("Folder"));
  source_chooser_->setToolTip(tr("The folder whose clips are listed"));
  source_chooser_->setMinimumContentsLength(8);
  source_chooser_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  choice_ = new ClipChoice;
  filters_ = new FilterBar;
  filters_->hide();
  counts_ = new QLabel;
  counts_->setObjectName(QStringLiteral("note"));
  counts_->setProperty("role", QStringLiteral("library_counts"));
  counts_->setWordWrap(true);

  model_ = new LibraryModel(this);
  list_ = new ClipList(model_);
  empty_ = new QLabel;
  empty_->setObjectName(QStringLiteral("muted"));
  empty_->setWordWrap(true);
  empty_->setAlignment(Qt::AlignCenter);
  show_all_ = new QToolButton;
  show_all_->setObjectName(QStringLiteral("library_show_all"));
  show_all_->setText(tr("Show all clips"));
  show_all_->setToolTip(tr("Clear the search and all filters"));
  show_all_->setProperty("text_button", true);
  show_all_->setFocusPolicy(Qt::TabFocus);
  auto* nothing = new QWidget;
  auto* column = new QVBoxLayout(nothing);
  column->setContentsMargins(0, 0, 0, 0);
  column->addStretch();
  column->addWidget(empty_);
  column->addWidget(show_all_, 0, Qt::AlignHCenter);
  column->addStretch();
  list_or_empty_ = new QStackedWidget;
  list_or_empty_->addWidget(list_);
  list_or_empty_->addWidget(nothing);
  problems_ = new QToolButton;
  problems_->setObjectName(QStringLiteral("library_problems"));
  problems_->setProperty("warning_link", true);
  problems_->setFocusPolicy(Qt::TabFocus);
  problems_->setToolTip(tr("Show what is wrong with the folder, and what to do"));

  auto* page = new QWidget;
  auto* layout = new QVBoxLayout(page);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(kGrid);
  layout->addWidget(search_);
  layout->addWidget(source_chooser_);
  layout->addWidget(choice_);
  layout->addWidget(counts_);
  layout->addWidget(filters_);
  layout->addWidget(list_or_empty_, 1);
  layout->addWidget(problems_, 0, Qt::AlignLeft);
  return page;
}

void LibraryPanel::connect_parts() {
  new QShortcut(QKeySequence(Qt::Key_Escape), search_, this, &LibraryPanel::left, Qt::WidgetShortcut);
  connect(search_, &QLineEdit::textChanged, this, &LibraryPanel::take_filter);
  connect(source_chooser_, &QComboBox::activated, this, &LibraryPanel::show_source);
  connect(filters_, &FilterBar::changed, this, &LibraryPanel::take_filter);
  connect(filters_, &FilterBar::split_wanted, this, &LibraryPanel::show_split);
  connect(show_all_, &QToolButton::clicked, this, &LibraryPanel::clear_filters);
  connect(choice_, &ClipChoice::left, this, &LibraryPanel::show_all);
  connect(problems_, &QToolButton::clicked, this, &LibraryPanel::show_problems);
  connect(list_, &ClipList::chosen, this, &LibraryPanel::clip_chosen);
  connect(problems_page_, &ProblemsPage::clip_chosen, this, &LibraryPanel::clip_chosen);
  connect(problems_page_, &ProblemsPage::closed, this, &LibraryPanel::show_clips);
  connect(problems_page_, &ProblemsPage::left, this, &LibraryPanel::left);
  connect(split_page_, &SplitPage::changed, this, &LibraryPanel::take_split);
  connect(split_page_, &SplitPage::labels_wanted, this, &LibraryPanel::labels_wanted);
  connect(split_page_, &SplitPage::closed, this, &LibraryPanel::show_clips);
  connect(split_page_, &SplitPage::left, this, &LibraryPanel::left);
  connect(model_, &LibraryModel::thumbnail_wanted, this,
          [this](const QString& path) { loader_->want_thumbnail(path.toStdString()); });
  connect(loader_, &Loader::thumbnail_ready, model_, &LibraryModel::set_summary);
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

void LibraryPanel::add_folder(LibrarySource source) {
  const auto known = std::find_if(sources_.begin(), sources_.end(),
                                  [&](const LibrarySource& s) { return !s.path.isEmpty() && s.path == source.path; });
  const int index = static_cast<int>(std::distance(sources_.begin(), known));
  if (known != sources_.end()) {
    model_->show(nullptr);
    *known = std::move(source);
  } else {
    source_chooser_->addItem(source.title);
    source_chooser_->setItemData(index, plain_tooltip(source.path), Qt::ToolTipRole);
    sources_.push_back(std::move(source));
  }
  show_source(index);
}

void LibraryPanel::update_folder(const FolderListingPtr& listing) {
  const LibrarySource fresh = make_source(listing);
  const auto known = std::find_if(sources_.begin(), sources_.end(),
                                  [&](const LibrarySource& source) { return source.path == fresh.path; });
  if (known == sources_.end()) return;
  const bool shown = shown_source() == &*known;
  const bool same_classes = known->listing->dataset.classes == listing->dataset.classes;
  if (shown) model_->show(nullptr);
  known->listing = listing;
  if (!same_classes) known->split = {};  // its classes had other numbers
  if (!shown) return Q_EMIT sources_changed();
  if (!same_classes) forget_choice();
  if (!same_classes) filters_->show(*listing, known->split);
  model_->show(&*known);
  take_filter();
  update_problems();
  problems_page_->show_listing(listing);
  if (!same_classes) split_page_->show_split(listing, known->split);
  Q_EMIT sources_changed();
}

int LibraryPanel::source_of(const QString& path) const {
  if (model_->index_of(path).isValid()) return source_chooser_->currentIndex();
  const auto found = std::find_if(sources_.begin(), sources_.end(), [&](const LibrarySource& source) {
    return entry_of(*source.listing, path.toStdString()).has_value();
  });
  return found == sources_.end() ? -1 : static_cast<int>(std::distance(sources_.begin(), found));
}

void LibraryPanel::add_files(const QStringList& paths) {
  QStringList fresh = paths;
  fresh.removeDuplicates();
  fresh.removeIf([this](const QString& path) { return source_of(path) >= 0; });
  if (!fresh.isEmpty()) {
    auto files = std::find_if(sources_.begin(), sources_.end(), [](const auto& s) { return s.path.isEmpty(); });
    if (files == sources_.end()) {
      files = sources_.insert(sources_.end(), LibrarySource{tr("Opened files"), {}, {}, make_file_listing({})});
      source_chooser_->addItem(files->title);
    }
    model_->show(nullptr);
    std::vector<std::filesystem::path> all;
    for (const core::DatasetEntry& entry : files->listing->dataset.entries) all.push_back(entry.file);
    for (const QString& path : fresh) all.emplace_back(path.toStdString());
    files->listing = make_file_listing(all);
  }
  const int source = source_of(paths.front());
  if (!fresh.isEmpty() || source != source_chooser_->currentIndex()) show_source(source);
}

void LibraryPanel::clear() {
  show_clips();
  model_->show(nullptr);
  source_chooser_->clear();
  sources_.clear();
  filters_->hide();
  clear_filters();
  Q_EMIT sources_changed();
}

LibrarySource* LibraryPanel::source_at(int index) {
  return index < 0 || static_cast<std::size_t>(index) >= sources_.size() ? nullptr
                                                                         : &*std::next(sources_.begin(), index);
}

const LibrarySource* LibraryPanel::shown_source() const {
  const int index = source_chooser_->currentIndex();
  return index < 0 ? nullptr : &*std::next(sources_.begin(), index);
}

void LibraryPanel::show_source(int index) {
  LibrarySource* source = source_at(index);
  source_chooser_->setCurrentIndex(index);
  show_clips();
  forget_choice();
  if (source != nullptr) filters_->show(*source->listing, source->split);
  model_->show(source);
  take_filter();
  update_problems();
  Q_EMIT sources_changed();
}

int LibraryPanel::shown_index() const { return source_chooser_->currentIndex(); }

bool LibraryPanel::show_only(const QString& folder, const std::vector<std::filesystem::path>& files,
                             const QString& title) {
  const auto known = std::ranges::find(sources_, folder, &LibrarySource::path);
  if (known == sources_.end()) return false;
  const int index = static_cast<int>(std::distance(sources_.begin(), known));
  if (index != source_chooser_->currentIndex()) show_source(index);
  show_clips();
  filters_->clear();
  const QSignalBlocker quiet(search_);
  search_->clear();
  only_ = entries_of(*known->listing, files);
  choice_->show_choice(title, qsizetype(only_->size()));
  take_filter();
  Q_EMIT choice_changed();
  return true;
}

void LibraryPanel::show_all() {
  forget_choice();
  take_filter();
}

void LibraryPanel::forget_choice() {
  if (!only_) return;
  only_.reset();
  choice_->hide();
  Q_EMIT choice_changed();
}

void LibraryPanel::take_filter() {
  ClipFilter filter;
  filter.search = search_->text();
  filters_->apply_to(filter);
  filter.only = only_;
  model_->set_filter(filter);
  update_counts();
  list_->open_if_few();
  mark_open(open_path_);
}

void LibraryPanel::take_split(const SplitChoice& choice) {
  LibrarySource* source = source_at(source_chooser_->currentIndex());
  if (source == nullptr) return;
  source->split = choice;
  filters_->show_split(choice);
  model_->split_changed();
  take_filter();
  Q_EMIT sources_changed();
}

void LibraryPanel::clear_filters() {
  forget_choice();
  filters_->clear();
  search_->clear();
  take_filter();
}

void LibraryPanel::show_clips() {
  const bool had_focus = pages_->currentWidget() != clips_page_ && isAncestorOf(QApplication::focusWidget());
  pages_->setCurrentWidget(clips_page_);
  if (had_focus) list_->setFocus();  // else Qt gives it to the search
}

bool LibraryPanel::has_problems_page() const {
  return shown_source() != nullptr && !shown_source()->listing->dataset.path.empty();
}

void LibraryPanel::show_problems() {
  if (!has_problems_page()) return;
  problems_page_->show_listing(shown_source()->listing);
  pages_->setCurrentWidget(problems_page_);
}

bool LibraryPanel::has_split_page() const {
  return shown_source() != nullptr && shown_source()->listing->dataset.classes.size() > 1;
}

void LibraryPanel::show_split() {
  if (!has_split_page()) return;
  split_page_->show_split(shown_source()->listing, shown_source()->split);
  pages_->setCurrentWidget(split_page_);
}

std::vector<std::string> LibraryPanel::unseen_classes() const {
  const LibrarySource* source = shown_source();
  return source == nullptr ? std::vector<std::string>() : unseen_names(source->split, source->listing->dataset);
}

void LibraryPanel::update_problems() {
  const LibrarySource* source = shown_source();
  const auto count = source == nullptr ? qsizetype(0) : qsizetype(source->listing->problems.size());
  problems_->setVisible(count > 0);
  problems_->setText(counted(count, tr("%1 problem found"), tr("%1 problems found")) + QStringLiteral(" ▸"));
}

void LibraryPanel::update_counts() {
  const LibrarySource* source = shown_source();
  source_chooser_->setVisible(source != nullptr);
  counts_->setVisible(source != nullptr);
  show_all_->setVisible(source != nullptr);
  if (source == nullptr) {
    problems_->hide();
    empty_->setText(tr("Open a file or a folder of recordings, or drop one on the window."));
    list_or_empty_->setCurrentIndex(1);
    return;
  }
  const int shown = shown_count();
  const auto all = qsizetype(source->listing->dataset.entries.size());
  const QString facts = listing_facts(*source->listing);
  counts_->setText(unbroken(shown == all ? facts : tr("%1 of %2").arg(number_text(shown), facts)));
  empty_->setText(tr("No clip matches the search and the filters."));
  list_or_empty_->setCurrentIndex(shown > 0 ? 0 : 1);
}

int LibraryPanel::shown_count() const { return model_->clip_count(); }

void LibraryPanel::mark_open(const QString& path) {
  open_path_ = path;
  list_->mark(model_->index_of(path));
}

void LibraryPanel::focus_search() {
  show_clips();
  search_->setFocus(Qt::ShortcutFocusReason);
  search_->selectAll();
}

void LibraryPanel::open_neighbour(int rows) {
  const QModelIndex next = model_->neighbour(list_->currentIndex(), rows);
  if (!next.isValid() || next == list_->currentIndex()) return;
  list_->mark(next);
  Q_EMIT clip_chosen(next.data(LibraryModel::kPath).toString());
}

}  // namespace purlscope::app
