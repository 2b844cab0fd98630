#pragma once

#include <QMainWindow>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/studio/dataset/folder_listing.h"
#include "app/studio/session/settings.h"
#include "core/base/clip.h"
#include "core/engine/recognition.h"
#include "core/engine/worker.h"

class QMenu;

namespace purlscope::app {

struct Arrival;
class AttentionPanel;
class Banner;
class CommandPalette;
class CommandTable;
class Comparison;
class Dock;
class DropFrame;
class EngineLink;
class EvaluationExport;
class EvaluationJob;
class EvaluationPanel;
class Exporter;
class FolderJobs;
class InputPanel;
class LabelsPanel;
class LibraryPanel;
class LiveBar;
class LiveSession;
class Loader;
class Notice;
class Player;
class RefinementLink;
class RefinementPanel;
class ScoreLanes;
class SessionKeeper;
class StatusLine;
class Theme;
class TimelinePanel;
class TrainingJob;
class TrainingPanel;
class UiWatch;
class ViewPanel;
class WhyPanel;
struct DockLayout;
struct Document;

/// The studio's window: puts state, panels and commands together. Thread: UI.
class MainWindow : public QMainWindow {
  Q_OBJECT

 public:
  /// @param engine makes the engine on the worker's thread: core::load_engine, or a stand-in in tests
  explicit MainWindow(core::Worker::EngineFactory engine, QWidget* parent = nullptr);
  ~MainWindow() override;

  /// Opens files and folders as if dropped: all are listed in the library, the first file is shown.
  void open_paths(const std::vector<std::filesystem::path>& paths);
  /// Connects a live source, followed. @throws Error{Code::bad_argument} for an address that says nothing
  void connect_source(const QString& uri);
  /// Lists the clips that come with the program; opens the first, and sets the six labels that name them, where nothing
  /// else was asked for.
  void open_bundled();
  /// Brings back the window's place, panels and labels of the last run; a damaged state means the default ones.
  void restore_layout();
  void choose_theme(ThemeChoice choice, bool remember = true);
  /// Keeps what is open safe against crashes from here on, and asks about what a crashed window has left.
  void begin_autosave();

  Session& session() { return *session_; }
  Player& player() { return *player_; }
  CommandTable& commands() { return *commands_; }
  EngineLink& engine() { return *engine_; }
  LiveSession& live() { return *live_; }
  RefinementLink& refinement() { return *refinement_; }
  ScoreLanes& lanes() { return *lanes_; }
  Comparison& comparison() { return *comparison_; }
  ViewPanel& view() { return *view_; }
  Banner& banner() { return *banner_; }
  SessionKeeper& keeper() { return *keeper_; }
  Exporter& exporter() { return *exporter_; }
  UiWatch& watch() { return *watch_; }
  CommandPalette& palette_overlay() { return *palette_; }

