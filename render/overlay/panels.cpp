#include <array>

#include "render/colormap.h"
#include "render/overlay/parts.h"
#include "render/overlay/text.h"
#include "render/passes/instances.h"

namespace purlscope::render {
namespace {

// Logical pixels.
constexpr float kPadding = 12;
constexpr float kTitleWidth = 340;          ///< of the text, where the view is narrow
constexpr float kTitleShareOfWidth = 0.4F;  ///< of the view, where it is wide
constexpr float kMostTitleHeight = 0.2F;    ///< of the view: the panel must not reach the person's head
constexpr int kNoteLines = 2;
constexpr float kNarrowestTitle = 120;
constexpr float kScoreWidth = 220;
constexpr float kBarWidth = 14;
constexpr float kBarHeight = 190;
constexpr float kSmallestView = 150;  ///< below this height the colour bar would cover the picture
constexpr float kInsetGap = 6;        ///< between the controls of the host and the caption
constexpr std::size_t kMostMissingNames = 5;

/// The first line box of a font has air above its capitals; panels look even when it is taken off.
float cap_gap(const ImFont* font) { return font->FontSize * 0.12F; }

float height_of_lines(const ImFont* font, int lines) { return font->FontSize * (static_cast<float>(lines) + 0.2F); }

/// One line. The label gives way, the name of the sentence stays.
std::string fit_title(const Canvas& canvas, const std::string& title, float wrap) {
  const auto [whole_label, sentence] = split_title(printable(title));
  const std::string label = drawable(canvas, whole_label);
  if (label.empty()) return drawable(canvas, sentence);
  const std::string ending = sentence.empty() ? std::string() : std::string(kTitleDot) + drawable(canvas, sentence);
  const ImFont* font = canvas.fonts.title;
  return fit(canvas, font, label, wrap, height_of_lines(font, 1), ending);
}

/// The sentence in quotation marks, or the legend.
std::string fit_note(const Canvas& canvas, const Quantity& quantity, float wrap, int lines) {
  const ImFont* font = canvas.fonts.note;
  if (const std::string legend = drawable(canvas, quantity.legend); !legend.empty()) {
    return fit(canvas, font, legend, wrap, height_of_lines(font, lines));
  }
  const std::string text = drawable(canvas, quantity.note);
  if (text.empty()) return {};
  return fit(canvas, font, "“" + text, wrap, height_of_lines(font, lines), "”");
}

}  // namespace

glm::vec2 draw_title(const Canvas& canvas, const Quantity& quantity, float right_limit) {
  const float left = canvas.margin();
  const float pad = canvas.px(kPadding);
  const float gap = canvas.px(4);
  const ImFont* title_font = canvas.fonts.title;
  const ImFont* note_font = canvas.fonts.note;
  const float widest = std::max(canvas.px(kNarrowestTitle), right_limit - 2 * left) - 2 * pad;
  const float wrap = std::min(std::max(canvas.px(kTitleWidth), canvas.width() * kTitleShareOfWidth), widest);

  const std::string title = fit_title(canvas, quantity.title, wrap);
  const glm::vec2 title_size = title.empty() ? glm::vec2(0) : canvas.measure(title_font, title, wrap);
  const float room = canvas.height() * kMostTitleHeight - title_size.y - gap - 2 * pad;
  const int lines = std::clamp(static_cast<int>(room / note_font->FontSize), 1, kNoteLines);
  const std::string note = fit_note(canvas, quantity, wrap, lines);
  const glm::vec2 note_size = note.empty() ? glm::vec2(0) : canvas.measure(note_font, note, wrap);
  if (title.empty() && note.empty()) return glm::vec2(left);

  const float top = canvas.margin();
  const float inner_bottom = top + pad + title_size.y + (note.empty() ? 0 : gap + note_size.y);
  const float bottom = inner_bottom + pad - cap_gap(note_font);
  const float right = left + 2 * pad + std::max(title_size.x, note_size.x);
  canvas.panel({left, top}, {right, bottom});
  const float first = top + pad - cap_gap(title_font);
  canvas.text(title_font, {left + pad, first}, canvas.theme.text, title, wrap);
  canvas.text(note_font, {left + pad, first + title_size.y + gap}, canvas.theme.muted, note, wrap);
  return {right, bottom};
}

float draw_scores(const Canvas& canvas, const Scene& scene, float top) {
  const std::vector<std::string>& scores = scene.scores;
  if (scores.empty()) return top;
  const float left = canvas.margin();
  const float pad = canvas.px(kPadding);
  const float line = canvas.px(20);
  const float wrap = std::min(canvas.px(kScoreWidth), canvas.width() - 2 * left - 2 * pad);
  const float start = top > canvas.margin() ? top + canvas.px(8) : top;
  const auto shown = static_cast<std::size_t>(std::clamp((canvas.floor(scene) - start - 2 * pad - canvas.px(40)) / line,
                                                         0.0F, static_cast<float>(scores.size())));
  if (shown == 0) return top;
  const float bottom = start + 2 * pad + line * static_cast<float>(shown) - canvas.px(5);
  canvas.panel({left, start}, {left + wrap + 2 * pad, bottom});
  for (std::size_t i = 0; i < shown; ++i) {
    const auto [name, score] = split_columns(printable(scores[i]));
    const ImFont* font = i == 0 ? canvas.fonts.title : canvas.fonts.body;
    const glm::vec4& color = i == 0 ? canvas.theme.text : canvas.theme.muted;
    const float y = start + pad + line * static_cast<float>(i) - cap_gap(font);
    const float score_width = canvas.measure(font, score).x;
    const float name_width = wrap - score_width - canvas.px(8);
    const std::string short_name = fit(canvas, font, drawable(canvas, name), name_width, height_of_lines(font, 1));
    canvas.text(font, {left + pad, y}, color, short_name);
    canvas.text(font, {left + pad + wrap - score_width, y}, color, score);
  }
  return bottom;
}

float draw_color_bar(const Canvas& canvas, const Quantity& quantity) {
  if (canvas.height() < canvas.px(kSmallestView)) return canvas.width();
  const ImFont* font = canvas.fonts.note;
  const float pad = canvas.px(kPadding);
  const float gap = canvas.px(8);
  const float heading = font->FontSize + canvas.px(8);
  const float bar_height = std::min(canvas.px(kBarHeight), std::round(canvas.height() * 0.36F));
  const float width = quantity.high - quantity.low;
  struct Tick {
    float share;
    std::string text;
  };
  const auto number = diverging(quantity) ? format_signed : format_value;
  const std::array<Tick, 3> ticks{{{0.0F, number(quantity.low, width)},
                                   {0.5F, number(quantity.low + width / 2, width)},
                                   {1.0F, number(quantity.high, width)}}};
  float labels = 0;
  for (const Tick& tick : ticks) labels = std::max(labels, canvas.measure(font, tick.text).x);
  const std::string unit = drawable(canvas, quantity.unit);
  const std::string range = drawable(canvas, quantity.range);
  const float bar_width = canvas.px(kBarWidth);
  const float inner = std::max({labels + gap + bar_width, canvas.measure(font, unit).x, canvas.measure(font, range).x});

  const float right = canvas.width() - canvas.margin();
  const float left = right - inner - 2 * pad;
  const float top = canvas.margin();
  const float bar_top = top + pad + (unit.empty() ? 0 : heading);
  const float bar_bottom = bar_top + bar_height;
  const float bottom = bar_bottom + (range.empty() ? 0 : heading) + pad;
  canvas.panel({left, top}, {right, bottom});

  const float text_right = right - pad;
  canvas.text(font, {text_right - canvas.measure(font, unit).x, top + pad - cap_gap(font)}, canvas.theme.muted, unit);
  const float range_y = bar_bottom + heading - font->FontSize + canvas.px(1);
  canvas.text(font, {text_right - canvas.measure(font, range).x, range_y}, canvas.theme.muted, range);

  const ColorMap& map = ColorMap::get(quantity.map);
  const float x = text_right - bar_width;
  const int rows = static_cast<int>(bar_height);
  for (int row = 0; row < rows; ++row) {
    const float share = 1.0F - (static_cast<float>(row) + 0.5F) / static_cast<float>(rows);
    const float y = bar_top + static_cast<float>(row);
    canvas.list.AddRectFilled({x, y}, {text_right, y + 1}, to_color({map.at(share), 1.0F}));
  }
  for (const Tick& tick : ticks) {
    const float y = bar_bottom - tick.share * bar_height;
    const glm::vec2 size = canvas.measure(font, tick.text);
    const float text_y = std::clamp(y - size.y / 2, bar_top - canvas.px(2), bar_bottom - size.y + canvas.px(2));
    canvas.text(font, {x - gap - size.x, text_y}, canvas.theme.text, tick.text);
    if (tick.share == 0.5F) {
      const float middle = std::round(y);
      canvas.list.AddRectFilled({x - canvas.px(4), middle}, {x, middle + canvas.px(1)}, to_color(canvas.theme.muted));
    }
  }
  return left;
}

void draw_caption(const Canvas& canvas, const Scene& scene) {
  const float left = canvas.margin();
  const float room = canvas.width() - 2 * left;
  float bottom = std::min(canvas.height() - canvas.margin(), canvas.floor(scene) - canvas.px(kInsetGap));
  const auto line = [&](const std::string& text) {
    const ImFont* font = canvas.fonts.note;
    const glm::vec2 size = canvas.measure(font, text, room);
    bottom -= size.y;
    canvas.text(font, {left, bottom}, canvas.theme.muted, text, room);
    bottom -= canvas.px(2);
  };
  if (const std::string caption = drawable(canvas, scene.caption); !caption.empty()) line(caption);
  if (scene.bodies.empty() || !scene.bodies.back().layout) return;

  const Body& body = scene.bodies.back();
  std::vector<std::string> missing;
  for (std::size_t j = 0; j < body.joints.size(); ++j) {
    if (!is_seen(body, j)) missing.push_back(j < body.layout->size() ? body.layout->joints[j] : std::to_string(j));
  }
  if (missing.empty()) return;
  std::string text = "not seen: ";
  for (std::size_t i = 0; i < std::min(missing.size(), kMostMissingNames); ++i)
    text += (i > 0 ? ", " : "") + missing[i];
  if (missing.size() > kMostMissingNames)
    text += " and " + std::to_string(missing.size() - kMostMissingNames) + " more";
  line(text);
}

}  // namespace purlscope::render
