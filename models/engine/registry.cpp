#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>

#include "core/base/error.h"
#include "core/base/paths.h"
#include "core/base/safetensors.h"
#include "models/engine/registry.h"
#include "models/purls/recogniser.h"
#include "models/structured/recogniser.h"

namespace purlscope::models {
namespace fs = std::filesystem;
namespace {

using Factory = std::unique_ptr<Recogniser> (*)(const fs::path&);

/// A recogniser is one line here: the `architecture` of its files and the function that opens them.
const std::map<std::string, Factory, std::less<>>& factories() {
  static const std::map<std::string, Factory, std::less<>> known = {
      {"structured", load_structured},
      {"purls", load_purls},
  };
  return known;
}

constexpr const char* kArchitectureKey = "architecture";

std::string known_names() {
  std::vector<std::string> names;
  for (const auto& [name, factory] : factories()) names.push_back(name);
  return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

std::unique_ptr<Recogniser> load_recogniser(const fs::path& model) {
  const fs::path file = core::model_file(model);
  const core::SafeTensors opened = core::SafeTensors::open(file);
  const auto architecture = opened.metadata().find(kArchitectureKey);
  if (architecture == opened.metadata().end()) {
    throw Error(Code::bad_format,
                fmt::format("{}: its metadata name no architecture; a model file of this program has one of: {}",
                            file.string(), known_names()));
  }
  const auto factory = factories().find(architecture->second);
  if (factory == factories().end()) {
    throw Error(Code::unsupported,
                fmt::format("{}: architecture '{}' is not a zero-shot model; known: {} (backbone checkpoints go with "
                            "`classify --closed-set --weights`)",
                            file.string(), architecture->second, known_names()));
  }
  return factory->second(file);
}

}  // namespace purlscope::models
