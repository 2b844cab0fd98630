#pragma once

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <glm/glm.hpp>
#include <string>
#include <string_view>

#include "render/overlay/fonts.h"
#include "render/renderer.h"
#include "render/scene.h"

namespace purlscope::render {

/// RGBA, 0 to 1, as Dear ImGui takes it.
inline ImU32 to_color(const glm::vec4& color) {
  return ImGui::ColorConvertFloat4ToU32({color.r, color.g, color.b, color.a});
}

/// What the parts of the overlay draw with. Positions are device pixels; `px` turns logical sizes into them.
struct Canvas {
  ImDrawList& list;
  const OverlayFonts& fonts;
  const Theme& theme;
  const Viewport& viewport;

  float px(float logical) const { return std::round(logical * viewport.pixel_ratio); }
  float width() const { return static_cast<float>(viewport.width); }
  float height() const { return static_cast<float>(viewport.height); }
  float margin() const { return px(12); }
  /// Lower end of what the host leaves free.
  float floor(const Scene& scene) const { return height() - px(std::max(0.0F, scene.bottom_inset)); }

  /// `wrap` in device pixels, 0 = one line.
  glm::vec2 measure(const ImFont* font, std::string_view text, float wrap = 0) const {
    const ImVec2 size = font->CalcTextSizeA(font->FontSize, 1e9F, wrap, text.data(), text.data() + text.size());
    return {std::ceil(size.x), std::ceil(size.y)};
  }

  /// @param at upper left corner, device pixels, rounded to whole ones; `wrap` as in measure
  void text(const ImFont* font, glm::vec2 at, const glm::vec4& color, std::string_view text, float wrap = 0) const {
    list.AddText(font, font->FontSize, {std::round(at.x), std::round(at.y)}, to_color(color), text.data(),
                 text.data() + text.size(), wrap);
  }

  /// A rounded rectangle behind a read-out, device pixels.
  void panel(glm::vec2 low, glm::vec2 high) const {
    list.AddRectFilled({low.x, low.y}, {high.x, high.y}, to_color(theme.panel), px(6));
  }
};

}  // namespace purlscope::render
