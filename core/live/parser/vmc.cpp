#include "core/live/parser/vmc.h"

#include <fmt/format.h>
#include <oscpack/osc/OscException.h>
#include <oscpack/osc/OscReceivedElements.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>

#include "core/base/error.h"

namespace purlscope::core {
namespace {

constexpr int kDeepestBundle = 4;
constexpr double kLatest = 1e12;  // seconds

struct Quaternion {
  float x = 0, y = 0, z = 0, w = 1;
};

struct Pose {
  Vec3 position{};
  Quaternion rotation;
};

Quaternion operator*(const Quaternion& a, const Quaternion& b) {
  return {a.w * b.x + a.x * b.w + a.y * b.z - a.z * b.y, a.w * b.y - a.x * b.z + a.y * b.w + a.z * b.x,
          a.w * b.z + a.x * b.y - a.y * b.x + a.z * b.w, a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z};
}

Vec3 rotated(const Quaternion& q, const Vec3& v) {
  const Quaternion r = q * Quaternion{v[0], v[1], v[2], 0.0F} * Quaternion{-q.x, -q.y, -q.z, q.w};
  return {r.x, r.y, r.z};
}

/// A pose in the frame of its parent, brought into the parent's own frame.
Pose operator*(const Pose& parent, const Pose& local) {
  const Vec3 moved = rotated(parent.rotation, local.position);
  return {{parent.position[0] + moved[0], parent.position[1] + moved[1], parent.position[2] + moved[2]},
          parent.rotation * local.rotation};
}

/// Where the bones of an adult of 1.70 m are in the T-pose, in Unity's frame. Metres.
const std::unordered_map<std::string, Vec3>& rest_positions() {
  static const auto all = [] {
    std::unordered_map<std::string, Vec3> rest = {
        {"Hips", {0, 0.95F, 0}}, {"Spine", {0, 1.05F, 0}}, {"Chest", {0, 1.17F, 0}},  {"UpperChest", {0, 1.29F, 0}},
        {"Neck", {0, 1.45F, 0}}, {"Head", {0, 1.54F, 0}},  {"Jaw", {0, 1.56F, 0.05F}}};
    const std::pair<const char*, Vec3> left[] = {
        {"UpperLeg", {-0.09F, 0.91F, 0}},
        {"LowerLeg", {-0.09F, 0.5F, 0}},
        {"Foot", {-0.09F, 0.09F, 0}},
        {"Toes", {-0.09F, 0.02F, 0.13F}},
        {"Shoulder", {-0.03F, 1.41F, 0}},
        {"UpperArm", {-0.16F, 1.41F, 0}},
        {"LowerArm", {-0.43F, 1.41F, 0}},
        {"Hand", {-0.68F, 1.41F, 0}},
        {"Eye", {-0.03F, 1.6F, 0.07F}},
        {"ThumbProximal", {-0.7F, 1.4F, 0.03F}},
        {"ThumbIntermediate", {-0.73F, 1.39F, 0.06F}},
        {"ThumbDistal", {-0.75F, 1.39F, 0.08F}},
        {"IndexProximal", {-0.77F, 1.41F, 0.03F}},
        {"IndexIntermediate", {-0.81F, 1.41F, 0.03F}},
        {"IndexDistal", {-0.835F, 1.41F, 0.03F}},
        {"MiddleProximal", {-0.77F, 1.41F, 0.01F}},
        {"MiddleIntermediate", {-0.815F, 1.41F, 0.01F}},
        {"MiddleDistal", {-0.845F, 1.41F, 0.01F}},
        {"RingProximal", {-0.77F, 1.41F, -0.01F}},
        {"RingIntermediate", {-0.81F, 1.41F, -0.01F}},
        {"RingDistal", {-0.84F, 1.41F, -0.01F}},
        {"LittleProximal", {-0.765F, 1.41F, -0.03F}},
        {"LittleIntermediate", {-0.795F, 1.41F, -0.03F}},
        {"LittleDistal", {-0.815F, 1.41F, -0.03F}},
    };
    for (const auto& [name, place] : left) {
      rest[std::string("Left") + name] = place;
      rest[std::string("Right") + name] = {-place[0], place[1], place[2]};
    }
    return rest;
  }();
  return all;
}

Error fault(const std::string& what) { return Error(Code::bad_format, "VMC: " + what); }

/// The bone's name and its pose. @throws osc::Exception
std::pair<std::string, Pose> named_pose(const osc::ReceivedMessage& message) {
  osc::ReceivedMessageArgumentStream arguments = message.ArgumentStream();
  const char* name = nullptr;
  Pose pose;
  Quaternion& q = pose.rotation;
  arguments >> name >> pose.position[0] >> pose.position[1] >> pose.position[2] >> q.x >> q.y >> q.z >> q.w;
  const float length = std::sqrt(q.x * q.x + q.y * q.y + q.z * q.z + q.w * q.w);
  if (!std::isfinite(length) || length < 1e-3F) throw fault("a rotation is no quaternion");
  for (const float value : pose.position) {
    if (!std::isfinite(value)) throw fault("a position is not finite");
  }
  q = {q.x / length, q.y / length, q.z / length, q.w / length};
  return {name, pose};
}

class VmcParser final : public Parser {
 public:
  VmcParser() : layout_(joint_layout("vrm")) {
    for (std::size_t j = 0; j < layout_->size(); ++j) {
      index_[layout_->joints[j]] = j;
      rest_.push_back(rest_positions().at(layout_->joints[j]));
    }
    reset();
  }

