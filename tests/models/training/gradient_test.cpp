#include "models/training/gradient.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

namespace purlscope::models {
namespace {

at::Tensor with_gradient(const at::Tensor& gradient) {
  at::Tensor parameter = at::zeros_like(gradient);
  parameter.mutable_grad() = gradient;
  return parameter;
}

TEST(Gradients, AreScaledTogetherToTheLargestNorm) {
  const at::Tensor three = with_gradient(at::tensor({3.F, 0.F})), four = with_gradient(at::tensor({4.F}));
  clip_gradients({three, at::zeros({2}), four}, 1);  // of norm 5; the one in the middle has none
  EXPECT_TRUE(at::allclose(three.grad(), at::tensor({0.6F, 0.F})));
  EXPECT_TRUE(at::allclose(four.grad(), at::tensor({0.8F})));
}

TEST(Gradients, BelowTheLargestNormStayAsTheyAre) {
  const at::Tensor small = with_gradient(at::tensor({0.3F, 0.4F})), none = with_gradient(at::zeros({2}));
  clip_gradients({small}, 1);
  clip_gradients({none}, 1);
  EXPECT_TRUE(at::equal(small.grad(), at::tensor({0.3F, 0.4F})));
  EXPECT_TRUE(at::equal(none.grad(), at::zeros({2})));
}

}  // namespace
}  // namespace purlscope::models
