// The official PURLS head (random weights that exercise every parameter) against the official code's own values.
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "models/purls/net/head.h"
#include "models/purls/net/losses.h"
#include "tests/models/purls/golden_head.h"
#include "tests/support/npz.h"
#include "tests/support/shared.h"

namespace purlscope::models::purls {
namespace {

constexpr double kTolerance = 1e-4;  // relative to the largest entry of the expected tensor

class PurlsHeadGolden : public testing::Test {
 protected:
  void SetUp() override {
    PURLSCOPE_NEEDS_SHARED();
    const auto folder = test::shared_dir() / "golden" / "purls_head";
    arrays_ = test::read_npz(folder / "io.npz");
    head_ = test::golden_head();
    nodes_ = test::golden_nodes(golden("node_features"));
    texts_ = golden("text_unit");
    truth_ = golden("target").to(at::kLong);
  }

  at::Tensor golden(const std::string& name) const { return test::golden_tensor(arrays_.at(name)); }

  void expect_golden(const at::Tensor& found, const std::string& name) const {
    const at::Tensor expected = golden(name).reshape_as(found);
    const auto scale = expected.abs().max().item<double>();
    EXPECT_LE((found.detach() - expected).abs().max().item<double>(), kTolerance * scale) << name;
  }

  at::Tensor own_texts() const { return texts_.index_select(0, truth_); }

  at::Tensor total_loss(const at::Tensor& output) const {
    return (official_level_losses(output, own_texts(), head_->similarity_scale()) * head_->level_weights()).sum();
  }

  at::Tensor gradient(const std::string& parameter) const { return head_->named_parameters()[parameter].grad(); }

  /// 64 evenly spaced values of a tensor, as the golden probes.
  static at::Tensor probe(const at::Tensor& tensor) {
    const at::Tensor flat = tensor.flatten();
    std::vector<std::int64_t> places;
    for (std::int64_t i = 0; i < 64; ++i) places.push_back(i * (flat.numel() - 1) / 63);
    return flat.index_select(0, at::tensor(places));
  }

  std::map<std::string, test::NpzArray> arrays_;
  std::shared_ptr<PurlsHead> head_;
  at::Tensor nodes_, texts_, truth_;
};

TEST_F(PurlsHeadGolden, AttendsPoolsAndProjectsAsTheOfficialCode) {
  const Attended attended = head_->attend_own(own_texts(), nodes_);
  expect_golden(attended.weights, "attention");
  expect_golden(attended.pooled, "pooled");
  expect_golden(head_->project(attended.pooled), "output");
}

TEST_F(PurlsHeadGolden, LossAndItsPartsAreTheOfficialOnes) {
  const at::Tensor output = head_->project(head_->attend_own(own_texts(), nodes_).pooled);
  expect_golden(official_level_losses(output, own_texts(), head_->similarity_scale()), "loss_parts");
  expect_golden(total_loss(output).reshape({1}), "loss");
}

TEST_F(PurlsHeadGolden, GradientsAreTheOfficialOnes) {
  total_loss(head_->project(head_->attend_own(own_texts(), nodes_).pooled)).backward();
  expect_golden(gradient("tmps"), "grad_tmps");
  expect_golden(gradient("d"), "grad_d");
  expect_golden(probe(gradient("attention.linear_q.weight")), "grad_linear_q_probe");
  expect_golden(gradient("attention.linear_q.weight").norm().reshape({1}), "grad_linear_q_norm");
  expect_golden(gradient("skel_encoder.2.bias"), "grad_enc2_bias");
  expect_golden(gradient("skel_encoder.0.weight"), "grad_bn0_weight");
}

TEST_F(PurlsHeadGolden, TrainsWithBatchStatisticsAsTheOfficialCode) {
  head_->train();
  const at::Tensor output = head_->project(head_->attend_own(own_texts(), nodes_).pooled);
  const at::Tensor loss = total_loss(output);
  loss.backward();
  expect_golden(output, "output_trainbn_nodrop");
  expect_golden(loss.reshape({1}), "loss_trainbn_nodrop");
  expect_golden(gradient("tmps"), "grad_trainbn_tmps");
  expect_golden(probe(gradient("attention.linear_k.weight")), "grad_trainbn_linear_k_probe");
  expect_golden(head_->named_buffers()["skel_encoder.0.running_mean"], "trainbn_bn0_running_mean_after");
  expect_golden(head_->named_buffers()["skel_encoder.0.running_var"], "trainbn_bn0_running_var_after");
}

TEST_F(PurlsHeadGolden, PredictsAsTheOfficialCodeWhenAskedWithTrueLabels) {
  const at::Tensor output = head_->project(head_->attend_own(own_texts(), nodes_).pooled);
  const at::Tensor scores = at::matmul(output.select(1, -1), texts_.select(1, -1).t());
  EXPECT_TRUE(at::equal(scores.argmax(1), golden("preds").to(at::kLong)));
}

TEST_F(PurlsHeadGolden, ScoresEveryCandidateWithItsOwnQuery) {
  const at::Tensor output = head_->project(head_->attend_candidates(texts_, nodes_).pooled);  // [4, 6, 8, 512]
  expect_golden((output.select(2, -1) * texts_.select(1, -1)).sum(-1), "class_query_scores");
}

}  // namespace
}  // namespace purlscope::models::purls
