#include "core/formats/parse/mat5.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <functional>
#include <numeric>
#include <optional>
#include <utility>

#include "core/base/error.h"
#include "core/formats/parse/source.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kHeaderBytes = 128;
/// Largest compressed variable that is decoded: 140,000 frames of twenty joints in double precision. Bytes.
constexpr std::size_t kMaxExpandedBytes = std::size_t{64} << 20;
constexpr std::size_t kMaxExpandedValues = kMaxExpandedBytes / sizeof(double);
/// What deflate can make of a byte at most (zlib's technical notes, "Maximum compression factor").
constexpr std::size_t kMaxExpansion = 1032;
/// Flags, dimensions and name of a matrix; names have at most 63 characters.
constexpr std::size_t kMaxMatrixHead = 1024;
constexpr std::size_t kMaxCount = std::size_t{1} << 48;  // values a matrix may announce; keeps products from overflow
constexpr std::size_t kMaxDimensions = 32;
constexpr std::size_t kMaxVariables = 1000;
constexpr std::uint32_t kComplexFlag = 0x800;

enum ElementType : std::uint32_t {
  mi_int8 = 1,
  mi_uint8 = 2,
  mi_int16 = 3,
  mi_uint16 = 4,
  mi_int32 = 5,
  mi_uint32 = 6,
  mi_single = 7,
  mi_double = 9,
  mi_int64 = 12,
  mi_uint64 = 13,
  mi_matrix = 14,
  mi_compressed = 15
};

/// Array classes: 6 double, 7 single, 8 to 15 integers.
constexpr std::uint32_t kFirstNumericClass = 6;
constexpr std::uint32_t kLastNumericClass = 15;

template <typename T>
T load(const char* from) {
  T value;
  std::memcpy(&value, from, sizeof(T));
  return value;
}

struct Element {
  std::uint32_t type = 0;
  std::string_view data;
};

/// Walks over data elements. `origin` is where the bytes lie in the file, for messages.
class Walker {
 public:
  Walker(const fs::path& file, std::string_view bytes, std::size_t origin, bool inflated)
      : file_(file), bytes_(bytes), origin_(origin), inflated_(inflated) {}

  bool at_end() const { return position_ >= bytes_.size(); }
  std::size_t offset() const { return origin_ + (inflated_ ? 0 : position_); }

  Error fail(const std::string& what) const {
    return format_error(file_, inflated_ ? fmt::format("in the compressed block at byte {}: {}", origin_, what)
                                         : fmt::format("byte {}: {}", offset(), what));
  }

  Element next() {
    if (bytes_.size() - position_ < 8) throw fail("the file ends within an element; it is truncated: get it again");
    const auto first = load<std::uint32_t>(bytes_.data() + position_);
    const auto second = load<std::uint32_t>(bytes_.data() + position_ + 4);
    const std::uint32_t small = first >> 16;
    if (small != 0) {
      if (small > 4) throw fail(fmt::format("a small element of {} bytes, expected at most 4", small));
      const Element element{first & 0xFFFFU, bytes_.substr(position_ + 4, small)};
      position_ += 8;
      return element;
    }
    if (second > bytes_.size() - position_ - 8) {
      throw fail(fmt::format("an element of {} bytes, but only {} follow; the file is truncated or damaged", second,
                             bytes_.size() - position_ - 8));
    }
    const Element element{first, bytes_.substr(position_ + 8, second)};
    const std::size_t padding = first == mi_compressed ? 0 : (8 - second % 8) % 8;
    position_ = std::min(position_ + 8 + second + padding, bytes_.size());
    return element;
  }

 private:
  const fs::path& file_;
  std::string_view bytes_;
  std::size_t origin_;
  bool inflated_;
  std::size_t position_ = 0;
};

struct Expanded {
  std::string bytes;
  bool whole = false;  ///< the block ends here, and its checksum holds
};

