#include "models/baselines/methods/jpose.h"

#include "models/baselines/learn/adam.h"
#include "models/baselines/learn/losses.h"
#include "models/training/random.h"

namespace purlscope::models::baselines {
namespace {

std::vector<std::int64_t> text_widths(std::int64_t in, std::int64_t layer, std::int64_t out) {
  if (layer == 0) return {in, out};
  return {in, layer, out};
}

/// Hinge loss over the classes, which carry a gradient for a clip's own alone.
at::Tensor hinge(const at::Tensor& clips, const at::Tensor& classes, const at::Tensor& target, double margin) {
  return hinge_over_classes(clips, classes.index_select(0, target), classes.detach(), margin);
}

}  // namespace

PairNet::PairNet(const std::vector<std::int64_t>& visual, const std::vector<std::int64_t>& text) {
  visual_ = register_module("VisArch", std::make_shared<Layers>(visual, Activation::tanh, Activation::tanh));
  const Activation last = text.size() > 2 ? Activation::relu : Activation::tanh;
  text_ = register_module("TextArch", std::make_shared<Layers>(text, Activation::tanh, last));
}

JposeNet::JposeNet(const Widths& widths) {
  const std::vector<std::int64_t> visual = {widths.visual, widths.embedded};
  const std::vector<std::int64_t> together = {2 * widths.embedded, widths.joint};
  verb = register_module(
      "VerbPosMmen", std::make_shared<PairNet>(visual, text_widths(widths.verb, widths.verb_layer, widths.embedded)));
  noun = register_module(
      "NounPosMmen", std::make_shared<PairNet>(visual, text_widths(widths.noun, widths.noun_layer, widths.embedded)));
  joint = register_module("JointMmen", std::make_shared<PairNet>(together, together));
}

JposeNet::Embedded JposeNet::embed_visual(const at::Tensor& features) const {
  const at::Tensor by_verb = verb->embed_visual(features), by_noun = noun->embed_visual(features);
  return {by_verb, by_noun, joint->embed_visual(at::cat({by_verb, by_noun}, 1))};
}

JposeNet::Embedded JposeNet::embed_text(const at::Tensor& verbs, const at::Tensor& nouns) const {
  const at::Tensor by_verb = verb->embed_text(verbs), by_noun = noun->embed_text(nouns);
  return {by_verb, by_noun, joint->embed_text(at::cat({by_verb, by_noun}, 1))};
}

at::Tensor triplet_loss(const at::Tensor& embedded, const at::Tensor& words, const JposeWeights& weights) {
  // Similarities of unit rows lie between -1 and 1: those of one word are moved below all others, by the same product.
  constexpr double kBelowAll = -3;
  const at::Tensor rows = embedded.detach();
  const at::Tensor word = words.unsqueeze(1).eq(at::arange(words.max().item<std::int64_t>() + 1)).to(rows.dtype());
  const at::Tensor sorted = at::matmul(at::cat({rows, kBelowAll * word}, 1), at::cat({rows, word}, 1).t());
  const at::Tensor positive = sorted.argmin(1);
  const at::Tensor negative = (weights.all_negatives ? at::matmul(rows, rows.t()) : sorted).argmax(1);
  // A batch of one word has no negatives of another.
  const bool usable = weights.all_negatives || words.ne(words[0]).any().item<bool>();
  if (!usable) return at::zeros({}, embedded.options());
  // How much more a row is like the negative than like the positive, by one product instead of two columns taken out.
  const at::Tensor apart = embedded.index_select(0, negative) - embedded.index_select(0, positive);
  return at::addmm(at::full({1}, weights.margin, rows.options()), embedded, apart.t()).relu_().sum() / embedded.size(0);
}

/// A batch has many clips of few classes: texts are embedded once a class.
JposeLosses jpose_losses(const JposeNet& net, const at::Tensor& features, const JposeTexts& texts,
                         const at::Tensor& target, const JposeWeights& weights) {
  const JposeNet::Embedded clips = net.embed_visual(features), classes = net.embed_text(texts.verbs, texts.nouns);
  JposeLosses losses;
  losses.verb = hinge(clips.verb, classes.verb, target, weights.margin);
  losses.noun = hinge(clips.noun, classes.noun, target, weights.margin);
  losses.joint = hinge(clips.joint, classes.joint, target, weights.margin);
  losses.verb_triplet = triplet_loss(clips.verb, texts.verb_word.index_select(0, target), weights);
  losses.noun_triplet = triplet_loss(clips.noun, texts.noun_word.index_select(0, target), weights);
  return losses;
}

namespace {

class Jpose final : public Baseline {
 public:
  explicit Jpose(Settings& settings)
      : Baseline(settings), schedule_(Schedule::read(settings, {72'000, 1024, 1e-4, 40})) {
    widths_.verb_layer = widths_.noun_layer = settings.count("text_layer", 512, 0, 65536);
    widths_.embedded = settings.count("embedded", 50, 1, 65536);
    widths_.joint = settings.count("joint", 50, 1, 65536);
    weights_.margin = settings.number("margin", 0.3, 0, 10);
    weights_.triplet = settings.number("triplet", 0.01, 0, 100);
    weights_.all_negatives = settings.choice("triplet_negatives", "other-words", {"other-words", "all"}) == "all";
    joint_weight_decay_ = settings.number("joint_weight_decay", 1e-3, 0, 10);
    close(settings);
  }

 private:
  void learn(const SeenClips& clips, const ClassTexts& seen, std::uint64_t seed, const core::ProgressFn& progress,
             const std::stop_token& stop) override {
    JposeNet::Widths widths = widths_;
    widths.visual = clips.features.size(1);
    widths.verb = widths.noun = seen.label.size(1);
    net_ = std::make_shared<JposeNet>(widths);
    initialise_linears(*net_, make_generator(seed, 0));
    const at::Tensor features = unit_rows(clips.features);
    const JposeTexts texts = {seen.verb, seen.noun, number_rows(seen.verb), number_rows(seen.noun)};
    const auto loss = [&](const at::Tensor& rows, std::int64_t, const at::Generator&) {
      return jpose_losses(*net_, features.index_select(0, rows), texts, clips.targets.index_select(0, rows), weights_)
          .total(weights_.triplet);
    };
    fit_by_adam({{net_->verb}, {net_->noun}, {net_->joint, joint_weight_decay_}},
                {"Learning JPoSE", schedule_, features.size(0), seed}, loss, progress, stop);
  }

  at::Tensor score(const at::Tensor& features, const ClassTexts& candidates, const std::stop_token&) const override {
    return at::matmul(net_->embed_visual(unit_rows(features)).joint,
                      net_->embed_text(candidates.verb, candidates.noun).joint.t());
  }

  Schedule schedule_;
  JposeNet::Widths widths_;
  JposeWeights weights_;
  double joint_weight_decay_ = 0;
  std::shared_ptr<JposeNet> net_;
};

}  // namespace

std::unique_ptr<Baseline> make_jpose(Settings& settings) { return std::make_unique<Jpose>(settings); }

}  // namespace purlscope::models::baselines
