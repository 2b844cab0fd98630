#pragma once

namespace purlscope::app::cli {

/// What the program answers to the shell.
inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;
inline constexpr int kBadUsage = 2;

}  // namespace purlscope::app::cli
