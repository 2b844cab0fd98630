#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/studio/session/session.h"
#include "core/text/labels.h"
#include "render/camera.h"

namespace purlscope::app {

/// Place in the clip and how it is played. Seconds of the clip.
struct PlaybackState {
  double time = 0.0;
  std::optional<double> a;
  std::optional<double> b;
  double speed = 1.0;  ///< clip seconds a second, negative backwards
  bool loop = true;
};

/// Where the panels stand, as the window system wrote it.
struct DockLayout {
  int version = 0;    ///< of the window's set of panels
  int fold = 0;       ///< how many panels of the right column the program has put behind tabs
  std::string bytes;  ///< QMainWindow::saveState
};

/// What a session file holds: all that a person has opened, typed and chosen in a window. Plain data; paths are
/// absolute here.
struct Document {
  std::vector<std::filesystem::path> folders;  ///< listed in the library
  std::vector<std::filesystem::path> files;    ///< opened one by one
  bool bundled = true;                         ///< the library lists the clips that come with the program
  std::filesystem::path clip;                  ///< shown; empty = none
  std::string live;                            ///< address of a live source with its settings; empty = none

  core::LabelSet labels;
  bool labels_by_score = true;          ///< rows by falling score, else as typed
  std::optional<std::string> label;     ///< chosen by its text; nothing = the best is followed
  std::optional<std::string> sentence;  ///< "hands", or "none" for plain joints; nothing = the strongest is followed

  std::optional<PersonLock> person;
  std::vector<Pin> pins;
  PlaybackState playback;
  render::ViewPreset preset = render::ViewPreset::perspective;
  std::optional<render::Camera> camera;  ///< nothing = as the program places it
  Display display;
  AttentionChoice attention;
  std::filesystem::path refinement;  ///< saved state of refinement that is in use; empty = none
  std::optional<DockLayout> layout;

  std::filesystem::path autosave_of;  ///< in an autosave: the session file whose window it was, may be empty
};

/// A file and what of it could not be used, a line each: place, what was found, what was expected, what is used
/// instead.
using Problems = std::vector<std::string>;

}  // namespace purlscope::app
