#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace purlscope::core {

/// One tensor of a safetensors file: a view into the file's bytes.
struct SafeTensor {
  std::string dtype;  ///< "F32", "F16", "BF16", "F64", "I64", "I32", "I16", "I8", "U8", "BOOL"
  std::vector<std::int64_t> shape;
  std::span<const std::byte> bytes;  ///< C order, little endian
};

/// A safetensors file mapped into memory. Format: 8-byte little-endian header length, JSON header with `dtype`,
/// `shape`, `data_offsets` per name and an optional string map `__metadata__`, then the tensors' bytes.
///
/// Refuses, each with its own message: a header longer than the file or than 100 MB, broken JSON, unknown dtypes,
/// negative or overflowing shapes, offsets that leave holes, overlap or do not match shape x dtype, trailing bytes.
class SafeTensors {
 public:
  /// @throws Error{Code::not_found, Code::io, Code::bad_format}
  static SafeTensors open(const std::filesystem::path& file);

  const std::map<std::string, SafeTensor>& tensors() const;
  const std::map<std::string, std::string>& metadata() const;
  /// @throws Error{Code::not_found} naming the file and the tensor
  const SafeTensor& at(const std::string& name) const;
  bool contains(const std::string& name) const;
  const std::filesystem::path& path() const;
  /// A tensor widened to float (F16, BF16, F32, F64 and integers). @throws Error{Code::not_found}
  std::vector<float> floats(const std::string& name) const;

 private:
  struct Impl;
  explicit SafeTensors(std::shared_ptr<const Impl> impl);
  std::shared_ptr<const Impl> impl_;
};

/// A tensor to be written.
struct SafeTensorOut {
  std::string dtype;
  std::vector<std::int64_t> shape;
  std::vector<std::byte> bytes;
};

/// Makes a tensor of "F32" or "F16" from floats. @throws Error{Code::shape_mismatch}
SafeTensorOut to_safetensor(std::span<const float> values, std::vector<std::int64_t> shape,
                            const std::string& dtype = "F32");

/// Writes atomically (temporary file, then rename). @throws Error{Code::io}
void save_safetensors(const std::filesystem::path& file, const std::map<std::string, SafeTensorOut>& tensors,
                      const std::map<std::string, std::string>& metadata);

}  // namespace purlscope::core