/// The first bytes of a compressed block, at most `most` of them.
Expanded expand(const Walker& at, std::string_view packed, std::size_t most) {
  z_stream stream{};
  if (inflateInit(&stream) != Z_OK) throw Error(Code::internal, "zlib cannot be started");
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  Expanded out;
  std::array<char, 1 << 16> chunk{};
  int status = Z_OK;
  while (status == Z_OK && out.bytes.size() <= most) {
    const std::size_t room = std::min(chunk.size(), most + 1 - out.bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
    stream.avail_out = static_cast<uInt>(room);
    status = inflate(&stream, Z_NO_FLUSH);
    out.bytes.append(chunk.data(), room - stream.avail_out);
  }
  inflateEnd(&stream);
  if (status != Z_OK && status != Z_STREAM_END) throw at.fail("the compressed data are damaged or truncated");
  out.whole = status == Z_STREAM_END && out.bytes.size() <= most;
  out.bytes.resize(std::min(out.bytes.size(), most));
  return out;
}

template <typename T>
void widen(const Walker& at, std::string_view data, std::size_t count, std::vector<float>& values) {
  if (data.size() / sizeof(T) != count) {
    throw at.fail(fmt::format("a matrix of {} values, expected {} by its dimensions", data.size() / sizeof(T), count));
  }
  values.resize(count);
  for (std::size_t i = 0; i < count; ++i) values[i] = static_cast<float>(load<T>(data.data() + i * sizeof(T)));
}

void widen(const Walker& at, const Element& element, std::size_t count, std::vector<float>& values) {
  switch (element.type) {
    case mi_int8:
      return widen<std::int8_t>(at, element.data, count, values);
    case mi_uint8:
      return widen<std::uint8_t>(at, element.data, count, values);
    case mi_int16:
      return widen<std::int16_t>(at, element.data, count, values);
    case mi_uint16:
      return widen<std::uint16_t>(at, element.data, count, values);
    case mi_int32:
      return widen<std::int32_t>(at, element.data, count, values);
    case mi_uint32:
      return widen<std::uint32_t>(at, element.data, count, values);
    case mi_int64:
      return widen<std::int64_t>(at, element.data, count, values);
    case mi_uint64:
      return widen<std::uint64_t>(at, element.data, count, values);
    case mi_single:
      return widen<float>(at, element.data, count, values);
    case mi_double:
      return widen<double>(at, element.data, count, values);
    default:
      throw at.fail(fmt::format("numbers of the unknown type {}", element.type));
  }
}

/// Reads flags, dimensions and name; the walker then stands before the values.
MatVariable parse_head(Walker& walker) {
  MatVariable variable;
  const Element flags = walker.next();
  if (flags.type != mi_uint32 || flags.data.size() != 8) throw walker.fail("a matrix without array flags");
  const auto bits = load<std::uint32_t>(flags.data.data());
  const Element shape = walker.next();
  if (shape.type != mi_int32 || shape.data.size() % 4 != 0 || shape.data.size() / 4 > kMaxDimensions) {
    throw walker.fail("a matrix without dimensions");
  }
  std::size_t count = 1;
  for (std::size_t i = 0; i < shape.data.size(); i += 4) {
    const auto length = load<std::int32_t>(shape.data.data() + i);
    if (length < 0 || (length > 0 && count > kMaxCount / static_cast<std::size_t>(length))) {
      throw walker.fail(fmt::format("a matrix with the dimension {}", length));
    }
    variable.shape.push_back(static_cast<std::size_t>(length));
    count *= static_cast<std::size_t>(length);
  }
  const Element name = walker.next();
  if (name.type != mi_int8) throw walker.fail("a matrix without a name");
  variable.name = std::string(name.data);
  const std::uint32_t array_class = bits & 0xFFU;
  variable.numeric =
      array_class >= kFirstNumericClass && array_class <= kLastNumericClass && (bits & kComplexFlag) == 0;
  return variable;
}

std::size_t count_of(const MatVariable& variable) {
  return std::accumulate(variable.shape.begin(), variable.shape.end(), std::size_t{1}, std::multiplies<>());
}

using Wanted = std::optional<std::string_view>;  // name of the variable to decode; empty once it was found

/// Reads a matrix; its values only where it is the wanted one.
MatVariable read_matrix(Walker walker, Wanted wanted) {
  MatVariable variable = parse_head(walker);
  if (variable.name == wanted && variable.numeric) {
    widen(walker, walker.next(), count_of(variable), variable.values);
  }
  return variable;
}

/// The same from a compressed block, of which no more is expanded than needed. Empty when it holds no matrix.
std::optional<MatVariable> read_compressed(const fs::path& file, std::size_t offset, std::string_view packed,
                                           Wanted wanted) {
  constexpr std::size_t kTag = 8;  // type and size of the matrix
  const Walker inside(file, {}, offset, true);
  Expanded block = expand(inside, packed, kTag + kMaxMatrixHead);
  if (block.bytes.size() < kTag) throw inside.fail("less than an element; the file is damaged");
  if (load<std::uint32_t>(block.bytes.data()) != mi_matrix) return std::nullopt;
  const std::size_t size = load<std::uint32_t>(block.bytes.data() + 4);
  if (size / kMaxExpansion > packed.size()) {
    throw inside.fail(
        fmt::format("a matrix of {} bytes in {} compressed ones, more than they can hold; the file is "
                    "damaged",
                    size, packed.size()));
  }
  const auto matrix = [&] { return Walker(file, std::string_view(block.bytes).substr(kTag, size), offset, true); };
  Walker head = matrix();
  MatVariable variable = parse_head(head);
  if (variable.name != wanted || !variable.numeric) return variable;
  if (size > kMaxExpandedBytes || count_of(variable) > kMaxExpandedValues) {
    throw Error(Code::limit,
                fmt::format("{}: variable {} expands to {} bytes with {} values, at most {} and {} are read; "
                            "cut the recording into pieces",
                            file.string(), excerpt(variable.name), size, count_of(variable), kMaxExpandedBytes,
                            kMaxExpandedValues));
  }
  constexpr std::size_t kPadding = 8;
  if (!block.whole) block = expand(inside, packed, kTag + size + kPadding);
  if (!block.whole) throw inside.fail("more data than the matrix has; the file is damaged");
  return read_matrix(matrix(), wanted);
}

}  // namespace

