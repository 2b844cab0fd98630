#pragma once

#include <memory>

#include "core/live/parser/parser.h"

namespace purlscope::core {

/// SkeletonStream version 1, our JSON messages: docs/user/skeleton-stream.md.
std::unique_ptr<Parser> make_skeleton_stream_parser();

}  // namespace purlscope::core
