#pragma once

#include <functional>
#include <memory>

#include "core/engine/lab.h"

namespace purlscope::app {

/// Makes a lab on the thread of the job that uses it.
using LabFactory = std::function<std::unique_ptr<core::Lab>()>;

}  // namespace purlscope::app
