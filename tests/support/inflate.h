#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace purlscope::test {

/// Decoder of raw DEFLATE data (RFC 1951) for test data. It needs no library, so that golden tests also run in the
/// engine-only build. @throws std::runtime_error for damaged data or more than `limit` bytes of output.
class Inflater {
 public:
  Inflater(std::string_view in, std::size_t limit) : in_(in), limit_(limit) {}

  std::string run() {
    out_.reserve(limit_);
    for (bool last = false; !last;) {
      last = bits(1) != 0;
      const unsigned type = bits(2);
      if (type == 0)
        stored_block();
      else if (type == 1)
        coded_block(fixed_literals(), fixed_distances());
      else if (type == 2)
        dynamic_block();
      else
        throw std::runtime_error("inflate: unknown block type");
    }
    return std::move(out_);
  }

 private:
  static constexpr unsigned kMaxBits = 15;

  /// Canonical Huffman code: how many codes have each length, and the symbols in code order (RFC 1951, 3.2.2).
  struct Code {
    std::array<std::uint16_t, kMaxBits + 1> count{};
    std::array<std::uint16_t, 288> symbol{};
  };

  static Code make_code(std::span<const std::uint8_t> lengths) {
    Code code;
    for (const std::uint8_t length : lengths) ++code.count[length];
    std::array<std::uint16_t, kMaxBits + 1> offset{};
    for (unsigned i = 1; i < kMaxBits; ++i) offset[i + 1] = static_cast<std::uint16_t>(offset[i] + code.count[i]);
    for (std::size_t s = 0; s < lengths.size(); ++s) {
      if (lengths[s] != 0) code.symbol[offset[lengths[s]]++] = static_cast<std::uint16_t>(s);
    }
    return code;
  }

  static Code fixed_literals() {
    std::array<std::uint8_t, 288> lengths{};
    std::fill(lengths.begin(), lengths.begin() + 144, 8);
    std::fill(lengths.begin() + 144, lengths.begin() + 256, 9);
    std::fill(lengths.begin() + 256, lengths.begin() + 280, 7);
    std::fill(lengths.begin() + 280, lengths.end(), 8);
    return make_code(lengths);
  }

  static Code fixed_distances() {
    std::array<std::uint8_t, 30> lengths{};
    lengths.fill(5);
    return make_code(lengths);
  }

  std::uint8_t byte() {
    if (position_ >= in_.size()) throw std::runtime_error("inflate: data end early");
    return static_cast<std::uint8_t>(in_[position_++]);
  }

  unsigned bits(unsigned n) {
    while (held_ < n) {
      buffer_ |= static_cast<std::uint32_t>(byte()) << held_;
      held_ += 8;
    }
    const unsigned value = buffer_ & ((1U << n) - 1U);
    buffer_ >>= n;
    held_ -= n;
    return value;
  }

  unsigned decode(const Code& code) {
    int value = 0;
    int first = 0;
    int index = 0;
    for (unsigned length = 1; length <= kMaxBits; ++length) {
      value |= static_cast<int>(bits(1));
      const int count = code.count[length];
      if (value - count < first) return code.symbol[static_cast<std::size_t>(index + value - first)];
      index += count;
      first = (first + count) << 1;
      value <<= 1;
    }
    throw std::runtime_error("inflate: bad code");
  }

  void put(char c) {
    if (out_.size() >= limit_) throw std::runtime_error("inflate: more data than announced");
    out_.push_back(c);
  }

  void stored_block() {
    buffer_ = 0;
    held_ = 0;
    const unsigned low = byte();
    const unsigned length = low | static_cast<unsigned>(byte()) << 8;
    byte();
    byte();
    for (unsigned i = 0; i < length; ++i) put(static_cast<char>(byte()));
  }

  void dynamic_block() {
    constexpr std::array<std::uint8_t, 19> kOrder = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    const unsigned literals = bits(5) + 257;
    const unsigned distances = bits(5) + 1;
    const unsigned length_codes = bits(4) + 4;
    std::array<std::uint8_t, 19> code_lengths{};
    for (unsigned i = 0; i < length_codes; ++i) code_lengths[kOrder[i]] = static_cast<std::uint8_t>(bits(3));
    const Code code = make_code(code_lengths);
    std::array<std::uint8_t, 320> lengths{};
    for (unsigned i = 0; i < literals + distances;) {
      const unsigned symbol = decode(code);
      if (symbol < 16) {
        lengths[i++] = static_cast<std::uint8_t>(symbol);
        continue;
      }
      if (symbol == 16 && i == 0) throw std::runtime_error("inflate: nothing to repeat");
      const std::uint8_t value = symbol == 16 ? lengths[i - 1] : std::uint8_t{0};
      const unsigned repeat = symbol == 16 ? 3 + bits(2) : symbol == 17 ? 3 + bits(3) : 11 + bits(7);
      if (i + repeat > literals + distances) throw std::runtime_error("inflate: too many code lengths");
      for (unsigned r = 0; r < repeat; ++r) lengths[i++] = value;
    }
    const std::span<const std::uint8_t> all(lengths);
    if (literals > 286 || distances > 30) throw std::runtime_error("inflate: too many codes");
    coded_block(make_code(all.first(literals)), make_code(all.subspan(literals, distances)));
  }

  void coded_block(const Code& literals, const Code& distances) {
    constexpr std::array<std::uint16_t, 29> kLength = {3,  4,  5,  6,  7,  8,  9,  10, 11,  13,  15,  17,  19,  23, 27,
                                                       31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
    constexpr std::array<std::uint8_t, 29> kLengthBits = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                                          2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
    constexpr std::array<std::uint16_t, 30> kDistance = {1,    2,    3,    4,    5,    7,    9,    13,    17,    25,
                                                         33,   49,   65,   97,   129,  193,  257,  385,   513,   769,
                                                         1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
    constexpr std::array<std::uint8_t, 30> kDistanceBits = {0, 0, 0, 0, 1, 1, 2, 2,  3,  3,  4,  4,  5,  5,  6,
                                                            6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13};
    for (unsigned symbol = decode(literals); symbol != 256; symbol = decode(literals)) {
      if (symbol < 256) {
        put(static_cast<char>(symbol));
        continue;
      }
      symbol -= 257;
      if (symbol >= kLength.size()) throw std::runtime_error("inflate: bad length");
      const unsigned length = kLength[symbol] + bits(kLengthBits[symbol]);
      const unsigned d = decode(distances);
      if (d >= kDistance.size()) throw std::runtime_error("inflate: bad distance");
      const std::size_t distance = kDistance[d] + bits(kDistanceBits[d]);
      if (distance > out_.size()) throw std::runtime_error("inflate: distance before the start");
      for (unsigned i = 0; i < length; ++i) put(out_[out_.size() - distance]);
    }
  }

  std::string_view in_;
  std::size_t limit_;
  std::string out_;
  std::size_t position_ = 0;
  std::uint32_t buffer_ = 0;
  unsigned held_ = 0;
};

}  // namespace purlscope::test
