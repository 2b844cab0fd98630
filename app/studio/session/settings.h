#pragma once

#include <QByteArray>
#include <QSettings>
#include <QStringList>
#include <optional>

#include "app/studio/language/language.h"
#include "app/studio/session/session.h"
#include "app/studio/theme/theme.h"
#include "core/timeline/score_track.h"

namespace purlscope::app {

/// What the studio remembers between runs, in `studio.ini` of the user's configuration folder. A damaged or foreign
/// file only means defaults. Thread: UI.
class Settings {
 public:
  Settings();

  ThemeChoice theme() const;
  void set_theme(ThemeChoice choice);
  Language language() const;
  void set_language(Language language);
  Display display() const;
  void set_display(const Display& display);
  QByteArray geometry() const;
  QByteArray layout() const;
  void set_window(const QByteArray& geometry, const QByteArray& layout);
  bool rank_order() const;
  void set_rank_order(bool on);
  /// The labels and sentences of the last run; nothing when none were kept or they cannot be read.
  std::optional<core::LabelSet> labels() const;
  void set_labels(const core::LabelSet& labels);

  /// Whether scores over time are shown, and how recordings are cut for them.
  bool lanes() const;
  void set_lanes(bool on);
  core::Sliding sliding() const;
  void set_sliding(const core::Sliding& sliding);

  /// Seconds from one autosave to the next, 1 to 3600; `session/autosave_seconds` of the file, 60 without it.
  int autosave_seconds() const;

  /// Folder of the last export; empty before the first.
  QString export_folder() const;
  void set_export_folder(const QString& folder);

  /// Files, folders and sessions, newest first; some may be gone.
  QStringList recent() const;
  void add_recent(const QString& path);
  void clear_recent();
  /// Addresses of live sources, newest first.
  QStringList recent_sources() const;
  void add_recent_source(const QString& uri);

  static constexpr int kRecentLimit = 12;

 private:
  QSettings store_;
};

}  // namespace purlscope::app
