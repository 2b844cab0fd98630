#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/studio/session/session.h"
#include "app/studio/view/viewport.h"
#include "core/base/clip.h"
#include "core/engine/recognition.h"
#include "render/scene.h"

namespace purlscope::app {

/// A clip as the view shows it.
struct ShownClip {
  core::ClipPtr clip;
  core::RecognitionPtr recognition;  ///< null while there is none
  render::SceneOptions options;
  float floor_height = 0.0F;  ///< metres
};

/// All that the view shows but the moment: plain values, from which pictures of any moment are made, on any thread.
struct ViewContent {
  ShownClip main;
  std::vector<int> numbers;  ///< [persons] by which number people know each
  std::vector<Pin> pins;
  std::optional<ShownClip> beside;  ///< in the right half
  render::Camera camera;
  render::Camera home, beside_home;  ///< that show the whole course of each
  bool placed = true;                ///< the camera stands as the program places it, by the picture's shape
  render::ViewPreset preset = render::ViewPreset::perspective;
  render::Theme theme;
  bool floor = true;
  bool overlay = true;        ///< titles, colour bar, names
  float bottom_inset = 0.0F;  ///< logical pixels at the lower edge that controls cover
  std::string title, note;    ///< of what the colours mean; used where there are colours
  std::string legend;         ///< in place of the note
  QSize size;                 ///< of the view, logical pixels
  double pixel_ratio = 1.0;   ///< device pixels per logical pixel of the view
};

/// The scene at a time of the clip; its camera is the content's.
/// @param seconds of the clip. @throws Error{Code::not_found} for an unknown colour map
render::Scene scene_at(const ViewContent& content, double seconds);
/// The one beside it, nothing without a second clip.
std::optional<BesideScene> beside_at(const ViewContent& content, double seconds);

/// Gives two halves one range of colours, in the words of the window.
void share_scale(render::Scene& scene, render::Scene& beside);

/// Places the cameras for a picture of another shape than the view, where nobody has moved them.
/// @param aspect  width / height of what one scene is drawn into
void place_cameras(ViewContent& content, float aspect);

}  // namespace purlscope::app
