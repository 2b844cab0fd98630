#pragma once

#include <imgui.h>

#include <set>
#include <string>
#include <vector>

namespace purlscope::render {

/// The three sizes of type of the overlay, rasterised for one pixel ratio with just the characters that are shown.
///
/// Inter where the system has it (package fonts-inter), else DejaVu Sans, else the small font of Dear ImGui. Latin,
/// Greek and Cyrillic letters and punctuation are always drawn, others where DejaVu Sans or a font for Chinese,
/// Japanese and Korean has them; `has` tells. Letters stand singly and from left to right: Arabic and Hebrew are seen,
/// but not as they are written.
class OverlayFonts {
 public:
  /// Sizes in logical pixels (design tokens of the studio).
  static constexpr float kBody = 13.0F;
  static constexpr float kNote = 11.0F;
  static constexpr float kTitle = 14.0F;

  /// Makes sure that the texts can be drawn crisply. True when the glyph texture must be made anew.
  bool prepare(ImFontAtlas& atlas, float pixel_ratio, const std::vector<std::string>& texts);

  /// True when the character can be drawn. Only for characters of texts given to `prepare`.
  bool has(char32_t code) const;

  /// Stands for characters that cannot be drawn: an empty box where a font has it.
  const char* placeholder() const;

  ImFont* body = nullptr;
  ImFont* note = nullptr;
  ImFont* title = nullptr;  ///< semi-bold

 private:
  bool add_characters(const std::vector<std::string>& texts);

  float pixel_ratio_ = 0;
  std::set<ImWchar> characters_;
  std::vector<ImWchar> ranges_;  ///< must outlive the atlas' build
};

}  // namespace purlscope::render
