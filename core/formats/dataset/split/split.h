#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace purlscope::core {

/// Names of the published splits of a kind, unseen files alone: "ru2", "ru5".
std::vector<std::string> published_splits(const std::string& kind);

/// The published zero-shot splits of a data set with that many classes: name and unseen classes.
std::map<std::string, std::vector<int>> unseen_splits(const std::string& kind, std::size_t classes);

/// Draws `count` of `classes` class indices: Fisher-Yates from the front, each index drawn from std::mt19937_64(seed)
/// without bias (draws in the incomplete last range are repeated), so that every machine draws the same.
std::vector<int> random_classes(std::size_t classes, std::size_t count, std::uint64_t seed);

}  // namespace purlscope::core
