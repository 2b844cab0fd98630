// Methods that look at the labels' scores alone.
#include <algorithm>
#include <utility>

#include "models/refinement/methods/methods.h"

namespace purlscope::models::refinement {
namespace {

constexpr std::int64_t kNearest = 10;  // windows of the bank over which a label's highest scores are averaged

/// Subtracts an offset from each slot's score.
class Offsets : public Method {
 public:
  Corrections corrections(const Scorer&, const Evidence& evidence, const Learned& learned) const override {
    return {{}, -learned.by_slot.at("offset").expand({evidence.count(), -1}).gather(1, evidence.slots)};
  }
};

class RunningMean final : public Offsets {
 public:
  explicit RunningMean(Options options) : options_(std::move(options)) {}

  Learned learn(const Scorer& scorer, const Bank&, const Stream& stream, const LearnedPtr&) const override {
    return {scorer.slots(), {{"offset", stream.scores / (static_cast<double>(stream.windows) + options_.prior)}}, {}};
  }

 private:
  Options options_;
};

class Similarity final : public Offsets {
 public:
  Learned learn(const Scorer& scorer, const Bank& bank, const Stream&, const LearnedPtr&) const override {
    const Evidence evidence = bank.evidence();
    const auto slots = static_cast<std::int64_t>(scorer.slots().size());
    const at::Tensor lowest = evidence.scores.min();
    const at::Tensor by_slot =
        at::full({evidence.count(), slots}, 0.0).fill_(lowest).scatter(1, evidence.slots, evidence.scores);
    const at::Tensor highest = std::get<0>(by_slot.topk(std::min(kNearest, evidence.count()), 0));
    return {scorer.slots(), {{"offset", highest.mean(0) / 2}}, {}};
  }
};

class Levels final : public Method {
 public:
  explicit Levels(Options options) : options_(std::move(options)) {}

  Learned learn(const Scorer& scorer, const Bank& bank, const Stream&, const LearnedPtr&) const override {
    const Evidence evidence = bank.evidence();
    const at::Tensor all = evidence.scores.argmax(1, true);                       // [B, 1]
    const at::Tensor agrees = (evidence.levels.argmax(1) == all).to(at::kFloat);  // [B, 8]
    const double windows = static_cast<double>(evidence.count());
    const at::Tensor share = (agrees.sum(0) + options_.prior * agrees.mean()) / (windows + options_.prior);
    return {scorer.slots(), {}, {{"weights", share / share.mean().clamp_min(1e-6)}}};
  }

  Corrections corrections(const Scorer&, const Evidence& evidence, const Learned& learned) const override {
    return {evidence.levels * (learned.shared.at("weights") - 1), {}};
  }

 private:
  Options options_;
};

}  // namespace

std::unique_ptr<const Method> make_running_mean(const Options& options) {
  return std::make_unique<RunningMean>(options);
}
std::unique_ptr<const Method> make_similarity(const Options&) { return std::make_unique<Similarity>(); }
std::unique_ptr<const Method> make_levels(const Options& options) { return std::make_unique<Levels>(options); }

}  // namespace purlscope::models::refinement
