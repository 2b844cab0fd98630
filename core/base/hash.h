#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace purlscope::core {

/// FNV-1a of 64 bits: tells files and names apart, the same in every run; no protection against forgery.
/// Source: Fowler, Noll, Vo, "The FNV Non-Cryptographic Hash Algorithm" (IETF draft).
class Fnv1a {
 public:
  Fnv1a() = default;
  /// @param state  to start from instead: another sequence of values
  explicit Fnv1a(std::uint64_t state) : state_(state) {}
  void add(std::string_view bytes) {
    for (const char byte : bytes) state_ = (state_ ^ static_cast<unsigned char>(byte)) * 0x100000001b3ULL;
  }
  std::uint64_t value() const { return state_; }

 private:
  std::uint64_t state_ = 0xcbf29ce484222325ULL;
};

inline std::uint64_t fnv1a(std::string_view bytes) {
  Fnv1a hash;
  hash.add(bytes);
  return hash.value();
}

}  // namespace purlscope::core
