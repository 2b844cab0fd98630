#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/base/json_member.h"
#include "core/formats/registry.h"

namespace purlscope::core {

/// Largest JSON file that is read as a whole; the tree takes some ten times its size. Bytes.
inline constexpr std::size_t kMaxJsonBytes = std::size_t{1} << 28;

/// The first character that says something: '{' or '[' in JSON, 0 for none. Skips blanks and a byte order mark.
char first_character(std::string_view head);

/// True when the text names this key (or holds this word in quotes).
bool has_key(std::string_view head, std::string_view key);

/// Python writes NaN and Infinity, which JSON does not know: they become null.
std::string without_nan(std::string text);

/// What is wrong where a JSON parser gave up: line, byte, and whether the text ends early.
Error json_error(const std::filesystem::path& file, std::string_view text, std::size_t position);

/// The file as a tree, without the values of `skipped` keys.
/// @throws Error{Code::io, Code::limit, Code::bad_format, Code::cancelled}
nlohmann::json read_json(const std::filesystem::path& file, std::span<const std::string_view> skipped,
                         const ReadOptions& options);

/// The numbers of a flat list; null becomes NaN, numbers too large for a float infinite.
/// @throws Error{Code::bad_format} naming the place when the value is no such list.
std::vector<float> number_list(const std::filesystem::path& file, const nlohmann::json& value,
                               const std::string& place);

}  // namespace purlscope::core
