#pragma once

#include <cstdint>

#include "models/nets/tiles/factor.h"

/// Products of single precision matrices on a processor's matrix unit (Intel AMX), which multiplies numbers of eight
/// bits. Each number is split in two such; of the four products of their parts the three larger ones are taken, so
/// that a product differs from that in single precision by about 1 / 2^16 of its terms. Source: Henry, Tang, Heinecke,
/// "Leveraging the bfloat16 Artificial Intelligence Datatype For Higher-Precision Computations", 2019.
namespace purlscope::models::tiles {

/// Whether processor and system offer the matrix unit; asked for once. The environment's PURLSCOPE_NO_MATRIX_UNIT says
/// no.
bool usable();

/// Where a product goes: rows of `pitch` numbers, of which those beyond the product's columns are anyone's.
struct Target {
  float* out;
  std::int64_t pitch;  ///< at least the columns; fastest with the columns rounded up to 16
};

/// out [M, N] = left [M, K] times right [K, N], plus a number for each column. Only where usable(). Thread: any; large
/// products are shared out among LibTorch's.
/// @param column_offset  [N rounded up to 16], null for none
void multiply(const Factor& left, const Factor& right, const float* column_offset, const Target& target);

}  // namespace purlscope::models::tiles
