// DynaPURLS' refinement as published, against the values of the published code (four runs of its own functions).
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "models/purls/official_refinement.h"
#include "tests/models/purls/golden_head.h"
#include "tests/support/npz.h"
#include "tests/support/shared.h"

namespace purlscope::models::purls {
namespace {

constexpr double kTolerance = 1e-4;  // relative to the largest entry of the expected tensor
// Adam divides a gradient by its own size, so entries near 0 carry their rounding into the shifts, which start at 0.
constexpr double kShiftTolerance = 1e-3;

class OfficialRefinementGolden : public testing::Test {
 protected:
  void SetUp() override {
    PURLSCOPE_NEEDS_SHARED();
    const auto folder = test::shared_dir() / "golden";
    arrays_ = test::read_npz(folder / "dynapurls_refine" / "io.npz");
    head_ = test::golden_head();
    nodes_ = test::golden_nodes(golden("node_features"));
    texts_ = test::golden_tensor(test::read_npz(folder / "purls_head" / "io.npz").at("text_unit"));
  }

  at::Tensor golden(const std::string& name) const { return test::golden_tensor(arrays_.at(name)); }
  at::Tensor classes(const std::string& name) const { return golden(name).to(at::kLong); }

  static void expect_near(const at::Tensor& found, const at::Tensor& expected, const std::string& name,
                          double tolerance = kTolerance) {
    const auto scale = expected.abs().max().item<double>();
    EXPECT_LE((found.detach() - expected).abs().max().item<double>(), tolerance * scale) << name;
  }

  /// 2048 evenly spaced values of a tensor, as the golden probes.
  static at::Tensor probe(const at::Tensor& tensor) {
    const at::Tensor flat = tensor.flatten();
    std::vector<std::int64_t> places;
    for (std::int64_t i = 0; i < 2048; ++i) places.push_back(i * (flat.numel() - 1) / 2047);
    return flat.index_select(0, at::tensor(places));
  }

  /// Goes through a run of the published code and compares everything that it wrote down.
  OfficialRefinement follow(const std::string& run, OfficialRefinementOptions options) const {
    const at::Tensor logits = golden(run + "_logits"), losses = golden(run + "_loss");
    const at::Tensor asked = classes(run + "_target_in");
    options.threshold = 0.25;
    options.steps = logits.size(0);
    OfficialRefinement refinement(*head_, texts_, options, make_generator(0, 0));
    for (std::int64_t i = 0; i < logits.size(0); ++i) {
      const auto arrival = refinement.step(nodes_, asked);
      expect_near(arrival.logits, logits[i], run + "_logits");
      EXPECT_NEAR(arrival.loss, losses[i].item<double>(), kTolerance * losses[i].item<double>() + 1e-6) << i;
    }
    const at::Tensor predictions = refinement.similarities(nodes_, asked).select(2, -1).argmax(1);
    EXPECT_TRUE(at::equal(predictions, classes(run + "_preds_after"))) << run;
    return refinement;
  }

  void expect_probes(const OfficialRefinement& refinement, const std::string& run) const {
    expect_near(probe(refinement.scales()), golden(run + "_S_after_probe"), run + " scales");
    expect_near(probe(refinement.shifts()), golden(run + "_B_after_probe"), run + " shifts", kShiftTolerance);
  }

  std::map<std::string, test::NpzArray> arrays_;
  std::shared_ptr<PurlsHead> head_;
  at::Tensor nodes_, texts_;
};

TEST_F(OfficialRefinementGolden, OneStepAskedWithWhatTheHeadPredicts) {
  const OfficialRefinement refinement = follow("A", {.stays_in_training = false});
  expect_near(refinement.scales(), golden("A_S_after"), "scales");
  expect_near(refinement.shifts(), golden("A_B_after"), "shifts", kShiftTolerance);
  expect_near(refinement.texts(), golden("A_text_after"), "texts");
}

TEST_F(OfficialRefinementGolden, OneStepAskedWithTrueLabels) {
  expect_probes(follow("B", {.stays_in_training = false}), "B");
}

TEST_F(OfficialRefinementGolden, NormsOfTheBatchOnceItStaysInTraining) { expect_probes(follow("C", {}), "C"); }

TEST_F(OfficialRefinementGolden, MemoryOfTwoSlotsReplacesTheLeastSureAndGoesOnLearningFromOldLosses) {
  expect_probes(follow("D", {.slots = 2, .stays_in_training = false}), "D");
}

TEST_F(OfficialRefinementGolden, LeavesTheCallersHeadAsItWas) {
  const at::Tensor before = head_->named_buffers()["skel_encoder.0.running_mean"].clone();
  head_->eval();
  OfficialRefinement refinement(*head_, texts_, {.threshold = 0}, make_generator(0, 0));
  refinement.step(nodes_, classes("true_label"));
  EXPECT_TRUE(at::equal(before, head_->named_buffers()["skel_encoder.0.running_mean"]));
  EXPECT_FALSE(head_->is_training());
}

}  // namespace
}  // namespace purlscope::models::purls
