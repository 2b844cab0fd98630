#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "core/base/error.h"

namespace purlscope::test {

/// Matches a callable that throws purlscope::Error with this code and a message that matches.
MATCHER_P2(ThrowsError, code, message_matcher, "throws an Error with that code and message") {
  try {
    arg();
  } catch (const Error& error) {
    *result_listener << "code " << static_cast<int>(error.code()) << ", message: " << error.what();
    return error.code() == code && ::testing::Matches(message_matcher)(std::string(error.what()));
  }
  *result_listener << "nothing was thrown";
  return false;
}

}  // namespace purlscope::test
