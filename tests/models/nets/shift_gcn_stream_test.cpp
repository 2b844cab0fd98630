#include "models/nets/shift_gcn_stream.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "core/base/safetensors.h"
#include "models/weights/load.h"
#include "tests/models/support/converted.h"
#include "tests/support/npz.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::models {
namespace {

using test::ThrowsError;
using ::testing::HasSubstr;

constexpr std::int64_t kJoints = 25;

float farthest(const at::Tensor& a, const at::Tensor& b) { return (a - b).abs().max().item<float>(); }

/// The published network, and the official input of one of its golden clips with one performer.
class ShiftGcnStreamData : public ::testing::Test {
 protected:
  void SetUp() override {
    PURLSCOPE_NEEDS_SHARED();
    const auto golden =
        test::read_npz(test::shared_dir() / "golden/shift-gcn/ntu_ShiftGCN_joint_xsub__S001C001P001R001A011.npz");
    clip = at::tensor(golden.at("input").floats()).view({3, 300, kJoints, 2});
    ASSERT_FALSE(clip.select(3, 1).any().item<bool>()) << "the stream has one performer";
  }

  static std::filesystem::path published() { return test::converted_shift_gcn("ntu_ShiftGCN_joint_xsub"); }

  /// The published weights with all shifts in time a fifth as long, so that a window has frames that its edges do not
  /// reach.
  std::filesystem::path with_short_shifts() {
    const auto file = core::SafeTensors::open(published());
    std::map<std::string, core::SafeTensorOut> tensors;
    for (const auto& [name, tensor] : file.tensors()) {
      tensors[name] = {tensor.dtype, tensor.shape, {tensor.bytes.begin(), tensor.bytes.end()}};
      if (name.ends_with("ypos")) tensors[name] = store_tensor(load_tensor(file, name, tensor.shape) * 0.2);
    }
    const auto changed = dir.path() / "short.safetensors";
    core::save_safetensors(changed, tensors, file.metadata());
    return changed;
  }

  static at::Tensor steps_of(ShiftGcnStream stream, const at::Tensor& recording) {
    std::vector<at::Tensor> steps;
    for (std::int64_t t = 0; t < recording.size(1); ++t) {
      const at::Tensor step = stream.push(recording.select(3, 0).select(1, t));
      if (step.defined()) steps.push_back(step);
    }
    for (const at::Tensor& step : stream.finish()) steps.push_back(step);
    return at::stack(steps, 1);
  }

  /// Both ways' features [256, T / 4, J] of a recording [3, T, J, 2], less those of a recording of zeros: so the empty
  /// second slot, which the whole network averages in, falls out.
  static at::Tensor streamed(const ShiftGcn& network, const at::Tensor& recording) {
    return steps_of(ShiftGcnStream(network), recording) - steps_of(ShiftGcnStream(network), at::zeros_like(recording));
  }
  static at::Tensor whole(const ShiftGcn& network, const at::Tensor& recording) {
    return 2 * (network.forward(recording).features - network.forward(at::zeros_like(recording)).features);
  }

  test::TempDir dir;
  at::Tensor clip;  // [3, 300, 25, 2]
};

TEST_F(ShiftGcnStreamData, GivesTheFeaturesOfTheWholeRecordingToItsEdges) {
  const ShiftGcn network = ShiftGcn::load(published());
  const at::Tensor expected = whole(network, clip), found = streamed(network, clip);
  ASSERT_EQ(found.sizes(), expected.sizes());
  EXPECT_GT(expected.abs().max().item<float>(), 1.0F);
  EXPECT_LT(farthest(found, expected), 1e-4F * expected.abs().max().item<float>());
}

TEST_F(ShiftGcnStreamData, ItsScoresOverTheWholeRecordingAreTheNetworks) {
  const ShiftGcn network = ShiftGcn::load(published());
  ShiftGcnStream stream(network, clip.size(1));
  EXPECT_THAT([&] { stream.logits(); }, ThrowsError(Code::bad_argument, HasSubstr("no step yet")));
  for (std::int64_t t = 0; t < clip.size(1); ++t) stream.push(clip.select(3, 0).select(1, t));
  stream.finish();
  EXPECT_LT(farthest(stream.logits(), network.forward(clip).logits), 1e-3F);
  EXPECT_THAT([&] { stream.push(clip.select(3, 0).select(1, 0)); },
              ThrowsError(Code::bad_argument, HasSubstr("ended")));
}

TEST_F(ShiftGcnStreamData, AWindowDiffersOnlyWhereItsEdgesReach) {
  const ShiftGcn network = ShiftGcn::load(with_short_shifts());
  const ShiftGcnStream reaches(network);
  constexpr std::int64_t kBegin = 148, kFrames = 300;  // a multiple of four, or other frames would share a step
  const std::int64_t first = (reaches.memory() + 3) / 4, last = (kFrames - reaches.delay() - 1) / 4;
  ASSERT_GE(last - first, 40);

  const at::Tensor recording = at::cat({clip, clip.flip(1)}, 1);
  const at::Tensor stream = streamed(network, recording).slice(1, kBegin / 4, (kBegin + kFrames) / 4);
  const at::Tensor window = whole(network, recording.slice(1, kBegin, kBegin + kFrames));
  const float size = window.abs().max().item<float>();
  EXPECT_LT(farthest(stream.slice(1, first, last + 1), window.slice(1, first, last + 1)), 1e-4F * size);
  EXPECT_GT(farthest(stream, window), 1e-2F * size) << "at its edges a window sees zeros";
}

TEST_F(ShiftGcnStreamData, AStepComesWhenItsLastFrameHasCome) {
  const ShiftGcn network = ShiftGcn::load(with_short_shifts());
  ShiftGcnStream stream(network);
  ASSERT_GT(stream.delay(), 0);
  for (std::int64_t t = 0; t < 100; ++t) {
    const bool due = t >= stream.delay() && (t - stream.delay()) % ShiftGcn::kTimeStride == 0;
    EXPECT_EQ(stream.push(clip.select(3, 0).select(1, t)).defined(), due) << "frame " << t;
  }
}

TEST_F(ShiftGcnStreamData, RefusesFramesAndWindowsOfAnotherSize) {
  const ShiftGcn network = ShiftGcn::load(published());
  EXPECT_THAT([&] { ShiftGcnStream(network, 299); }, ThrowsError(Code::bad_argument, HasSubstr("multiple of 4")));
  EXPECT_THAT([&] { ShiftGcnStream(network, 0); }, ThrowsError(Code::bad_argument, HasSubstr("0 frames")));
  ShiftGcnStream stream(network);
  EXPECT_THAT([&] { stream.push(at::zeros({3, 20})); }, ThrowsError(Code::shape_mismatch, HasSubstr("[3, 25]")));
  EXPECT_THAT([&] { stream.push(at::zeros({3, 1, 25})); }, ThrowsError(Code::shape_mismatch, HasSubstr("[3, 1, 25]")));
}

}  // namespace
}  // namespace purlscope::models
