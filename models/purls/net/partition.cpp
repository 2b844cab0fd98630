#include "models/purls/net/partition.h"

#include <fmt/format.h>

#include <array>
#include <limits>
#include <string>

#include "core/base/error.h"
#include "core/text/labels.h"

namespace purlscope::models::purls {
namespace {

constexpr auto kLevels = static_cast<std::int64_t>(core::kSentenceCount);
constexpr std::int64_t kParts = 4;
constexpr std::int64_t kThirds = 3;

/// To which of head, hands, torso, legs the joints belong whose names hold a word; the first word that fits decides.
struct Rule {
  const char* word;
  std::array<bool, kParts> parts;
};
constexpr std::array<Rule, 24> kRules = {{{"hip centre", {false, false, true, true}},
                                          {"spine base", {false, false, true, true}},
                                          {"pelvis", {false, false, true, true}},
                                          {"middle hip", {false, false, true, true}},
                                          {"shoulder centre", {true, false, true, false}},
                                          {"spine shoulder", {true, false, true, false}},
                                          {"spine", {false, false, true, false}},
                                          {"torso", {false, false, true, false}},
                                          {"neck", {true, false, false, false}},
                                          {"head", {true, false, false, false}},
                                          {"nose", {true, false, false, false}},
                                          {"eye", {true, false, false, false}},
                                          {"ear", {true, false, false, false}},
                                          {"mouth", {true, false, false, false}},
                                          {"shoulder", {true, true, true, false}},
                                          {"clavicle", {true, true, true, false}},
                                          {"elbow", {false, true, false, false}},
                                          {"foot", {false, false, false, true}},
                                          {"toe", {false, false, false, true}},
                                          {"heel", {false, false, false, true}},
                                          {"ankle", {false, false, false, true}},
                                          {"knee", {false, false, false, true}},
                                          {"hip", {false, false, true, true}},
                                          {"", {false, true, false, false}}}};  // wrists, hands, fingers

const std::array<bool, kParts>& parts_of(const std::string& joint) {
  for (const Rule& rule : kRules) {
    if (joint.find(rule.word) != std::string::npos) return rule.parts;
  }
  return kRules.back().parts;
}

}  // namespace

at::Tensor partition_logits(Partition partition, const core::JointLayout& layout, std::int64_t slots,
                            std::int64_t nodes) {
  const auto joints = static_cast<std::int64_t>(layout.size());
  at::Tensor logits = at::zeros({kLevels, slots, nodes});
  if (partition != Partition::static_set) return logits.flatten(1);
  if (nodes != joints) {
    throw Error(Code::bad_argument,
                "head.partition is 'static', but the backbone's nodes are no joints: use 'adaptive'");
  }
  logits.slice(0, 0, kParts + kThirds).fill_(-std::numeric_limits<float>::infinity());
  for (std::int64_t j = 0; j < joints; ++j) {
    const std::array<bool, kParts>& parts = parts_of(layout.joints[static_cast<std::size_t>(j)]);
    for (std::int64_t part = 0; part < kParts; ++part) {
      if (parts[static_cast<std::size_t>(part)]) logits[part].select(1, j).fill_(0);
    }
  }
  for (std::int64_t slot = 0; slot < slots; ++slot) {
    // With fewer slots than thirds a third takes the slot that it lies in.
    for (std::int64_t third = 0; third < kThirds; ++third) {
      const bool inside = slots < kThirds ? third * slots / kThirds == slot : slot * kThirds / slots == third;
      if (inside) logits[kParts + third][slot].fill_(0);
    }
  }
  const at::Tensor taken = logits.isfinite().flatten(1).any(1);
  if (!taken.all().item<bool>()) {
    throw Error(Code::bad_argument, fmt::format("head.partition is 'static', but layout {} has no joint for every body "
                                                "part: use 'adaptive'",
                                                layout.id));
  }
  return logits.flatten(1);
}

}  // namespace purlscope::models::purls
