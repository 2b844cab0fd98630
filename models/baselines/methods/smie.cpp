#include "models/baselines/methods/smie.h"

#include <vector>

#include "models/baselines/learn/adam.h"
#include "models/training/random.h"

namespace purlscope::models::baselines {
namespace {

/// Mean evidence that the pairs belong together, or do not: the two halves of the Jensen-Shannon bound.
at::Tensor evidence_for(const at::Tensor& critic) { return -at::softplus(-critic).mean(); }
at::Tensor evidence_against(const at::Tensor& critic) { return at::softplus(critic).mean(); }

}  // namespace

Critic::Critic(const Widths& widths) {
  first_ = register_module("l0", torch::nn::Linear(widths.visual + widths.text, widths.first));
  second_ = register_module("l1", torch::nn::Linear(widths.first, widths.second));
  last_ = register_module("l2", torch::nn::Linear(widths.second, 1));
}

at::Tensor Critic::forward(const at::Tensor& visual, const at::Tensor& text) const {
  const at::Tensor pairs = at::cat({visual, text}, -1);
  const at::Tensor first = at::relu(at::linear(pairs, first_->weight, first_->bias));
  const at::Tensor second = at::relu(at::linear(first, second_->weight, second_->bias));
  return at::linear(second, last_->weight, last_->bias).squeeze(-1);
}

at::Tensor normalise_channels(const at::Tensor& features) { return at::layer_norm(features, {features.size(-1)}); }

SmieLosses smie_losses(const Critic& critic, const at::Tensor& features, const at::Tensor& masked,
                       const at::Tensor& texts, double margin) {
  const at::Tensor clips = normalise_channels(features);
  const at::Tensor against = evidence_against(critic.forward(clips.roll(-1, 0), texts));
  SmieLosses losses;
  losses.whole = evidence_for(critic.forward(clips, texts)) - against;
  losses.masked = evidence_for(critic.forward(normalise_channels(masked), texts)) - against;
  losses.temporal = at::relu(margin - (losses.whole - losses.masked));
  return losses;
}

at::Tensor smie_scores(const Critic& critic, const at::Tensor& features, const at::Tensor& texts) {
  std::vector<at::Tensor> columns;
  for (std::int64_t row = 0; row < texts.size(0); ++row) {
    const at::Tensor text = texts[row].unsqueeze(0).expand({features.size(0), texts.size(1)});
    columns.push_back(-at::softplus(-critic.forward(features, text)));
  }
  return at::stack(columns, 1);
}

namespace {

class Smie final : public Baseline {
 public:
  explicit Smie(Settings& settings)
      : Baseline(settings),
        schedule_(Schedule::read(settings, {28'200, 128, 1e-5, 20})),
        warm_up_(settings.number("warm_up", 0.15, 0, 1)),
        normalised_scores_(settings.flag("normalised_scores", true)) {
    widths_.first = settings.count("first", 1024, 1, 65536);
    widths_.second = settings.count("second", 512, 1, 65536);
    weights_.margin = settings.number("margin", 0.1, 0, 100);
    weights_.temporal = settings.number("temporal", 0.5, 0, 100);
    close(settings);
  }

  bool wants_masked() const override { return true; }

 private:
  void learn(const SeenClips& clips, const ClassTexts& seen, std::uint64_t seed, const core::ProgressFn& progress,
             const std::stop_token& stop) override {
    Critic::Widths widths = widths_;
    widths.visual = clips.features.size(1);
    widths.text = seen.label.size(1);
    critic_ = std::make_shared<Critic>(widths);
    initialise_linears(*critic_, make_generator(seed, 0));
    const auto loss = [&](const at::Tensor& rows, std::int64_t, const at::Generator&) {
      const at::Tensor texts = seen.label.index_select(0, clips.targets.index_select(0, rows));
      return smie_losses(*critic_, clips.features.index_select(0, rows), clips.masked.index_select(0, rows), texts,
                         weights_.margin)
          .total(weights_.temporal);
    };
    fit_by_adam({{critic_}}, {"Learning SMIE", schedule_, clips.features.size(0), seed, warm_up_}, loss, progress,
                stop);
  }

  at::Tensor score(const at::Tensor& features, const ClassTexts& candidates, const std::stop_token&) const override {
    return smie_scores(*critic_, normalised_scores_ ? normalise_channels(features) : features, candidates.label);
  }

  Schedule schedule_;
  double warm_up_;
  bool normalised_scores_;
  Critic::Widths widths_;
  SmieWeights weights_;
  std::shared_ptr<Critic> critic_;
};

}  // namespace

std::unique_ptr<Baseline> make_smie(Settings& settings) { return std::make_unique<Smie>(settings); }

}  // namespace purlscope::models::baselines
