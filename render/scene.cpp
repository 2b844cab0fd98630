#include "render/scene.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/base/error.h"
#include "core/skeleton/retarget.h"
#include "core/text/labels.h"
#include "render/attention.h"
#include "render/pose.h"

namespace purlscope::render {
namespace {

constexpr double kGhostStep = 0.12;     ///< seconds between two poses of the trail
constexpr float kGhostOpacity = 0.34F;  ///< of the latest ghost
constexpr float kFaintestGhost = 0.10F;
constexpr float kFootRadius = 0.029F;  ///< metres: the floor lies under the ball of a resting foot

int person_by_id(const core::Clip& clip, const std::string& id) {
  for (std::size_t p = 0; p < clip.persons.size(); ++p) {
    if (clip.persons[p].id == id) return static_cast<int>(p);
  }
  return -1;
}

int chosen_person(const core::Clip& clip, const core::Recognition* recognition, int wanted) {
  if (wanted >= 0 && static_cast<std::size_t>(wanted) < clip.persons.size()) return wanted;
  if (recognition != nullptr && !recognition->window.persons.empty()) {
    const int recognised = person_by_id(clip, recognition->window.persons.front().id);
    if (recognised >= 0) return recognised;
  }
  return core::most_energetic_person(clip);
}

/// Attention belongs to those whom the model saw; an engine that does not say whom saw the chosen one.
bool was_recognised(const core::Recognition& recognition, const std::string& id, bool chosen) {
  const auto& persons = recognition.window.persons;
  if (persons.empty()) return chosen;
  return std::any_of(persons.begin(), persons.end(), [&](const core::WindowPerson& person) { return person.id == id; });
}

bool has_attention(const core::Recognition* recognition, const SceneOptions& options) {
  return recognition != nullptr && options.label && options.sentence &&
         *options.label < recognition->attention.size() &&
         (!options.versus || *options.versus < recognition->attention.size());
}

Body make_body(const core::Clip& clip, std::size_t person, double seconds) {
  Body body;
  body.id = clip.persons[person].id;
  body.person = static_cast<int>(person);
  body.layout = clip.layout;
  body.tint = person_tint(body.person);
  Pose pose = pose_at(clip, person, seconds);
  body.joints = std::move(pose.joints);
  body.state = std::move(pose.state);
  return body;
}

bool is_empty(const Body& body) {
  return std::all_of(body.state.begin(), body.state.end(),
                     [](core::JointState s) { return s == core::JointState::missing; });
}

void add_ghosts(const core::Clip& clip, std::size_t person, double seconds, int count, Scene& scene) {
  for (int ghost = count; ghost > 0; --ghost) {
    const double time = seconds - ghost * kGhostStep;
    if (clip.times.empty() || time < clip.times.front()) continue;
    Body body = make_body(clip, person, time);
    if (is_empty(body)) continue;
    const float age = count > 1 ? static_cast<float>(ghost - 1) / static_cast<float>(count - 1) : 0.0F;
    body.opacity = std::lerp(kGhostOpacity, kFaintestGhost, age);
    scene.bodies.push_back(std::move(body));
  }
}

/// The share of the colour bar's ends that the picture needs.
std::pair<float, float> color_range(const AttentionCourse& course, double seconds, const SceneOptions& options) {
  if (options.range == SceneOptions::Range::locked) return options.locked_range;
  auto [low, high] = options.range == SceneOptions::Range::clip ? course.range() : course.range_at(seconds);
  if (options.contribution || options.versus) {
    // Signed values: the same length of the bar on both sides of 0.
    high = std::max(std::abs(low), std::abs(high));
    return {-high, high};
  }
  return {std::min(low, 0.0F), high};
}

/// A time of the clip in seconds of the recognition, held at its end.
double recognised_moment(const core::Recognition& recognition, double seconds, const SceneOptions& options) {
  const double moment = seconds - options.recognised_from;
  double end = 0.0;
  for (const core::TimeSpan& span : recognition.spans) end = std::max(end, span.end);
  return moment > end && moment <= end + options.hold ? end : moment;
}

Quantity make_quantity(const core::Recognition& recognition, const SceneOptions& options,
                       std::pair<float, float> range) {
  Quantity quantity;
  quantity.map = options.colour_map;
  quantity.low = range.first;
  quantity.high = range.second;
  const auto label = [&](std::size_t index) {
    return index < recognition.labels.size() ? recognition.labels[index].label : std::string();
  };
  const std::string_view sentence = core::kSentences[*options.sentence];
  quantity.unit = options.contribution ? "contribution" : "attention";
  if (options.versus) {
    quantity.title = fmt::format("{} against {} · {}", label(*options.label), label(*options.versus), sentence);
    quantity.legend =
        fmt::format("Above 0: more for {}. Below 0: more for {}.", label(*options.label), label(*options.versus));
    quantity.unit = options.contribution ? "contribution difference" : "difference";
  } else {
    quantity.title = fmt::format("{} · {}", label(*options.label), sentence);
  }
  switch (options.range) {
    case SceneOptions::Range::clip:
      quantity.range = "clip";
      break;
    case SceneOptions::Range::frame:
      quantity.range = "frame";
      break;
    case SceneOptions::Range::locked:
      quantity.range = "locked";
      break;
  }
  return quantity;
}

}  // namespace

Scene make_scene(const core::Clip& clip, double seconds, const core::Recognition* recognition,
                 const SceneOptions& options) {
  Scene scene;
  const int chosen = chosen_person(clip, recognition, options.person);
  scene.floor_height = floor_height(clip, -1) - kFootRadius;
  if (chosen < 0) return scene;

  std::vector<float> values;
  if (has_attention(recognition, options)) {
    const AttentionChoice choice{*options.label, *options.sentence, options.contribution, options.versus};
    const AttentionCourse course(*recognition, choice, clip.layout);
    const double moment = recognised_moment(*recognition, seconds, options);
    values = course.at(moment);
    scene.quantity = make_quantity(*recognition, options, color_range(course, moment, options));
  }
  add_ghosts(clip, static_cast<std::size_t>(chosen), seconds, options.ghosts, scene);
  const auto add_person = [&](std::size_t person) {
    const bool is_chosen = person == static_cast<std::size_t>(chosen);
    Body body = make_body(clip, person, seconds);
    if (is_empty(body)) return;
    const bool valued = !values.empty() && was_recognised(*recognition, body.id, is_chosen);
    if (valued) body.value = values;
    body.dimmed = !is_chosen && !valued;
    scene.bodies.push_back(std::move(body));
  };
  for (std::size_t person = 0; person < clip.persons.size(); ++person) {
    if (person != static_cast<std::size_t>(chosen)) add_person(person);
  }
  add_person(static_cast<std::size_t>(chosen));
  return scene;
}

glm::vec3 person_tint(int person) {
  // Hues that keep apart on both grounds and for eyes that do not tell red from green.
  static constexpr std::array<std::array<float, 3>, 6> kTints{{{0.62F, 0.66F, 0.72F},
                                                               {0.88F, 0.62F, 0.33F},
                                                               {0.38F, 0.66F, 0.90F},
                                                               {0.80F, 0.50F, 0.68F},
                                                               {0.40F, 0.72F, 0.58F},
                                                               {0.82F, 0.76F, 0.40F}}};
  const auto& tint = kTints[static_cast<std::size_t>(std::max(person, 0)) % kTints.size()];
  return {tint[0], tint[1], tint[2]};
}

void share_range(Scene& left, Scene& right) {
  if (!left.quantity || !right.quantity) return;
  const float low = std::min(left.quantity->low, right.quantity->low);
  const float high = std::max(left.quantity->high, right.quantity->high);
  for (Quantity* quantity : {&*left.quantity, &*right.quantity}) {
    quantity->low = low;
    quantity->high = high;
    quantity->range = "both";
  }
}

}  // namespace purlscope::render