bool is_mat_header(std::string_view head) {
  return head.starts_with("MATLAB 5.0 MAT-file") || head.starts_with("MATLAB 7.3 MAT-file");
}

std::vector<MatVariable> read_mat5(const fs::path& file, std::string_view bytes, std::string_view wanted) {
  if (bytes.starts_with("MATLAB 7.3")) {
    throw Error(Code::unsupported, fmt::format("{}: MATLAB 7.3 (HDF5) file; save it again with -v7", file.string()));
  }
  if (bytes.size() < kHeaderBytes || !is_mat_header(bytes)) {
    throw format_error(file, "no MATLAB 5.0 header at the start; expected a file saved by MATLAB with -v6 or -v7");
  }
  if (bytes.substr(126, 2) == "MI") {
    throw Error(Code::unsupported,
                fmt::format("{}: big-endian MATLAB file; save it on a little-endian machine", file.string()));
  }
  if (bytes.substr(126, 2) != "IM") throw format_error(file, "byte 126: no endian mark 'IM'; the file is damaged");
  Wanted decode = wanted;
  std::vector<MatVariable> variables;
  for (Walker walker(file, bytes.substr(kHeaderBytes), kHeaderBytes, false); !walker.at_end();) {
    if (variables.size() >= kMaxVariables) throw walker.fail("too many variables; the file is damaged");
    const std::size_t offset = walker.offset();
    const Element element = walker.next();
    if (element.type == mi_compressed) {
      auto variable = read_compressed(file, offset, element.data, decode);
      if (variable) variables.push_back(std::move(*variable));
    } else if (element.type == mi_matrix) {
      variables.push_back(read_matrix(Walker(file, element.data, offset + 8, false), decode));
    }
    if (!variables.empty() && variables.back().name == wanted) decode.reset();
  }
  return variables;
}

}  // namespace purlscope::core
