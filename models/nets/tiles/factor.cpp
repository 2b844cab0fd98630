#include "models/nets/tiles/factor.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "models/nets/instruction_sets.h"

namespace purlscope::models::tiles {
namespace {

constexpr std::uint32_t kHalf = 0x8000;       // of the last bit that stays
constexpr std::uint32_t kUpper = 0xffff0000;  // of a float: what a bfloat16 keeps

inline std::uint32_t rounded(float value) { return (std::bit_cast<std::uint32_t>(value) + kHalf) & kUpper; }

struct Parts {
  std::uint32_t high, low;  ///< in the upper half of the bits
};

inline Parts split(float value) {
  const std::uint32_t high = rounded(value);
  return {high, rounded(value - std::bit_cast<float>(high))};
}

/// A row of left tiles, the numbers as they lie, into one row of each of some neighbours.
/// @param tiles  the first one's row 0 @param row  of the tiles
PURLSCOPE_FOR_EACH_INSTRUCTION_SET
void split_row(const float* in, std::int64_t count, SplitTile* tiles, std::int64_t row) {
  for (std::int64_t block = 0; block < count; ++block, in += kTileDepth) {
    std::uint16_t* __restrict high = tiles[block].high.values.data() + row * kTileDepth;
    std::uint16_t* __restrict low = tiles[block].low.values.data() + row * kTileDepth;
    for (std::int64_t k = 0; k < kTileDepth; ++k) {
      const Parts parts = split(in[k]);
      high[k] = static_cast<std::uint16_t>(parts.high >> 16U);
      low[k] = static_cast<std::uint16_t>(parts.low >> 16U);
    }
  }
}

/// Two rows of the matrix make a row of right tiles: a column's two numbers stand side by side.
/// @param stride  tiles from one block of columns to the next
PURLSCOPE_FOR_EACH_INSTRUCTION_SET
void split_pair(const float* even, const float* odd, std::int64_t count, SplitTile* tiles, std::int64_t stride,
                std::int64_t row) {
  for (std::int64_t block = 0; block < count; ++block, even += kTileRows, odd += kTileRows, tiles += stride) {
    std::array<std::uint32_t, kTileRows> high, low;
    for (std::size_t n = 0; n < high.size(); ++n) {
      const Parts first = split(even[n]), second = split(odd[n]);
      high[n] = (first.high >> 16U) | second.high;
      low[n] = (first.low >> 16U) | second.low;
    }
    std::memcpy(tiles->high.values.data() + row * kTileDepth, high.data(), sizeof(high));
    std::memcpy(tiles->low.values.data() + row * kTileDepth, low.data(), sizeof(low));
  }
}

}  // namespace

/// Beyond the depth there are zeros. What lies beyond the outer side makes numbers that nobody takes.
SplitTile* Factor::resize(std::int64_t outer, std::int64_t depth) {
  if (outer == outer_ && depth == depth_) return tiles_.data();
  outer_ = outer;
  depth_ = depth;
  const std::int64_t padded = (blocks() + kTilesAtOnce - 1) / kTilesAtOnce * kTilesAtOnce;
  tiles_.resize(static_cast<std::size_t>(padded * depth_blocks()));
  if (depth % kTileDepth != 0) std::ranges::fill(tiles_, SplitTile{});
  return tiles_.data();
}

void Factor::fill_rows(const float* rows, std::int64_t outer, std::int64_t depth) {
  SplitTile* const tiles = resize(outer, depth);
  const std::int64_t whole = depth / kTileDepth, rest = depth % kTileDepth;
  std::array<float, kTileDepth> tail{};
  for (std::int64_t m = 0; m < outer; ++m, rows += depth) {
    SplitTile* const first = tiles + m / kTileRows * depth_blocks();
    const std::int64_t row = m % kTileRows;
    split_row(rows, whole, first, row);
    if (rest == 0) continue;
    std::copy_n(rows + whole * kTileDepth, rest, tail.begin());
    split_row(tail.data(), 1, first + whole, row);
  }
}

void Factor::fill_columns(const float* columns, std::int64_t depth, std::int64_t outer) {
  SplitTile* const tiles = resize(outer, depth);
  const std::int64_t whole = outer / kTileRows, rest = outer % kTileRows, stride = depth_blocks();
  const std::vector<float> beyond(depth % 2 == 0 ? 0 : static_cast<std::size_t>(outer));
  std::array<float, kTileRows> even_tail{}, odd_tail{};
  for (std::int64_t k = 0; k < depth; k += 2) {
    const float* const even = columns + k * outer;
    const float* const odd = k + 1 < depth ? even + outer : beyond.data();
    SplitTile* const first = tiles + k / kTileDepth;
    const std::int64_t row = k % kTileDepth / 2;
    split_pair(even, odd, whole, first, stride, row);
    if (rest == 0) continue;
    std::copy_n(even + whole * kTileRows, rest, even_tail.begin());
    std::copy_n(odd + whole * kTileRows, rest, odd_tail.begin());
    split_pair(even_tail.data(), odd_tail.data(), 1, first + whole * stride, stride, row);
  }
}

}  // namespace purlscope::models::tiles
