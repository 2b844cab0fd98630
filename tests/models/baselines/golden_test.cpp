// The baselines of the literature (random weights that exercise every parameter) against their reference codes' values.
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/safetensors.h"
#include "models/baselines/data/masking.h"
#include "models/baselines/learn/losses.h"
#include "models/baselines/methods/cada_vae.h"
#include "models/baselines/methods/jpose.h"
#include "models/baselines/methods/revise.h"
#include "models/baselines/methods/smie.h"
#include "models/baselines/methods/synse.h"
#include "models/purls/model/module_file.h"
#include "tests/support/npz.h"
#include "tests/support/shared.h"

namespace purlscope::models::baselines {
namespace {

constexpr double kTolerance = 1e-4;  // relative to the largest entry of the expected tensor

class BaselineFixture : public testing::Test {
 protected:
  void open(const char* name) {
    folder_ = test::shared_dir() / "golden" / name;
    arrays_ = test::read_npz(folder_ / "io.npz");
  }

  void load(torch::nn::Module& module, const std::string& prefix = "") const {
    purls::load_module(core::SafeTensors::open(folder_ / "weights.safetensors"), prefix, module);
  }

  at::Tensor golden(const std::string& name) const {
    const test::NpzArray& array = arrays_.at(name);
    const std::vector<std::int64_t> shape(array.shape.begin(), array.shape.end());
    const at::Tensor values = at::tensor(array.floats()).reshape(shape);
    return array.dtype == "<i8" ? values.to(at::kLong) : values;
  }

  void expect_golden(const at::Tensor& found, const std::string& name) const {
    const at::Tensor expected = golden(name).reshape_as(found);
    const double scale = expected.abs().max().item<double>();
    const double error = (found.detach() - expected).abs().max().item<double>() / scale;
    EXPECT_LE(error, kTolerance) << name;
    worst_ = std::max(worst_, error);
  }

  void TearDown() override { RecordProperty("worst_relative_error", fmt::format("{:.1e}", worst_)); }

 private:
  std::filesystem::path folder_;
  std::map<std::string, test::NpzArray> arrays_;
  mutable double worst_ = 0;
};

class ReviseGolden : public BaselineFixture {
 protected:
  void SetUp() override {
    PURLSCOPE_NEEDS_SHARED();
    open("baseline_revise");
    ReviseNet::Widths widths;
    widths.text_layer = 64;
    net_ = std::make_shared<ReviseNet>(widths);
    load(*net_);
    features_ = golden("visual").log1p();
    texts_ = unit_rows(golden("text_raw"));
    target_ = golden("target");
  }

  at::Tensor gradient(const std::string& parameter) const { return net_->named_parameters()[parameter].grad(); }

  std::shared_ptr<ReviseNet> net_;
  at::Tensor features_, texts_, target_;
};

TEST_F(ReviseGolden, EncodesBothSidesAsTheReferenceCode) {
  expect_golden(features_, "vis_emb");
  const Encoded visual = net_->visual->forward(features_);
  expect_golden(visual.hidden, "vis_hidden");
  expect_golden(visual.output, "vis_out");
  expect_golden(visual.mapped, "vis_trans_out");
  const Encoded text = net_->text->forward(texts_.index_select(0, target_));
  expect_golden(text.hidden, "att_hidden");
  expect_golden(text.output, "att_out");
  expect_golden(text.mapped, "att_trans_out");
  expect_golden(net_->text->forward(texts_).mapped, "seen_class_embeddings");
  expect_golden(maximum_mean_discrepancy(visual.hidden, text.hidden, 0.05), "mmd_k0p05");
  expect_golden(at::mse_loss(visual.output, features_), "vis_mse_only");
}

TEST_F(ReviseGolden, LossesAndGradientsAreThoseOfTheReferenceCode) {
  const ReviseLosses losses = revise_losses(*net_, features_, texts_, target_, {});
  expect_golden(losses.visual, "vis_recons_loss");
  expect_golden(losses.text, "att_recons_loss");
  expect_golden(losses.discrepancy, "loss_mmd");
  expect_golden(losses.prediction, "pred_loss");
  expect_golden(losses.total(), "loss");
  losses.total().backward();
  expect_golden(gradient("visae.encoder.0.bias"), "grad_visae_enc_bias_zeroed");
  expect_golden(gradient("attae.encoder.0.bias"), "grad_attae_enc0_bias");
  // Without a reset between them the reference also has the derivative of the hidden units' sum, by way of its
  // contractive term.
  net_->visual->forward(features_).hidden.sum().backward();
  expect_golden(gradient("visae.encoder.0.bias"), "grad_visae_enc_bias");
}

class JposeGolden : public BaselineFixture {
 protected:
  void SetUp() override {
    PURLSCOPE_NEEDS_SHARED();
    open("baseline_jpose");
    JposeNet::Widths widths;
    widths.noun = 300;
    widths.noun_layer = 0;
    net_ = std::make_shared<JposeNet>(widths);
    load(*net_);
    features_ = unit_rows(golden("visual"));
    target_ = golden("target");
    texts_ = {unit_rows(golden("verb_raw")), unit_rows(golden("noun_raw")), by_class("verb_tar"), by_class("noun_tar")};
  }

