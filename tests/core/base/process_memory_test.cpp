#include "core/base/process_memory.h"

#include <gtest/gtest.h>

#include <vector>

namespace purlscope::core {
namespace {

TEST(ProcessMemory, GrowsByWhatIsTakenAndTouched) {
  const auto before = resident_bytes();
  ASSERT_TRUE(before.has_value());
  constexpr std::size_t kTaken = 64U << 20U;
  const std::vector<char> taken(kTaken, 1);
  EXPECT_GT(*resident_bytes(), *before + kTaken / 2);
  EXPECT_EQ(taken.back(), 1);
}

}  // namespace
}  // namespace purlscope::core
