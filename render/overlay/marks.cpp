#include <fmt/format.h>

#include <algorithm>

#include "render/overlay/parts.h"
#include "render/overlay/text.h"
#include "render/passes/instances.h"
#include "render/projection.h"

namespace purlscope::render {
namespace {

constexpr float kHeadGap = 0.16F;       ///< metres between the head's joint and the name above it
constexpr float kPositionRange = 2.0F;  ///< metres, for two decimals

struct MarkedJoint {
  const Body* body = nullptr;
  std::size_t joint = 0;
  glm::vec2 position{0};
  float radius = 0;  ///< device pixels
};

std::optional<MarkedJoint> find_joint(const Canvas& canvas, const Scene& scene, const std::pair<int, int>& which) {
  const auto body = static_cast<std::size_t>(which.first);
  const auto joint = static_cast<std::size_t>(which.second);
  if (which.first < 0 || which.second < 0 || body >= scene.bodies.size()) return std::nullopt;
  if (!is_seen(scene.bodies[body], joint)) return std::nullopt;
  const Body& owner = scene.bodies[body];
  const auto point = Projector(scene.camera, canvas.viewport)(owner.joints[joint]);
  if (!point) return std::nullopt;
  const float radius = joint_radius(scene.quantity, joint_value(owner, joint)) * point->pixels_per_metre;
  return MarkedJoint{&owner, joint, point->position, radius};
}

/// 1 for the highest value of the body; 0 without a value.
std::size_t rank_of(const Body& body, std::size_t joint) {
  const float value = joint_value(body, joint);
  if (!std::isfinite(value)) return 0;
  return 1 + static_cast<std::size_t>(
                 std::count_if(body.value.begin(), body.value.end(), [&](float v) { return v > value; }));
}

std::string name_of(const Canvas& canvas, const MarkedJoint& mark) {
  const auto& layout = mark.body->layout;
  if (layout && mark.joint < layout->size()) return drawable(canvas, layout->joints[mark.joint]);
  return fmt::format("joint {}", mark.joint);
}

std::string value_text(float value, const Quantity& quantity) {
  const float range = quantity.high - quantity.low;
  return diverging(quantity) ? format_signed(value, range) : format_value(value, range);
}

std::string position_text(const glm::vec3& p) {
  const auto metres = [](float value) { return format_value(value, kPositionRange); };
  return fmt::format("x {}  y {}  z {} m", metres(p.x), metres(p.y), metres(p.z));
}

/// One or two lines.
std::string details_of(const MarkedJoint& mark, const std::optional<Quantity>& quantity) {
  const Body& body = *mark.body;
  const bool inferred = mark.joint < body.state.size() && body.state[mark.joint] == core::JointState::inferred;
  const char* state = inferred ? "inferred" : "measured";
  const float value = joint_value(body, mark.joint);
  const std::string position = position_text(body.joints[mark.joint]);
  if (!quantity) return fmt::format("{}\n{}", state, position);
  if (!std::isfinite(value)) return fmt::format("no value · {}\n{}", state, position);
  return fmt::format("{} · rank {} · {}\n{}", value_text(value, *quantity), rank_of(body, mark.joint), state, position);
}

void draw_ring(const Canvas& canvas, const MarkedJoint& mark, float thickness) {
  canvas.list.AddCircle({mark.position.x, mark.position.y}, mark.radius + canvas.px(3), to_color(canvas.theme.text), 0,
                        thickness * canvas.viewport.pixel_ratio);
}

/// True when most of the body lies to the right of the joint in the picture.
bool is_left_of_body(const Canvas& canvas, const Scene& scene, const MarkedJoint& mark) {
  const Projector project(scene.camera, canvas.viewport);
  float sum = 0;
  float count = 0;
  for (std::size_t j = 0; j < mark.body->joints.size(); ++j) {
    if (!is_seen(*mark.body, j)) continue;
    if (const auto point = project(mark.body->joints[j])) {
      sum += point->position.x;
      count += 1;
    }
  }
  return count > 0 && mark.position.x < sum / count;
}

/// Beside the joint: on the side away from the body when there is room, so that it hides no other joint.
void draw_tooltip(const Canvas& canvas, const Scene& scene, const MarkedJoint& mark, glm::vec2 panels) {
  const std::optional<Quantity>& quantity = scene.quantity;
  const std::string name = name_of(canvas, mark);
  const std::string details = details_of(mark, quantity);
  const float pad = canvas.px(10);
  const float gap = canvas.px(3);
  const glm::vec2 name_size = canvas.measure(canvas.fonts.title, name);
  const glm::vec2 details_size = canvas.measure(canvas.fonts.note, details);
  const glm::vec2 size{std::max(name_size.x, details_size.x) + 2 * pad, name_size.y + gap + details_size.y + 2 * pad};
  const float away = mark.radius + canvas.px(10);
  const float to_left = mark.position.x - away - size.x;
  const float to_right = mark.position.x + away;
  const bool over_panels = to_left < panels.x && mark.position.y - size.y / 2 < panels.y;
  const bool fits_left = to_left > canvas.px(4) && !over_panels;
  const bool fits_right = to_right + size.x < canvas.width() - canvas.px(4);
  const bool left = fits_left && (!fits_right || is_left_of_body(canvas, scene, mark));
  glm::vec2 low{left ? to_left : to_right, mark.position.y - size.y / 2};
  const glm::vec2 room = glm::max(glm::vec2(canvas.width(), canvas.floor(scene)) - size - canvas.px(4), glm::vec2(0));
  low = glm::round(glm::clamp(low, glm::vec2(0), room));
  const glm::vec2 high = low + size;
  glm::vec4 opaque = canvas.theme.panel;
  opaque.a = 0.97F;
  canvas.list.AddRectFilled({low.x, low.y}, {high.x, high.y}, to_color(opaque), canvas.px(6));
  canvas.list.AddRect({low.x, low.y}, {high.x, high.y}, to_color(canvas.theme.grid), canvas.px(6), 0,
                      canvas.viewport.pixel_ratio);
  canvas.text(canvas.fonts.title, low + pad, canvas.theme.text, name);
  canvas.text(canvas.fonts.note, low + glm::vec2(pad, pad + name_size.y + gap), canvas.theme.muted, details);
}

/// The joint called head where it is seen, else the highest one: a raised hand would carry the id away.
std::optional<glm::vec3> head_of(const Body& body) {
  std::optional<glm::vec3> top;
  for (std::size_t j = 0; j < body.joints.size(); ++j) {
    if (!is_seen(body, j)) continue;
    if (body.layout && j < body.layout->size() && body.layout->joints[j] == "head") return body.joints[j];
    if (!top || body.joints[j].y > top->y) top = body.joints[j];
  }
  return top;
}

/// Counted from 1, as in the studio's list of persons. Ids of recordings may be long numbers that say nothing.
std::string person_name(const Canvas& canvas, const Body& body) {
  return body.person < 0 ? drawable(canvas, body.id) : fmt::format("Person {}", body.person + 1);
}

}  // namespace

void draw_marks(const Canvas& canvas, const Scene& scene, glm::vec2 panels) {
  for (const auto& which : scene.pinned) {
    const auto mark = find_joint(canvas, scene, which);
    if (!mark) continue;
    draw_ring(canvas, *mark, 2.0F);
    if (scene.hovered != which) draw_tooltip(canvas, scene, *mark, panels);
  }
  if (!scene.hovered) return;
  if (const auto mark = find_joint(canvas, scene, *scene.hovered)) {
    draw_ring(canvas, *mark, 1.25F);
    draw_tooltip(canvas, scene, *mark, panels);
  }
}

void draw_person_names(const Canvas& canvas, const Scene& scene) {
  std::vector<const Body*> persons;
  for (const Body& body : scene.bodies) {
    if (body.opacity >= 1.0F) persons.push_back(&body);
  }
  if (persons.size() < 2) return;
  const Projector project(scene.camera, canvas.viewport);
  for (const Body* body : persons) {
    const auto head = head_of(*body);
    const auto point = head ? project(*head + glm::vec3(0, kHeadGap, 0)) : std::nullopt;
    if (!point) continue;
    const ImFont* font = body->dimmed ? canvas.fonts.note : canvas.fonts.title;
    const std::string name = person_name(canvas, *body);
    const glm::vec2 size = canvas.measure(font, name);
    canvas.text(font, point->position - glm::vec2(size.x / 2, size.y),
                body->dimmed ? canvas.theme.muted : canvas.theme.text, name);
  }
}

}  // namespace purlscope::render
