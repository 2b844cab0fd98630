#include <fmt/format.h>
#include <gtest/gtest.h>

#include "models/backbones/volume/heat_map.h"
#include "models/backbones/volume/pose_c3d.h"
#include "tests/models/backbones/golden.h"

namespace purlscope::models::backbones {
namespace {

using test::Golden;
using test::relative_error;

/// The network of the golden file: seventeen joints, full width.
std::shared_ptr<PoseC3d> official_network(const Golden& golden) {
  auto network = std::dynamic_pointer_cast<PoseC3d>(make_backbone("posec3d", *core::joint_layout("coco17"), {}));
  golden.load_into(*network);
  return network;
}

TEST(PoseC3dGolden, VolumesGoThroughAsInTheOfficialCode) {
  PURLSCOPE_NEEDS_SHARED();
  const Golden golden("posec3d");
  const auto network = official_network(golden);
  const at::NoGradGuard no_grad;
  const at::Tensor single = network->forward(golden.array("input").to(at::kFloat));
  const double gap = relative_error(single, golden.array("output"));
  RecordProperty("relative_error_single", fmt::format("{:.3g}", gap));
  EXPECT_LE(gap, 1e-4);
  network->to(at::kDouble);
  const at::Tensor twofold = network->forward(golden.array("input"));
  const double error = relative_error(test::probe(twofold, 2048), golden.array("output_fp64_probe"));
  RecordProperty("relative_error", fmt::format("{:.3g}", error));
  EXPECT_LE(error, 1e-6);
}

TEST(PoseC3dGolden, HeatIsThatOfTheOfficialCode) {
  PURLSCOPE_NEEDS_SHARED();
  const Golden golden("posec3d");
  const at::Tensor points = golden.array("hm_keypoint").to(at::kFloat).unsqueeze(0);  // [1, M, T, J, 2]
  const at::Tensor heat = joint_heat(points, golden.array("hm_score").to(at::kFloat).unsqueeze(0), 56, 0.6);
  at::Tensor expected = at::zeros({8 * 17 * 56 * 56});
  expected.index_put_({golden.array("hm_nonzero_index").to(at::kLong)},
                      golden.array("hm_nonzero_value").to(at::kFloat));
  const double error = relative_error(heat[0].transpose(0, 1), expected);  // [T, J, H, W]
  RecordProperty("relative_error", fmt::format("{:.3g}", error));
  EXPECT_LE(error, 1e-5);
}

}  // namespace
}  // namespace purlscope::models::backbones
