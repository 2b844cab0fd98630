#include "render/overlay/overlay.h"

#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <algorithm>
#include <vector>

#include "core/base/error.h"
#include "render/overlay/parts.h"

namespace purlscope::render {
namespace {

constexpr const char* kGlslVersion = "#version 410 core";
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

std::vector<std::string> texts_of(const Scene& scene) {
  std::vector<std::string> texts = scene.scores;
  texts.push_back(scene.caption);
  if (scene.quantity) {
    const Quantity& quantity = *scene.quantity;
    texts.insert(texts.end(), {quantity.title, quantity.note, quantity.unit, quantity.range});
  }
  for (const Body& body : scene.bodies) {
    texts.push_back(body.id);
    if (body.layout) texts.insert(texts.end(), body.layout->joints.begin(), body.layout->joints.end());
  }
  return texts;
}

}  // namespace

struct Overlay::Impl {
  ImGuiContext* context = nullptr;
  OverlayFonts fonts;
};

Overlay::Overlay() : impl_(std::make_unique<Impl>()) {
  ImGuiContext* const before = ImGui::GetCurrentContext();
  impl_->context = ImGui::CreateContext();
  const Current current(impl_->context);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  if (!ImGui_ImplOpenGL3_Init(kGlslVersion)) {
    ImGui::DestroyContext(impl_->context);
    ImGui::SetCurrentContext(before);
    throw Error(Code::unsupported, "Dear ImGui finds no OpenGL library; install the package libgl1");
  }
}

Overlay::~Overlay() {
  const Current current(impl_->context);
  ImGui_ImplOpenGL3_Shutdown();
  ImGui::DestroyContext(impl_->context);
}

void Overlay::draw(const Scene& scene, const Viewport& viewport) {
  const Current current(impl_->context);
  Viewport sane = viewport;
  sane.pixel_ratio = std::clamp(viewport.pixel_ratio, kSmallestRatio, kLargestRatio);

  // Everything is laid out in device pixels: at ratios like 1.5 whole logical pixels would blur the glyphs.
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {static_cast<float>(viewport.width), static_cast<float>(viewport.height)};
  io.DeltaTime = kFrameSeconds;
  ImGui_ImplOpenGL3_NewFrame();
  if (impl_->fonts.prepare(*io.Fonts, sane.pixel_ratio, texts_of(scene))) {
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
  }
  ImGui::NewFrame();
  const Canvas canvas{*ImGui::GetBackgroundDrawList(), impl_->fonts, scene.theme, sane};
  draw_person_ids(canvas, scene);
  const float bar_left = scene.quantity ? draw_color_bar(canvas, *scene.quantity) : canvas.width();
  glm::vec2 panels = scene.quantity ? draw_title(canvas, *scene.quantity, bar_left) : glm::vec2(canvas.margin());
  panels.y = draw_scores(canvas, scene.scores, panels.y);
  draw_caption(canvas, scene);
  draw_marks(canvas, scene, panels);
  ImGui::Render();
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

}  // namespace purlscope::render
