// Own kernels with the published weights, on a GPU that the processor plays, against the official Python code.
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "models/nets/shift_gcn.h"
#include "tests/models/cuda/support/simulated_gpu.h"
#include "tests/models/support/converted.h"
#include "tests/support/npz.h"

namespace purlscope::models {
namespace {

TEST(CudaShiftGcnGolden, AgreesWithTheOfficialCodeOnAWholeWindow) {
  PURLSCOPE_NEEDS_SHARED();
  constexpr const char* kCheckpoint = "ntu_ShiftGCN_joint_xsub";
  const auto golden =
      test::read_npz(test::shared_dir() / "golden/shift-gcn/ntu_ShiftGCN_joint_xsub__S001C001P001R001A011.npz");
  const at::Tensor input = at::tensor(golden.at("input").floats()).view({1, 3, 300, 25, 2});
  const at::Tensor expected = at::tensor(golden.at("logits").floats());

  const test::SimulatedGpu gpu;
  ShiftGcn network = ShiftGcn::load(test::converted_shift_gcn(kCheckpoint));
  network.compute_on(gpu.device(), "the simulated GPU");
  const at::Tensor logits = network.logits(input)[0];
  EXPECT_EQ(network.device(), "the simulated GPU");
  EXPECT_LT((logits - expected).abs().max().item<float>(), 1e-3F);
  EXPECT_EQ(logits.argmax().item<std::int64_t>(), 10) << "the eleventh action";
}

}  // namespace
}  // namespace purlscope::models
