#include <ATen/Parallel.h>
#include <gtest/gtest.h>

#include <array>
#include <cctype>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stop_token>
#include <string>

#include "models/purls/model/explain.h"
#include "models/purls/train/trainer.h"
#include "models/training/device.h"
#include "tests/models/purls/purls_fixture.h"
#include "tests/models/support/second_device.h"

namespace purlscope::models::purls {
namespace {

using nlohmann::json;

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string only_letters(std::string name) {
  std::erase_if(name, [](char letter) { return std::isalnum(static_cast<unsigned char>(letter)) == 0; });
  return name;
}

/// One epoch of each network.
json short_config() {
  json config = test::tiny_config();
  config["backbone"]["epochs"] = 1;
  config["head"]["epochs"] = 1;
  return config;
}

/// A narrow network that is shown everything it can be.
json config_of(const std::string& backbone) {
  json config = short_config();
  config["backbone"].update({{"name", backbone}, {"width", 0.125}, {"map", 16}});
  if (backbone != "posec3d") config["backbone"]["stream"] = "joint+bone+motion";
  config["augment"] = {{"mirror", 0.5}, {"joint_dropout", 0.2}, {"speed", 0.3}};
  return config;
}

class OnDevices : public testing::Test {
 protected:
  void SetUp() override {
    at::set_num_threads(1);
    seen_ = collect_seen(data_, {}, {});
  }

  TrainedModel train(const json& config, at::Device device, const std::filesystem::path& checkpoints = {},
                     const core::ProgressFn& progress = {}, std::stop_token stop = {}) {
    const TrainingPlan plan{Config::parse(config), 5, checkpoints, {}, device};
    return train_model(data_, seen_, plan, encoder_, progress, std::move(stop));
  }

  /// @param tolerance of losses
  static void expect_same_curves(const TrainedModel& expected, const TrainedModel& found, double tolerance) {
    for (const StageReport TrainedModel::*stage : {&TrainedModel::backbone, &TrainedModel::head}) {
      const Curve &left = (expected.*stage).curve, &right = (found.*stage).curve;
      ASSERT_EQ(left.size(), right.size());
      for (std::size_t i = 0; i < left.size(); ++i) {
        EXPECT_NEAR(left[i].loss, right[i].loss, tolerance) << left[i].stage << ", epoch " << left[i].epoch;
        EXPECT_NEAR(left[i].held_loss.value(), right[i].held_loss.value(), tolerance) << left[i].stage;
      }
    }
  }

  /// The second device computes what the processor computes, so that everything must be equal bit by bit: losses,
  /// draws, and the file of the model.
  void expect_equal(const TrainedModel& expected, const TrainedModel& found) {
    EXPECT_TRUE(expected.model.device().is_cpu());
    EXPECT_EQ(found.model.device(), test::second_device());
    expect_same_curves(expected, found, 0);
    EXPECT_EQ(expected.held_accuracy, found.held_accuracy);
    save_model(expected.model, folder_.path() / "expected");
    save_model(found.model, folder_.path() / "found");
    EXPECT_EQ(bytes_of(folder_.path() / "expected"), bytes_of(folder_.path() / "found"));
  }

