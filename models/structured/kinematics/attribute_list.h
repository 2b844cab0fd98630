#pragma once

#include <string>
#include <utility>
#include <vector>

#include "models/structured/kinematics/attributes.h"

namespace purlscope::models::structured {

/// Collects attributes with their values, so that a name and a home are written where the value is computed.
class AttributeList {
 public:
  void add(std::string name, double value, std::vector<std::size_t> joints, std::size_t slot = kWholeClip) {
    described_.push_back({std::move(name), slot, std::move(joints)});
    values_.push_back(static_cast<float>(value));
  }
  const std::vector<Attribute>& described() const { return described_; }
  const std::vector<float>& values() const { return values_; }

 private:
  std::vector<Attribute> described_;
  std::vector<float> values_;
};

/// One side of the body.
struct Side {
  std::string name;
  double outward;  ///< sign of x that points away from the body
  std::size_t shoulder, elbow, wrist, hand, hip, knee, ankle;
};
const std::vector<Side>& sides();  ///< left, right

/// Names of the thirds: "start", "middle", "end".
const std::vector<std::string>& thirds();

/// Values of a frame-wise series in one slot.
std::span<const double> in_slot(std::span<const double> series, std::size_t slot);

void add_hand_places(AttributeList& out, const Motion& motion);
void add_paths(AttributeList& out, const Motion& motion);
void add_hand_gestures(AttributeList& out, const Motion& motion);
void add_hand_relations(AttributeList& out, const Motion& motion);
void add_angles(AttributeList& out, const Motion& motion);
void add_inclination(AttributeList& out, const Motion& motion);
void add_travel(AttributeList& out, const Motion& motion);
void add_stance(AttributeList& out, const Motion& motion);

/// Path in the room of the tracked joint, over one clip.
double room_path(const Motion& motion, std::size_t joint);

}  // namespace purlscope::models::structured
