#include "models/cuda/loader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/paths.h"
#include "tests/models/cuda/support/simulated_gpu.h"
#include "tests/support/source_dir.h"

namespace purlscope::models::cuda {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(CudaLoader, OpensTheLibraryAndItsDevice) {
  const test::SimulatedGpu gpu;
  EXPECT_EQ(gpu.module().abi(), kAbi);
  int devices = 0;
  EXPECT_TRUE(gpu.module().count(devices).done());
  EXPECT_EQ(devices, 1);
  const DeviceFacts& facts = gpu.device()->facts();
  EXPECT_EQ(name_of(*gpu.device(), 0), "Simulated GPU (cuda:0)");
  EXPECT_EQ(facts.processors, 8);
  EXPECT_DOUBLE_EQ(facts.peak_gflops, 2 * 8 * 128.0);  // 1 GHz
  EXPECT_DOUBLE_EQ(facts.peak_gbytes_s, 2 * 640.0);
}

TEST(CudaLoader, SaysWhyALibraryIsNoUse) {
  std::string reason;
  EXPECT_EQ(open_module("/nowhere/libpurlscope_cuda.so", reason), nullptr);
  EXPECT_THAT(reason, HasSubstr("/nowhere/libpurlscope_cuda.so cannot be loaded"));
  EXPECT_EQ(open_module(test::source_dir() / "README.md", reason), nullptr);
  EXPECT_THAT(reason, HasSubstr("cannot be loaded"));
  EXPECT_EQ(open_module("libc.so.6", reason), nullptr);
  EXPECT_THAT(reason, AllOf(HasSubstr("libc.so.6"), HasSubstr("no entry point 'purlscope_cuda_module'")));
}

TEST(CudaLoader, ADeviceWithoutKernelsIsUnusableAndSaysSo) {
  const test::SimulatedGpu gpu;
  std::shared_ptr<Device> device;
  gpu.fail("cudaFuncGetAttributes", test::kNoKernelImage);
  const Status status = gpu.module().open(0, device);
  EXPECT_EQ(status.outcome, Outcome::unusable);
  EXPECT_THAT(status.text, HasSubstr("kernels for this GPU"));
  EXPECT_EQ(device, nullptr);
  EXPECT_EQ(gpu.module().open(5, device).outcome, Outcome::unusable);
}

TEST(CudaLoader, TheReportNamesTheGpuOrSaysThatTheProcessorServes) {
  const Found found = find_gpu(0);
  const core::GpuReport report = report_gpu();
  EXPECT_EQ(report.usable, found.device != nullptr);
  EXPECT_THAT(report.detail, HasSubstr(report.usable ? "(cuda:0)" : "runs on the processor"));
  EXPECT_EQ(report.peak_gflops > 0, report.usable);
}

}  // namespace
}  // namespace purlscope::models::cuda
