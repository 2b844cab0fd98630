#include "models/baselines/learn/latent_classifier.h"

#include <vector>

#include "models/baselines/learn/adam.h"
#include "models/baselines/learn/layers.h"
#include "models/training/random.h"

namespace purlscope::models::baselines {
namespace {

constexpr std::uint64_t kWeightStretch = 3, kLatentStretch = 4;  // beside those of the fit before

}  // namespace

ClassifierOptions ClassifierOptions::read(Settings& settings) {
  ClassifierOptions options;
  options.latents = settings.count("classifier_latents", 500, 1, 100'000);
  options.steps = settings.count("classifier_steps", 300, 1, 1'000'000);
  options.rate = settings.number("classifier_rate", 1e-3, 1e-8, 1);
  options.relu = settings.flag("classifier_relu", false);
  return options;
}

at::Tensor classify_by_generated(const at::Tensor& clips, std::int64_t candidates, const Generate& generate,
                                 const ClassifierOptions& options, std::uint64_t seed, const std::stop_token& stop) {
  const at::Tensor classes = at::arange(candidates, at::kLong).repeat({options.latents});
  const at::Tensor noise = at::randn({classes.size(0), 2}, make_generator(seed, kLatentStretch));
  const at::Tensor latents = generate(classes, noise);
  const auto classifier = std::make_shared<Layers>(std::vector{latents.size(1), candidates}, Activation::none,
                                                   options.relu ? Activation::relu : Activation::none);
  initialise_linears(*classifier, make_generator(seed, kWeightStretch));
  const auto loss = [&](const at::Tensor&, std::int64_t, const at::Generator&) {
    return at::cross_entropy_loss(classifier->forward(latents), classes);
  };
  const Schedule schedule{options.steps, classes.size(0), options.rate, 1};
  fit_by_adam({{classifier}}, {"Learning the classifier", schedule, classes.size(0), seed}, loss, {}, stop);
  return classifier->forward(clips).log_softmax(1);
}

}  // namespace purlscope::models::baselines
