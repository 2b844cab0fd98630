// Own kernels for Shift-GCN and what queues them, on a GPU that the processor plays: the same sources as on a real one.
#include "models/nets/shift_gcn.h"

#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/base/log.h"
#include "models/nets/shift/fused.h"
#include "models/nets/shift/plain.h"
#include "models/nets/shift/window.h"
#include "tests/models/cuda/support/random_weights.h"
#include "tests/models/cuda/support/simulated_gpu.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::models {
namespace {

using test::random_shift_weights;
using test::random_windows;
using test::SmallShape;
using test::ThrowsError;
using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr double kTolerance = 2e-5;  // of the largest value: another order of sums

double difference(const at::Tensor& found, const at::Tensor& expected) {
  return ((found - expected).abs().max() / expected.abs().max()).item<double>();
}

/// Widths that fill no tile, joints that fill no row, both kinds of ways around, a stride in a unit of constant width.
const SmallShape kUneven{7, {5, 5, 70, 70}, {1, 2, 1, 2}};

/// For what does not depend on shapes.
const SmallShape kSmall{7, {5, 9}, {2, 2}};

class CudaShiftGcn : public ::testing::Test {
 protected:
  std::unique_ptr<shift::Runner> fused(const shift::Weights& weights) const {
    return shift::make_fused(weights, gpu_.device(), "the simulated GPU");
  }

  test::SimulatedGpu gpu_;
};

TEST_F(CudaShiftGcn, GivesThePlainNetworksFeaturesAndLogitsForManyShapes) {
  const std::vector<SmallShape> shapes = {
      kUneven, {25, {64, 128}, {2, 2}}, {1, {3, 4}, {2, 2}}, {128, {9}, {4}}, {20, {33, 33, 33}, {1, 4, 1}, 130}};
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    SCOPED_TRACE(i);
    const shift::Weights weights = random_shift_weights(shapes[i], i);
    const auto own = fused(weights), plain = shift::make_plain(weights, at::kCPU);
    const at::Tensor windows = random_windows({{true, true}, {true, false}}, 28, shapes[i].joints, 90 + i);
    const shift::Answer found = own->run(windows, true), expected = plain->run(windows, true);
    ASSERT_EQ(found.features.sizes(), expected.features.sizes());
    EXPECT_LT(difference(found.features, expected.features), kTolerance);
    EXPECT_LT(difference(found.logits, expected.logits), kTolerance);
  }
}

TEST_F(CudaShiftGcn, GivesTheFeaturesOfTheProcessorsFusedWay) {
  const shift::Weights weights = random_shift_weights(kUneven, 3);
  const at::Tensor windows = random_windows({{true, true}}, 24, kUneven.joints, 4);
  shift::Buffers buffers(weights, 24);
  at::Tensor expected;
  for (std::int64_t person = 0; person < 2; ++person) {
    const at::Tensor one = shift::features(weights, windows[0].select(3, person), person, buffers) / 2;
    expected = expected.defined() ? expected + one : one;
  }
  EXPECT_LT(difference(fused(weights)->run(windows, true).features[0], expected), kTolerance);
}

TEST_F(CudaShiftGcn, ASampleOfABatchHasTheLogitsThatItHasAlone) {
  const shift::Weights weights = random_shift_weights(kUneven, 5);
  const auto own = fused(weights);
  const at::Tensor windows =
      random_windows({{true, false}, {false, true}, {true, true}, {false, false}, {true, false}}, 16, 7, 6);
  const at::Tensor together = own->run(windows, false).logits;
  for (std::int64_t i = 0; i < windows.size(0); ++i) {
    EXPECT_LT(difference(own->run(windows.slice(0, i, i + 1), false).logits[0], together[i]), kTolerance) << i;
  }
  EXPECT_LT(difference(together, shift::make_plain(weights, at::kCPU)->run(windows, false).logits), kTolerance);
}

TEST_F(CudaShiftGcn, AnEmptySlotCostsNothingAfterTheFirstTime) {
  const auto own = fused(random_shift_weights(kSmall, 5));
  const at::Tensor one = random_windows({{true, false}}, 16, 7, 6), two = random_windows({{true, true}}, 16, 7, 6);
  const auto kernels_of = [&](const at::Tensor& windows) {
    const int before = gpu_.simulation().kernels;
    own->run(windows, false);
    return gpu_.simulation().kernels - before;
  };
  const int pass = kernels_of(two);
  EXPECT_GT(kernels_of(one), pass + 1) << "the answer to an empty slot is found once";
  EXPECT_EQ(kernels_of(one), pass);
}