  /// A number of each sample's word, laid out by class; classes without a sample have none that occurs.
  at::Tensor by_class(const std::string& name) const {
    at::Tensor words = at::full({12}, -1, at::kLong);
    words.index_put_({golden("target")}, golden(name));
    return words;
  }

  std::shared_ptr<JposeNet> net_;
  at::Tensor features_, target_;
  JposeTexts texts_;
};

TEST_F(JposeGolden, EmbedsAsTheReferenceCode) {
  const JposeNet::Embedded clips = net_->embed_visual(features_);
  expect_golden(clips.verb, "vis_verb_transform");
  expect_golden(clips.noun, "vis_noun_transform");
  expect_golden(clips.joint, "fin_vis");
  const JposeNet::Embedded classes = net_->embed_text(texts_.verbs, texts_.nouns);
  expect_golden(classes.verb, "verb_embeddings");
  expect_golden(classes.noun, "noun_embeddings");
  expect_golden(classes.joint, "fin_text_embedding");
  expect_golden(classes.verb.index_select(0, target_), "verb_transform");
  expect_golden(classes.noun.index_select(0, target_), "noun_transform");
  expect_golden(classes.joint.index_select(0, target_), "fin_text");
}

TEST_F(JposeGolden, LossesAreThoseOfTheReferenceCode) {
  JposeWeights weights;
  weights.all_negatives = true;
  const JposeLosses losses = jpose_losses(*net_, features_, texts_, target_, weights);
  expect_golden(losses.verb, "verb_vis_loss");
  expect_golden(losses.noun, "noun_vis_loss");
  expect_golden(losses.joint, "joint_loss");
  expect_golden(losses.verb_triplet, "verb_verb_loss");
  expect_golden(losses.noun_triplet, "noun_noun_loss");
  expect_golden(losses.total(weights.triplet), "loss");
}

TEST_F(JposeGolden, ATripletOfOtherWordsIsTheOneRecomputedBesideTheReference) {
  const at::Tensor clips = net_->embed_visual(features_).verb;
  expect_golden(triplet_loss(clips, golden("verb_tar"), {}), "triplet_verb_negatives_other_class");
}

class CadaVaeGolden : public BaselineFixture {
 protected:
  void SetUp() override {
    PURLSCOPE_NEEDS_SHARED();
    open("baseline_cadavae");
    net_ = std::make_shared<CadaVaeNet>(256, 1024, 40);
    load(*net_);
    features_ = golden("visual");
    texts_ = golden("text_unit").index_select(0, golden("target"));
  }

