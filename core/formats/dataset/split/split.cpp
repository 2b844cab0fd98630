#include "core/formats/dataset/split/split.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <numeric>
#include <random>

#include "core/base/ascii.h"
#include "core/base/paths.h"
#include "core/formats/class_list.h"
#include "core/formats/dataset.h"
#include "core/formats/dataset/split/own_split.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

using Splits = std::map<std::string, std::vector<int>>;

struct SplitFile {
  std::size_t classes = 0;
  Splits splits;
};

SplitFile read_splits(const std::string& id) {
  const fs::path file = resource(fmt::format("splits/{}.json", id));
  std::ifstream in(file);
  try {
    const auto json = nlohmann::json::parse(in);
    return {json.at("classes").get<std::size_t>(), json.at("splits").get<Splits>()};
  } catch (const nlohmann::json::exception& error) {
    throw Error(Code::bad_format, fmt::format("{}: {}", file.string(), error.what()));
  }
}

/// Of all releases of a data set. Where they share a name, that of the release of so many classes holds.
Splits splits_of(const std::string& kind, std::size_t classes) {
  Splits own, others;
  if (!has_class_list(kind)) return own;
  for (const std::string& id : class_list(kind).splits) {
    SplitFile file = read_splits(id);
    (file.classes == classes ? own : others).merge(file.splits);
  }
  own.merge(others);
  return own;
}

std::string remedy(const std::string& kind) {
  const std::vector<std::string> published = published_splits(kind);
  return fmt::format(
      "expected {}random:N:SEED, or a file: one class name a line, or a split file (JSON)",
      published.empty() ? std::string() : fmt::format("one of {} ({}), ", fmt::join(published, ", "), kind));
}

Error bad_split(const std::string& split, const std::string& why, const std::string& kind) {
  return Error(Code::bad_argument, fmt::format("split '{}': {}; {}", split, why, remedy(kind)));
}

template <typename T>
bool parse_number(std::string_view text, T& value) {
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  return failure == std::errc() && end == text.data() + text.size() && !text.empty();
}

std::vector<int> resolve_random(const ClipSet& target, const std::string& split) {
  const std::string_view rest = std::string_view(split).substr(std::string_view("random:").size());
  const std::size_t colon = rest.find(':');
  std::size_t count = 0;
  std::uint64_t seed = 0;
  if (colon == std::string_view::npos || !parse_number(rest.substr(0, colon), count) ||
      !parse_number(rest.substr(colon + 1), seed)) {
    throw bad_split(split, "not of the form random:N:SEED", target.kind);
  }
  if (count == 0 || count >= target.labels.size()) {
    throw bad_split(
        split,
        fmt::format("{} unseen classes of {}, at least one must be unseen and one seen", count, target.labels.size()),
        target.kind);
  }
  return random_classes(target.labels.size(), count, seed);
}

int class_named(const ClipSet& target, const std::string& name) {
  const std::string key = lower_ascii(name);
  for (std::size_t c = 0; c < target.labels.size(); ++c) {
    if (lower_ascii(target.labels[c].text) == key) return static_cast<int>(c);
  }
  if (!has_class_list(target.kind)) return -1;
  const std::vector<std::string>& classes = class_list(target.kind).classes;
  const auto found =
      std::find_if(classes.begin(), classes.end(), [&](const std::string& c) { return lower_ascii(c) == key; });
  return found == classes.end() ? -1 : static_cast<int>(found - classes.begin());
}

/// Class names as the texts call them, else as the data set does.
std::vector<int> resolve_own(const ClipSet& target, const fs::path& file) {
  OwnSplit split = read_own_split(file);
  std::vector<std::string> names;
  for (const Label& label : target.labels) names.push_back(label.text);
  std::vector<int> classes;
  for (std::string& name : split.unseen) {
    classes.push_back(class_named(target, name));
    if (classes.back() >= 0) name = names.at(static_cast<std::size_t>(classes.back()));
  }
  const std::vector<std::string> faults = split_faults(split, target.kind, names);
  if (faults.empty()) return classes;
  throw Error(Code::bad_argument, fmt::format("{}: {}", file.string(), fmt::join(faults, "; ")));
}

std::vector<int> resolve_file(const ClipSet& target, const fs::path& file) {
  std::ifstream in(file);
  if (!in) throw Error(Code::io, fmt::format("{}: cannot be opened", file.string()));
  std::vector<int> classes;
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    const std::size_t begin = line.find_first_not_of(" \t\r");
    if (begin == std::string::npos) continue;
    const std::string name = line.substr(begin, line.find_last_not_of(" \t\r") - begin + 1);
    const int index = class_named(target, name);
    const auto fail = [&](const std::string& what) {
      return Error(Code::bad_argument, fmt::format("{}: line {}: {}", file.string(), number, what));
    };
    if (index < 0) throw fail(fmt::format("'{}' is no class of {}", name, target.path));
    if (std::find(classes.begin(), classes.end(), index) != classes.end())
      throw fail(fmt::format("'{}' stands twice", name));
    classes.push_back(index);
  }
  if (classes.empty()) throw Error(Code::bad_argument, fmt::format("{}: no class name in the file", file.string()));
  return classes;
}

}  // namespace

std::vector<std::string> published_splits(const std::string& kind) {
  std::vector<std::string> names;
  for (const auto& [name, classes] : splits_of(kind, 0)) {
    if (name.starts_with("ru")) names.push_back(name);
  }
  std::sort(names.begin(), names.end(),
            [](const std::string& a, const std::string& b) { return std::pair(a.size(), a) < std::pair(b.size(), b); });
  return names;
}

std::map<std::string, std::vector<int>> unseen_splits(const std::string& kind, std::size_t classes) {
  Splits unseen;
  if (!has_class_list(kind)) return unseen;
  for (const std::string& id : class_list(kind).splits) {
    SplitFile file = read_splits(id);
    if (file.classes != classes) continue;
    std::erase_if(file.splits, [](const auto& split) { return !split.first.starts_with("ru"); });
    unseen.merge(file.splits);
  }
  return unseen;
}

std::vector<int> random_classes(std::size_t classes, std::size_t count, std::uint64_t seed) {
  std::vector<int> order(classes);
  std::iota(order.begin(), order.end(), 0);
  std::mt19937_64 generator(seed);
  for (std::size_t i = 0; i < std::min(count, classes); ++i) {
    const std::uint64_t left = classes - i;
    const std::uint64_t fair = std::numeric_limits<std::uint64_t>::max() / left * left;
    std::uint64_t draw = generator();
    while (draw >= fair) draw = generator();
    std::swap(order[i], order[i + draw % left]);
  }
  order.resize(std::min(count, classes));
  return order;
}

std::vector<int> resolve_split(const ClipSet& target, const std::string& split) {
  if (split.starts_with("random:")) return resolve_random(target, split);
  const Splits published = splits_of(target.kind, target.labels.size());
  const auto found = published.find(split);
  if (found != published.end()) {
    if (!split.starts_with("ru"))
      throw bad_split(split, "lists seen classes; name the file of the unseen ones", target.kind);
    for (const int index : found->second) {
      if (index < static_cast<int>(target.labels.size())) continue;
      throw bad_split(split, fmt::format("names class {}, the data set has {}", index, target.labels.size()),
                      target.kind);
    }
    return found->second;
  }
  std::error_code ignored;
  if (fs::is_regular_file(split, ignored)) {
    return fs::path(split).extension() == ".json" ? resolve_own(target, split) : resolve_file(target, split);
  }
  throw bad_split(split, "no published split of this data set and no file", target.kind);
}

}  // namespace purlscope::core
