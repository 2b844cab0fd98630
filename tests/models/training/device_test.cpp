#include "models/training/device.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "models/purls/model/config.h"
#include "tests/support/throws_error.h"

namespace purlscope::models {
namespace {

using test::ThrowsError;
using testing::AllOf;
using testing::HasSubstr;

TEST(Device, IsNamedAutoCpuOrCudaWithANumber) {
  for (const char* name : {"auto", "cpu", "cuda", "cuda:0", "cuda:12"}) EXPECT_NO_THROW(check_device(name)) << name;
  for (const char* name : {"", "gpu", "CUDA", "cuda:", "cuda:-1", "cuda:1x", "cuda:300", "cuda 1"}) {
    EXPECT_THAT([&] { check_device(name); },
                ThrowsError(Code::bad_argument, AllOf(HasSubstr("'device'"), HasSubstr("'cuda:N'"))))
        << name;
  }
}

TEST(Device, IsAKeyOfTheConfigButNoPartOfAModel) {
  const auto config = purls::Config::parse({{"device", "cuda:1"}});
  EXPECT_EQ(config.to_json()["device"], "cuda:1");
  EXPECT_FALSE(config.portable_json().contains("device"));
  EXPECT_EQ(purls::Config::parse(nullptr).device, "auto");
  EXPECT_THAT([] { purls::Config::parse({{"device", "gpu"}}); }, ThrowsError(Code::bad_argument, HasSubstr("'gpu'")));
}

TEST(Device, AutoIsAlwaysThereAndAMissingOneIsRefusedWithARemedy) {
  EXPECT_TRUE(find_device("cpu").is_cpu());
  const at::Device any = find_device("auto");
  EXPECT_TRUE(any.is_cpu() || any.is_cuda());
  EXPECT_THAT([] { find_device("cuda:99"); },
              ThrowsError(Code::unsupported, AllOf(HasSubstr("'cuda:99'"), HasSubstr("use 'cpu'"))));
}

TEST(Device, AFullGpuIsALimitWithARemedy) {
  const at::Device gpu(at::kCUDA, 0);
  const auto full = [] { TORCH_CHECK_WITH(OutOfMemoryError, false, "Tried to allocate 20 GiB"); };
  const auto full_library = [] { TORCH_CHECK(false, "CUBLAS_STATUS_ALLOC_FAILED when calling cublasCreate"); };
  for (const std::function<void()>& call : {std::function<void()>(full), std::function<void()>(full_library)}) {
    EXPECT_THAT([&] { within_memory(gpu, call); },
                ThrowsError(Code::limit, AllOf(HasSubstr("cuda:0"), HasSubstr("'batch'"), HasSubstr("\"cpu\""))));
    EXPECT_THROW(within_memory(at::kCPU, call), c10::Error) << "of the processor, for which batches are no remedy";
  }
  EXPECT_THROW(within_memory(gpu, [] { TORCH_CHECK(false, "another mistake"); }), c10::Error);
  EXPECT_EQ(within_memory(gpu, [] { return 3; }), 3);
}

}  // namespace
}  // namespace purlscope::models
