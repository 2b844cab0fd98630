#include <utility>

#include "models/refinement/methods/methods.h"

namespace purlscope::models::refinement {
namespace {

constexpr double kLeastVariance = 0.05;

/// Measures of the stream on the scale on which the model expects them.
class Normalisation final : public Method {
 public:
  explicit Normalisation(Options options) : options_(std::move(options)) {}

  bool needs_measures() const override { return true; }

  Learned learn(const Scorer& scorer, const Bank&, const Stream& stream, const LearnedPtr&) const override {
    // As if `prior` windows of mean 0 and variance 1 had come before.
    const double windows = static_cast<double>(stream.windows) + options_.prior;
    const at::Tensor mean = stream.features / windows;
    const at::Tensor variance = (stream.squares + options_.prior) / windows - mean.square();
    return {scorer.slots(), {}, {{"mean", mean}, {"deviation", variance.clamp_min(kLeastVariance).sqrt()}}};
  }

  Corrections corrections(const Scorer&, const Evidence&, const Learned&) const override { return {}; }

  at::Tensor adapted(const Scorer& scorer, const at::Tensor& features, const Learned& learned) const override {
    const std::int64_t measures = scorer.measures();
    const at::Tensor scaled =
        (features.narrow(1, 0, measures) - learned.shared.at("mean")) / learned.shared.at("deviation");
    return at::cat({scaled, features.narrow(1, measures, features.size(1) - measures)}, 1);
  }

 private:
  Options options_;
};

}  // namespace

std::unique_ptr<const Method> make_normalisation(const Options& options) {
  return std::make_unique<Normalisation>(options);
}

}  // namespace purlscope::models::refinement
