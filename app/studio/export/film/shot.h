#pragma once

#include <memory>

#include "app/studio/view/view_content.h"
#include "render/image.h"
#include "render/renderer.h"

namespace purlscope::app {

/// How a picture or film of the view is to look.
struct Shot {
  int width = 1280;  ///< pixels
  int height = 720;
  bool transparent = false;  ///< no ground
  bool overlay = true;       ///< titles, colour bar, names

  static constexpr int kSmallest = 64;
  static constexpr int kLargest = 8192;
};

/// Draws what the view shows with an OpenGL context of its own, so that the view goes on. Texts and lines have the size
/// that they have in the view, scaled with the picture. Thread: the one it was made on.
class ShotArtist {
 public:
  /// @throws Error{Code::unsupported} where no context can be had, saying which package brings it
  ShotArtist(ViewContent content, const Shot& shot);
  ~ShotArtist();
  ShotArtist(const ShotArtist&) = delete;
  ShotArtist& operator=(const ShotArtist&) = delete;

  /// @param seconds  of the clip. @throws Error{Code::limit} for too large a picture
  render::Image draw(double seconds);

 private:
  struct Gl;
  ViewContent content_;
  render::Viewport viewport_;
  std::unique_ptr<Gl> gl_;
};

}  // namespace purlscope::app
