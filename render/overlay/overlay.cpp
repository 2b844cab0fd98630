#include "render/overlay/overlay.h"

#include <imgui.h>

#include <algorithm>
#include <mutex>
#include <vector>

#include "render/overlay/overlay_pass.h"
#include "render/overlay/parts.h"

namespace purlscope::render {
namespace {

constexpr float kSmallestRatio = 0.5F;
constexpr float kLargestRatio = 8.0F;
constexpr float kFrameSeconds = 1.0F / 60.0F;  ///< Dear ImGui asks for one; nothing here moves by itself

/// Dear ImGui has one current context a process: renderers of several threads take turns. Held for the laying out of
/// one picture's texts alone, about a millisecond.
std::mutex& turns() {
  static std::mutex mutex;
  return mutex;
}

/// Makes a Dear ImGui context current for a scope: several renderers may live in one thread.
class Current {
 public:
  explicit Current(ImGuiContext* context) : turn_(turns()), before_(ImGui::GetCurrentContext()) {
    ImGui::SetCurrentContext(context);
  }
  ~Current() { ImGui::SetCurrentContext(before_); }
  Current(const Current&) = delete;
  Current& operator=(const Current&) = delete;

 private:
  std::scoped_lock<std::mutex> turn_;
  ImGuiContext* before_;
};

/// A new context becomes current when there is none, and would stay so.
ImGuiContext* make_context() {
  const std::scoped_lock turn(turns());
  ImGuiContext* const before = ImGui::GetCurrentContext();
  ImGuiContext* const made = ImGui::CreateContext();
  ImGui::SetCurrentContext(before);
  return made;
}

std::vector<std::string> texts_of(const Scene& scene) {
  std::vector<std::string> texts = scene.scores;
  texts.push_back(scene.caption);
  if (scene.quantity) {
    const Quantity& quantity = *scene.quantity;
    texts.insert(texts.end(), {quantity.title, quantity.note, quantity.legend, quantity.unit, quantity.range});
  }
  for (const Body& body : scene.bodies) {
    texts.push_back(body.id);
    if (body.layout) texts.insert(texts.end(), body.layout->joints.begin(), body.layout->joints.end());
  }
  return texts;
}

}  // namespace

struct Overlay::Impl {
  explicit Impl(const std::filesystem::path& shaders) : pass(shaders), context(make_context()) {
    const Current current(context);
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
  }

  ~Impl() {
    const Current current(context);
    ImGui::DestroyContext(context);
  }

  ImDrawData* lay_out(const Scene& scene, const Viewport& viewport);

  OverlayPass pass;
  ImGuiContext* context;
  OverlayFonts fonts;
};

Overlay::Overlay(const std::filesystem::path& shaders) : impl_(std::make_unique<Impl>(shaders)) {}
Overlay::~Overlay() = default;

/// @return belongs to the context, until the next picture
ImDrawData* Overlay::Impl::lay_out(const Scene& scene, const Viewport& viewport) {
  const Current current(context);
  Viewport sane = viewport;
  sane.pixel_ratio = std::clamp(viewport.pixel_ratio, kSmallestRatio, kLargestRatio);

  // Everything is laid out in device pixels: at ratios like 1.5 whole logical pixels would blur the glyphs.
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {static_cast<float>(viewport.width), static_cast<float>(viewport.height)};
  io.DeltaTime = kFrameSeconds;
  if (fonts.prepare(*io.Fonts, sane.pixel_ratio, texts_of(scene))) pass.set_glyphs(*io.Fonts);
  ImGui::NewFrame();
  const Canvas canvas{*ImGui::GetBackgroundDrawList(), fonts, scene.theme, sane};
  draw_person_names(canvas, scene);
  const float bar_left = scene.quantity ? draw_color_bar(canvas, *scene.quantity) : canvas.width();
  glm::vec2 panels = scene.quantity ? draw_title(canvas, *scene.quantity, bar_left) : glm::vec2(canvas.margin());
  panels.y = draw_scores(canvas, scene, panels.y);
  draw_caption(canvas, scene);
  draw_marks(canvas, scene, panels);
  ImGui::Render();
  return ImGui::GetDrawData();
}

void Overlay::draw(const Scene& scene, const Viewport& viewport) {
  impl_->pass.draw(*impl_->lay_out(scene, viewport), viewport);
}

}  // namespace purlscope::render
