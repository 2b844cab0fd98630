#include "models/refinement/methods/prototypes.h"

#include <algorithm>
#include <utility>

#include "models/refinement/methods/methods.h"

namespace purlscope::models::refinement {

namespace {
constexpr double kFloor = 1e-9;
constexpr double kLeastMass = 1e-6;
}  // namespace

at::Tensor centre_of(const Stream& stream, const Options& options) {
  return stream.visual / (static_cast<double>(stream.windows) + options.prior);
}

at::Tensor directions(const Evidence& evidence, const at::Tensor& centre) {
  const at::Tensor from = evidence.visual - centre;
  return from / (from.norm(2, 1, true) + kFloor);
}

at::Tensor onto_slots(const at::Tensor& values, const Evidence& evidence, std::int64_t slots) {
  return at::zeros({values.size(0), slots}, values.options()).scatter_add(1, evidence.slots, values);
}

at::Tensor likeness(const at::Tensor& directions, const at::Tensor& prototypes, const Evidence& evidence) {
  return directions.mm(prototypes.t()).gather(1, evidence.slots);
}

at::Tensor mean_directions(const at::Tensor& directions, const at::Tensor& mass) {
  const at::Tensor sums = mass.t().mm(directions) / (mass.sum(0).unsqueeze(1) + kLeastMass);
  return sums / (sums.norm(2, 1, true) + kFloor);
}

at::Tensor membership(const Bank& bank, const std::vector<std::string>& slots) {
  const std::vector<EntryPtr> entries = bank.entries();
  at::Tensor out = at::zeros({static_cast<std::int64_t>(entries.size()), static_cast<std::int64_t>(slots.size())});
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto found = std::ranges::find(slots, entries[i]->slot);
    if (found != slots.end()) out[static_cast<std::int64_t>(i)][found - slots.begin()] = 1;
  }
  return out;
}

namespace {

/// A prototype a slot, in the directions of windows: what both ways of finding them share.
class Prototypes final : public Method {
 public:
  Prototypes(Options options, bool maximise) : options_(std::move(options)), maximise_(maximise) {}

  Learned learn(const Scorer& scorer, const Bank& bank, const Stream& stream, const LearnedPtr&) const override {
    const at::Tensor centre = centre_of(stream, options_);
    const Evidence evidence = bank.evidence();
    const at::Tensor at_unit = directions(evidence, centre);
    const at::Tensor prototypes = maximise_ ? by_expectation(scorer, evidence, at_unit)
                                            : mean_directions(at_unit, membership(bank, scorer.slots()));
    return {scorer.slots(), {{"prototypes", prototypes}}, {{"centre", centre}}};
  }

  Corrections corrections(const Scorer& scorer, const Evidence& evidence, const Learned& learned) const override {
    const at::Tensor at_unit = directions(evidence, learned.shared.at("centre"));
    return {{}, likeness(at_unit, learned.by_slot.at("prototypes"), evidence) * (options_.weight * scorer.unit())};
  }

 private:
  at::Tensor by_expectation(const Scorer& scorer, const Evidence& evidence, const at::Tensor& at_unit) const {
    const auto slots = static_cast<std::int64_t>(scorer.slots().size());
    const at::Tensor scores = evidence.scores / scorer.unit();
    at::Tensor refined = scores;
    at::Tensor prototypes;
    for (std::int64_t i = 0; i < options_.iterations; ++i) {
      const at::Tensor likely = (refined / options_.temperature).softmax(1);
      prototypes = mean_directions(at_unit, onto_slots(likely, evidence, slots));
      refined = scores + options_.weight * likeness(at_unit, prototypes, evidence);
    }
    return prototypes;
  }

  Options options_;
  bool maximise_;
};

}  // namespace

std::unique_ptr<const Method> make_em(const Options& options) { return std::make_unique<Prototypes>(options, true); }
std::unique_ptr<const Method> make_prototypes(const Options& options) {
  return std::make_unique<Prototypes>(options, false);
}

}  // namespace purlscope::models::refinement
