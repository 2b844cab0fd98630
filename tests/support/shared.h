#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "tests/support/source_dir.h"

namespace purlscope::test {

/// The folder of real recordings and golden values: $PURLSCOPE_SHARED, else `../shared` beside the repository.
inline std::filesystem::path shared_dir() {
  if (const char* forced = std::getenv("PURLSCOPE_SHARED"); forced != nullptr && *forced != '\0') return forced;
  return source_dir().parent_path() / "shared";
}

inline bool in_ci() {
  const char* ci = std::getenv("CI");
  return ci != nullptr && std::string(ci) == "true";
}

}  // namespace purlscope::test

/// First line of a test that needs the shared recordings: skips where they are absent, fails in CI.
#define PURLSCOPE_NEEDS_SHARED()                                                                           \
  do {                                                                                                     \
    if (!std::filesystem::is_directory(::purlscope::test::shared_dir())) {                                 \
      if (::purlscope::test::in_ci()) FAIL() << "CI needs " << ::purlscope::test::shared_dir();            \
      GTEST_SKIP() << "no recordings at " << ::purlscope::test::shared_dir() << " (set PURLSCOPE_SHARED)"; \
    }                                                                                                      \
  } while (false)
