#include "render/overlay/fonts.h"

#include <imgui_internal.h>

#include <array>
#include <cmath>
#include <filesystem>
#ifdef PURLSCOPE_FREETYPE
#include <imgui_freetype.h>
#endif

namespace purlscope::render {
namespace {

/// Unicode blocks that the overlay promises to show. Characters outside them would only cost texture.
constexpr std::array<std::pair<ImWchar, ImWchar>, 7> kBlocks{{
    {0x00A0, 0x024F},  // Latin-1, Latin Extended-A and -B
    {0x0370, 0x03FF},  // Greek
    {0x0400, 0x052F},  // Cyrillic
    {0x1E00, 0x1EFF},  // Latin Extended Additional
    {0x2010, 0x205E},  // punctuation
    {0x2070, 0x20CF},  // superscripts, subscripts, currency
    {0x2190, 0x22FF},  // arrows and mathematical signs
}};
constexpr float kLinePerEm = 1.21F;       ///< Dear ImGui sizes fonts by ascent + descent: Inter's, in units of the em
constexpr ImWchar kReplacement = 0x25A1;  ///< white square

std::string first_of(const std::vector<std::string>& files) {
  for (const std::string& file : files) {
    if (std::filesystem::is_regular_file(file)) return file;
  }
  return {};
}

/// Places where Debian (old and new releases), Fedora and Arch put the fonts.
std::string font_file(const std::string& weight, const std::string& dejavu) {
  return first_of({"/usr/share/fonts/opentype/inter/Inter-" + weight + ".otf",
                   "/usr/share/fonts/truetype/inter/Inter-" + weight + ".ttf",
                   "/usr/share/fonts/inter/Inter-" + weight + ".otf", "/usr/share/fonts/inter/Inter-" + weight + ".ttf",
                   "/usr/share/fonts/rsms-inter-fonts/Inter-" + weight + ".otf",
                   "/usr/share/fonts/truetype/dejavu/" + dejavu + ".ttf", "/usr/share/fonts/dejavu/" + dejavu + ".ttf",
                   "/usr/share/fonts/TTF/" + dejavu + ".ttf"});
}

ImFont* add_font(ImFontAtlas& atlas, const std::string& file, float pixels, const ImWchar* ranges) {
  ImFontConfig config;
  config.SizePixels = pixels;
  config.GlyphRanges = ranges;
  config.PixelSnapH = true;
  config.OversampleH = 2;
  if (!file.empty()) {
    if (ImFont* font = atlas.AddFontFromFileTTF(file.c_str(), pixels, &config, ranges)) return font;
  }
  return atlas.AddFontDefault(&config);
}

bool is_drawable(unsigned code) {
  for (const auto& [first, last] : kBlocks) {
    if (code >= first && code <= last) return true;
  }
  return false;
}

}  // namespace

bool OverlayFonts::add_characters(const std::vector<std::string>& texts) {
  const std::size_t before = characters_.size();
  for (const std::string& text : texts) {
    const char* at = text.c_str();
    const char* end = at + text.size();
    while (at < end) {
      unsigned code = 0;
      const int bytes = ImTextCharFromUtf8(&code, at, end);
      if (bytes <= 0) break;
      at += bytes;
      if (is_drawable(code)) characters_.insert(static_cast<ImWchar>(code));
    }
  }
  return characters_.size() != before;
}

bool OverlayFonts::prepare(ImFontAtlas& atlas, float pixel_ratio, const std::vector<std::string>& texts) {
  const bool more = add_characters(texts);
  if (!more && pixel_ratio == pixel_ratio_ && body != nullptr) return false;
  pixel_ratio_ = pixel_ratio;

  ranges_ = {0x20, 0x7E, 0xA0, 0xFF, 0x2013, 0x2014, 0x2018, 0x201D, 0x2026, 0x2026, kReplacement, kReplacement};
  for (const ImWchar character : characters_) ranges_.insert(ranges_.end(), {character, character});
  ranges_.push_back(0);

  atlas.Clear();
  atlas.Flags |= ImFontAtlasFlags_NoMouseCursors;
#ifdef PURLSCOPE_FREETYPE
  atlas.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  atlas.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
#endif
  const std::string regular = font_file("Regular", "DejaVuSans");
  const std::string strong = font_file("SemiBold", "DejaVuSans-Bold");
  body = add_font(atlas, regular, std::round(kBody * kLinePerEm * pixel_ratio), ranges_.data());
  note = add_font(atlas, regular, std::round(kNote * kLinePerEm * pixel_ratio), ranges_.data());
  title = add_font(atlas, strong, std::round(kTitle * kLinePerEm * pixel_ratio), ranges_.data());
  for (ImFont* font : {body, note, title}) font->FallbackChar = kReplacement;
  atlas.Build();
  return true;
}

}  // namespace purlscope::render
