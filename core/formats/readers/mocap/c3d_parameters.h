#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace purlscope::core {

inline constexpr std::size_t kC3dBlock = 512;  ///< bytes; addresses in a C3D file count these from 1

/// How the machine that wrote a C3D file kept numbers.
enum class C3dProcessor : std::uint8_t {
  intel = 84,  ///< little-endian, IEEE 754
  dec = 85,    ///< little-endian words, VAX F floats
  mips = 86    ///< big-endian, IEEE 754
};

/// Numbers of a C3D file. Offsets are bytes and must lie within the file.
class C3dBytes {
 public:
  C3dBytes(std::string_view bytes, C3dProcessor processor) : bytes_(bytes), processor_(processor) {}

  std::size_t size() const { return bytes_.size(); }
  std::string_view text(std::size_t at, std::size_t count) const { return bytes_.substr(at, count); }
  std::uint8_t byte(std::size_t at) const { return static_cast<std::uint8_t>(bytes_[at]); }
  int signed_byte(std::size_t at) const { return byte(at) < 128 ? byte(at) : byte(at) - 256; }
  std::uint16_t word(std::size_t at) const;
  std::int16_t integer(std::size_t at) const { return static_cast<std::int16_t>(word(at)); }
  float real(std::size_t at) const;

 private:
  std::string_view bytes_;
  C3dProcessor processor_;
};

/// The parameter section: arrays of text or numbers under "GROUP:NAME".
class C3dParameters {
 public:
  /// @param at  first byte of the section
  /// @throws Error{Code::bad_format} for entries that reach beyond the file
  C3dParameters(const std::filesystem::path& file, const C3dBytes& bytes, std::size_t at);

  /// The first element as a number, whole ones as unsigned. Empty when absent or a text.
  std::optional<double> number(const std::string& name, std::size_t element = 0) const;
  /// The texts without blanks at their ends. Empty when absent or numbers.
  std::vector<std::string> texts(const std::string& name) const;

 private:
  struct Array {
    int type = 0;  ///< -1 text, 1 bytes, 2 words, 4 reals: the size of an element
    std::vector<std::size_t> shape;
    std::size_t at = 0;
    std::size_t count = 0;  ///< elements
  };
  const Array* find(const std::string& name) const;

  const C3dBytes& bytes_;
  std::map<std::string, Array> arrays_;
};

}  // namespace purlscope::core
