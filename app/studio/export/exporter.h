#pragma once

#include <QObject>
#include <QString>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/studio/export/export_file.h"
#include "app/studio/export/film/film_job.h"
#include "app/studio/export/scores_export.h"

namespace purlscope::app {

class AttentionPanel;
class Background;
class InputPanel;
class LiveSession;
class Player;
class Session;
class Settings;
class ViewPanel;
class WhyPanel;

/// Where what is exported comes from.
struct ExportSources {
  Session* session;
  Player* player;
  LiveSession* live;
  ViewPanel* view;
  AttentionPanel* attention;
  InputPanel* input;
  WhyPanel* why;
};

/// *File > Export*: asks for a file and writes what is shown into it, as it was when it was asked for. Drawing and
/// writing happen on other threads. Thread: UI.
class Exporter : public QObject {
  Q_OBJECT

 public:
  /// @param settings  keep the folder. @param window  parent of the dialogs
  Exporter(const ExportSources& sources, Settings* settings, QWidget* window);
  /// A film that is being made is given up, small files are written to their end.
  ~Exporter() override;

  void ask_for_picture();
  void ask_for_film();
  void ask_for_attention();
  void ask_for_scores();
  void ask_for_window();
  void ask_for_report();

  bool has_clip() const;
  bool has_scores() const;
  bool has_attention() const;
  FilmJob* film() { return film_; }

 Q_SIGNALS:
  /// Something that takes a moment has begun.
  void working(const QString& text);
  void saved(const QString& file);
  /// The text names the file, what went wrong and what to do.
  void failed(const QString& text);

 private:
  using Write = std::function<void(const std::filesystem::path& file)>;

  /// @param name  without ending. @param then  with a file that has one of the endings
  void ask_for_file(const QString& title, const QString& name, const std::vector<FileKind>& kinds,
                    std::function<void(const std::filesystem::path&)> then);
  /// Asks, then writes on another thread.
  void ask_and_write(const QString& title, const QString& name, const std::vector<FileKind>& kinds, Write write);
  void run(const std::filesystem::path& file, const Write& write);
  /// What the view shows; tells where it cannot be drawn.
  std::optional<ViewContent> view_content();
  QSize view_pixels() const;
  ShownScores shown_scores() const;
  QString recording() const;
  QString label() const;

  ExportSources sources_;
  Settings* settings_;
  QWidget* window_;
  FilmJob* film_;
  Background* files_;
  std::optional<Shot> last_picture_;
  std::optional<Shot> last_film_;
};

}  // namespace purlscope::app