TEST_F(CudaShiftGcn, RecordsAShapeOnceAndReplaysItsGraph) {
  const auto own = fused(random_shift_weights(kSmall, 5));
  const at::Tensor first = random_windows({{true, true}}, 16, 7, 6), second = random_windows({{true, true}}, 16, 7, 7);
  const at::Tensor logits = own->run(first, false).logits;
  const at::Tensor others = own->run(second, false).logits;
  EXPECT_TRUE(at::equal(own->run(first, false).logits, logits)) << "a replay gives other bits";
  EXPECT_GT(difference(others, logits), 1e-3) << "a replay sees its own window";
  EXPECT_EQ(gpu_.simulation().captures, 1);
  EXPECT_EQ(gpu_.simulation().graph_launches, 3);
}

TEST_F(CudaShiftGcn, KeepsABoundedNumberOfGraphsAndStaysRight) {
  const shift::Weights weights = random_shift_weights(kSmall, 5);
  const auto own = fused(weights), plain = shift::make_plain(weights, at::kCPU);
  std::size_t after_first_round = 0;
  for (int round = 0; round < 3; ++round) {
    for (std::int64_t frames = 48; frames > 8; frames -= 4) {  // the longest first, so that memory need not grow
      const at::Tensor windows = random_windows({{true, false}}, frames, 7, static_cast<std::uint64_t>(frames));
      EXPECT_LT(difference(own->run(windows, false).logits, plain->run(windows, false).logits), kTolerance) << frames;
    }
    if (round == 0) after_first_round = gpu_.simulation().allocated;
    EXPECT_EQ(gpu_.simulation().allocated, after_first_round);
  }
  EXPECT_GT(gpu_.simulation().captures, 20) << "ten lengths in turn do not fit";
}

TEST_F(CudaShiftGcn, AGrowingBatchMovesItsMemoryAndGraphsFollow) {
  const shift::Weights weights = random_shift_weights(kSmall, 5);
  const auto own = fused(weights), plain = shift::make_plain(weights, at::kCPU);
  for (const std::size_t samples : {1U, 3U, 1U, 6U, 1U, 3U}) {
    const std::vector<std::pair<bool, bool>> persons(samples, {true, true});
    const at::Tensor windows = random_windows(persons, 12, 7, samples);
    const shift::Answer found = own->run(windows, samples % 2 == 1), expected = plain->run(windows, true);
    EXPECT_LT(difference(found.logits, expected.logits), kTolerance) << samples;
    if (found.features.defined()) {
      EXPECT_LT(difference(found.features, expected.features), kTolerance) << samples;
    }
  }
}

TEST_F(CudaShiftGcn, WaitsAsleep) {
  const auto own = fused(random_shift_weights(kSmall, 5));
  own->run(random_windows({{true, false}}, 16, 7, 6), false);
  EXPECT_GT(gpu_.simulation().sleeping_waits, 0);
  EXPECT_EQ(gpu_.simulation().spinning_waits, 0);
}

TEST_F(CudaShiftGcn, AFullGpuIsALimitAndSmallerQuestionsGoOn) {
  const shift::Weights weights = random_shift_weights(kSmall, 5);
  const auto own = fused(weights);
  gpu_.simulation().memory = gpu_.simulation().allocated + 60'000;
  const at::Tensor small = random_windows({{true, true}}, 16, 7, 6);
  const at::Tensor logits = own->run(small, false).logits;
  const std::vector<std::pair<bool, bool>> many(64, {true, true});
  EXPECT_THAT([&] { own->run(random_windows(many, 16, 7, 6), false); },
              ThrowsError(Code::limit, AllOf(HasSubstr("the simulated GPU"), HasSubstr("64 windows of 16 frames"),
                                             HasSubstr("out of memory"), HasSubstr("fewer windows"))));
  EXPECT_TRUE(at::equal(own->run(small, false).logits, logits));
}

TEST_F(CudaShiftGcn, GivesAllItsMemoryBack) {
  const std::size_t before = gpu_.simulation().allocated;
  fused(random_shift_weights(kSmall, 5))->run(random_windows({{true, false}}, 16, 7, 6), true);
  EXPECT_EQ(gpu_.simulation().allocated, before);
}

/// What the engine has: a checkpoint of the published widths, and a log that the test reads.
class CudaFallback : public CudaShiftGcn {
 protected:
  void SetUp() override {
    file_ = dir_.path() / "random.safetensors";
    test::write_random_shift_gcn(file_, kJoints, 1);
    core::set_log_sink([this](core::LogLevel, const std::string& line) { lines_.push_back(line); });
  }
  void TearDown() override { core::set_log_sink({}); }

