#include "models/baselines/learn/seen_gate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"
#include "models/training/random.h"
#include "tests/support/throws_error.h"

namespace purlscope::models::baselines {
namespace {

TEST(SeenGate, SortsTheHighestProbabilitiesOfBothClassifiers) {
  const at::Tensor unseen = at::tensor({0.2F, 0.7F, 0.1F}).view({1, 3});
  const at::Tensor seen = at::tensor({0.4F, 0.6F}).view({1, 2});
  const at::Tensor expected = at::tensor({0.7F, 0.2F, 0.1F, 0.6F, 0.4F, 0.0F}).view({1, 6});
  EXPECT_TRUE(at::equal(gate_features(unseen, seen, 3), expected)) << gate_features(unseen, seen, 3);
}

// One feature, values 0 (not seen) and 1 (seen), as often each: by symmetry the border lies at 1/2, and the slope w
// fulfils w = 2n sigmoid(-w / 2) / 2 ... which the stationary condition states for n clips of each kind.
TEST(SeenGate, FulfilsTheConditionOfItsMinimum) {
  constexpr int kEach = 10;
  const at::Tensor features = at::cat({at::zeros({kEach, 1}), at::ones({kEach, 1})});
  const at::Tensor is_seen = at::cat({at::zeros({kEach}), at::ones({kEach})}).to(at::kBool);
  const SeenGate gate = fit_seen_gate(features, is_seen);
  const double w = gate.weights.item<double>();
  EXPECT_NEAR(gate.offset, -w / 2, 1e-6);
  EXPECT_NEAR(w, kEach / (1 + std::exp(w / 2)), 1e-6);
  EXPECT_NEAR(gate.probability_seen(at::full({1, 1}, 0.5)).item<double>(), 0.5, 1e-6);
}

TEST(SeenGate, TellsSureFromUnsureClips) {
  const at::Generator draw = make_generator(3, 0);
  constexpr std::int64_t kClips = 200;
  // The classifier over seen classes is sure of seen clips, the one over unseen classes of the others.
  const auto sure = [&] {
    return (6 * at::eye(5).index_select(0, at::randint(5, {kClips}, draw, at::kLong)) + at::randn({kClips, 5}, draw))
        .softmax(1);
  };
  const auto unsure = [&] { return at::randn({kClips, 5}, draw).softmax(1); };
  const auto features = [&] {
    const at::Tensor of_seen = gate_features(unsure(), sure(), 5);
    return at::cat({of_seen, gate_features(sure(), unsure(), 5)});
  };
  const at::Tensor is_seen = at::cat({at::ones({kClips}), at::zeros({kClips})}).to(at::kBool);
  const SeenGate gate = fit_seen_gate(features(), is_seen);
  const at::Tensor right = gate.probability_seen(features()).gt(0.5).eq(is_seen);
  EXPECT_GT(right.to(at::kDouble).mean().item<double>(), 0.95);
}

TEST(SeenGate, NeedsClipsOfBothKinds) {
  EXPECT_THAT(
      [] {
        fit_seen_gate(at::ones({4, 2}), at::ones({4}, at::kBool));
      },
      test::ThrowsError(Code::bad_argument, testing::HasSubstr("4 clips of seen classes among 4")));
}

}  // namespace
}  // namespace purlscope::models::baselines
