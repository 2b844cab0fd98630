#include "render/overlay/fonts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>

#include "core/base/utf8.h"
#ifdef PURLSCOPE_FREETYPE
#include <imgui_freetype.h>
#endif

namespace purlscope::render {
namespace {

/// Unicode blocks that the fonts for Latin script have. Others need a fallback.
constexpr std::array<std::pair<ImWchar, ImWchar>, 7> kBlocks{{
    {0x00A0, 0x024F},  // Latin-1, Latin Extended-A and -B
    {0x0370, 0x03FF},  // Greek
    {0x0400, 0x052F},  // Cyrillic
    {0x1E00, 0x1EFF},  // Latin Extended Additional
    {0x2010, 0x205E},  // punctuation
    {0x2070, 0x20CF},  // superscripts, subscripts, currency
    {0x2190, 0x22FF},  // arrows and mathematical signs
}};
constexpr float kLinePerEm = 1.21F;  ///< Dear ImGui sizes fonts by ascent + descent: Inter's, in units of the em
constexpr std::size_t kMostCharacters = 1500;  ///< more would make the texture larger than drivers take
constexpr char32_t kLastInPlane = 0xFFFF;      ///< Dear ImGui is built with characters of 16 bits
constexpr ImWchar kMinus = 0x2212;
constexpr ImWchar kBox = 0x25A1;

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

/// Places of fonts with other scripts, those with more characters first.
std::vector<std::string> fallback_files() {
  std::vector<std::string> files{
      first_of({"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
                "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
                "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc",
                "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
                "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
                "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
                "/usr/share/fonts/wenquanyi/wqy-microhei/wqy-microhei.ttc"}),
      first_of({"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/dejavu/DejaVuSans.ttf",
                "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf", "/usr/share/fonts/TTF/DejaVuSans.ttf"})};
  std::erase(files, std::string());
  return files;
}

/// Completes the font added last.
void merge_fallbacks(ImFontAtlas& atlas, float pixels, const ImWchar* ranges) {
  ImFontConfig config;
  config.MergeMode = true;
  config.PixelSnapH = true;
  for (const std::string& file : fallback_files()) atlas.AddFontFromFileTTF(file.c_str(), pixels, &config, ranges);
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

bool is_common(unsigned code) {
  return std::any_of(kBlocks.begin(), kBlocks.end(),
                     [&](const auto& block) { return code >= block.first && code <= block.second; });
}

}  // namespace

bool OverlayFonts::add_characters(const std::vector<std::string>& texts) {
  const std::size_t before = characters_.size();
  for (const std::string& text : texts) {
    for (std::size_t at = 0; at < text.size();) {
      const char32_t code = core::next_code_point(text, at);
      if (code < kBlocks.front().first || code > kLastInPlane || code == core::kReplacement) continue;
      if (characters_.size() < kMostCharacters) characters_.insert(static_cast<ImWchar>(code));
    }
  }
  return characters_.size() != before;
}

bool OverlayFonts::prepare(ImFontAtlas& atlas, float pixel_ratio, const std::vector<std::string>& texts) {
  const bool more = add_characters(texts);
  if (!more && pixel_ratio == pixel_ratio_ && body != nullptr) return false;
  pixel_ratio_ = pixel_ratio;

  ranges_ = {0x20, 0x7E, 0xA0, 0xFF, 0x2013, 0x2014, 0x2018, 0x201D, 0x2026, 0x2026, kMinus, kMinus, kBox, kBox};
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
  const bool common = std::all_of(characters_.begin(), characters_.end(), is_common);
  const auto add = [&](const std::string& file, float size) {
    const float pixels = std::round(size * kLinePerEm * pixel_ratio);
    ImFont* font = add_font(atlas, file, pixels, ranges_.data());
    if (!common) merge_fallbacks(atlas, pixels, ranges_.data());
    return font;
  };
  body = add(regular, kBody);
  note = add(regular, kNote);
  title = add(strong, kTitle);
  atlas.Build();
  atlas.ClearInputData();  // fonts with Chinese take tens of megabytes each
  return true;
}

bool OverlayFonts::has(char32_t code) const {
  return code <= kLastInPlane && body->FindGlyphNoFallback(static_cast<ImWchar>(code)) != nullptr;
}

const char* OverlayFonts::placeholder() const { return has(kBox) ? "□" : "?"; }

}  // namespace purlscope::render
