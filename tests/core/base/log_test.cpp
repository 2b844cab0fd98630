#include "core/base/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace purlscope::core {
namespace {

TEST(Log, LinesGoToTheSinkWithTheirLevel) {
  std::vector<std::pair<LogLevel, std::string>> lines;
  set_log_sink([&](LogLevel level, const std::string& message) { lines.emplace_back(level, message); });
  log(LogLevel::info, "first");
  log(LogLevel::error, "second");
  set_log_sink({});
  log(LogLevel::error, "to nobody");
  EXPECT_THAT(lines,
              testing::ElementsAre(testing::Pair(LogLevel::info, "first"), testing::Pair(LogLevel::error, "second")));
}

}  // namespace
}  // namespace purlscope::core