  std::shared_ptr<CadaVaeNet> net_;
  at::Tensor features_, texts_;
};

TEST_F(CadaVaeGolden, EncodesSamplesAndDecodesAsTheReferenceCode) {
  const Gaussian visual = net_->visual_encoder->forward(features_), text = net_->text_encoder->forward(texts_);
  expect_golden(visual.mean, "smu");
  expect_golden(visual.log_variance, "slv");
  expect_golden(text.mean, "tmu");
  expect_golden(text.log_variance, "tlv");
  const at::Tensor visual_latent = visual.sample(golden("eps_s")), text_latent = text.sample(golden("eps_t"));
  expect_golden(visual_latent, "sz");
  expect_golden(text_latent, "tz");
  expect_golden(net_->visual_decoder->forward(visual_latent), "sout");
  expect_golden(net_->text_decoder->forward(text_latent), "tout");
  expect_golden(net_->text_decoder->forward(visual_latent), "tfroms");
  expect_golden(net_->visual_decoder->forward(text_latent), "sfromt");
}

TEST_F(CadaVaeGolden, LossesAreThoseOfTheReferenceCode) {
  const CadaVaeLosses losses = cada_vae_losses(*net_, features_, texts_, {golden("eps_s"), golden("eps_t")});
  expect_golden(losses.visual, "s_recons");
  expect_golden(losses.text, "t_recons");
  expect_golden(-losses.visual_divergence, "s_kld");
  expect_golden(-losses.text_divergence, "t_kld");
  expect_golden(losses.visual_from_text, "s_crecons");
  expect_golden(losses.text_from_visual, "t_crecons");
  expect_golden(losses.total(cada_vae_weights({}, {3, 1650})), "loss");
  expect_golden(losses.total(cada_vae_weights({}, {3, 1200})), "loss_epoch1200");
}

TEST_F(CadaVaeGolden, WeightsFollowTheReferenceCodesCycle) {
  const auto as_tensor = [](const CadaVaeLosses::Weights& weights) {
    return at::tensor({weights.visual_divergence, weights.text_divergence, weights.cross, 0.0}).to(at::kFloat);
  };
  expect_golden(as_tensor(cada_vae_weights({}, {0, 1650})), "factors");
  expect_golden(as_tensor(cada_vae_weights({}, {7, 1200})), "factors_epoch1200");
}

TEST_F(CadaVaeGolden, TheClassifierEndsInAReluAsTheReferenceCodes) {
  Layers classifier({40, 5}, Activation::none, Activation::relu);
  load(classifier, "classifier.model.");
  expect_golden(classifier.forward(golden("smu")), "classifier_on_smu");
}

class SynseGolden : public BaselineFixture {
 protected:
  void SetUp() override {
    PURLSCOPE_NEEDS_SHARED();
    open("baseline_synse");
    net_ = std::make_shared<SynseNet>(256, 1024, 40);
    load(*net_);
    features_ = golden("visual");
    nouns_ = unit_rows(golden("noun_raw")).index_select(0, golden("target"));
    verbs_ = unit_rows(golden("verb_raw")).index_select(0, golden("target"));
  }

