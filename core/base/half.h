#pragma once

#include <cstdint>

namespace purlscope::core {

/// IEEE 754 binary16 bits to float; exact for every value.
float half_to_float(std::uint16_t bits);

/// Float to binary16 bits, rounded to nearest even; too large values become infinity, NaN stays NaN.
std::uint16_t float_to_half(float value);

/// Upper half of a float's bits (bfloat16) to float; exact.
float bfloat_to_float(std::uint16_t bits);

}  // namespace purlscope::core
