#include "models/baselines/methods/global.h"

#include <cmath>

#include "models/baselines/learn/adam.h"
#include "models/baselines/learn/layers.h"
#include "models/purls/net/losses.h"
#include "models/training/random.h"

namespace purlscope::models::baselines {
namespace {

/// The projection and the learned factor on similarities.
class Projection final : public torch::nn::Module {
 public:
  Projection(std::int64_t visual, std::int64_t hidden, std::int64_t text, double temperature) {
    layers_ = register_module(
        "layers", std::make_shared<Layers>(std::vector{visual, hidden, text}, Activation::relu, Activation::none));
    log_scale_ = register_parameter("log_scale", at::full({1}, std::log(1 / temperature)));
  }
  at::Tensor forward(const at::Tensor& features) const { return unit_rows(layers_->forward(features)); }
  at::Tensor scale() const {
    constexpr double kLargest = 100;  // of CLIP: the loss must not run away on small sets
    return log_scale_.exp().clamp_max(kLargest);
  }

 private:
  std::shared_ptr<Layers> layers_;
  at::Tensor log_scale_;
};

class Global final : public Baseline {
 public:
  explicit Global(Settings& settings)
      : Baseline(settings),
        schedule_(Schedule::read(settings, {42'300, 256, 1e-4, 20})),
        hidden_(settings.count("hidden", 512, 1, 65536)),
        temperature_(settings.number("temperature", 0.07, 1e-3, 0.99)) {
    close(settings);
  }

 private:
  void learn(const SeenClips& clips, const ClassTexts& seen, std::uint64_t seed, const core::ProgressFn& progress,
             const std::stop_token& stop) override {
    projection_ = std::make_shared<Projection>(clips.features.size(1), hidden_, seen.label.size(1), temperature_);
    initialise_linears(*projection_, make_generator(seed, 0));
    const at::Tensor classes = seen.label.unsqueeze(1);
    const auto loss = [&](const at::Tensor& rows, std::int64_t, const at::Generator&) {
      const at::Tensor projected = projection_->forward(clips.features.index_select(0, rows)).unsqueeze(1);
      return purls::paper_level_losses(projected, classes, clips.targets.index_select(0, rows), projection_->scale(),
                                       /*same_class_positive=*/true)
          .sum();
    };
    fit_by_adam({{projection_}}, {"Learning Global", schedule_, clips.features.size(0), seed}, loss, progress, stop);
  }

  at::Tensor score(const at::Tensor& features, const ClassTexts& candidates, const std::stop_token&) const override {
    return at::matmul(projection_->forward(features), candidates.label.t());
  }

  Schedule schedule_;
  std::int64_t hidden_;
  double temperature_;
  std::shared_ptr<Projection> projection_;
};

}  // namespace

std::unique_ptr<Baseline> make_global(Settings& settings) { return std::make_unique<Global>(settings); }

}  // namespace purlscope::models::baselines
