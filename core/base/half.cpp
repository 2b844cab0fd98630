#include "core/base/half.h"

#include <bit>
#include <cmath>
#include <limits>

namespace purlscope::core {
namespace {

constexpr int kHalfMantissaBits = 10;
constexpr int kFloatMantissaBits = 23;
constexpr int kDroppedBits = kFloatMantissaBits - kHalfMantissaBits;
constexpr int kHalfBias = 15;
constexpr int kFloatBias = 127;
constexpr std::uint16_t kHalfInfinity = 0x7C00;
constexpr std::uint16_t kHalfQuietNan = 0x7E00;

/// Shifts right and rounds to nearest, ties to even.
std::uint32_t shift_rounded(std::uint32_t value, int bits) {
  const std::uint32_t half = 1U << (bits - 1);
  const std::uint32_t rest = value & ((1U << bits) - 1);
  const std::uint32_t kept = value >> bits;
  const bool up = rest > half || (rest == half && (kept & 1U) != 0);
  return kept + (up ? 1U : 0U);
}

}  // namespace

float half_to_float(std::uint16_t bits) {
  const bool negative = (bits & 0x8000U) != 0;
  const int exponent = (bits >> kHalfMantissaBits) & 0x1F;
  const int mantissa = bits & 0x3FF;
  float magnitude = 0;
  if (exponent == 0x1F) {
    magnitude = mantissa == 0 ? std::numeric_limits<float>::infinity() : std::numeric_limits<float>::quiet_NaN();
  } else if (exponent == 0) {
    magnitude = std::ldexp(static_cast<float>(mantissa), 1 - kHalfBias - kHalfMantissaBits);
  } else {
    magnitude =
        std::ldexp(static_cast<float>(mantissa + (1 << kHalfMantissaBits)), exponent - kHalfBias - kHalfMantissaBits);
  }
  return negative ? -magnitude : magnitude;
}

std::uint16_t float_to_half(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const auto sign = static_cast<std::uint16_t>((bits >> 16) & 0x8000U);
  if (std::isnan(value)) return sign | kHalfQuietNan;
  if (std::isinf(value)) return sign | kHalfInfinity;

  const int exponent = static_cast<int>((bits >> kFloatMantissaBits) & 0xFF) - kFloatBias + kHalfBias;
  const std::uint32_t mantissa = bits & 0x7FFFFF;
  if (exponent >= 0x1F) return sign | kHalfInfinity;
  if (exponent > 0) {
    // A carry out of the mantissa moves into the exponent, which is what rounding up to the next power of two means.
    const std::uint32_t rounded =
        (static_cast<std::uint32_t>(exponent) << kHalfMantissaBits) + shift_rounded(mantissa, kDroppedBits);
    return static_cast<std::uint16_t>(sign | rounded);
  }
  const int shift = kDroppedBits + 1 - exponent;
  if (shift > kFloatMantissaBits + 1) return sign;
  return static_cast<std::uint16_t>(sign | shift_rounded(mantissa | 0x800000U, shift));
}

float bfloat_to_float(std::uint16_t bits) { return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16); }

}  // namespace purlscope::core