  std::optional<ParsedFrame> parse(std::string_view packet) override {
    done_.reset();
    try {
      const osc::ReceivedPacket received(packet.data(), static_cast<osc::osc_bundle_element_size_t>(packet.size()));
      if (received.IsBundle())
        take(osc::ReceivedBundle(received), 1);
      else
        take(osc::ReceivedMessage(received));
    } catch (const osc::Exception& error) {
      throw fault(fmt::format("no OSC message as the protocol has it: {}", error.what()));
    }
    return std::move(done_);
  }

  void reset() override {
    root_ = {};
    bones_.assign(layout_->size(), {});
    known_.assign(layout_->size(), false);
    fresh_.assign(layout_->size(), false);
    has_time_ = false;
  }

 private:
  void take(const osc::ReceivedBundle& bundle, int depth) {
    if (depth > kDeepestBundle) throw fault(fmt::format("bundles in bundles, more than {} deep", kDeepestBundle));
    for (auto element = bundle.ElementsBegin(); element != bundle.ElementsEnd(); ++element) {
      if (element->IsBundle())
        take(osc::ReceivedBundle(*element), depth + 1);
      else
        take(osc::ReceivedMessage(*element));
    }
  }

  void take(const osc::ReceivedMessage& message) {
    const std::string_view address = message.AddressPattern();
    if (address == "/VMC/Ext/Root/Pos") {
      root_ = named_pose(message).second;
    } else if (address == "/VMC/Ext/Bone/Pos") {
      const auto [name, pose] = named_pose(message);
      if (const auto bone = index_.find(name); bone != index_.end()) take_bone(bone->second, pose);
    } else if (address == "/VMC/Ext/T") {
      float time = 0.0F;
      message.ArgumentStream() >> time;
      if (!(std::abs(static_cast<double>(time)) < kLatest)) throw fault("the time is not finite");
      has_time_ = true;
      complete(static_cast<double>(time));
    }
  }

  void take_bone(std::size_t bone, const Pose& pose) {
    if (fresh_[bone] && !has_time_) complete(std::nullopt);
    bones_[bone] = pose;
    known_[bone] = fresh_[bone] = true;
  }

  /// The nearest bone above that the sender sends; the bone itself when there is none.
  std::size_t parent_of(std::size_t bone) const {
    auto above = static_cast<std::size_t>(layout_->parent[bone]);
    while (!known_[above] && above != static_cast<std::size_t>(layout_->parent[above])) {
      above = static_cast<std::size_t>(layout_->parent[above]);
    }
    return known_[above] ? above : bone;
  }

  Pose local_pose(std::size_t bone, std::size_t parent) const {
    Pose pose = bones_[bone];
    if (pose.position != Vec3{}) return pose;
    pose.position = rest_[bone];
    for (std::size_t axis = 0; axis < 3 && parent != bone; ++axis) pose.position[axis] -= rest_[parent][axis];
    return pose;
  }

  Pose global_pose(std::size_t bone) const {
    const std::size_t parent = parent_of(bone);
    return (parent == bone ? root_ : global_pose(parent)) * local_pose(bone, parent);
  }

  void complete(std::optional<double> time) {
    const bool any = std::find(fresh_.begin(), fresh_.end(), true) != fresh_.end();
    fresh_.assign(fresh_.size(), false);
    if (!any) return;
    LivePerson person{
        "1", std::vector<Vec3>(layout_->size()), std::vector<JointState>(layout_->size(), JointState::missing), {}};
    for (std::size_t j = 0; j < layout_->size(); ++j) {
      if (!known_[j]) continue;
      const Vec3 place = global_pose(j).position;
      person.joints[j] = {place[0], place[1], -place[2]};
      person.state[j] = JointState::given;
    }
    done_ = ParsedFrame{time, layout_, {std::move(person)}, false};
  }

  std::shared_ptr<const JointLayout> layout_;
  std::unordered_map<std::string, std::size_t> index_;  ///< of each bone's name
  std::vector<Vec3> rest_;                              ///< [J]
  Pose root_;
  std::vector<Pose> bones_;          ///< [J] local poses
  std::vector<bool> known_;          ///< [J] sent at least once
  std::vector<bool> fresh_;          ///< [J] sent since the last complete pose
  bool has_time_ = false;            ///< the sender ends its poses with a time
  std::optional<ParsedFrame> done_;  ///< completed by the packet in hand; the newest if there are several
};

}  // namespace

std::unique_ptr<Parser> make_vmc_parser() { return std::make_unique<VmcParser>(); }

}  // namespace purlscope::core