 protected:
  void showEvent(QShowEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void closeEvent(QCloseEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dragLeaveEvent(QDragLeaveEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  // main_window.cpp: parts and their connections
  QWidget* make_centre();
  void make_docks();
  void make_commands();
  void connect_parts();
  void connect_refresh();
  void request_recognition();
  void take_recognition(core::RecognitionPtr recognition);
  void part_changed();
  void open_clip(const QString& path);
  void clip_loaded(const core::ClipPtr& clip, const QString& path);
  void folder_listed(const FolderListingPtr& listing);
  std::vector<std::filesystem::path> list_bundled();
  void clip_failed(const QString& path, const QString& text);
  void update_title();
  void choose_language(Language language);
  void focus_view();

  // main_window_layout.cpp: where the panels stand
  void arrange_docks();
  void size_docks();
  void reset_layout();
  void fold_to_height();
  void fold_right_column(int fold);
  bool right_column_is_plain() const;
  std::vector<Dock*> right_column() const;
  void place_new_panels(const QByteArray& layout);

  DockLayout dock_layout() const;
  bool restore_docks(const DockLayout& layout);

  // main_window_session.cpp: opening and saving sessions
  void connect_sessions();
  void watch_for_changes();
  void session_restored(const QString& name, const QStringList& problems);
  void open_session(const std::filesystem::path& file);
  void ask_for_session();
  QString session_folder() const;
  void save_session(std::function<void()> then = {});
  void save_session_as(std::function<void()> then = {});
  /// Goes on at once where nothing would be lost, else when the user has answered.
  void ask_to_save(std::function<void()> next);
  bool may_close();
  void fill_recent_menu();
  void add_session_commands();

  // main_window_parts.cpp: what a session keeps of the window
  void add_session_parts();
  void capture_sources(Document& document) const;
  void restore_sources(const Document& document);
  void add_label_part();
  void add_clip_part();
  void add_display_part();

  // main_window_label_commands.cpp
  void use_labels(const std::vector<std::string>& names);

  // main_window_commands.cpp: the rows of the command table
  void add_file_commands();
  void add_edit_commands();
  void add_view_commands();
  void add_display_commands();
  void add_language_commands();  // main_window_language.cpp
  void add_playback_commands();
  void add_label_commands();
  void add_sentence_commands();
  void add_help_commands();

  // main_window_live.cpp: live sources
  void connect_live();
  void live_mode_changed();
  void update_play_icon();
  void try_source(const QString& uri);
  void ask_for_source();
  void toggle_recording();
  void recording_closed(const QString& path, quint64 frames);
  void fill_recent_sources();
  void add_live_commands();
  bool following() const;

  // main_window_refinement.cpp: what is learned from, and the panel's wishes
  void connect_refinement();
  std::string window_name() const;
  core::LearnFrom learn_from();
  void learn_from_shown();
  void show_arrival(const Arrival& arrival);
  void ask_before(const QString& go, std::function<void()> run);
  void save_refinement();
  void load_refinement();
  void add_refinement_commands();
  // main_window_compare.cpp: a second clip, or a second label
  void connect_comparison();
  void add_compare_commands();
  void ask_for_comparison_clip();
  void ask_for_comparison_label();

  // main_window_lanes.cpp: scores over time and their segments
  void connect_lanes();
  void make_room_for_lanes();
  int lanes_height() const;
  std::vector<core::TimeSpan> segments_in_sight() const;
  void go_to_segment(int direction);
  void repeat_segment();
  void add_timeline_commands();

  // main_window_evaluation.cpp: how well a data set is recognised
  void make_evaluation();
  void place_evaluation_dock();
  void fit_evaluation_dock();
  void connect_evaluation();
  void offer_data_sets();
  void save_evaluation(bool report);
  void add_evaluation_commands();
  // main_window_export.cpp: pictures, figures and tables of what is shown
  void make_exporter();
  void add_export_commands();

  // main_window_menus.cpp: menus made of the table, dialogs
  void make_menus();
  /// @param filters empty = a folder
  void ask_for_paths(const QString& title, const QString& filters);
  void ask_for_files();
  void ask_for_folder();
  void show_key_sheet();
  void show_about();

  // main_window_diagnostics.cpp
  void show_diagnostics();
  void log_gaps() const;

  Settings settings_;
  UiWatch* watch_;
  Theme* theme_;
  Session* session_;
  Player* player_;
  Loader* loader_;
  FolderJobs* folders_;
  EngineLink* engine_;
  Comparison* comparison_;
  LiveSession* live_;
  RefinementLink* refinement_;
  ScoreLanes* lanes_;
  SessionKeeper* keeper_;
  TrainingJob* training_job_;
  EvaluationJob* evaluation_job_;
  EvaluationExport* evaluation_export_ = nullptr;
  Exporter* exporter_ = nullptr;
  CommandTable* commands_;
  ViewPanel* view_ = nullptr;
  Banner* banner_ = nullptr;
  Notice* restore_notice_ = nullptr;
  Notice* live_notice_ = nullptr;
  LiveBar* live_bar_ = nullptr;
  LibraryPanel* library_ = nullptr;
  LabelsPanel* labels_ = nullptr;
  AttentionPanel* attention_ = nullptr;
  RefinementPanel* refinement_panel_ = nullptr;
  WhyPanel* why_ = nullptr;
  InputPanel* input_ = nullptr;
  TimelinePanel* timeline_ = nullptr;
  TrainingPanel* training_ = nullptr;
  EvaluationPanel* evaluation_ = nullptr;
  StatusLine* status_ = nullptr;
  CommandPalette* palette_ = nullptr;
  std::vector<Dock*> docks_;
  Dock* library_dock_ = nullptr;
  Dock* labels_dock_ = nullptr;
  Dock* attention_dock_ = nullptr;
  Dock* refinement_dock_ = nullptr;
  Dock* why_dock_ = nullptr;
  Dock* input_dock_ = nullptr;
  Dock* timeline_dock_ = nullptr;
  Dock* training_dock_ = nullptr;
  Dock* evaluation_dock_ = nullptr;
  DropFrame* drop_frame_ = nullptr;
  QMenu* recent_menu_ = nullptr;
  QMenu* recent_sources_ = nullptr;
  QByteArray default_layout_;
  int timeline_height_ = 0;             // of the panel without scores over time
  bool placed_ = false;                 // the panels have their sizes
  bool evaluation_behind_ = false;      // the panel stands behind a tab for want of width
  int fold_ = 0;                        // how many panels of the right column stand behind tabs for want of height
  std::optional<core::TimeSpan> part_;  // of the clip, asked to be recognised; nothing = all of it
  QString newest_path_;                 // the clip asked for last
  QString session_source_;              // live source of the session that was opened
  bool leaving_ = false;                // the question whether to save is answered
  bool folder_first_ = false;           // only folders were asked for: the first clip of one is to be shown
  bool play_when_loaded_ = true;
};

}  // namespace purlscope::app
