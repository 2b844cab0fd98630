#include "core/formats/parse/json_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "core/base/json_excerpt.h"
#include "core/base/progress.h"
#include "core/formats/parse/source.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::json;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";  // UTF-8's, which some editors write; the parser skips it
constexpr int kDeepest = 32;
constexpr std::size_t kEventsPerCheck = 65'536;

}  // namespace

char first_character(std::string_view head) {
  if (head.starts_with(kByteOrderMark)) head.remove_prefix(kByteOrderMark.size());
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos ? '\0' : head[first];
}

bool has_key(std::string_view head, std::string_view key) {
  return head.find(fmt::format("\"{}\"", key)) != std::string_view::npos;
}

std::string without_nan(std::string text) {
  std::string out;
  std::size_t kept = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (in_string && text[i] == '\\')
      ++i;
    else if (text[i] == '"')
      in_string = !in_string;
    if (in_string || i >= text.size() || (text[i] != 'N' && text[i] != 'I' && text[i] != '-')) continue;
    for (const std::string_view word : {"NaN", "Infinity", "-Infinity"}) {
      if (text.compare(i, word.size(), word) != 0) continue;
      out.append(text, kept, i - kept).append("null");
      i += word.size() - 1;
      kept = i + 1;
      break;
    }
  }
  if (kept == 0) return text;
  return out.append(text, kept);
}

Error json_error(const fs::path& file, std::string_view text, std::size_t position) {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(position, text.size()));
  const auto line = static_cast<std::size_t>(std::count(text.begin(), end, '\n')) + 1;
  const bool cut = position >= text.size();
  return format_error(file, line,
                      fmt::format("byte {}: {}", position,
                                  cut ? "the JSON ends early; the file is truncated: get it again"
                                      : "no valid JSON; the file is damaged"));
}

Json read_json(const fs::path& file, std::span<const std::string_view> skipped, const ReadOptions& options) {
  std::error_code ignored;
  const auto size = fs::file_size(file, ignored);
  if (!ignored && size > kMaxJsonBytes) {
    throw Error(Code::limit, fmt::format("{}: {} bytes, at most {} of JSON are read; cut the recording into pieces",
                                         file.string(), size, kMaxJsonBytes));
  }
  const std::string text = without_nan(read_bytes(file, options));
  std::size_t events = 0;
  const auto filter = [&](int depth, Json::parse_event_t event, Json& parsed) {
    if (++events % kEventsPerCheck == 0) throw_if_stopped(options.stop);
    if (depth > kDeepest) throw format_error(file, fmt::format("lists and objects more than {} deep", kDeepest));
    if (event != Json::parse_event_t::key) return true;
    return std::find(skipped.begin(), skipped.end(), parsed.get_ref<const std::string&>()) == skipped.end();
  };
  try {
    return Json::parse(text, filter);
  } catch (const Json::parse_error& error) {
    throw json_error(file, text, error.byte);
  } catch (const Json::exception& error) {
    throw format_error(file, error.what());
  }
}

std::vector<float> number_list(const fs::path& file, const Json& value, const std::string& place) {
  if (!value.is_array()) {
    throw format_error(file, fmt::format("{}: found {}, expected a list of numbers", place, json_excerpt(value)));
  }
  std::vector<float> numbers;
  numbers.reserve(value.size());
  for (const Json& item : value) {
    if (!item.is_number() && !item.is_null()) {
      throw format_error(file, fmt::format("{}: found {} among the numbers", place, json_excerpt(item)));
    }
    numbers.push_back(item.is_null() ? std::numeric_limits<float>::quiet_NaN()
                                     : static_cast<float>(item.get<double>()));
  }
  return numbers;
}

}  // namespace purlscope::core
