#include "models/baselines/methods/revise.h"

#include "models/baselines/learn/adam.h"
#include "models/baselines/learn/losses.h"
#include "models/training/random.h"

namespace purlscope::models::baselines {

AutoEncoder::AutoEncoder(const std::vector<std::int64_t>& widths, std::int64_t common) {
  const std::vector<std::int64_t> back(widths.rbegin(), widths.rend());
  encoder_ = register_module("encoder", std::make_shared<Layers>(widths, Activation::relu, Activation::relu));
  decoder_ = register_module("decoder", std::make_shared<Layers>(back, Activation::relu, Activation::relu));
  transformation_ = register_module("transformation", std::make_shared<Layers>(std::vector{widths.back(), common},
                                                                               Activation::none, Activation::tanh));
}

Encoded AutoEncoder::forward(const at::Tensor& x) const {
  const at::Tensor hidden = encoder_->forward(x);
  return {hidden, decoder_->forward(hidden), transformation_->forward(hidden)};
}

at::Tensor AutoEncoder::contraction(const at::Tensor& hidden) const {
  const at::NoGradGuard no_grad;
  const at::Tensor weight = encoder_->parameters().front();
  return at::matmul(hidden.gt(0).to(weight.dtype()), weight).norm();
}

ReviseNet::ReviseNet(const Widths& widths) {
  visual = register_module(
      "visae", std::make_shared<AutoEncoder>(std::vector{widths.visual, widths.visual_hidden}, widths.common));
  text = register_module("attae", std::make_shared<AutoEncoder>(
                                      std::vector{widths.text, widths.text_layer, widths.text_hidden}, widths.common));
}

/// A batch has many clips of few classes: the text side works on classes, each weighted by its share of the batch.
ReviseLosses revise_losses(const ReviseNet& net, const at::Tensor& features, const at::Tensor& texts,
                           const at::Tensor& target, const ReviseWeights& weights) {
  const Encoded visual = net.visual->forward(features), text = net.text->forward(texts);
  const at::Tensor share =
      at::bincount(target, {}, texts.size(0)).to(texts.dtype()) / static_cast<double>(target.size(0));
  const at::Tensor even = at::full({features.size(0)}, 1.0 / static_cast<double>(features.size(0)), features.dtype());
  ReviseLosses losses;
  losses.visual =
      at::mse_loss(visual.output, features) + weights.contraction * net.visual->contraction(visual.hidden.detach());
  losses.text = at::dot((text.output - texts).square().mean(1), share);
  losses.discrepancy = maximum_mean_discrepancy({visual.hidden, even}, {text.hidden, share}, weights.kernel);
  losses.prediction =
      hinge_over_classes(visual.mapped, text.mapped.index_select(0, target), text.mapped.detach(), weights.margin);
  return losses;
}

namespace {

class Revise final : public Baseline {
 public:
  explicit Revise(Settings& settings)
      : Baseline(settings), schedule_(Schedule::read(settings, {10'800, 1024, 1e-4, 10})) {
    widths_.visual_hidden = settings.count("visual_hidden", 100, 1, 65536);
    widths_.text_layer = settings.count("text_layer", 512, 1, 65536);
    widths_.text_hidden = settings.count("text_hidden", 100, 1, 65536);
    widths_.common = settings.count("common", 50, 1, 65536);
    weights_.contraction = settings.number("contraction", 1e-4, 0, 100);
    weights_.kernel = settings.number("kernel", 32, 1e-6, 1e6);
    weights_.margin = settings.number("margin", 0.3, 0, 10);
    text_weight_decay_ = settings.number("text_weight_decay", 1e-3, 0, 10);
    close(settings);
  }

 private:
  void learn(const SeenClips& clips, const ClassTexts& seen, std::uint64_t seed, const core::ProgressFn& progress,
             const std::stop_token& stop) override {
    ReviseNet::Widths widths = widths_;
    widths.visual = clips.features.size(1);
    widths.text = seen.label.size(1);
    net_ = std::make_shared<ReviseNet>(widths);
    initialise_linears(*net_, make_generator(seed, 0));
    const at::Tensor features = clips.features.log1p();
    const auto loss = [&](const at::Tensor& rows, std::int64_t, const at::Generator&) {
      return revise_losses(*net_, features.index_select(0, rows), seen.label, clips.targets.index_select(0, rows),
                           weights_)
          .total();
    };
    fit_by_adam({{net_->visual}, {net_->text, text_weight_decay_}},
                {"Learning ReViSE", schedule_, features.size(0), seed}, loss, progress, stop);
  }

  at::Tensor score(const at::Tensor& features, const ClassTexts& candidates, const std::stop_token&) const override {
    return at::matmul(net_->visual->forward(features.log1p()).mapped, net_->text->forward(candidates.label).mapped.t());
  }

  Schedule schedule_;
  ReviseNet::Widths widths_;
  ReviseWeights weights_;
  double text_weight_decay_ = 0;
  std::shared_ptr<ReviseNet> net_;
};

}  // namespace

std::unique_ptr<Baseline> make_revise(Settings& settings) { return std::make_unique<Revise>(settings); }

}  // namespace purlscope::models::baselines
