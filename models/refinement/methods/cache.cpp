#include <utility>

#include "models/refinement/methods/methods.h"
#include "models/refinement/methods/prototypes.h"

namespace purlscope::models::refinement {
namespace {

constexpr double kSharpness = 5.5;  // of a window's likeness to a remembered one; Tip-Adapter's beta

/// Each remembered window speaks for what it was taken for, the louder the more the new one is like it.
class Cache final : public Method {
 public:
  explicit Cache(Options options) : options_(std::move(options)) {}

  Learned learn(const Scorer& scorer, const Bank& bank, const Stream& stream, const LearnedPtr&) const override {
    const at::Tensor centre = centre_of(stream, options_);
    return {scorer.slots(),
            {{"members", membership(bank, scorer.slots()).t().contiguous()}},
            {{"centre", centre}, {"keys", directions(bank.evidence(), centre)}}};
  }

  Corrections corrections(const Scorer& scorer, const Evidence& evidence, const Learned& learned) const override {
    const at::Tensor at_unit = directions(evidence, learned.shared.at("centre"));
    const at::Tensor like = (kSharpness * (at_unit.mm(learned.shared.at("keys").t()) - 1)).exp();  // [B, E]
    const at::Tensor& members = learned.by_slot.at("members");                                     // [S, E]
    const at::Tensor votes = like.mm(members.t()) / members.sum(1).clamp_min(1);
    return {{}, votes.gather(1, evidence.slots) * (options_.weight * scorer.unit())};
  }

 private:
  Options options_;
};

}  // namespace

std::unique_ptr<const Method> make_cache(const Options& options) { return std::make_unique<Cache>(options); }

}  // namespace purlscope::models::refinement
