#pragma once

#include <QDialog>
#include <optional>

#include "app/studio/export/film/shot.h"
#include "core/engine/recognition.h"

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QSpinBox;

namespace purlscope::app {

class SizeChooser;

/// Asks how a picture of the view is to look. Thread: UI.
class PictureDialog : public QDialog {
  Q_OBJECT

 public:
  /// @param view  size of the view, device pixels. @param last  what was chosen the last time
  PictureDialog(const QSize& view, const std::optional<Shot>& last, QWidget* parent = nullptr);

  Shot chosen() const;

 private:
  SizeChooser* size_;
  QCheckBox* transparent_;
  QCheckBox* overlay_;
};

/// What of a clip a film shows, and how often.
struct FilmPart {
  core::TimeSpan part;  ///< seconds of the clip
  double fps = 30.0;    ///< pictures a second
};

/// Asks how a video of the view is to look. Thread: UI.
class FilmDialog : public QDialog {
  Q_OBJECT

 public:
  /// @param duration  of the clip, seconds. @param marked  from A to B, where these are set. @param rate  of the clip
  FilmDialog(const QSize& view, double duration, const std::optional<core::TimeSpan>& marked, double rate,
             const std::optional<Shot>& last, QWidget* parent = nullptr);

  Shot shot() const;
  FilmPart part() const;

 private:
  void update_note();

  core::TimeSpan whole_;
  std::optional<core::TimeSpan> marked_;
  SizeChooser* size_;
  QComboBox* part_;
  QSpinBox* rate_;
  QCheckBox* overlay_;
  QLabel* note_;
};

}  // namespace purlscope::app