  std::shared_ptr<SynseNet> net_;
  at::Tensor features_, nouns_, verbs_;
};

TEST_F(SynseGolden, EncodesSamplesAndDecodesAsTheReferenceCode) {
  const Gaussian visual = net_->visual_encoder->forward(features_);
  const Gaussian noun = net_->noun_encoder->forward(nouns_), verb = net_->verb_encoder->forward(verbs_);
  const at::Tensor latent = visual.sample(golden("eps_s"));
  const at::Tensor noun_latent = noun.sample(golden("eps_n")), verb_latent = verb.sample(golden("eps_v"));
  for (const auto& [name, found] : std::map<std::string, at::Tensor>{{"smu", visual.mean},
                                                                     {"slv", visual.log_variance},
                                                                     {"sz", latent},
                                                                     {"ntmu", noun.mean},
                                                                     {"ntlv", noun.log_variance},
                                                                     {"ntz", noun_latent},
                                                                     {"vtmu", verb.mean},
                                                                     {"vtlv", verb.log_variance},
                                                                     {"vtz", verb_latent}}) {
    expect_golden(found, name);
  }
  expect_golden(net_->visual_decoder->forward(latent), "sout");
  expect_golden(net_->noun_decoder->forward(noun_latent), "ntout");
  expect_golden(net_->verb_decoder->forward(verb_latent), "vtout");
  expect_golden(net_->noun_decoder->forward(latent.slice(1, 0, 20)), "ntfroms");
  expect_golden(net_->verb_decoder->forward(latent.slice(1, 20)), "vtfroms");
  expect_golden(net_->visual_decoder->forward(at::cat({noun_latent, verb_latent}, 1)), "sfromt");
}

TEST_F(SynseGolden, LossesAreThoseOfTheReferenceCode) {
  const SynseLosses losses =
      synse_losses(*net_, features_, nouns_, verbs_, {golden("eps_s"), golden("eps_n"), golden("eps_v")});
  expect_golden(losses.visual, "s_recons");
  expect_golden(losses.noun, "nt_recons");
  expect_golden(losses.verb, "vt_recons");
  expect_golden(-losses.visual_divergence, "s_kld");
  expect_golden(-losses.noun_divergence, "nt_kld");
  expect_golden(-losses.verb_divergence, "vt_kld");
  expect_golden(losses.visual_from_texts, "s_crecons");
  expect_golden(losses.noun_from_visual, "nt_crecons");
  expect_golden(losses.verb_from_visual, "vt_crecons");
  expect_golden(losses.total(synse_weights({}, {2, 1650})), "loss");
  expect_golden(losses.total(synse_weights({}, {1, 1650})), "loss_cycle1");
}

TEST_F(SynseGolden, WeightsFollowTheReferenceCodesCycles) {
  const auto as_tensor = [](const SynseLosses::Weights& w) {
    return at::tensor({w.visual_divergence, w.cross, w.text_divergence, w.text_divergence, w.cross, w.cross})
        .to(at::kFloat);
  };
  expect_golden(as_tensor(synse_weights({}, {2, 1650})), "factors");
  expect_golden(as_tensor(synse_weights({}, {1, 1650})), "factors_cycle1");
}

class SmieGolden : public BaselineFixture {
 protected:
  void SetUp() override {
    PURLSCOPE_NEEDS_SHARED();
    open("baseline_smie");
    Critic::Widths widths;
    widths.text = 64;
    critic_ = std::make_shared<Critic>(widths);
    load(*critic_, "global_D.");
    classes_ = unit_rows(golden("language_raw"));
    texts_ = classes_.index_select(0, golden("target"));
  }

  std::shared_ptr<Critic> critic_;
  at::Tensor classes_, texts_;
};

TEST_F(SmieGolden, TheCriticIsTheReferenceCodes) {
  const at::Tensor clips = normalise_channels(golden("feat0"));
  expect_golden(clips, "visual_ln");
  expect_golden(critic_->forward(clips, texts_), "D_real");
  expect_golden(critic_->forward(clips.roll(-1, 0), texts_), "D_fake");
}

TEST_F(SmieGolden, LossesAreThoseOfTheReferenceCode) {
  const auto losses = [&](double margin) {
    return smie_losses(*critic_, golden("feat0"), golden("feat1"), texts_, margin);
  };
  expect_golden(losses(0.1).whole, "dim0");
  expect_golden(losses(0.1).masked, "dim1");
  expect_golden(-losses(0.1).whole, "loss1");
  expect_golden(losses(0.1).temporal, "loss2");
  expect_golden(losses(0.1).total(0.5), "loss");
  expect_golden(losses(5).temporal, "loss2_margin5");
  expect_golden(losses(5).total(0.5), "loss_margin5");
}

TEST_F(SmieGolden, ScoresUnseenClassesAsTheReferenceCode) {
  const at::Tensor unseen = golden("unseen");
  const at::Tensor scores = smie_scores(*critic_, golden("feat0"), classes_.index_select(0, unseen));
  expect_golden(scores, "score");
  EXPECT_TRUE(at::equal(unseen.index_select(0, scores.argmax(1)), golden("pred")));
}

TEST_F(SmieGolden, KeyFramesAreThoseOfTheReferenceCode) {
  constexpr std::int64_t kCalm = 14;  // of 20 frames
  const at::Tensor motions = golden("mask_input").permute({0, 2, 4, 3, 1}).reshape({2, 20, 50, 3});
  const at::Tensor expected = golden("mask_output").permute({0, 2, 4, 3, 1}).reshape({2, 8, 50, 3});
  const at::Tensor frames = calm_frames(motions, kCalm).index_select(1, golden("mask_random_frame"));
  EXPECT_TRUE(at::equal(motions.index({at::arange(2, at::kLong).unsqueeze(1), frames}), expected));
}

}  // namespace
}  // namespace purlscope::models::baselines