  static constexpr std::int64_t kJoints = 5;
  test::TempDir dir_;
  std::filesystem::path file_;
  std::vector<std::string> lines_;
  at::Tensor windows_ = random_windows({{true, false}, {true, true}}, 8, kJoints, 2);
};

TEST_F(CudaFallback, TheWholeNetworkOfThePublishedWidthsAgrees) {
  const ShiftGcn processor = ShiftGcn::load(file_);
  ShiftGcn network = ShiftGcn::load(file_);
  network.compute_on(gpu_.device(), "the simulated GPU");
  EXPECT_EQ(network.device(), "the simulated GPU");
  EXPECT_EQ(processor.device(), "CPU");
  EXPECT_LT(difference(network.logits(windows_), processor.logits(windows_)), kTolerance);
  const auto found = network.forward(windows_[0]), expected = processor.forward(windows_[0]);
  EXPECT_LT(difference(found.features, expected.features), kTolerance);
  EXPECT_LT(difference(found.logits, expected.logits), kTolerance);
  EXPECT_TRUE(lines_.empty());
}

TEST_F(CudaFallback, AGpuThatIsLostIsReplacedByTheProcessorWithOneMessage) {
  ShiftGcn network = ShiftGcn::load(file_);
  network.compute_on(gpu_.device(), "the simulated GPU");
  gpu_.fail("cudaEventSynchronize", test::kIllegalAddress);
  const at::Tensor expected = ShiftGcn::load(file_).logits(windows_);
  for (int i = 0; i < 2; ++i) EXPECT_LT(difference(network.logits(windows_), expected), kTolerance);
  EXPECT_EQ(network.device(), "CPU");
  ASSERT_EQ(lines_.size(), 1U);
  EXPECT_THAT(lines_[0], AllOf(HasSubstr("the simulated GPU"), HasSubstr("waiting for the GPU"), HasSubstr("on CPU")));
}

TEST_F(CudaFallback, FailuresOfEveryCallEndInTheProcessorsAnswer) {
  const at::Tensor expected = ShiftGcn::load(file_).logits(windows_);
  for (const char* call :
       {"cudaSetDevice", "cudaHostAlloc", "cudaMemcpyAsync", "cudaLaunchKernel", "cudaEventRecord",
        "cudaStreamBeginCapture", "cudaStreamEndCapture", "cudaGraphInstantiate", "cudaGraphLaunch"}) {
    ShiftGcn network = ShiftGcn::load(file_);
    network.compute_on(gpu_.device(), "the simulated GPU");
    gpu_.fail(call, test::kIllegalAddress, 1);
    EXPECT_LT(difference(network.logits(windows_), expected), kTolerance) << call;
    EXPECT_EQ(network.device(), "CPU") << call;
    EXPECT_EQ(gpu_.simulation().failures, 0) << call << " was never asked for";
  }
  EXPECT_EQ(lines_.size(), 9U);
}

TEST_F(CudaFallback, AGpuThatCannotHoldTheNetworkIsNotUsed) {
  gpu_.fail("cudaMalloc", test::kOutOfMemory);
  ShiftGcn network = ShiftGcn::load(file_);
  network.compute_on(gpu_.device(), "the simulated GPU");
  EXPECT_EQ(network.device(), "CPU");
  ASSERT_EQ(lines_.size(), 1U);
  EXPECT_THAT(lines_[0], HasSubstr("out of memory"));
}

TEST_F(CudaFallback, PlainOperatorsGiveTheFusedNetworksLogits) {
  ShiftGcn network = ShiftGcn::load(file_);
  network.compute_on("cpu", true);
  EXPECT_EQ(network.device(), "CPU, operator by operator");
  EXPECT_LT(difference(network.logits(windows_), ShiftGcn::load(file_).logits(windows_)), kTolerance);
}

TEST_F(CudaFallback, AGpuThatWasNamedAndDoesNotAnswerIsRefused) {
  ShiftGcn network = ShiftGcn::load(file_);
  EXPECT_THAT([&] { network.compute_on("cuda:99"); }, ThrowsError(Code::unsupported, HasSubstr("'cuda:99'")));
  EXPECT_THAT([&] { network.compute_on("gpu"); }, ThrowsError(Code::bad_argument, HasSubstr("'gpu'")));
}

}  // namespace
}  // namespace purlscope::models
