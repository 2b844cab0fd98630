#pragma once

#include <string>

#include "core/base/clip.h"

namespace purlscope::test {

/// What every reader owes: sizes that fit each other, finite joints, zero where a joint is missing, ascending times,
/// indices within range. @return what is broken, empty when nothing is
std::string inconsistency(const core::Clip& clip);

}  // namespace purlscope::test
