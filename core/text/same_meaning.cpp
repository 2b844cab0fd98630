#include "core/text/same_meaning.h"

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/paths.h"

namespace purlscope::core {
namespace {

DatasetClass read_class(const nlohmann::json& entry) {
  return {entry.at("dataset").get<std::string>(), entry.at("class").get<std::string>()};
}

}  // namespace

std::vector<std::pair<DatasetClass, DatasetClass>> same_meaning_pairs() {
  const auto file = resource("datasets/same_meaning.json");
  std::ifstream in(file);
  try {
    const nlohmann::json document = nlohmann::json::parse(in);
    std::vector<std::pair<DatasetClass, DatasetClass>> pairs;
    for (const nlohmann::json& pair : document.at("pairs")) {
      pairs.emplace_back(read_class(pair.at(0)), read_class(pair.at(1)));
    }
    return pairs;
  } catch (const nlohmann::json::exception& error) {
    throw Error(Code::bad_format, fmt::format("{}: {}", file.string(), error.what()));
  }
}

}  // namespace purlscope::core
