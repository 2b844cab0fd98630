#include "core/formats/numpy/npy.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

#include "core/base/error.h"
#include "core/base/half.h"
#include "core/base/utf8.h"
#include "core/formats/parse/source.h"

namespace purlscope::core {
namespace {

constexpr std::string_view kMagic("\x93NUMPY", 6);
constexpr std::size_t kMaxDimensions = 32;  // NumPy's own limit for long
constexpr std::size_t kMaxElements = std::size_t{1} << 40;

Error damaged(const std::string& place, const std::string& what) {
  return Error(Code::bad_format, fmt::format("{}: {}", place, what));
}

/// The Python literal of a header: {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }
class Literal {
 public:
  Literal(const std::string& place, std::string_view text) : place_(place), text_(text) {}

  bool take(char wanted) {
    skip_blanks();
    if (at_ == text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }

  void expect(char wanted) {
    if (!take(wanted)) throw complaint(fmt::format("'{}'", wanted));
  }

  std::string_view quoted() {
    skip_blanks();
    const char quote = at_ < text_.size() ? text_[at_] : '\0';
    const std::size_t end = quote == '\'' || quote == '"' ? text_.find(quote, at_ + 1) : std::string_view::npos;
    if (end == std::string_view::npos) throw complaint("a text in quotes");
    const std::string_view text = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return text;
  }

  bool truth() {
    if (take_word("True")) return true;
    if (take_word("False")) return false;
    throw complaint("True or False");
  }

  std::vector<std::size_t> sizes() {
    std::vector<std::size_t> values;
    expect('(');
    while (!take(')')) {
      if (values.size() == kMaxDimensions) throw complaint(fmt::format("at most {} dimensions", kMaxDimensions));
      values.push_back(size());
      if (!take(',')) {
        expect(')');
        break;
      }
    }
    return values;
  }

  Error complaint(const std::string& expected) const {
    return damaged(place_, fmt::format("the array's header has {}, expected {}; write it again with np.save",
                                       at_ < text_.size() ? excerpt(text_.substr(at_)) : "nothing more", expected));
  }

 private:
  void skip_blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
  }

  bool take_word(std::string_view word) {
    skip_blanks();
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }

  std::size_t size() {
    skip_blanks();
    std::size_t value = 0;
    const char* const begin = text_.data() + at_;
    const auto [end, failure] = std::from_chars(begin, text_.data() + text_.size(), value);
    if (failure != std::errc() || value > kMaxElements) throw complaint("a size");
    at_ += static_cast<std::size_t>(end - begin);
    if (at_ < text_.size() && text_[at_] == 'L') ++at_;  // a long of Python 2
    return value;
  }

