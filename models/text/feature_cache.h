#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace purlscope::models {

/// Features of texts encoded before, in memory and in a file that outlives the program. The file grows by whole
/// records, each with a checksum, so that several programs may share it; a damaged one is thrown away, and a folder
/// that cannot be written costs nothing but the reuse. Thread: one at a time.
class FeatureCache {
 public:
  /// @param file  of this encoder alone (its hash is in the name); empty = in memory only
  FeatureCache(std::filesystem::path file, std::size_t dim);

  /// Null when the text is not known. Valid until the next add().
  const std::vector<float>* find(const std::string& text) const;

  /// @param features  [texts, dim] in C order
  void add(std::span<const std::string> texts, std::span<const float> features);

 private:
  void read_file();
  void append(const std::string& records);

  std::filesystem::path file_;
  std::size_t dim_;
  std::unordered_map<std::string, std::vector<float>> known_;
};

}  // namespace purlscope::models
