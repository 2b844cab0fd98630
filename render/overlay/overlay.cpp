#include "render/overlay/overlay.h"

#include <imgui.h>

#include <algorithm>
#include <vector>

#include "render/overlay/overlay_pass.h"
#include "render/overlay/parts.h"

namespace purlscope::render {
namespace {

constexpr float kSmallestRatio = 0.5F;
constexpr float kLargestRatio = 8.0F;
constexpr float kFrameSeconds = 1.0F / 60.0F;  ///< Dear ImGui asks for one; nothing here moves by itself

/// Makes a Dear ImGui context current for a scope: several renderers may live in one thread.
class Current {
 public:
  explicit Current(ImGuiContext* context) : before_(ImGui::GetCurrentContext()) { ImGui::SetCurrentContext(context); }
  ~Current() { ImGui::SetCurrentContext(before_); }
  Current(const Current&) = delete;
  Current& operator=(const Current&) = delete;

 private:
  ImGuiContext* before_;
};

/// A new context becomes current when there is none, and would stay so.
ImGuiContext* make_context() {
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

  OverlayPass pass;
  ImGuiContext* context;
  OverlayFonts fonts;
};

Overlay::Overlay(const std::filesystem::path& shaders) : impl_(std::make_unique<Impl>(shaders)) {}
Overlay::~Overlay() = default;

void Overlay::draw(const Scene& scene, const Viewport& viewport) {
  const Current current(impl_->context);
  Viewport sane = viewport;
  sane.pixel_ratio = std::clamp(viewport.pixel_ratio, kSmallestRatio, kLargestRatio);

  // Everything is laid out in device pixels: at ratios like 1.5 whole logical pixels would blur the glyphs.
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {static_cast<float>(viewport.width), static_cast<float>(viewport.height)};
  io.DeltaTime = kFrameSeconds;
  if (impl_->fonts.prepare(*io.Fonts, sane.pixel_ratio, texts_of(scene))) impl_->pass.set_glyphs(*io.Fonts);
  ImGui::NewFrame();
  const Canvas canvas{*ImGui::GetBackgroundDrawList(), impl_->fonts, scene.theme, sane};
  draw_person_names(canvas, scene);
  const float bar_left = scene.quantity ? draw_color_bar(canvas, *scene.quantity) : canvas.width();
  glm::vec2 panels = scene.quantity ? draw_title(canvas, *scene.quantity, bar_left) : glm::vec2(canvas.margin());
  panels.y = draw_scores(canvas, scene, panels.y);
  draw_caption(canvas, scene);
  draw_marks(canvas, scene, panels);
  ImGui::Render();
  impl_->pass.draw(*ImGui::GetDrawData(), viewport);
}

}  // namespace purlscope::render
