#pragma once

#include <glm/glm.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clip.h"
#include "core/engine/recognition.h"
#include "render/camera.h"

namespace purlscope::render {

/// One body as drawn.
struct Body {
  std::string id;
  int person = -1;  ///< place in the clip, from 0; -1 = unknown, then the id stands over the head
  std::shared_ptr<const core::JointLayout> layout;
  std::vector<glm::vec3> joints;        ///< [J] metres, y up
  std::vector<core::JointState> state;  ///< [J] missing joints are hollow, inferred ones dashed
  std::vector<float> value;             ///< [J] quantity (attention ...), NaN = no value (neutral colour); may be empty
  glm::vec3 tint{0.62F, 0.66F, 0.72F};  ///< colour without a value, as person_tint gives it
  float opacity = 1.0F;                 ///< below 1 for ghosts
  bool dimmed = false;                  ///< not the chosen person
};

/// What the colours mean.
struct Quantity {
  std::string map = "viridis";  ///< colour map id, from resources/colormaps
  float low = 0;
  float high = 1;
  std::string title;   ///< "throw · hands"
  std::string note;    ///< the sentence
  std::string legend;  ///< in place of the sentence: plain words on what the colours mean
  std::string unit;    ///< "attention"
  std::string range;   ///< "clip", "frame", "locked"
};

/// Colours of ground, floor and read-outs: RGBA, 0 to 1.
struct Theme {
  glm::vec4 background{0.063F, 0.071F, 0.086F, 1.0F};
  glm::vec4 grid{0.2F, 0.22F, 0.265F, 1.0F};
  glm::vec4 text{0.902F, 0.91F, 0.925F, 1.0F};
  glm::vec4 muted{0.604F, 0.639F, 0.698F, 1.0F};
  glm::vec4 panel{0.114F, 0.125F, 0.153F, 0.9F};
  static Theme dark();
  static Theme light();
};

/// Everything one picture shows. Plain data, made anew for each frame.
struct Scene {
  std::vector<Body> bodies;          ///< ghosts first, chosen person last
  std::optional<Quantity> quantity;  ///< colour bar and title when set
  Camera camera;
  Theme theme;
  bool floor = true;
  bool axes = false;
  float floor_height = 0;                      ///< metres
  bool overlay = true;                         ///< titles, colour bar, tooltip
  std::string caption;                         ///< lower left: clip and time
  float bottom_inset = 0;                      ///< logical pixels at the lower edge that the host covers with controls
  std::vector<std::string> scores;             ///< optional lines: "throw  46 %"
  std::optional<std::pair<int, int>> hovered;  ///< body, joint
  std::vector<std::pair<int, int>> pinned;
};

/// Options of `make_scene`.
struct SceneOptions {
  std::optional<std::size_t> label;     ///< index in recognition.labels
  std::optional<std::size_t> sentence;  ///< 0 to 7
  /// Another label: then the colours tell by how much the first one's values exceed this one's, on a bar that is
  /// symmetric about 0.
  std::optional<std::size_t> versus;
  bool contribution = false;  ///< instead of attention
  std::string colour_map = "viridis";
  enum class Range { clip, frame, locked } range = Range::clip;
  std::pair<float, float> locked_range{0, 1};
  int person = -1;  ///< chosen person, -1 = as recognised, else most energetic
  int ghosts = 0;   ///< trail of earlier poses
  /// Time of the clip at which that of the recognition begins, for one that was made of a part of the clip. Seconds.
  double recognised_from = 0.0;
  /// For how long the last values stay after the stretch that was recognised. Seconds; at a live source's newest pose
  /// the scores are always of a moment ago.
  double hold = 0.0;
};

/// Poses of a clip at a time (linear between frames, none over gaps of more than three) with the attention of one
/// sentence brought back to the clip's own layout. The value of a joint at time t is the sum of the weights of the
/// time nodes that cover t. Does not touch `camera` and `theme`.
Scene make_scene(const core::Clip& clip, double seconds, const core::Recognition* recognition,
                 const SceneOptions& options);

/// Colour of a person without values: the first is neutral, the others differ from it and from each other.
/// @param person  as people are shown it, from 0
glm::vec3 person_tint(int person);

/// One colour bar for two scenes that are seen beside each other: the same colour is the same value. Nothing happens
/// when one of them has none.
void share_range(Scene& left, Scene& right);

/// Value of each joint of the model's layout at a time: the sum over time nodes that cover it. [J]
std::vector<float> attention_at(const core::Recognition& recognition, std::size_t label, std::size_t sentence,
                                double seconds, bool contribution);

/// Camera that shows the clip's whole course from the person's front.
/// @param person index in clip.persons, -1 = all; @param aspect width / height
Camera default_camera(const core::Clip& clip, int person, float aspect);
/// Camera of a second clip that moves with the first one's: turned, shifted and zoomed from its own home as the first
/// was from its. Views along the axes stay along the axes.
Camera linked_camera(const Camera& shown, const Camera& home, const Camera& other_home);
/// Height of the floor under the lowest joints of the clip, metres; single frames that lie lower do not count.
/// @param person index in clip.persons, -1 = all
float floor_height(const core::Clip& clip, int person);

}  // namespace purlscope::render
