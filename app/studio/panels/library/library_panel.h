#pragma once

#include <QWidget>
#include <cstdint>
#include <filesystem>
#include <list>
#include <optional>
#include <vector>

#include "app/studio/panels/library/library_model.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QStackedWidget;
class QToolButton;

namespace purlscope::app {

class ClipChoice;
class ClipList;
class CommandTable;
class FilterBar;
class FolderJobs;
class ProblemsPage;
class SplitPage;

/// Folders as data sets: their clips with search and filters, their problems, their splits. Thread: UI; files are read
/// by the loader, folders by the jobs.
class LibraryPanel : public QWidget {
  Q_OBJECT

 public:
  LibraryPanel(Loader* loader, FolderJobs* jobs, QWidget* parent = nullptr);

  /// Makes the buttons below the list. Call once, after the commands exist.
  void add_buttons(const CommandTable& commands);
  /// Adds a folder's clips and shows them; a folder known already is replaced.
  void add_folder(LibrarySource source);
  /// Takes over what the check of a folder has found; what is chosen stays.
  void update_folder(const FolderListingPtr& listing);
  /// Lists files opened by themselves, but for those that some source lists already, and shows the source of the first.
  void add_files(const QStringList& paths);
  const std::list<LibrarySource>& sources() const { return sources_; }
  /// Of the source that is shown, -1 without one.
  int shown_index() const;
  /// Lists no other clips of a folder than these, until all are wanted again. @param title  what they have in common
  /// @return whether the folder is listed
  bool show_only(const QString& folder, const std::vector<std::filesystem::path>& files, const QString& title);
  bool shows_only() const { return only_.has_value(); }
  /// Takes back show_only().
  void show_all();
  /// Lists nothing.
  void clear();
  /// Marks the clip that is open.
  void mark_open(const QString& path);
  /// Ready to type a search.
  void focus_search();
  /// Opens the clip `rows` further down the list as filtered.
  void open_neighbour(int rows);
  /// Clips that pass search and filters.
  int shown_count() const;
  /// Pages in place of the clips; nothing happens where the folder has none.
  void show_problems();
  void show_split();
  bool has_problems_page() const;
  bool has_split_page() const;
  /// Names of the classes that are unseen in the split chosen, empty without one.
  std::vector<std::string> unseen_classes() const;

 Q_SIGNALS:
  void clip_chosen(const QString& path);
  /// Another source is shown, or one was added, or the split of the shown one has changed.
  void sources_changed();
  /// show_only() holds, or holds no longer.
  void choice_changed();
  /// These are to be the labels.
  void labels_wanted(const std::vector<std::string>& names);
  /// Escape: the keys belong to the view again.
  void left();

 private:
  QWidget* make_clips_page();
  void connect_parts();
  void show_source(int index);
  int source_of(const QString& path) const;
  void take_filter();
  void take_split(const SplitChoice& choice);
  void show_clips();
  void clear_filters();
  void forget_choice();
  void update_counts();
  void update_problems();
  LibrarySource* source_at(int index);
  const LibrarySource* shown_source() const;

  Loader* loader_;
  std::list<LibrarySource> sources_;  // a list keeps addresses
  LibraryModel* model_;
  QComboBox* source_chooser_;
  ClipChoice* choice_;
  std::optional<std::vector<std::uint32_t>> only_;  // entries of the shown source
  FilterBar* filters_;
  QLineEdit* search_;
  QLabel* counts_;
  QLabel* empty_;
  QToolButton* show_all_;
  QToolButton* problems_;
  QStackedWidget* list_or_empty_;
  QStackedWidget* pages_;  // clips, problems, split
  QWidget* clips_page_;
  ProblemsPage* problems_page_;
  SplitPage* split_page_;
  ClipList* list_;
  QString open_path_;
};

}  // namespace purlscope::app
