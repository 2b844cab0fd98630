#pragma once

#include <QWidget>
#include <map>
#include <string>
#include <vector>

#include "app/studio/dataset/folder_listing.h"
#include "app/studio/dataset/split_choice.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace purlscope::app {

class ClassChecks;

/// Chooses how a data set is divided: a published split or one of the user's own, which can be made, saved and loaded
/// here, and a division of the recordings. Thread: UI.
class SplitPage : public QWidget {
  Q_OBJECT

 public:
  explicit SplitPage(QWidget* parent = nullptr);
  void show_split(const FolderListingPtr& listing, const SplitChoice& choice);
  void load(const QString& file);
  void save(const QString& file);

 Q_SIGNALS:
  void changed(const SplitChoice& choice);
  /// The unseen classes are to be the labels.
  void labels_wanted(const std::vector<std::string>& names);
  void closed();
  /// Escape: the keys belong to the view again.
  void left();

 private:
  void build();
  void connect_parts();
  void fill_choosers();
  void choose_published(int row);
  void choose_recordings(int row);
  void take_ticks();
  void take_name();
  void set_class_split(const std::string& name, const std::vector<int>& unseen);
  void update_choosers();
  void update_state();
  void show_problem(const QString& text);
  void ask_to_load();
  void ask_to_save();
  QString own_name() const;

  FolderListingPtr listing_;
  SplitChoice choice_;
  std::map<std::string, std::vector<int>> published_;
  std::vector<core::RecordingSplit> recordings_;
  ClassChecks* classes_;
  QComboBox* chooser_;
  QComboBox* recording_chooser_;
  QLabel* recording_head_;
  QLabel* recording_note_;
  QLabel* state_;
  QLabel* problem_;
  QLineEdit* name_;
  QPushButton* load_;
  QPushButton* save_;
  QPushButton* use_;
};

}  // namespace purlscope::app
