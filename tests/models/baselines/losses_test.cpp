#include "models/baselines/learn/losses.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>

#include "models/baselines/learn/vae.h"
#include "models/baselines/methods/jpose.h"
#include "models/purls/net/losses.h"

namespace purlscope::models::baselines {
namespace {

// Two clips and three classes on the axes of a plane; margin 0.1.
TEST(DeviseLoss, IsTheHingeRankLossWorkedOutByHand) {
  const at::Tensor clips = at::tensor({1.0F, 0.0F, 0.6F, 0.8F}).view({2, 2});
  const at::Tensor classes = at::tensor({1.0F, 0.0F, 0.0F, 1.0F, 0.6F, 0.8F}).view({3, 2});
  const at::Tensor target = at::tensor({0, 0}, at::kLong);
  // Scores of the first clip: 1, 0, 0.6: both others stay more than 0.1 below. Of the second: 0.6, 0.8, 1:
  // 0.1 - 0.6 + 0.8 = 0.3 and 0.1 - 0.6 + 1 = 0.5. Mean over two clips: 0.4.
  EXPECT_NEAR(hinge_rank(clips, classes, target, 0.1).item<double>(), 0.4, 1e-6);
  EXPECT_NEAR(hinge_over_classes(clips, classes.index_select(0, target), classes, 0.1).item<double>(), 0.5, 1e-6)
      << "and the true class's margin";
}

// "Global" is eq. 3 of PURLS with one level: half over the classes, half over the batch.
TEST(GlobalLoss, IsTheContrastWorkedOutByHand) {
  const at::Tensor clips = at::tensor({1.0F, 0.0F, 0.0F, 1.0F}).view({2, 1, 2});
  const at::Tensor classes = at::tensor({1.0F, 0.0F, 0.0F, 1.0F}).view({2, 1, 2});
  const at::Tensor loss = purls::paper_level_losses(clips, classes, at::tensor({0, 1}, at::kLong), at::ones({1}), true);
  // Every similarity matrix is the unit matrix: -log(e / (e + 1)) on both halves.
  EXPECT_NEAR(loss.sum().item<double>(), std::log1p(std::exp(-1.0)), 1e-6);
}

TEST(BaselineLosses, DiscrepancyOfABatchFromItselfIsNone) {
  const at::Tensor x = at::arange(12, at::kFloat).view({4, 3});
  EXPECT_NEAR(maximum_mean_discrepancy(x, x, 0.01).item<double>(), 0, 1e-6);
  // Two points one apart: the kernel is 1 with itself and exp(-k) with the other.
  EXPECT_NEAR(maximum_mean_discrepancy(at::zeros({1, 1}), at::ones({1, 1}), 2).item<double>(), 2 - 2 * std::exp(-2.0),
              1e-6);
}

TEST(BaselineLosses, DiscrepancyOfWeightedRowsIsThatOfRowsRepeated) {
  const auto leaf = [](const at::Tensor& values) { return values.clone().requires_grad_(); };
  const at::Tensor x = leaf(at::arange(12, at::kFloat).view({4, 3}).sin());
  const at::Tensor classes = at::arange(6, at::kFloat).view({2, 3}).cos();
  const at::Tensor target = at::tensor({0, 1, 1, 1}, at::kLong);
  const at::Tensor y = leaf(classes), weighted = leaf(classes);
  const at::Tensor repeated = y.index_select(0, target);
  // Gretton's formula term by term, left to autograd.
  const auto mean = [](const at::Tensor& a, const at::Tensor& b) {
    return (-0.7 * (a.unsqueeze(1) - b.unsqueeze(0)).square().sum(2)).exp().mean();
  };
  const at::Tensor plain = mean(x, x) + mean(repeated, repeated) - 2 * mean(x, repeated);
  plain.backward();
  const at::Tensor expected = x.grad().clone();
  x.mutable_grad() = at::Tensor();
  const at::Tensor loss =
      maximum_mean_discrepancy({x, at::full({4}, 0.25)}, {weighted, at::tensor({0.25F, 0.75F})}, 0.7);
  loss.backward();
  EXPECT_NEAR(loss.item<double>(), plain.item<double>(), 1e-6);
  EXPECT_TRUE(at::allclose(x.grad(), expected, 1e-4, 1e-6));
  EXPECT_TRUE(at::allclose(weighted.grad(), y.grad(), 1e-4, 1e-6));
}

TEST(BaselineLosses, TheGradientOfTripletsIsThatOfThePairsTheyName) {
  const at::Tensor start = at::arange(15, at::kFloat).view({5, 3}).sin();
  const at::Tensor words = at::tensor({0, 0, 1, 1, 2}, at::kLong);
  const at::Tensor rows = start.clone().requires_grad_(), named = start.clone().requires_grad_();
  triplet_loss(rows, words, {}).backward();
  const at::Tensor similar = at::matmul(named, named.t());
  const at::Tensor found = similar.detach(), same = words.unsqueeze(0).eq(words.unsqueeze(1));
  const at::Tensor positive = found.masked_fill(~same, 1e9).argmin(1),
                   negative = found.masked_fill(same, -1e9).argmax(1);
  at::relu(0.3 - similar.index_select(1, positive) + similar.index_select(1, negative)).sum().div(5).backward();
  EXPECT_GT(named.grad().abs().max().item<double>(), 0.01);
  EXPECT_TRUE(at::allclose(rows.grad(), named.grad(), 1e-4, 1e-5));
}

TEST(BaselineLosses, ATripletNeedsAnotherWord) {
  const at::Tensor rows = at::eye(2);
  EXPECT_EQ(triplet_loss(rows, at::tensor({4, 4}, at::kLong), {}).item<double>(), 0);
  // Two words: the positive is the row itself (1), the negative the other (0): 0.3 - 1 + 0 on the diagonal, and
  // 0.3 - 0 + 1 = 1.3 off it; 2.6 over two rows.
  EXPECT_NEAR(triplet_loss(rows, at::tensor({4, 5}, at::kLong), {}).item<double>(), 1.3, 1e-6);
}

TEST(BaselineLosses, DivergenceIsNoneForTheStandardNormalAlone) {
  const Gaussian standard = {at::zeros({3, 2}), at::zeros({3, 2})};
  EXPECT_EQ(standard.divergence().item<double>(), 0);
  // Mean 1 in one of two dimensions: 1/2.
  const Gaussian moved = {at::tensor({1.0F, 0.0F}).view({1, 2}), at::zeros({1, 2})};
  EXPECT_NEAR(moved.divergence().item<double>(), 0.5, 1e-6);
}

TEST(BaselineCycles, AShortenedTrainingPassesTheSamePlaces) {
  Settings settings("any", {{"cycles", 3}, {"cycle_steps", 1000}});
  const Cycles cycles = Cycles::read(settings);
  const Cycles::Place place = cycles.place(150, 10);
  EXPECT_EQ(place.cycle, 1);
  EXPECT_EQ(place.step, 500);
  EXPECT_EQ(cycles.climb(1000, 900), 0);
  EXPECT_NEAR(cycles.climb(1000, 1300), 0.01, 1e-12);
}

}  // namespace
}  // namespace purlscope::models::baselines
