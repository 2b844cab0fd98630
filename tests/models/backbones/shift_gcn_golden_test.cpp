#include <fmt/format.h>
#include <gtest/gtest.h>

#include "models/backbones/graph/shift_gcn.h"
#include "models/nets/shift_gcn.h"
#include "tests/models/backbones/golden.h"
#include "tests/models/support/converted.h"

namespace purlscope::models::backbones {
namespace {

/// The network for training with the published weights of NTU-60.
class ShiftGcnTraining : public ::testing::Test {
 protected:
  void SetUp() override {
    PURLSCOPE_NEEDS_SHARED();
    Options options;
    options.performers = 2;
    network = make_backbone("shift-gcn", *core::joint_layout("ntu25"), options);
    purls::load_module(core::SafeTensors::open(test::converted_shift_gcn("ntu_ShiftGCN_joint_xsub")), "", *network);
    network->eval();
  }

  /// [n, T', J], mean over both performers. @param input [3, T, J, 2]
  at::Tensor features(const at::Tensor& input) const {
    const at::NoGradGuard no_grad;
    return network->features(input.permute({3, 1, 2, 0}).contiguous()).mean(0).permute({2, 0, 1});
  }

  std::shared_ptr<Backbone> network;
};

TEST_F(ShiftGcnTraining, MakesTheFeaturesOfTheOfficialCode) {
  const auto arrays =
      test::read_npz(test::shared_dir() / "golden/shift-gcn" / "ntu_ShiftGCN_joint_xsub__S001C001P001R001A011.npz");
  const auto tensor = [&](const char* name) {
    const auto& array = arrays.at(name);
    return at::tensor(array.floats()).view(std::vector<std::int64_t>(array.shape.begin(), array.shape.end()));
  };
  const double error = test::relative_error(features(tensor("input")), tensor("features"));
  RecordProperty("relative_error", fmt::format("{:.3g}", error));
  EXPECT_LE(error, 1e-3);
}

TEST_F(ShiftGcnTraining, MakesTheFeaturesOfTheNetworkForInference) {
  const auto generator = make_generator(5, 0);
  const at::Tensor input = at::randn({3, 40, 25, 2}, generator);
  const ShiftGcn folded = ShiftGcn::load(test::converted_shift_gcn("ntu_ShiftGCN_joint_xsub"));
  const double error = test::relative_error(features(input), folded.forward(input).features);
  RecordProperty("relative_error", fmt::format("{:.3g}", error));
  EXPECT_LE(error, 1e-3);
}

TEST(ShiftInTime, TakesNeighbouringFramesByTheirDistance) {
  const at::Tensor x = at::tensor({1.F, 2.F, 4.F, 8.F}).view({1, 1, 4, 1});
  const auto shifted = [&](float by, std::int64_t stride) {
    return shift_in_time(x, at::tensor({by}), stride).flatten();
  };
  EXPECT_TRUE(at::allclose(shifted(0, 1), x.flatten()));
  EXPECT_TRUE(at::allclose(shifted(1, 1), at::tensor({2.F, 4.F, 8.F, 0.F})));
  EXPECT_TRUE(at::allclose(shifted(-0.25F, 1), at::tensor({0.75F, 1.75F, 3.5F, 7.F})));
  EXPECT_TRUE(at::allclose(shifted(0.5F, 2), at::tensor({1.5F, 6.F})));
}

TEST(ShiftInTime, ItsGradientSaysWhichWayToShift) {
  const at::Tensor x = at::tensor({1.F, 2.F, 4.F, 8.F}).view({1, 1, 4, 1});
  const at::Tensor position = at::tensor({0.3F}).requires_grad_(true);
  shift_in_time(x, position, 1).sum().backward();
  EXPECT_NEAR(position.grad().item<float>(), (2 - 1) + (4 - 2) + (8 - 4) + (0 - 8), 1e-5);
}

}  // namespace
}  // namespace purlscope::models::backbones
