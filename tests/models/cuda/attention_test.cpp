// The fused attention kernel on a GPU that the processor plays, against the head and the official code's own values.
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "models/purls/net/fused_attention.h"
#include "models/purls/net/head.h"
#include "tests/models/cuda/support/simulated_gpu.h"
#include "tests/models/purls/golden_head.h"
#include "tests/support/npz.h"
#include "tests/support/shared.h"

namespace purlscope::models::purls {
namespace {

constexpr std::int64_t kLevels = 8;

at::Tensor random_unit(at::IntArrayRef shape, std::uint64_t seed) {
  const at::Tensor x = at::randn(shape, make_generator(seed, 0));
  return x / x.norm(2, -1, true);
}

float farthest(const at::Tensor& a, const at::Tensor& b) { return (a - b).abs().max().item<float>(); }

/// By the kernel, in the shapes of PurlsHead::attend_candidates().
Attended by_kernel(const test::SimulatedGpu& gpu, const at::Tensor& directions, const at::Tensor& nodes,
                   const at::Tensor& places = {}) {
  const at::NoGradGuard no_grad;
  const std::int64_t labels = directions.size(0);
  cuda::Status status;
  const auto found = fused_attention(*gpu.device(), directions.flatten(0, 1), nodes, places, status);
  EXPECT_TRUE(found) << status.text;
  return {found->weights.view({nodes.size(0), labels, kLevels, nodes.size(1)}),
          found->pooled.view({nodes.size(0), labels, kLevels, nodes.size(2)})};
}

TEST(CudaAttention, IsTheHeadsForEveryShape) {
  const test::SimulatedGpu gpu;
  struct Shape {
    std::int64_t samples, labels, nodes, width;
  };
  for (const auto& [samples, labels, count, width] :
       std::vector<Shape>{{1, 1, 1, 1}, {2, 3, 75, 128}, {1, 2, 33, 65}, {3, 1, 400, 10}}) {
    HeadOptions options;
    options.text_dim = 12;
    options.node_dim = width;
    options.key_dim = 6;
    const auto head = std::make_shared<PurlsHead>(options);
    head->initialise(make_generator(7, 0));
    const at::NoGradGuard no_grad;
    const at::Tensor texts = random_unit({labels, kLevels, 12}, 1), nodes = random_unit({samples, count, width}, 2);
    const Attended expected = head->attend_candidates(texts, nodes);
    const Attended found = by_kernel(gpu, head->query_directions(texts), nodes);
    EXPECT_LT(farthest(found.weights, expected.weights), 1e-5F) << count;
    EXPECT_LT(farthest(found.pooled, expected.pooled), 1e-5F) << count;
  }
}

TEST(CudaAttention, NodesOutsideAPartitionHaveNoWeight) {
  const test::SimulatedGpu gpu;
  const at::Tensor nodes = random_unit({2, 40, 16}, 3), directions = random_unit({3, kLevels, 16}, 4);
  at::Tensor places = at::zeros({kLevels, 40});
  for (std::int64_t level = 0; level < kLevels; ++level) {
    places[level].slice(0, 4 * level, 40).fill_(-std::numeric_limits<float>::infinity());
    places[level][39] = 0;
  }
  const Attended found = by_kernel(gpu, directions, nodes, places);
  const at::Tensor logits = at::matmul(directions.unsqueeze(0), nodes.unsqueeze(1).transpose(2, 3)) + places;
  EXPECT_LT(farthest(found.weights, logits.softmax(-1)), 1e-6F);
  EXPECT_EQ(found.weights[0][2][0][10].item<float>(), 0.0F);
}

TEST(CudaAttention, LargeLogitsDoNotOverflow) {
  const test::SimulatedGpu gpu;
  const at::Tensor nodes = random_unit({1, 9, 4}, 5), directions = 1e4 * random_unit({1, kLevels, 4}, 6);
  const Attended found = by_kernel(gpu, directions, nodes);
  EXPECT_TRUE(at::allclose(found.weights.sum(-1), at::ones({1, 1, kLevels}), 1e-5, 1e-6));
}

TEST(CudaAttention, AFailureGivesNothingAndSaysWhy) {
  const test::SimulatedGpu gpu;
  gpu.fail("cudaLaunchKernel", test::kNoKernelImage);
  cuda::Status status;
  EXPECT_FALSE(fused_attention(*gpu.device(), random_unit({8, 4}, 1), random_unit({1, 5, 4}, 2), {}, status));
  EXPECT_NE(status.text.find("the attention of the sentences"), std::string::npos) << status.text;
}

TEST(CudaAttention, LeavesTensorsOfTheProcessorToLibTorch) {
  const at::NoGradGuard no_grad;
  EXPECT_FALSE(fused_attention(random_unit({8, 4}, 1), random_unit({1, 5, 4}, 2), {}));
}

class CudaAttentionGolden : public ::testing::Test {};

TEST_F(CudaAttentionGolden, IsTheOfficialCodes) {
  PURLSCOPE_NEEDS_SHARED();
  const auto folder = test::shared_dir() / "golden" / "purls_head";
  const auto arrays = test::read_npz(folder / "io.npz");
  const auto golden = [&](const char* name) { return test::golden_tensor(arrays.at(name)); };
  const auto head = test::golden_head();
  const at::NoGradGuard no_grad;
  const at::Tensor nodes = test::golden_nodes(golden("node_features"));
  const at::Tensor texts = golden("text_unit").index_select(0, golden("target").to(at::kLong));

  const test::SimulatedGpu gpu;
  const Attended found = by_kernel(gpu, head->query_directions(texts), nodes);
  const at::Tensor weights = golden("attention").view({4, kLevels, 75}),
                   pooled = golden("pooled").view({4, kLevels, 256});
  for (std::int64_t i = 0; i < 4; ++i) {  // in the golden values each sample is asked with its own sentences
    EXPECT_LT(farthest(found.weights[i][i], weights[i]), 1e-4F * weights.max().item<float>());
    EXPECT_LT(farthest(found.pooled[i][i], pooled[i]), 1e-4F * pooled.abs().max().item<float>());
  }
}

}  // namespace
}  // namespace purlscope::models::purls
