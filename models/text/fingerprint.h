#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace purlscope::models {

/// FNV-1a over 64-bit words (a last incomplete word is padded with zeros and followed by the length): tells files and
/// records apart, at several GB/s; no protection against forgery.
class Fingerprint {
 public:
  void add(std::span<const std::byte> bytes) {
    std::size_t i = 0;
    for (; i + sizeof(std::uint64_t) <= bytes.size(); i += sizeof(std::uint64_t))
      add_word(bytes.data() + i, sizeof(std::uint64_t));
    if (i < bytes.size()) add_word(bytes.data() + i, bytes.size() - i);
    mix(bytes.size());
  }
  std::uint64_t value() const { return state_; }

 private:
  void add_word(const std::byte* data, std::size_t size) {
    std::uint64_t word = 0;
    std::memcpy(&word, data, size);
    mix(word);
  }
  void mix(std::uint64_t word) {
    state_ = (state_ ^ word) * 0x100000001B3ULL;
    // Multiplication carries upwards only; without this the low bits would never see the high ones.
    state_ ^= state_ >> 32;
  }

  std::uint64_t state_ = 0xCBF29CE484222325ULL;
};

}  // namespace purlscope::models
