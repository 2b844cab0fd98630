#include "models/purls/model/pretrained.h"

#include <ATen/Parallel.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "models/nets/shift_gcn.h"
#include "models/purls/data/ntu_motion.h"
#include "models/purls/lab.h"
#include "models/purls/model/model.h"
#include "models/purls/recogniser.h"
#include "models/purls/train/trainer.h"
#include "tests/models/purls/purls_fixture.h"
#include "tests/models/support/converted.h"
#include "tests/support/throws_error.h"

namespace purlscope::models {
namespace {

using nlohmann::json;
using purls::Config;
using test::ThrowsError;
using testing::AllOf;
using testing::HasSubstr;

/// A short training of the head on the published weights of NTU-60.
json config_on(const std::filesystem::path& weights) {
  json config = test::tiny_config();
  config["backbone"] = {{"pretrained", weights.string()}, {"frames", 16}};
  return config;
}

TEST(PretrainedConfig, MeansShiftGcnOnNtusJoints) {
  const Config config = Config::parse({{"backbone", {{"pretrained", "ntu60"}}}});
  EXPECT_EQ(config.backbone_name, "shift-gcn");
  EXPECT_STREQ(config.layout(), "ntu25");
  EXPECT_STREQ(Config::parse(nullptr).layout(), "kinect20");
  EXPECT_THAT(test::config_refusal({{"backbone", {{"pretrained", "ntu60"}, {"name", "ctr-gcn"}}}}),
              AllOf(HasSubstr("ctr-gcn"), HasSubstr("shift-gcn")));
  EXPECT_THAT(test::config_refusal({{"backbone", {{"pretrained", "ntu60"}, {"width", 0.5}}}}), HasSubstr("width 0.5"));
  EXPECT_THAT(test::config_refusal({{"backbone", {{"pretrained", "ntu60"}, {"stream", "bone"}}}}), HasSubstr("'bone'"));
  EXPECT_THAT(test::config_refusal({{"backbone", {{"pretrained", 3}}}}), HasSubstr("backbone.pretrained"));
}

TEST(PretrainedConfig, UnknownWeightsAreNamedBeforeTheDataAreRead) {
  core::TrainOptions options;
  options.config = {{"backbone", {{"pretrained", "no-such-weights"}}}};
  EXPECT_THAT([&] { check_purls(options); },
              ThrowsError(Code::not_found, AllOf(HasSubstr("no-such-weights"), HasSubstr("weights import"))));
}

TEST(NtuMotion, IsCentredAndTurnedAsNtusNetworksExpect) {
  const core::ClipPtr clip = test::swing_clip(0, 1);
  core::WindowOptions options;
  options.layout = "ntu25";
  core::Window window = core::make_window(clip, options);
  const at::Tensor motion = purls::ntu_motion(window);
  ASSERT_EQ(motion.sizes().vec(), (std::vector<std::int64_t>{64, 25, 3}));
  EXPECT_TRUE(motion.isfinite().all().item<bool>());
  EXPECT_LT(motion.select(1, 1).abs().max().item<double>(), 1e-5) << "the spine's middle is the origin";
  const at::Tensor trunk = motion[0][1] - motion[0][0];
  EXPECT_NEAR((trunk[2] / trunk.norm()).item<double>(), 1, 1e-4) << "the spine points along z at the start";
  const at::Tensor shoulders = motion[0][8] - motion[0][4];
  EXPECT_NEAR((shoulders[0] / shoulders.norm()).item<double>(), 1, 1e-4) << "the shoulders along x";
  window.persons.clear();
  EXPECT_THAT([&] { purls::ntu_motion(window); }, ThrowsError(Code::bad_format, HasSubstr("performer")));
}

class PretrainedBackbone : public testing::Test {
 protected:
  void SetUp() override {
    PURLSCOPE_NEEDS_SHARED();
    at::set_num_threads(1);
    weights_ = test::converted_shift_gcn("ntu_ShiftGCN_joint_xsub");
  }

  std::filesystem::path weights_;
  test::WordHashEncoder encoder_;
};

TEST_F(PretrainedBackbone, HasTheFeaturesOfThePublishedNetwork) {
  const Config config = Config::parse(config_on(weights_));
  purls::PurlsModel model = purls::make_model(config, {2});
  EXPECT_EQ(purls::load_pretrained(config.pretrained, *model.backbone).classes, 60);
  // The network for inference sums both slots; the second one, empty, is told apart by a run without the first.
  const at::Tensor person = at::randn({3, 16, 25}), nobody = at::zeros({3, 16, 25});
  const ShiftGcn published = ShiftGcn::load(weights_);
  const auto both = [&](const at::Tensor& first) {
    return 2 * published.forward(at::stack({first, nobody}, 3)).features;
  };
  const at::NoGradGuard no_grad;
  const auto own = [&](const at::Tensor& first) {
    return model.backbone->features(first.permute({1, 2, 0}).unsqueeze(0))[0].permute({2, 0, 1});
  };
  const at::Tensor expected = both(person) - both(nobody), found = own(person) - own(nobody);
  EXPECT_LT((found - expected).norm().item<double>(), 1e-4 * expected.norm().item<double>());
}

TEST_F(PretrainedBackbone, TrainsSavesLoadsAndIsNeverZeroShot) {
  const test::TemporaryFolder folder("purls_pretrained");
  const core::LabData data = test::swing_data(4);
  core::TrainOptions options;
  options.out = folder.path();
  options.config = config_on(weights_);
  const json report = train_purls(data, options, encoder_, {}, {});
  EXPECT_EQ(report["backbone_epochs"], 0);
  EXPECT_EQ(report["head_epochs"], 3);

  const auto recogniser = load_purls(folder.path());
  EXPECT_EQ(recogniser->window().layout, "ntu25");
  EXPECT_THAT(recogniser->card(), HasSubstr("Not zero-shot: the backbone was trained on the 60 classes of NTU RGB+D"));
  core::LabelSet labels;
  for (int i = 0; i < 3; ++i) labels.labels.push_back(test::swing_label(i));
  recogniser->set_labels(labels, encoder_, {});
  const auto window = core::make_window(test::swing_clip(1, 2), recogniser->window());
  EXPECT_EQ(recogniser->recognise(window, true, {}).attention.front().attention.shape,
            (std::vector<std::size_t>{8, 3, 25}));

  core::EvaluateOptions evaluation;
  evaluation.method = "purls";
  evaluation.model = folder.path();
  const json saved = evaluate_purls(data, evaluation, encoder_, {}, {});
  EXPECT_EQ(saved["zero_shot"], false);
  EXPECT_THAT(saved["zero_shot_reason"], HasSubstr("60 classes"));
  evaluation.model.clear();
  evaluation.config = options.config;
  EXPECT_EQ(evaluate_purls(data, evaluation, encoder_, {}, {})["zero_shot"], false);
}

TEST_F(PretrainedBackbone, MethodsOnABackboneOfTheSplitRefuseIt) {
  const core::LabData data = test::swing_data(2);
  const purls::TrainingSet seen = purls::collect_seen(data, {}, {});
  const purls::TrainingPlan plan{Config::parse(config_on(weights_)), 0, {}, {}};
  EXPECT_THAT([&] { purls::train_backbone(data, seen, plan, encoder_, {}, {}); },
              ThrowsError(Code::bad_argument, HasSubstr("backbone.pretrained")));
}

}  // namespace
}  // namespace purlscope::models
