#include "models/nets/shift_kernels.h"

#include <gtest/gtest.h>

namespace purlscope::models {
namespace {

at::Tensor constant(std::initializer_list<float> values, at::IntArrayRef shape) {
  return at::tensor(at::ArrayRef<float>(values)).view(shape);
}

const at::Tensor kNoBias = at::zeros({1});
const Affine kPlain = {at::ones({1}), at::zeros({1})};

TEST(ShiftKernels, ChannelCTakesItsInputFromTheCthJointAfter) {
  // Two channels, one frame, three joints.
  const at::Tensor x = constant({1, 2, 3, 10, 20, 30}, {2, 1, 3});
  const at::Tensor mask = constant({1, 1, 1, 1, 2, 3}, {2, 3});
  EXPECT_TRUE(at::equal(rotate_in(x, mask), constant({1, 2, 3, 20, 60, 30}, {2, 1, 3})));
}

TEST(ShiftKernels, MoreChannelsThanJointsWrapAround) {
  const at::Tensor x = at::arange(1.0, 15.0).to(at::kFloat).view({7, 1, 2});
  const at::Tensor y = rotate_in(x, at::ones({7, 2}));
  for (std::int64_t c = 0; c < 7; ++c) EXPECT_TRUE(at::equal(y[c], c % 2 == 0 ? x[c] : x[c].flip(1))) << c;
}

TEST(ShiftKernels, TheOutputRotatesBackAndIsNormed) {
  const at::Tensor x = constant({1, 2, 3, 10, 20, 30}, {2, 1, 3});
  const Affine norm = {constant({1, 1, 1, 2, 2, 2}, {2, 3}), constant({0, 0, 0, 0, 0, -41}, {2, 3})};
  const Affine next = {constant({1, 10}, {2}), constant({0, 1}, {2})};
  const at::Tensor residual = constant({0, -5, 0, 0, 0, 0}, {2, 1, 3});
  // Channel 1: joints 2, 0, 1 of x are 30, 10, 20; 2 * 30, 2 * 10, relu(2 * 20 - 41); times 10 plus 1.
  EXPECT_TRUE(at::equal(rotate_out(x, norm, residual, next), constant({1, 0, 3, 601, 201, 1}, {2, 1, 3})));
}

TEST(ShiftKernels, TimeShiftsInterpolateAndSeeZerosOutside) {
  const at::Tensor x = constant({1, 2, 3, 4}, {1, 4, 1});
  const auto shifted = [&](float by) { return shift_in(x, TemporalShift::from(at::tensor({by}))).flatten(); };
  EXPECT_TRUE(at::equal(shifted(0.0F), constant({1, 2, 3, 4}, {4})));
  EXPECT_TRUE(at::equal(shifted(1.0F), constant({2, 3, 4, 0}, {4})));
  EXPECT_TRUE(at::equal(shifted(-1.0F), constant({0, 1, 2, 3}, {4})));
  EXPECT_TRUE(at::equal(shifted(0.25F), constant({1.25F, 2.25F, 3.25F, 3}, {4})));
  EXPECT_TRUE(at::equal(shifted(-0.25F), constant({0.75F, 1.75F, 2.75F, 3.75F}, {4})));
  EXPECT_TRUE(at::equal(shifted(100.0F), at::zeros({4})));
  EXPECT_TRUE(at::equal(shifted(-100.0F), at::zeros({4})));
}

TEST(ShiftKernels, AStridedShiftSamplesBeforeItDropsFrames) {
  const at::Tensor x = constant({1, 2, 3, 4, 5, 6}, {1, 6, 1});
  const auto strided = [&](float by) {
    return shift_out(x, kNoBias, TemporalShift::from(at::tensor({by})), 2, kPlain, {}).flatten();
  };
  EXPECT_TRUE(at::equal(strided(0.0F), constant({1, 3, 5}, {3})));
  EXPECT_TRUE(at::equal(strided(0.5F), constant({1.5F, 3.5F, 5.5F}, {3})));
  EXPECT_TRUE(at::equal(strided(-1.5F), constant({0, 1.5F, 3.5F}, {3})));
  EXPECT_TRUE(at::equal(strided(1.5F), constant({2.5F, 4.5F, 3.0F}, {3})));
}

TEST(ShiftKernels, TheSecondShiftRectifiesBeforeAndAfter) {
  const at::Tensor x = constant({-3, 1, 3}, {1, 3, 1});
  const Affine norm = {at::tensor({2.0F}), at::tensor({-3.0F})};
  const at::Tensor residual = constant({10, 0, -2}, {1, 3, 1});
  // h = relu(x + 1) = 0, 2, 4; 2 h - 3 + residual = 7, 1, 3.
  const at::Tensor y = shift_out(x, at::tensor({1.0F}), TemporalShift::from(at::tensor({0.0F})), 1, norm, residual);
  EXPECT_TRUE(at::equal(y.flatten(), constant({7, 1, 3}, {3})));
  const at::Tensor z = shift_out(x, at::tensor({1.0F}), TemporalShift::from(at::tensor({0.0F})), 1, norm, {});
  EXPECT_TRUE(at::equal(z.flatten(), constant({0, 1, 5}, {3})));
}

}  // namespace
}  // namespace purlscope::models
