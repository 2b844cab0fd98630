#include "core/skeleton/window_clip.h"

#include <fmt/format.h>

namespace purlscope::core {

Clip clip_of(const Window& window) {
  Clip clip;
  clip.layout = window.layout;
  clip.frames = window.frames;
  clip.fps = window.fps;
  for (std::size_t frame = 0; frame < window.frames; ++frame) {
    clip.times.push_back(static_cast<double>(frame) / window.fps);
  }
  for (const WindowPerson& person : window.persons) clip.persons.push_back({person.id, person.joints, person.state});
  clip.tags = {{"window_begin_s", fmt::format("{}", window.begin)}, {"window_end_s", fmt::format("{}", window.end)}};
  clip.warnings = window.warnings;
  if (window.clip) {
    clip.name = window.clip->name;
    clip.label = window.clip->label;
    clip.label_index = window.clip->label_index;
    clip.tags.emplace("source", window.clip->name);
  }
  return clip;
}

}  // namespace purlscope::core
