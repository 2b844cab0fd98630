#include "core/formats/dataset/index/skip_list.h"

#include <fmt/format.h>

#include <fstream>

#include "core/base/error.h"

namespace purlscope::core {
namespace {

constexpr const char* kBlanks = " \t\r";
constexpr std::size_t kLongestLine = 4096;

}  // namespace

std::string sample_name(const std::filesystem::path& recording) {
  const std::string name = recording.filename().string();
  return name.substr(0, name.find('.'));
}

std::set<std::string> read_skip_list(const std::filesystem::path& file) {
  std::error_code ignored;
  std::ifstream in(file);
  if (!in || !std::filesystem::is_regular_file(file, ignored)) {
    throw Error(Code::not_found, fmt::format("{}: no skip list can be read here; expected a text file with one "
                                             "sample name a line",
                                             file.string()));
  }
  std::set<std::string> names;
  std::string line;
  while (std::getline(in, line)) {
    const std::size_t begin = line.find_first_not_of(kBlanks);
    if (begin == std::string::npos || line.size() > kLongestLine) continue;
    const std::string text = line.substr(begin, line.find_last_not_of(kBlanks) - begin + 1);
    if (text.find_first_of(kBlanks) == std::string::npos) names.insert(sample_name(text));
  }
  if (names.empty()) {
    throw Error(Code::bad_format,
                fmt::format("{}: names no sample; expected one a line, such as S001C002P005R002A008", file.string()));
  }
  return names;
}

}  // namespace purlscope::core
