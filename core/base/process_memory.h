#pragma once

#include <cstddef>
#include <optional>

namespace purlscope::core {

/// Memory that this process holds now (its resident set), bytes; nothing where the system does not tell. Thread: any;
/// takes some microseconds.
std::optional<std::size_t> resident_bytes();

}  // namespace purlscope::core
