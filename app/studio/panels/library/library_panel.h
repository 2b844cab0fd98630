#pragma once

#include <QListView>
#include <QWidget>
#include <filesystem>
#include <list>

#include "app/studio/panels/library/library_model.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QStackedWidget;

namespace purlscope::app {

class CommandTable;

/// List of clips that opens what is clicked or walked to with the keys.
class ClipList : public QListView {
  Q_OBJECT

 public:
  using QListView::QListView;

 Q_SIGNALS:
  /// By the keys.
  void chosen(const QModelIndex& index);

 protected:
  void keyPressEvent(QKeyEvent* event) override;
};

/// Folders and clips, with search and class filter. Thread: UI; files are read by the loader.
class LibraryPanel : public QWidget {
  Q_OBJECT

 public:
  LibraryPanel(Loader* loader, QWidget* parent = nullptr);

  /// Makes the buttons below the list. Call once, after the commands exist.
  void add_buttons(const CommandTable& commands);
  /// Adds a folder's clips and shows them; a folder known already is replaced.
  void add_folder(LibrarySource source);
  /// Lists files opened by themselves, but for those that some source lists already, and shows the source of the first.
  void add_files(const QStringList& paths);
  /// Marks the clip that is open.
  void mark_open(const QString& path);
  /// Ready to type a search.
  void focus_search();
  /// Opens the clip `rows` further down the list as filtered.
  void open_neighbour(int rows);
  /// Clips that pass the search and the class.
  int shown_count() const;
  const std::list<LibrarySource>& sources() const { return sources_; }

 Q_SIGNALS:
  void clip_chosen(const QString& path);
  /// Escape: the keys belong to the view again.
  void left();

 private:
  void show_source(int index);
  int source_of(const QString& path) const;
  void update_counts();
  LibrarySource* source_at(int index);

  Loader* loader_;
  std::list<LibrarySource> sources_;  // a list keeps addresses
  LibraryModel* model_;
  LibraryFilter* filter_;
  QComboBox* source_chooser_;
  QComboBox* group_chooser_;
  QLineEdit* search_;
  QLabel* counts_;
  QLabel* empty_;
  QStackedWidget* pages_;
  ClipList* list_;
  QString open_path_;
};

}  // namespace purlscope::app
