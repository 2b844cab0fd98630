#pragma once

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "models/refinement/refiner.h"

namespace purlscope::test {

/// A model of which all is known: features are a motion's place in a plane of four dimensions (the visual vector); the
/// score of a label is the place's product with its direction, on the last of the eight sentences.
class FakeScorer : public models::refinement::Scorer {
 public:
  /// @param directions one a name, [4] each
  FakeScorer(std::vector<std::string> names, std::vector<std::vector<double>> directions, std::int64_t measures = 4)
      : names_(std::move(names)), measures_(measures) {
    std::vector<at::Tensor> rows;
    for (const auto& direction : directions) rows.push_back(at::tensor(direction, at::kDouble).to(at::kFloat));
    directions_ = at::stack(rows);
  }

  const std::vector<std::string>& slots() const override { return names_; }
  models::refinement::Evidence evidence(const at::Tensor& features, bool with_said) const override {
    const auto labels = static_cast<std::int64_t>(names_.size());
    models::refinement::Evidence out;
    out.scores = features.mm(directions_.t());
    out.levels = at::zeros({features.size(0), labels, 8});
    out.levels.select(2, 7).copy_(out.scores);
    out.slots = at::arange(labels).expand({features.size(0), labels}).contiguous();
    out.visual = features;
    if (with_said) out.said = features.view({-1, 1, 1, 4}).expand({-1, labels, 8, 4}).contiguous();
    return out;
  }
  at::Tensor targets() const override { return directions_.unsqueeze(1).expand({-1, 8, 4}).contiguous(); }
  at::Tensor weights() const override {
    at::Tensor out = at::zeros({8});
    out[7] = 1;
    return out;
  }
  double unit() const override { return 1; }
  std::int64_t measures() const override { return measures_; }
  std::vector<double> probabilities(const std::vector<double>& scores) const override {
    std::vector<double> out = scores;
    out.push_back(0);
    double sum = 0;
    for (double& value : out) sum += value = std::exp(value);
    for (double& value : out) value /= sum;
    return out;
  }

 private:
  std::vector<std::string> names_;
  std::int64_t measures_;
  at::Tensor directions_;
};

/// Motions around two places that the texts tell apart only roughly: the labels' directions are turned away from them.
struct Blobs {
  std::shared_ptr<const FakeScorer> scorer = std::make_shared<const FakeScorer>(
      std::vector<std::string>{"wave", "kick"}, std::vector<std::vector<double>>{{0.25, 0, 1, 0}, {0, 0.25, -1, 0}});
  at::Tensor features;              ///< [N, 4]
  std::vector<std::int64_t> truth;  ///< [N]

  explicit Blobs(std::int64_t count, std::uint32_t seed = 1) {
    std::mt19937 generator(seed);
    std::normal_distribution<float> noise(0, 0.35F);
    features = at::zeros({count, 4});
    for (std::int64_t i = 0; i < count; ++i) {
      truth.push_back(static_cast<std::int64_t>(generator() % 2));
      for (std::int64_t d = 0; d < 4; ++d) {
        features[i][d] = (d == truth.back() ? 2.0F : 0.0F) + noise(generator) * (d == 2 ? 1.5F : 1.0F);
      }
    }
  }

  models::refinement::Observation window(std::int64_t i, bool with_said = false) const {
    const at::Tensor row = features.narrow(0, i, 1);
    return {row, scorer->evidence(row, with_said), "clip" + std::to_string(i), 0.5, 2.5};
  }
};

/// Share of the stream that is right when it arrives, and without refinement.
struct StreamResult {
  double plain = 0, arrival = 0;
};

inline StreamResult run_stream(models::refinement::Refiner& refiner, const Blobs& blobs, bool with_said = false) {
  StreamResult out;
  const double share = 1.0 / static_cast<double>(blobs.truth.size());
  for (std::int64_t i = 0; i < blobs.features.size(0); ++i) {
    const auto window = blobs.window(i, with_said);
    const at::Tensor& plain = window.evidence.scores;
    const at::Tensor scores = plain + refiner.refined().corrections(window.features, window.evidence).total(plain);
    const std::int64_t truth = blobs.truth[static_cast<std::size_t>(i)];
    out.plain += plain.argmax().item<std::int64_t>() == truth ? share : 0;
    out.arrival += scores.argmax().item<std::int64_t>() == truth ? share : 0;
    refiner.observe(window);
  }
  return out;
}

}  // namespace purlscope::test
