#include <ATen/Parallel.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/optim/adam.h>

#include <cmath>

#include "core/base/error.h"
#include "models/backbones/backbone.h"
#include "models/backbones/layers/streams.h"
#include "models/backbones/volume/heat_map.h"
#include "tests/support/throws_error.h"

namespace purlscope::models::backbones {
namespace {

using test::ThrowsError;
using testing::AllOf;
using testing::HasSubstr;

Options narrow() {
  Options options;
  options.width = 0.125;
  options.map = 16;
  options.widths = {64, 96};  // 8 and 12 at this width
  options.strides = {2, 2};
  return options;
}

/// Six motions of two classes: joint 4 swings to the side or up and down.
at::Tensor swings(std::int64_t joints, std::int64_t frames) {
  at::Tensor motion = at::randn({6, frames, joints, 3}, make_generator(3, 0)) * 0.05;
  motion += at::randn({1, 1, joints, 3}, make_generator(4, 0));
  const at::Tensor swing = at::linspace(0, 9, frames).sin() * 0.7;
  for (std::int64_t i = 0; i < 6; ++i) motion[i].select(1, 4).select(1, i % 2) += swing;
  return motion;
}

std::int64_t parameter_count(const torch::nn::Module& module) {
  std::int64_t count = 0;
  for (const at::Tensor& parameter : module.parameters()) count += parameter.numel();
  return count;
}

class EveryBackbone : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { at::set_num_threads(1); }  // small networks gain nothing from more
};

TEST_P(EveryBackbone, LearnsASmallProblemWithEveryParameter) {
  const auto layout = core::joint_layout("openni15");
  const Options options = narrow();
  const auto network = make_backbone(GetParam(), *layout, options);
  network->initialise(make_generator(1, 0));
  const at::Tensor head = (at::randn({2, network->channels()}, make_generator(2, 0)) * 0.1).requires_grad_(true);
  auto parameters = network->parameters();
  parameters.push_back(head);
  torch::optim::Adam optimiser(parameters, torch::optim::AdamOptions(1e-2));

  const at::Tensor motion = swings(15, 16), target = at::arange(6, at::kLong).remainder(2);
  std::map<std::string, bool> reached;
  double first = 0, last = 0;
  for (int step = 0; step < 12; ++step) {
    optimiser.zero_grad();
    const at::Tensor features = network->features(motion);
    ASSERT_EQ(features.size(1), backbone_shape(GetParam(), options).steps(16));
    ASSERT_EQ(features.size(2), network->nodes());
    ASSERT_EQ(features.size(3), network->channels());
    const at::Tensor loss = at::cross_entropy_loss(at::matmul(features.mean(at::IntArrayRef{1, 2}), head.t()), target);
    loss.backward();
    optimiser.step();
    last = loss.item<double>();
    ASSERT_TRUE(std::isfinite(last));
    if (step == 0) first = last;
    for (const auto& item : network->named_parameters()) {
      const at::Tensor gradient = item.value().grad();
      reached[item.key()] |= gradient.defined() && gradient.abs().max().item<float>() > 0;
    }
  }
  EXPECT_LT(last, 0.7 * first);
  for (const auto& [name, touched] : reached) EXPECT_TRUE(touched) << name << " has no gradient";
}

TEST_P(EveryBackbone, IsTheSameForTheSameSeedAndTakesOtherLayouts) {
  for (const char* id : {"kinect20", "mediapipe33"}) {
    const auto layout = core::joint_layout(id);
    const at::Tensor motion = swings(static_cast<std::int64_t>(layout->size()), 9);
    std::vector<at::Tensor> features;
    for (const std::uint64_t seed : {1U, 1U, 2U}) {
      const auto network = make_backbone(GetParam(), *layout, narrow());
      network->initialise(make_generator(seed, 0));
      network->eval();
      const at::NoGradGuard no_grad;
      features.push_back(network->features(motion));
      EXPECT_EQ(features.back().size(1), backbone_shape(GetParam(), narrow()).steps(9));
    }
    EXPECT_TRUE(at::equal(features[0], features[1])) << id;
    EXPECT_FALSE(at::allclose(features[0], features[2])) << id;
  }
}

INSTANTIATE_TEST_SUITE_P(All, EveryBackbone, testing::ValuesIn(backbone_names()), [](const auto& made) {
  std::string name = made.param;
  std::erase(name, '-');
  return name;
});

TEST(Backbones, HaveAboutTheParametersOfThePublishedNetworks) {
  // Millions, of one network on one stream; the classifiers of 60 classes (256 x 60) are not ours.
  const struct {
    const char* name;
    double published;
    const char* source;
  } cases[] = {{"st-gcn", 3.1, "Yan et al., AAAI 2018, as its published weights count"},
               {"shift-gcn", 0.69, "Cheng et al., CVPR 2020, as its published weights count"},
               {"aa-gcn", 3.78, "Shi et al., TIP 2020, as its published weights count"},
               {"ctr-gcn", 1.46, "Chen et al., ICCV 2021"},
               {"dg-stgcn", 1.7, "Duan et al., arXiv 2210.05895"},
               {"posec3d", 2.0, "Duan et al., CVPR 2022"}};
  for (const auto& known : cases) {
    Options options;
    options.performers = 2;
    const auto layout = core::joint_layout(std::string(known.name) == "posec3d" ? "coco17" : "ntu25");
    const double found = static_cast<double>(parameter_count(*make_backbone(known.name, *layout, options))) / 1e6;
    RecordProperty(known.name, fmt::format("{:.3f} M", found));
    fmt::print("{}: {:.3f} million parameters (published {}: {})\n", known.name, found, known.published, known.source);
    EXPECT_NEAR(found, known.published, 0.1 * known.published) << known.name;
  }
}

TEST(Backbones, AHalfOfTheWidthIsAQuarterOfTheWeights) {
  const auto layout = core::joint_layout("kinect20");
  Options half;
  half.width = 0.5;
  const auto whole = parameter_count(*make_backbone("st-gcn", *layout, {}));
  const auto part = parameter_count(*make_backbone("st-gcn", *layout, half));
  EXPECT_NEAR(static_cast<double>(part) / static_cast<double>(whole), 0.25, 0.02);
}

TEST(Backbones, RefusesWhatNoNetworkCanDo) {
  const auto refused = [](const std::string& name, const Options& options, const std::string& why) {
    EXPECT_THAT([&] { backbone_shape(name, options); }, ThrowsError(Code::bad_argument, HasSubstr(why))) << why;
  };
  EXPECT_THAT(
      [] { backbone_shape("resnet", {}); },
      ThrowsError(Code::bad_argument, AllOf(HasSubstr("'resnet'"), HasSubstr("ctr-gcn"), HasSubstr("posec3d"))));
  Options options;
  options.width = 0;
  refused("ctr-gcn", options, "width 0");
  options = {};
  options.stream = "joint+speed";
  refused("st-gcn", options, "'speed'");
  options.stream = "bone+bone";
  refused("small-gcn", options, "twice");
  options.stream = "bone";
  refused("posec3d", options, "'bone'");
  options = {};
  options.map = 4;
  refused("posec3d", options, "4 cells");
}

TEST(Streams, ShowPositionsBonesAndSteps) {
  at::Tensor motion = at::zeros({1, 3, 2, 3});
  motion[0].select(1, 1).select(1, 0) = at::tensor({1.F, 3.F, 7.F});  // x of the second joint
  motion[0].select(1, 0).select(1, 0) = 0.5;
  const at::Tensor shown = assemble_streams(motion, joint_index({0, 0}), parse_streams("joint+bone+motion"));
  ASSERT_EQ(shown.size(3), 9);
  EXPECT_TRUE(at::equal(shown[0].select(1, 1).select(1, 0), at::tensor({1.F, 3.F, 7.F})));
  EXPECT_TRUE(at::equal(shown[0].select(1, 1).select(1, 3), at::tensor({0.5F, 2.5F, 6.5F})));
  EXPECT_TRUE(at::equal(shown[0].select(1, 1).select(1, 6), at::tensor({2.F, 4.F, 0.F})));
  EXPECT_TRUE(shown[0].select(1, 0).slice(1, 3).eq(0).all().item<bool>()) << "a root has no bone and stood still";
}

TEST(PoseC3d, GivesACellToTheJointsInIt) {
  Options options = narrow();
  options.map = 32;  // four by four cells of eight
  const auto layout = core::joint_layout("coco17");
  const auto network = make_backbone("posec3d", *layout, options);
  at::Tensor motion = at::zeros({6, 17, 3});
  motion.select(1, 9).select(1, 0) = 1;  // one joint to the right of all others
  const at::Tensor shares = network->joint_shares(motion);
  ASSERT_EQ(shares.sizes(), (std::vector<std::int64_t>{3, 16, 17}));
  EXPECT_TRUE(at::allclose(shares.sum(-1), at::ones({3, 16})));
  const at::Tensor points = project_to_map(motion.unsqueeze(0), 32)[0][0] / 8;  // in cells
  const auto cell_of = [&](std::int64_t joint) {
    return points[joint][1].floor().item<std::int64_t>() * 4 + points[joint][0].floor().item<std::int64_t>();
  };
  EXPECT_GT(shares[0][cell_of(9)][9].item<float>(), 0.95);
  EXPECT_NEAR(shares[0][cell_of(0)][0].item<float>(), 1.0 / 16, 0.01) << "sixteen joints lie together";
}

}  // namespace
}  // namespace purlscope::models::backbones
