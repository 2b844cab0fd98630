// On a real GPU: `ctest -L gpu`. Without one these tests are skipped and say why.
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/engine/check_engine.h"
#include "models/cuda/loader.h"
#include "models/engine/engine.h"
#include "models/nets/shift/plain.h"
#include "models/nets/shift_gcn.h"
#include "models/purls/net/fused_attention.h"
#include "models/purls/net/head.h"
#include "models/training/device.h"
#include "tests/models/cuda/support/random_weights.h"
#include "tests/models/support/converted.h"
#include "tests/support/npz.h"
#include "tests/support/temp_dir.h"

namespace purlscope::models {
namespace {

using test::random_windows;

constexpr double kTolerance = 1e-3;  // of the largest value

double difference(const at::Tensor& found, const at::Tensor& expected) {
  return ((found - expected).abs().max() / expected.abs().max()).item<double>();
}

class CudaGpu : public ::testing::Test {
 protected:
  void SetUp() override {
    const cuda::Found found = cuda::find_gpu(0);
    if (!found.device) GTEST_SKIP() << found.reason << ". " << found.remedy;
    name_ = cuda::name_of(*found.device, 0);
    test::write_random_shift_gcn(file_, kJoints, 1);
  }

  ShiftGcn on_gpu() const {
    ShiftGcn network = ShiftGcn::load(file_);
    network.compute_on("cuda");
    EXPECT_EQ(network.device(), name_);
    return network;
  }

