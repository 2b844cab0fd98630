#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace purlscope::models::tiles {

inline constexpr std::int64_t kTileRows = 16;    ///< of the product, and its columns
inline constexpr std::int64_t kTileDepth = 32;   ///< products that one instruction adds up
inline constexpr std::int64_t kTilesAtOnce = 4;  ///< of the product, that are summed side by side

/// 16 x 32 numbers of eight significant bits (bfloat16) as the matrix unit reads them.
struct alignas(64) Tile {
  std::array<std::uint16_t, kTileRows * kTileDepth> values;
};

/// A number is the sum of two of eight bits, but for 1 / 2^17 of it.
struct SplitTile {
  Tile high, low;
};

/// A factor of a product, cut into tiles along its outer side (rows of the left factor, columns of the right one) and
/// along the depth that is summed over. There is room for whole groups of kTilesAtOnce.
/// Memory is kept from one filling to the next. Values are finite. Thread: one at a time fills, any reads.
class Factor {
 public:
  /// @param rows [outer, depth], a left factor
  void fill_rows(const float* rows, std::int64_t outer, std::int64_t depth);
  /// @param columns [depth, outer], a right factor
  void fill_columns(const float* columns, std::int64_t depth, std::int64_t outer);

  std::int64_t outer() const { return outer_; }
  std::int64_t depth() const { return depth_; }
  std::int64_t blocks() const { return (outer_ + kTileRows - 1) / kTileRows; }          ///< along the outer side
  std::int64_t depth_blocks() const { return (depth_ + kTileDepth - 1) / kTileDepth; }  ///< tiles of one block
  const SplitTile* block(std::int64_t index) const { return tiles_.data() + index * depth_blocks(); }

 private:
  SplitTile* resize(std::int64_t outer, std::int64_t depth);

  std::int64_t outer_ = 0, depth_ = 0;
  std::vector<SplitTile> tiles_;
};

}  // namespace purlscope::models::tiles
