#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/formats/numpy/npy.h"

struct zip;

namespace purlscope::core {

/// A NumPy .npz archive (zip of .npy members, stored or deflated), read member by member. What it expands to is
/// bounded: all members read together by 64 MiB + 100 times the file's size and by 1 GiB.
class NpzArchive {
 public:
  /// @throws Error{Code::io, Code::bad_format}
  NpzArchive(std::filesystem::path file, std::stop_token stop);

  /// Names of the arrays, without ".npy", in the order of the archive.
  const std::vector<std::string>& names() const { return names_; }
  bool has(const std::string& name) const;
  /// What a message calls an array: "file: name".
  std::string place(const std::string& name) const;

  /// @throws Error{Code::bad_format, Code::unsupported, Code::limit, Code::cancelled} naming file and member
  NpyArray read(const std::string& name);

 private:
  struct Close {
    void operator()(zip* archive) const;
  };

  std::string expand(std::size_t index, const std::string& place);

  std::filesystem::path file_;
  std::stop_token stop_;
  std::unique_ptr<zip, Close> archive_;
  std::vector<std::string> names_;
  std::size_t budget_ = 0;  ///< bytes that may still be expanded
};

}  // namespace purlscope::core