  static constexpr std::int64_t kJoints = 25;
  test::TempDir dir_;
  std::filesystem::path file_ = dir_.path() / "random.safetensors";
  std::string name_;
};

TEST_F(CudaGpu, GivesTheProcessorsFeaturesAndLogitsAtEveryLength) {
  const ShiftGcn network = on_gpu(), processor = ShiftGcn::load(file_);
  for (const std::int64_t frames : {4, 8, 100, 300, 404}) {
    const at::Tensor window = random_windows({{true, true}}, frames, kJoints, 2)[0];
    const auto found = network.forward(window), expected = processor.forward(window);
    EXPECT_LT(difference(found.features, expected.features), kTolerance) << frames;
    EXPECT_LT(difference(found.logits, expected.logits), kTolerance) << frames;
  }
}

TEST_F(CudaGpu, AReplayedGraphGivesTheSameBitsForTheSameWindow) {
  const ShiftGcn network = on_gpu();
  const at::Tensor first = random_windows({{true, false}}, 300, kJoints, 3);
  const at::Tensor second = random_windows({{true, false}}, 300, kJoints, 4);
  const at::Tensor logits = network.logits(first);
  EXPECT_GT(difference(network.logits(second), logits), kTolerance);
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(at::equal(network.logits(first), logits)) << i;
}

TEST_F(CudaGpu, ABatchGivesTheLogitsOfItsSamples) {
  const ShiftGcn network = on_gpu(), processor = ShiftGcn::load(file_);
  std::vector<std::pair<bool, bool>> persons(64, {true, false});
  persons[3] = {true, true};
  persons[5] = {false, true};
  persons[7] = {false, false};
  const at::Tensor windows = random_windows(persons, 300, kJoints, 5), together = network.logits(windows);
  for (const std::int64_t i : {0, 3, 5, 7, 63}) {
    EXPECT_LT(difference(together[i], network.logits(windows.slice(0, i, i + 1))[0]), kTolerance) << i;
    EXPECT_LT(difference(together[i], processor.logits(windows.slice(0, i, i + 1))[0]), kTolerance) << i;
  }
}

TEST_F(CudaGpu, MoreLengthsThanGraphsAreKeptStayRight) {
  const ShiftGcn network = on_gpu(), processor = ShiftGcn::load(file_);
  for (int round = 0; round < 2; ++round) {
    for (std::int64_t frames = 4; frames <= 48; frames += 4) {
      const at::Tensor window = random_windows({{true, false}}, frames, kJoints, 6);
      EXPECT_LT(difference(network.logits(window), processor.logits(window)), kTolerance) << frames;
    }
  }
}

TEST_F(CudaGpu, AFullGpuIsALimitAndSmallerQuestionsGoOn) {
  const ShiftGcn network = on_gpu();
  const at::Tensor small = random_windows({{true, false}}, 300, kJoints, 7);
  const at::Tensor logits = network.logits(small);
  // 4096 pairs of 300 frames need 126 GB; where even that fits, nothing is refused.
  const at::Tensor huge = at::ones({4096, 3, 300, kJoints, 2});
  try {
    network.logits(huge);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::limit) << error.what();
  }
  EXPECT_TRUE(at::equal(network.logits(small), logits));
  EXPECT_EQ(network.device(), name_);
}

TEST_F(CudaGpu, PlainOperatorsOnTheGpuAgree) {
  if (find_device(kAutoDevice).is_cpu()) GTEST_SKIP() << "LibTorch's part for GPUs is not installed";
  ShiftGcn network = ShiftGcn::load(file_);
  network.compute_on("cuda", true);
  const at::Tensor windows = random_windows({{true, true}, {true, false}}, 300, kJoints, 8);
  EXPECT_LT(difference(network.logits(windows), on_gpu().logits(windows)), kTolerance);
}

TEST_F(CudaGpu, FusedAttentionIsTheHeads) {
  if (find_device(kAutoDevice).is_cpu()) GTEST_SKIP() << "LibTorch's part for GPUs is not installed";
  const auto head = std::make_shared<purls::PurlsHead>(purls::HeadOptions());
  head->initialise(make_generator(7, 0));
  const at::NoGradGuard no_grad;
  const at::Tensor texts = at::randn({120, 8, 384}, make_generator(1, 0)) / 20;
  const at::Tensor nodes = at::randn({16, 75, 128}, make_generator(2, 0)) / 11;
  const purls::Attended expected = head->attend_candidates(texts, nodes);
  head->to(at::kCUDA);
  const at::Tensor there = nodes.to(at::kCUDA), asking = texts.to(at::kCUDA);
  EXPECT_TRUE(purls::fused_attention(head->query_directions(asking).flatten(0, 1), there, {}));
  const purls::Attended found = head->attend_candidates(asking, there);
  EXPECT_LT(difference(found.weights.cpu(), expected.weights), kTolerance);
  EXPECT_LT(difference(found.pooled.cpu(), expected.pooled), kTolerance);
}

/// A recording whose joints are a golden clip's preprocessed ones: both engines preprocess it again.
core::ClipPtr clip_of(const at::Tensor& input, const std::string& name) {
  constexpr double kRate = 30;
  auto clip = std::make_shared<core::Clip>();
  clip->name = name;
  clip->format = "golden";
  clip->layout = core::joint_layout("ntu25");
  clip->frames = static_cast<std::size_t>(input.size(1));
  clip->fps = kRate;
  const auto values = input.accessor<float, 4>();
  for (std::int64_t person = 0; person < input.size(3); ++person) {
    if (!input.select(3, person).any().item<bool>()) continue;
    core::Person body;
    body.id = std::to_string(person);
    for (std::int64_t t = 0; t < input.size(1); ++t) {
      for (std::int64_t j = 0; j < input.size(2); ++j) {
        body.joints.push_back({values[0][t][j][person], values[1][t][j][person], values[2][t][j][person]});
      }
    }
    body.state.assign(body.joints.size(), core::JointState::given);
    clip->persons.push_back(std::move(body));
  }
  for (std::size_t t = 0; t < clip->frames; ++t) clip->times.push_back(static_cast<double>(t) / kRate);
  return clip;
}

TEST_F(CudaGpu, EveryGoldenClipHasTheProcessorsLogitsAndTheOfficialOnes) {
  PURLSCOPE_NEEDS_SHARED();
  std::size_t clips = 0;
  for (const auto& entry : std::filesystem::directory_iterator(test::shared_dir() / "golden/shift-gcn")) {
    const std::string name = entry.path().stem().string(), checkpoint = name.substr(0, name.find("__"));
    SCOPED_TRACE(name);
    const auto golden = test::read_npz(entry.path());
    const std::vector<std::size_t>& shape = golden.at("input").shape;
    const at::Tensor input =
        at::tensor(golden.at("input").floats()).view(std::vector<std::int64_t>(shape.begin(), shape.end()));
    const auto weights = test::converted_shift_gcn(checkpoint);
    ShiftGcn network = ShiftGcn::load(weights);
    network.compute_on("cuda");
    const at::Tensor official = at::tensor(golden.at("logits").floats());
    EXPECT_LT((network.forward(input).logits - official).abs().max().item<float>(), 1e-3F);

    const auto engine = [](const char* device, bool plain) {
      core::EngineOptions options{.model = "no such model", .threads = 1};
      options.device = device;
      options.plain = plain;
      return std::make_unique<CpuEngine>(options);
    };
    core::CheckEngine check(engine("cuda", false), engine("cpu", true));
    check.classify_closed_set(*clip_of(input, name), weights);
    EXPECT_TRUE(check.report().agrees()) << check.report().first;
    ++clips;
  }
  EXPECT_EQ(clips, 10U);
}

}  // namespace
}  // namespace purlscope::models