  const std::string& place_;
  std::string_view text_;
  std::size_t at_ = 0;
};

/// "<f4", "|b1", ">U12" @throws Error{Code::unsupported}
void parse_type(const std::string& place, std::string_view type, NpyHeader& header) {
  const auto refuse = [&](const char* remedy) {
    return Error(Code::unsupported, fmt::format("{}: the array's type is {}; {}", place, excerpt(type), remedy));
  };
  constexpr const char* kNumbers = "save numbers (float32) or texts instead";
  std::string_view rest = type;
  if (!rest.empty() && std::string_view("<>|=").find(rest[0]) != std::string_view::npos) {
    header.big_endian = rest[0] == '>';
    rest.remove_prefix(1);
  }
  if (rest.starts_with('O')) {
    throw refuse("objects are stored as programs, which are not run: save plain numbers, e.g. x.astype('float32')");
  }
  std::size_t number = 0;
  const char* const end = rest.data() + rest.size();
  if (rest.size() < 2 || std::from_chars(rest.data() + 1, end, number).ptr != end) throw refuse(kNumbers);
  header.kind = rest[0];
  header.width = header.kind == 'U' ? 4 * number : number;
  const auto one_of = [&](std::initializer_list<std::size_t> widths) {
    return std::ranges::find(widths, header.width) != widths.end();
  };
  const bool known = header.kind == 'f'                         ? one_of({2, 4, 8})
                     : header.kind == 'i' || header.kind == 'u' ? one_of({1, 2, 4, 8})
                     : header.kind == 'b'                       ? one_of({1})
                                                                : header.is_text() && number <= kMaxElements;
  if (!known) throw refuse(kNumbers);
}

template <typename Raw>
Raw load(const char* at, bool reversed) {
  std::array<char, sizeof(Raw)> bytes;
  std::memcpy(bytes.data(), at, sizeof(Raw));
  if (reversed) std::ranges::reverse(bytes);
  return std::bit_cast<Raw>(bytes);
}

template <typename Out>
Out narrowed(double value) {
  if constexpr (std::is_same_v<Out, float>) {
    if (std::abs(value) > std::numeric_limits<float>::max()) {
      return std::copysign(std::numeric_limits<float>::infinity(), static_cast<float>(value < 0 ? -1 : 1));
    }
  }
  return static_cast<Out>(value);
}

template <typename Raw, typename Out>
std::vector<Out> converted(const NpyArray& array) {
  std::vector<Out> values(array.header.count());
  const char* at = array.bytes.data();
  for (Out& value : values) {
    const Raw raw = load<Raw>(at, array.header.big_endian);
    if constexpr (std::is_same_v<Raw, std::uint16_t>) {
      value = array.header.kind == 'f' ? static_cast<Out>(half_to_float(raw)) : static_cast<Out>(raw);
    } else {
      value = narrowed<Out>(static_cast<double>(raw));
    }
    at += sizeof(Raw);
  }
  return values;
}

template <typename Out>
std::vector<Out> numbers(const NpyArray& array) {
  if (array.header.count() > kMaxNpyNumbers) {
    throw Error(Code::limit, fmt::format("{}: {} numbers, at most {} are read; save fewer frames or clips in a file",
                                         array.place, array.header.count(), kMaxNpyNumbers));
  }
  const std::size_t width = array.header.width;
  switch (array.header.kind) {
    case 'f':
      return width == 2   ? converted<std::uint16_t, Out>(array)
             : width == 4 ? converted<float, Out>(array)
                          : converted<double, Out>(array);
    case 'i':
      return width == 1   ? converted<std::int8_t, Out>(array)
             : width == 2 ? converted<std::int16_t, Out>(array)
             : width == 4 ? converted<std::int32_t, Out>(array)
                          : converted<std::int64_t, Out>(array);
    case 'u':
    case 'b':
      return width == 1   ? converted<std::uint8_t, Out>(array)
             : width == 2 ? converted<std::uint16_t, Out>(array)
             : width == 4 ? converted<std::uint32_t, Out>(array)
                          : converted<std::uint64_t, Out>(array);
    default:
      throw damaged(array.place, "the array holds texts, expected numbers");
  }
}

/// A code point of a file, which may hold any bits.
char32_t checked(std::uint32_t point) {
  const bool surrogate = point >= 0xD800 && point < 0xE000;
  return point > 0x10FFFF || surrogate ? kReplacement : static_cast<char32_t>(point);
}

}  // namespace

std::size_t NpyHeader::count() const {
  std::size_t product = 1;
  for (const std::size_t length : shape) product *= length;
  return product;
}

NpyHeader parse_npy_header(const std::string& place, std::string_view head) {
  if (!head.starts_with(kMagic) || head.size() < 10) {
    throw damaged(place, "the array does not begin with NumPy's signature; write it again with np.save");
  }
  const auto version = static_cast<unsigned char>(head[6]);
  if (version < 1 || version > 3) {
    throw Error(Code::unsupported, fmt::format("{}: version {} of the npy form, known are 1 to 3", place, version));
  }
  const std::size_t prefix = version == 1 ? 10 : 12;
  if (head.size() < prefix) throw damaged(place, "the array ends within its header; it is truncated");
  const std::size_t length =
      version == 1 ? load<std::uint16_t>(head.data() + 8, false) : load<std::uint32_t>(head.data() + 8, false);
  if (length > kMaxNpyHeader) {
    throw damaged(place, fmt::format("the array's header has {} bytes, at most {} are read", length, kMaxNpyHeader));
  }
  if (head.size() - prefix < length) throw damaged(place, "the array ends within its header; it is truncated");

  NpyHeader header;
  header.data_offset = prefix + length;
  Literal literal(place, head.substr(prefix, length));
  bool typed = false;
  bool ordered = false;
  bool shaped = false;
  literal.expect('{');
  while (!literal.take('}')) {
    const std::string_view key = literal.quoted();
    literal.expect(':');
    if (key == "descr") {
      if (literal.take('[') || literal.take('(')) {
        throw Error(Code::unsupported, fmt::format("{}: a structured array; save one array of numbers", place));
      }
      parse_type(place, literal.quoted(), header);
      typed = true;
    } else if (key == "fortran_order") {
      header.fortran = literal.truth();
      ordered = true;
    } else if (key == "shape") {
      header.shape = literal.sizes();
      shaped = true;
    } else {
      throw damaged(place, fmt::format("the array's header has the key {}, expected descr, fortran_order and shape",
                                       excerpt(key)));
    }
    if (!literal.take(',')) {
      literal.expect('}');
      break;
    }
  }
  if (!typed || !ordered || !shaped) throw literal.complaint("descr, fortran_order and shape");
  std::size_t elements = 1;
  for (const std::size_t size : header.shape) {
    if (size != 0 && elements > kMaxElements / size) {
      throw damaged(place, fmt::format("the array claims the shape [{}]", fmt::join(header.shape, ", ")));
    }
    elements *= size;
  }
  if (header.width != 0 && elements > (std::size_t{1} << 62) / header.width) {
    throw damaged(place, fmt::format("the array claims {} elements of {} bytes", elements, header.width));
  }
  return header;
}

std::vector<float> NpyArray::floats() const { return numbers<float>(*this); }

std::vector<double> NpyArray::doubles() const { return numbers<double>(*this); }

std::vector<std::string> NpyArray::texts(std::size_t most) const {
  if (!header.is_text()) throw damaged(place, "the array holds numbers, expected texts");
  // Texts of no width take no bytes, however many a header claims.
  const std::size_t count = header.width == 0 ? 0 : std::min(header.count(), most);
  std::vector<std::string> texts(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view cell = std::string_view(bytes).substr(i * header.width, header.width);
    if (header.kind == 'S') {
      texts[i] = cell.substr(0, cell.find_last_not_of('\0') + 1);
      continue;
    }
    std::u32string points;
    for (std::size_t at = 0; at < cell.size(); at += 4) {
      points += checked(load<std::uint32_t>(cell.data() + at, header.big_endian));
    }
    points.resize(points.find_last_not_of(U'\0') + 1);
    for (const char32_t point : points) append_utf8(texts[i], point);
  }
  return texts;
}

NpyArray parse_npy(const std::string& place, std::string file) {
  NpyArray array{place, parse_npy_header(place, file), {}};
  const std::size_t present = file.size() - array.header.data_offset;
  if (present != array.header.size()) {
    throw damaged(place,
                  fmt::format("the array has {} bytes for the shape [{}], expected {}; it is truncated or damaged: "
                              "get it again",
                              present, fmt::join(array.header.shape, ", "), array.header.size()));
  }
  file.erase(0, array.header.data_offset);
  array.bytes = std::move(file);
  return array;
}

}  // namespace purlscope::core
