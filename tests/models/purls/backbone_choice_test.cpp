#include <ATen/Parallel.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "core/base/error.h"
#include "models/purls/lab.h"
#include "models/purls/model/model.h"
#include "models/purls/recogniser.h"
#include "tests/models/purls/purls_fixture.h"
#include "tests/support/throws_error.h"

namespace purlscope::models {
namespace {

using nlohmann::json;
using purls::Config;
using test::ThrowsError;
using testing::AllOf;
using testing::HasSubstr;

/// A training of one epoch on a narrow network.
json narrow_config(const std::string& backbone) {
  json config = test::tiny_config();
  config["backbone"].update({{"name", backbone}, {"width", 0.125}, {"map", 16}, {"epochs", 1}});
  return config;
}

class TrainedOn : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { at::set_num_threads(1); }
};

TEST_P(TrainedOn, TrainsSavesLoadsAndExplains) {
  const test::TemporaryFolder folder("purls_backbone");
  test::WordHashEncoder encoder;
  core::TrainOptions options;
  options.out = folder.path();
  options.config = narrow_config(GetParam());
  const core::LabData data = test::swing_data(2);
  const json report = train_purls(data, options, encoder, {}, {});
  EXPECT_TRUE(std::isfinite(report["backbone_loss"].get<double>()));

  const auto recogniser = load_purls(folder.path());
  EXPECT_THAT(recogniser->card(), HasSubstr("the backbone " + GetParam()));
  core::LabelSet labels;
  for (int i = 0; i < 3; ++i) labels.labels.push_back(test::swing_label(i));
  recogniser->set_labels(labels, encoder, {});
  const auto window = core::make_window(test::swing_clip(1, 2), recogniser->window());
  const core::Recognition result = recogniser->recognise(window, true, {});
  ASSERT_EQ(result.attention.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    const core::NdArray& weights = result.attention[i].attention;
    ASSERT_EQ(weights.shape, (std::vector<std::size_t>{8, 3, 20}));
    EXPECT_NEAR(std::accumulate(weights.data.begin(), weights.data.end(), 0.0), 8, 1e-3) << "eight rows of one each";
    const core::NdArray& shares = result.attention[i].contribution;
    double levels = 0;
    for (const float level : result.labels[i].levels) levels += level;
    EXPECT_NEAR(std::accumulate(shares.data.begin(), shares.data.end(), 0.0), levels, 1e-3);
  }

  core::EvaluateOptions evaluation;
  evaluation.model = folder.path();
  evaluation.backbone = GetParam();
  EXPECT_EQ(evaluate_purls(data, evaluation, encoder, {}, {})["backbone"], GetParam());
  evaluation.backbone = GetParam() == "st-gcn" ? "ctr-gcn" : "st-gcn";
  EXPECT_THAT([&] { evaluate_purls(data, evaluation, encoder, {}, {}); },
              ThrowsError(Code::bad_argument, AllOf(HasSubstr(GetParam()), HasSubstr(evaluation.backbone))));
}

INSTANTIATE_TEST_SUITE_P(All, TrainedOn, testing::ValuesIn(backbones::backbone_names()), [](const auto& made) {
  std::string name = made.param;
  std::erase(name, '-');
  return name;
});

TEST(BackboneChoice, EvaluateTrainsTheBackboneNamed) {
  at::set_num_threads(1);
  test::WordHashEncoder encoder;
  core::EvaluateOptions options;
  options.backbone = "ctr-gcn";
  options.config = narrow_config("ctr-gcn");
  options.config["backbone"].erase("name");
  EXPECT_EQ(evaluate_purls(test::swing_data(2), options, encoder, {}, {})["backbone"], "ctr-gcn");
  options.config["backbone"]["name"] = "aa-gcn";
  EXPECT_THAT([&] { check_purls(options); },
              ThrowsError(Code::bad_argument, AllOf(HasSubstr("aa-gcn"), HasSubstr("ctr-gcn"))));
}

TEST(BackboneChoice, TimeNodesNeedAsManyTimeSteps) {
  const auto with = [](const char* name, int slots, int frames) {
    return json{{"backbone", {{"name", name}, {"frames", frames}}}, {"nodes", {{"slots", slots}}}};
  };
  EXPECT_EQ(test::config_refusal(with("ctr-gcn", 3, 32)), "accepted");
  EXPECT_EQ(test::config_refusal(with("posec3d", 16, 32)), "accepted");
  EXPECT_THAT(test::config_refusal(with("ctr-gcn", 15, 32)),
              AllOf(HasSubstr("8 time steps"), HasSubstr("at least 57")));
  EXPECT_EQ(test::config_refusal(with("ctr-gcn", 15, 57)), "accepted");
  EXPECT_THAT(test::config_refusal(with("shift-gcn", 75, 296)), HasSubstr("at least 297"));
  EXPECT_EQ(test::config_refusal(with("shift-gcn", 75, 300)), "accepted");
}

TEST(BackboneChoice, RefusesByName) {
  EXPECT_THAT(test::config_refusal({{"backbone", {{"name", "resnet"}}}}),
              AllOf(HasSubstr("'resnet'"), HasSubstr("ctr-gcn")));
  EXPECT_THAT(test::config_refusal({{"backbone", {{"stream", "speed"}}}}), HasSubstr("'speed'"));
  EXPECT_THAT(test::config_refusal({{"backbone", {{"width", 9}}}}), HasSubstr("width 9"));
  EXPECT_EQ(test::config_refusal({{"backbone", {{"stream", "joint+bone"}}}}), "accepted");
  EXPECT_THAT(test::config_refusal({{"augment", {{"mirror", 2}}}}), HasSubstr("'mirror'"));
  EXPECT_THAT(test::config_refusal({{"augment", {{"flip", 1}}}}), HasSubstr("'augment.flip'"));
}

}  // namespace
}  // namespace purlscope::models
