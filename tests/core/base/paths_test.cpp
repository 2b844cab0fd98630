#include "core/base/paths.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <pwd.h>
#include <unistd.h>

#include <cstdlib>
#include <optional>

#include "core/base/error.h"
#include "core/base/log.h"
#include "tests/support/scoped_env.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using testing::HasSubstr;

TEST(Paths, ResourcesAreFoundBesideTheLibrary) {
  EXPECT_TRUE(std::filesystem::exists(resource("layouts/ntu25.json")));
  EXPECT_THAT([] { resource("layouts/none.json"); },
              test::ThrowsError(Code::not_found, HasSubstr("layouts/none.json")));
}

TEST(Paths, AForcedResourceFolderComesFirst) {
  const test::TempDir folder;
  folder.write("layouts/x.json", "{}");
  const test::ScopedEnv forced("PURLSCOPE_RESOURCES", folder.path().string());
  EXPECT_EQ(resource_dir(), folder.path());
}

TEST(Paths, UserFoldersFollowXdgAndAreMadeByWhoWritesThere) {
  const test::TempDir folder;
  const test::ScopedEnv data("XDG_DATA_HOME", (folder.path() / "data").string());
  const test::ScopedEnv cache("XDG_CACHE_HOME", (folder.path() / "cache").string());
  EXPECT_EQ(user_data_dir(), folder.path() / "data" / "purlscope");
  EXPECT_EQ(user_cache_dir(), folder.path() / "cache" / "purlscope");
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "data"));
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "cache"));
}

TEST(Paths, WithoutHomeAndForRelativePathsTheUserDatabaseCounts) {
  const std::filesystem::path known = getpwuid(getuid())->pw_dir;
  for (const std::optional<std::string>& home : {std::optional<std::string>(), std::optional<std::string>("home")}) {
    const test::ScopedEnv set_home("HOME", home);
    const test::ScopedEnv data("XDG_DATA_HOME", home);
    const test::ScopedEnv state("XDG_STATE_HOME", home);
    EXPECT_EQ(user_data_dir(), known / ".local/share/purlscope");
    EXPECT_EQ(user_state_dir(), known / ".local/state/purlscope");
  }
}

TEST(Paths, OverlongPlacesAreMissingNotACrash) {
  const test::ScopedEnv forced("PURLSCOPE_ENCODER_DIR", "/" + std::string(5000, 'e'));
  try {
    minilm_dir();
  } catch (const Error& error) {  // where no encoder is installed
    EXPECT_EQ(error.code(), Code::not_found);
  }
  EXPECT_THAT([] { resource(std::string(5000, 'r')); }, test::ThrowsError(Code::not_found, HasSubstr("rrr")));
}

TEST(Paths, AForcedEncoderFolderComesFirst) {
  const test::TempDir folder;
  folder.write("model.safetensors", "x");
  folder.write("vocab.txt", "x");
  const test::ScopedEnv forced("PURLSCOPE_ENCODER_DIR", folder.path().string());
  EXPECT_EQ(minilm_dir(), folder.path());
}

TEST(Log, LinesReachTheSinkWithTheirLevel) {
  std::vector<std::pair<LogLevel, std::string>> lines;
  set_log_sink([&](LogLevel level, const std::string& text) { lines.emplace_back(level, text); });
  log(LogLevel::warning, "a joint is missing");
  log(LogLevel::debug, "detail");
  set_log_sink({});
  log(LogLevel::error, "nobody listens");
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0], std::pair(LogLevel::warning, std::string("a joint is missing")));
}

}  // namespace
}  // namespace purlscope::core
