#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

namespace purlscope::core {

/// SHA-256 of a file, 64 hexadecimal digits. Source: FIPS 180-4.
/// @throws Error{Code::io, Code::cancelled} naming the file
std::string sha256_of(const std::filesystem::path& file, const std::stop_token& stop = {});

}  // namespace purlscope::core
