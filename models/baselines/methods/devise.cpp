#include "models/baselines/methods/devise.h"

#include "models/baselines/learn/adam.h"
#include "models/baselines/learn/layers.h"
#include "models/baselines/learn/losses.h"
#include "models/training/random.h"

namespace purlscope::models::baselines {
namespace {

class Devise final : public Baseline {
 public:
  explicit Devise(Settings& settings)
      : Baseline(settings),
        schedule_(Schedule::read(settings, {10'000, 256, 1e-4, 10})),
        margin_(settings.number("margin", 0.1, 0, 10)) {
    close(settings);
  }

 private:
  void learn(const SeenClips& clips, const ClassTexts& seen, std::uint64_t seed, const core::ProgressFn& progress,
             const std::stop_token& stop) override {
    map_ = std::make_shared<Layers>(std::vector{clips.features.size(1), seen.label.size(1)}, Activation::none,
                                    Activation::none);
    initialise_linears(*map_, make_generator(seed, 0));
    const auto loss = [&](const at::Tensor& rows, std::int64_t, const at::Generator&) {
      return hinge_rank(map_->forward(clips.features.index_select(0, rows)), seen.label,
                        clips.targets.index_select(0, rows), margin_);
    };
    fit_by_adam({{map_}}, {"Learning DeViSE", schedule_, clips.features.size(0), seed}, loss, progress, stop);
  }

  at::Tensor score(const at::Tensor& features, const ClassTexts& candidates, const std::stop_token&) const override {
    return at::matmul(map_->forward(features), candidates.label.t());
  }

  Schedule schedule_;
  double margin_;
  std::shared_ptr<Layers> map_;
};

}  // namespace

std::unique_ptr<Baseline> make_devise(Settings& settings) { return std::make_unique<Devise>(settings); }

}  // namespace purlscope::models::baselines