  test::TemporaryFolder folder_{"purls_device"};
  core::LabData data_ = test::swing_data(4);
  TrainingSet seen_;
  test::WordHashEncoder encoder_;
};

TEST(SecondDevice, RefusesWhatAGpuRefuses) {
  const at::Tensor own = at::ones({2, 3}, test::second_device()), other = at::ones({2, 3});
  EXPECT_THROW(own + other, c10::Error);
  EXPECT_THROW(at::mm(own, other.t()), c10::Error);
  EXPECT_THROW(own.index_select(0, at::zeros({1}, at::kLong)), c10::Error);
  EXPECT_THROW(at::empty({2}, own.options()).normal_(0, 1, make_generator(0, 0)), c10::Error);
  EXPECT_TRUE(at::equal((own + 1).to(at::kCPU), other + 1));
  EXPECT_TRUE(at::equal(at::arange(3, own.options()).to(at::kCPU), at::arange(3, other.options())));
}

class EveryBackboneOnDevices : public OnDevices, public testing::WithParamInterface<std::string> {};

TEST_P(EveryBackboneOnDevices, TrainsWithEverythingOnTheDevice) {
  const json config = config_of(GetParam());
  expect_equal(train(config, at::kCPU), train(config, test::second_device()));
}

INSTANTIATE_TEST_SUITE_P(All, EveryBackboneOnDevices, testing::ValuesIn(backbones::backbone_names()),
                         [](const auto& made) { return only_letters(made.param); });

struct HeadCase {
  const char *form, *partition, *objective;
};

class EveryHeadOnDevices : public OnDevices, public testing::WithParamInterface<HeadCase> {};

TEST_P(EveryHeadOnDevices, TrainsWithEverythingOnTheDevice) {
  const auto& [form, partition, objective] = GetParam();
  json config = short_config();
  config["head"].update({{"form", form}, {"partition", partition}, {"objective", objective}, {"learn_weights", true}});
  config["head"]["same_class_positive"] = std::string(form) == "paper";
  expect_equal(train(config, at::kCPU), train(config, test::second_device()));
}

INSTANTIATE_TEST_SUITE_P(
    All, EveryHeadOnDevices,
    testing::Values(HeadCase{"paper", "adaptive", "per-candidate"}, HeadCase{"paper", "adaptive", "class-agnostic"},
                    HeadCase{"paper", "static", "paper"}, HeadCase{"paper", "global", "official"},
                    HeadCase{"official", "adaptive", "official"}, HeadCase{"official", "adaptive", "paper"},
                    HeadCase{"official", "static", "class-agnostic"}, HeadCase{"official", "global", "per-candidate"}),
    [](const auto& made) {
      return only_letters(std::string(made.param.form) + made.param.partition + made.param.objective);
    });

TEST_F(OnDevices, ATrainingGoesOnOnAnotherDevice) {
  const json config = test::tiny_config();
  // Stopped once in the backbone, once in the head; each part on the device that the one before was not on.
  at::Device device = at::kCPU;
  for (const char* stage : {"backbone", "head"}) {
    std::stop_source source;
    const auto stop = [&](const core::Progress& step) {
      if (step.point && step.point->stage == stage && step.point->epoch == 2) source.request_stop();
    };
    try {
      train(config, device, folder_.path(), stop, source.get_token());
      FAIL() << "was not stopped in " << stage;
    } catch (const Error& error) {
      ASSERT_EQ(error.code(), Code::cancelled) << error.what();
    }
    device = test::second_device();
  }
  expect_equal(train(config, at::kCPU), train(config, device, folder_.path()));
}

TEST_F(OnDevices, AMovedModelScoresAndExplainsTheSame) {
  for (const char* form : {"paper", "official"}) {
    json config = short_config();
    config["head"]["form"] = form;
    if (std::string(form) == "official") config["scoring"] = {{"levels", "global"}, {"queries", "class-agnostic"}};
    PurlsModel model = train(config, at::kCPU).model;
    const at::Tensor texts = model.texts(seen_.labels, encoder_);
    const auto results = [&] {
      const at::Tensor nodes = model.nodes(seen_.motions), similarities = model.similarities(nodes, texts);
      const Explanation explanation = explain(model, nodes[0], texts);
      return std::array{nodes,
                        similarities,
                        model.scores(similarities),
                        model.published_similarities(nodes, texts, seen_.target),
                        explanation.attention,
                        explanation.contribution};
    };
    const auto expected = results();
    model.move_to(test::second_device());
    const auto found = results();
    for (std::size_t i = 0; i < expected.size(); ++i) {
      ASSERT_TRUE(found[i].device().is_cpu()) << form << ", result " << i;
      EXPECT_TRUE(at::equal(expected[i], found[i])) << form << ", result " << i;
    }
  }
}

/// A real GPU rounds otherwise than the processor.
constexpr double kGpuTolerance = 1e-3;

class PurlsGpu : public OnDevices {
 protected:
  void SetUp() override {
    if (find_device(kAutoDevice).is_cpu()) GTEST_SKIP() << "no GPU answers";
    OnDevices::SetUp();
  }
};

TEST_F(PurlsGpu, EveryBackboneHasTheLossesOfTheProcessor) {
  for (const std::string& backbone : backbones::backbone_names()) {
    SCOPED_TRACE(backbone);
    const TrainedModel found = train(config_of(backbone), find_device(kAutoDevice));
    expect_same_curves(train(config_of(backbone), at::kCPU), found, kGpuTolerance);
    const at::Tensor texts = found.model.texts(seen_.labels, encoder_);
    EXPECT_TRUE(found.model.similarities(found.model.nodes(seen_.motions), texts).isfinite().all().item<bool>());
  }
}

TEST_F(PurlsGpu, EveryBackboneTrainsInMixedPrecision) {
  for (const std::string& backbone : backbones::backbone_names()) {
    SCOPED_TRACE(backbone);
    json config = config_of(backbone);
    config["precision"] = "mixed";
    config["head"]["form"] = "official";
    EXPECT_TRUE(std::isfinite(train(config, find_device(kAutoDevice)).head.loss));
  }
}

}  // namespace
}  // namespace purlscope::models::purls
