#include "models/baselines/methods/synse.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "models/baselines/learn/adam.h"
#include "models/baselines/learn/latent_classifier.h"
#include "models/training/random.h"

namespace purlscope::models::baselines {

SynseNet::SynseNet(std::int64_t visual, std::int64_t text, std::int64_t latent) {
  const std::int64_t half = latent / 2;
  visual_encoder = register_module("sequence_encoder", std::make_shared<GaussianEncoder>(visual, latent));
  visual_decoder = register_module("sequence_decoder", std::make_shared<LatentDecoder>(latent, visual));
  noun_encoder = register_module("n_text_encoder", std::make_shared<GaussianEncoder>(text, half));
  noun_decoder = register_module("n_text_decoder", std::make_shared<LatentDecoder>(half, text));
  verb_encoder = register_module("v_text_encoder", std::make_shared<GaussianEncoder>(text, half));
  verb_decoder = register_module("v_text_decoder", std::make_shared<LatentDecoder>(half, text));
}

at::Tensor SynseLosses::total(const Weights& weights) const {
  return visual + noun + verb + weights.visual_divergence * visual_divergence +
         weights.text_divergence * (noun_divergence + verb_divergence) +
         weights.cross * (visual_from_texts + noun_from_visual + verb_from_visual);
}

SynseLosses synse_losses(const SynseNet& net, const at::Tensor& features, const at::Tensor& nouns,
                         const at::Tensor& verbs, const SynseNoise& noise) {
  const Gaussian visual = net.visual_encoder->forward(features);
  const Gaussian noun = net.noun_encoder->forward(nouns), verb = net.verb_encoder->forward(verbs);
  const at::Tensor latent = visual.sample(noise.visual);
  const at::Tensor noun_latent = noun.sample(noise.noun), verb_latent = verb.sample(noise.verb);
  const std::int64_t half = noun_latent.size(1);
  SynseLosses losses;
  losses.visual = at::mse_loss(net.visual_decoder->forward(latent), features);
  losses.noun = at::mse_loss(net.noun_decoder->forward(noun_latent), nouns);
  losses.verb = at::mse_loss(net.verb_decoder->forward(verb_latent), verbs);
  losses.visual_divergence = visual.divergence();
  losses.noun_divergence = noun.divergence();
  losses.verb_divergence = verb.divergence();
  losses.visual_from_texts =
      at::mse_loss(net.visual_decoder->forward(at::cat({noun_latent, verb_latent}, 1)), features);
  losses.noun_from_visual = at::mse_loss(net.noun_decoder->forward(latent.slice(1, 0, half)), nouns);
  losses.verb_from_visual = at::mse_loss(net.verb_decoder->forward(latent.slice(1, half)), verbs);
  return losses;
}

SynseLosses::Weights synse_weights(const Cycles& cycles, const Cycles::Place& place) {
  constexpr std::int64_t kFirstWithTexts = 2;
  const double texts = place.cycle < kFirstWithTexts ? 0 : cycles.climb(cycles.cross_from, place.step);
  return {cycles.climb(cycles.kl_from, place.step), texts, cycles.crosses(place.step) ? 1.0 : 0.0};
}

namespace {

std::int64_t read_latent(Settings& settings) {
  const std::int64_t latent = settings.count("latent", 100, 2, 65536);
  if (latent % 2 == 0) return latent;
  throw Error(Code::bad_argument,
              fmt::format("config key 'latent' of method synse is {}: expected an even number, half for the noun and "
                          "half for the verb",
                          latent));
}

class Synse final : public Baseline {
 public:
  explicit Synse(Settings& settings)
      : Baseline(settings),
        cycles_(Cycles::read(settings)),
        schedule_(Schedule::read_pace(settings, {cycles_.count * cycles_.steps, 64, 1e-4, 5})),
        classifier_(ClassifierOptions::read(settings)),
        latent_(read_latent(settings)) {
    close(settings);
  }

 private:
  void learn(const SeenClips& clips, const ClassTexts& seen, std::uint64_t seed, const core::ProgressFn& progress,
             const std::stop_token& stop) override {
    seed_ = seed;
    net_ = std::make_shared<SynseNet>(clips.features.size(1), seen.noun.size(1), latent_);
    initialise_linears(*net_, make_generator(seed, 0));
    const auto loss = [&](const at::Tensor& rows, std::int64_t step, const at::Generator& generator) {
      const ClassTexts texts = seen.rows(clips.targets.index_select(0, rows));
      const auto noise = [&] { return at::randn({rows.size(0), 1}, generator); };
      return synse_losses(*net_, clips.features.index_select(0, rows), texts.noun, texts.verb,
                          {noise(), noise(), noise()})
          .total(synse_weights(cycles_, cycles_.place(step, schedule_.speed_up)));
    };
    fit_by_adam({{net_}}, {"Learning SynSE", schedule_, clips.features.size(0), seed}, loss, progress, stop);
  }

  at::Tensor score(const at::Tensor& features, const ClassTexts& candidates,
                   const std::stop_token& stop) const override {
    const Gaussian nouns = net_->noun_encoder->forward(candidates.noun);
    const Gaussian verbs = net_->verb_encoder->forward(candidates.verb);
    const auto generate = [&](const at::Tensor& classes, const at::Tensor& noise) {
      const at::Tensor noun = nouns.rows(classes).sample(noise.slice(1, 0, 1));
      return at::cat({noun, verbs.rows(classes).sample(noise.slice(1, 1, 2))}, 1);
    };
    return classify_by_generated(net_->visual_encoder->forward(features).mean, candidates.count(), generate,
                                 classifier_, seed_, stop);
  }

  Cycles cycles_;
  Schedule schedule_;
  ClassifierOptions classifier_;
  std::int64_t latent_;
  std::uint64_t seed_ = 0;
  std::shared_ptr<SynseNet> net_;
};

}  // namespace

std::unique_ptr<Baseline> make_synse(Settings& settings) { return std::make_unique<Synse>(settings); }

}  // namespace purlscope::models::baselines
