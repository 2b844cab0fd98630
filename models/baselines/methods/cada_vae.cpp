#include "models/baselines/methods/cada_vae.h"

#include "models/baselines/learn/adam.h"
#include "models/baselines/learn/latent_classifier.h"
#include "models/training/random.h"

namespace purlscope::models::baselines {

CadaVaeNet::CadaVaeNet(std::int64_t visual, std::int64_t text, std::int64_t latent) {
  visual_encoder = register_module("sequence_encoder", std::make_shared<GaussianEncoder>(visual, latent));
  visual_decoder = register_module("sequence_decoder", std::make_shared<LatentDecoder>(latent, visual));
  text_encoder = register_module("text_encoder", std::make_shared<GaussianEncoder>(text, latent));
  text_decoder = register_module("text_decoder", std::make_shared<LatentDecoder>(latent, text));
}

at::Tensor CadaVaeLosses::total(const Weights& weights) const {
  return visual + text + weights.visual_divergence * visual_divergence + weights.text_divergence * text_divergence +
         weights.cross * (visual_from_text + text_from_visual);
}

CadaVaeLosses cada_vae_losses(const CadaVaeNet& net, const at::Tensor& features, const at::Tensor& texts,
                              const CadaVaeNoise& noise) {
  const Gaussian visual = net.visual_encoder->forward(features), text = net.text_encoder->forward(texts);
  const at::Tensor visual_latent = visual.sample(noise.visual), text_latent = text.sample(noise.text);
  return {at::mse_loss(net.visual_decoder->forward(visual_latent), features),
          at::mse_loss(net.text_decoder->forward(text_latent), texts),
          visual.divergence(),
          text.divergence(),
          at::mse_loss(net.visual_decoder->forward(text_latent), features),
          at::mse_loss(net.text_decoder->forward(visual_latent), texts)};
}

CadaVaeLosses::Weights cada_vae_weights(const Cycles& cycles, const Cycles::Place& place) {
  const double divergence = cycles.climb(cycles.kl_from, place.step);
  const bool crosses = cycles.crosses(place.step);
  return {divergence, crosses ? divergence : 0, crosses ? 1.0 : 0.0};
}

namespace {

class CadaVae final : public Baseline {
 public:
  explicit CadaVae(Settings& settings)
      : Baseline(settings),
        cycles_(Cycles::read(settings)),
        schedule_(Schedule::read_pace(settings, {cycles_.count * cycles_.steps, 64, 1e-4, 5})),
        classifier_(ClassifierOptions::read(settings)),
        latent_(settings.count("latent", 100, 1, 65536)) {
    close(settings);
  }

 private:
  void learn(const SeenClips& clips, const ClassTexts& seen, std::uint64_t seed, const core::ProgressFn& progress,
             const std::stop_token& stop) override {
    seed_ = seed;
    net_ = std::make_shared<CadaVaeNet>(clips.features.size(1), seen.label.size(1), latent_);
    initialise_linears(*net_, make_generator(seed, 0));
    const auto loss = [&](const at::Tensor& rows, std::int64_t step, const at::Generator& generator) {
      const at::Tensor texts = seen.label.index_select(0, clips.targets.index_select(0, rows));
      const CadaVaeNoise noise = {at::randn({rows.size(0), 1}, generator), at::randn({rows.size(0), 1}, generator)};
      return cada_vae_losses(*net_, clips.features.index_select(0, rows), texts, noise)
          .total(cada_vae_weights(cycles_, cycles_.place(step, schedule_.speed_up)));
    };
    fit_by_adam({{net_}}, {"Learning CADA-VAE", schedule_, clips.features.size(0), seed}, loss, progress, stop);
  }

  at::Tensor score(const at::Tensor& features, const ClassTexts& candidates,
                   const std::stop_token& stop) const override {
    const Gaussian texts = net_->text_encoder->forward(candidates.label);
    const auto generate = [&](const at::Tensor& classes, const at::Tensor& noise) {
      return texts.rows(classes).sample(noise.slice(1, 0, 1));
    };
    return classify_by_generated(net_->visual_encoder->forward(features).mean, candidates.count(), generate,
                                 classifier_, seed_, stop);
  }

  Cycles cycles_;
  Schedule schedule_;
  ClassifierOptions classifier_;
  std::int64_t latent_;
  std::uint64_t seed_ = 0;
  std::shared_ptr<CadaVaeNet> net_;
};

}  // namespace

std::unique_ptr<Baseline> make_cada_vae(Settings& settings) { return std::make_unique<CadaVae>(settings); }

}  // namespace purlscope::models::baselines
