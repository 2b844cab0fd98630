#include "models/nets/tiles/product.h"

#include <ATen/Parallel.h>

#include <algorithm>

#if defined(__x86_64__) && defined(__linux__)
#include <cpuid.h>
#include <immintrin.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

#include <array>
#include <cstdlib>

namespace purlscope::models::tiles {

#if defined(__x86_64__) && defined(__linux__)

namespace {

bool processor_has_it() {
  constexpr unsigned kFeatures = 7, kBf16 = 1U << 22U, kTiles = 1U << 24U;
  unsigned a = 0, b = 0, c = 0, d = 0;
  return __get_cpuid_count(kFeatures, 0, &a, &b, &c, &d) != 0 && (d & kBf16) != 0 && (d & kTiles) != 0;
}

/// Linux gives the registers to those that ask.
bool system_grants_it() {
  constexpr long kRequest = 0x1023, kTileData = 18;  // ARCH_REQ_XCOMP_PERM, of asm/prctl.h
  return syscall(SYS_arch_prctl, kRequest, kTileData) == 0;
}

constexpr std::array<float, kTileRows> kNothing{};
constexpr std::int64_t kFloats = kTileRows * kTileRows;  // of a tile of the product
constexpr std::int64_t kLeastWork = 2000;                // tile products that are worth a thread
constexpr std::int64_t kTileStride = 64;                 // bytes of a row of any tile

/// What the registers are: eight tiles of 16 rows of 64 bytes.
struct alignas(64) Layout {
  std::uint8_t palette = 1, start_row = 0;
  std::array<std::uint8_t, 14> reserved{};
  std::array<std::uint16_t, 16> row_bytes{};
  std::array<std::uint8_t, 16> rows{};

  Layout() {
    std::fill_n(row_bytes.begin(), 8, kTileStride);
    std::fill_n(rows.begin(), 8, kTileRows);
  }
};
static_assert(sizeof(Layout) == 64);

/// The registers are laid out for us while this lives, then again as they were: other libraries use them too.
class Registers {
 public:
  __attribute__((target("amx-tile"))) Registers() {
    static const Layout layout;
    _tile_storeconfig(&before_);
    _tile_loadconfig(&layout);
  }
  __attribute__((target("amx-tile"))) ~Registers() {
    if (before_.palette == 0) {
      _tile_release();
    } else {
      _tile_loadconfig(&before_);
    }
  }
  Registers(const Registers&) = delete;
  Registers& operator=(const Registers&) = delete;

 private:
  Layout before_;
};

struct Place {
  float* first;
  std::int64_t stride;  ///< bytes
};

/// Four tiles of the product below one another: left blocks at `left`, `left + depth`, ... with one right block.
/// @param offset  of the columns @param to  of each of the four
__attribute__((target("amx-tile,amx-bf16"))) void four_below(const SplitTile* left, const SplitTile* right,
                                                             std::int64_t depth, const float* offset,
                                                             const std::array<Place, 4>& to) {
  _tile_loadd(0, offset, 0);
  _tile_loadd(1, offset, 0);
  _tile_loadd(2, offset, 0);
  _tile_loadd(3, offset, 0);
  for (std::int64_t k = 0; k < depth; ++k) {
    const SplitTile *first = left + k, *second = first + depth, *third = second + depth, *fourth = third + depth;
    _tile_loadd(4, &right[k].high, kTileStride);
    _tile_loadd(5, &right[k].low, kTileStride);
    _tile_loadd(6, &first->high, kTileStride);
    _tile_dpbf16ps(0, 6, 4);
    _tile_loadd(7, &second->high, kTileStride);
    _tile_dpbf16ps(1, 7, 4);
    _tile_dpbf16ps(0, 6, 5);
    _tile_loadd(6, &third->high, kTileStride);
    _tile_dpbf16ps(2, 6, 4);
    _tile_dpbf16ps(1, 7, 5);
    _tile_loadd(7, &fourth->high, kTileStride);
    _tile_dpbf16ps(3, 7, 4);
    _tile_dpbf16ps(2, 6, 5);
    _tile_loadd(6, &first->low, kTileStride);
    _tile_dpbf16ps(0, 6, 4);
    _tile_dpbf16ps(3, 7, 5);
    _tile_loadd(7, &second->low, kTileStride);
    _tile_dpbf16ps(1, 7, 4);
    _tile_loadd(6, &third->low, kTileStride);
    _tile_dpbf16ps(2, 6, 4);
    _tile_loadd(7, &fourth->low, kTileStride);
    _tile_dpbf16ps(3, 7, 4);
  }
  _tile_stored(0, to[0].first, to[0].stride);
  _tile_stored(1, to[1].first, to[1].stride);
  _tile_stored(2, to[2].first, to[2].stride);
  _tile_stored(3, to[3].first, to[3].stride);
}

/// Four tiles of the product side by side: one left block with right blocks at `right`, `right + depth`, ...
/// @param offset  of the columns of all four
__attribute__((target("amx-tile,amx-bf16"))) void four_beside(const SplitTile* left, const SplitTile* right,
                                                              std::int64_t depth,
                                                              const std::array<const float*, 4>& offset,
                                                              const std::array<Place, 4>& to) {
  _tile_loadd(0, offset[0], 0);
  _tile_loadd(1, offset[1], 0);
  _tile_loadd(2, offset[2], 0);
  _tile_loadd(3, offset[3], 0);
  for (std::int64_t k = 0; k < depth; ++k) {
    const SplitTile *first = right + k, *second = first + depth, *third = second + depth, *fourth = third + depth;
    _tile_loadd(4, &left[k].high, kTileStride);
    _tile_loadd(5, &left[k].low, kTileStride);
    _tile_loadd(6, &first->high, kTileStride);
    _tile_dpbf16ps(0, 4, 6);
    _tile_loadd(7, &second->high, kTileStride);
    _tile_dpbf16ps(1, 4, 7);
    _tile_dpbf16ps(0, 5, 6);
    _tile_loadd(6, &third->high, kTileStride);
    _tile_dpbf16ps(2, 4, 6);
    _tile_dpbf16ps(1, 5, 7);
    _tile_loadd(7, &fourth->high, kTileStride);
    _tile_dpbf16ps(3, 4, 7);
    _tile_dpbf16ps(2, 5, 6);
    _tile_loadd(6, &first->low, kTileStride);
    _tile_dpbf16ps(0, 4, 6);
    _tile_dpbf16ps(3, 5, 7);
    _tile_loadd(7, &second->low, kTileStride);
    _tile_dpbf16ps(1, 4, 7);
    _tile_loadd(6, &third->low, kTileStride);
    _tile_dpbf16ps(2, 4, 6);
    _tile_loadd(7, &fourth->low, kTileStride);
    _tile_dpbf16ps(3, 4, 7);
  }
  _tile_stored(0, to[0].first, to[0].stride);
  _tile_stored(1, to[1].first, to[1].stride);
  _tile_stored(2, to[2].first, to[2].stride);
  _tile_stored(3, to[3].first, to[3].stride);
}

/// The product as a grid of tiles, of which those at its edges are made in memory of their own.
class Grid {
 public:
  Grid(const Factor& left, const Factor& right, const float* column_offset, const Target& target)
      : left_(left), right_(right), offset_(column_offset), target_(target) {}

  /// Makes tiles (i, j) to (i + 3, j).
  void below(std::int64_t i, std::int64_t j) {
    std::array<Place, kTilesAtOnce> to;
    for (std::size_t s = 0; s < to.size(); ++s) to[s] = place(i + static_cast<std::int64_t>(s), j, s);
    four_below(left_.block(i), right_.block(j), left_.depth_blocks(), offset(j), to);
    for (std::size_t s = 0; s < to.size(); ++s) finish(i + static_cast<std::int64_t>(s), j, s);
  }

  /// Makes tiles (i, j) to (i, j + 3).
  void beside(std::int64_t i, std::int64_t j) {
    std::array<Place, kTilesAtOnce> to;
    for (std::size_t s = 0; s < to.size(); ++s) to[s] = place(i, j + static_cast<std::int64_t>(s), s);
    four_beside(left_.block(i), right_.block(j), left_.depth_blocks(),
                {offset(j), offset(j + 1), offset(j + 2), offset(j + 3)}, to);
    for (std::size_t s = 0; s < to.size(); ++s) finish(i, j + static_cast<std::int64_t>(s), s);
  }

 private:
  const float* offset(std::int64_t j) const {
    return offset_ == nullptr || j >= right_.blocks() ? kNothing.data() : offset_ + j * kTileRows;
  }

  bool fits(std::int64_t i, std::int64_t j) const {
    return (i + 1) * kTileRows <= left_.outer() && (j + 1) * kTileRows <= target_.pitch && j < right_.blocks();
  }

  float* tile(std::int64_t i, std::int64_t j) const {
    return target_.out + i * kTileRows * target_.pitch + j * kTileRows;
  }

  Place place(std::int64_t i, std::int64_t j, std::size_t slot) {
    if (!fits(i, j)) return {edge_[slot].data(), kTileStride};
    return {tile(i, j), target_.pitch * static_cast<std::int64_t>(sizeof(float))};
  }

  void finish(std::int64_t i, std::int64_t j, std::size_t slot) const {
    if (fits(i, j)) return;
    const std::int64_t height = std::min(kTileRows, left_.outer() - i * kTileRows);
    const std::int64_t width = std::min(kTileRows, right_.outer() - j * kTileRows);
    for (std::int64_t r = 0; r < height && width > 0; ++r) {
      std::copy_n(edge_[slot].data() + r * kTileRows, width, tile(i, j) + r * target_.pitch);
    }
  }

  const Factor& left_;
  const Factor& right_;
  const float* offset_;
  Target target_;
  alignas(64) std::array<std::array<float, kFloats>, kTilesAtOnce> edge_;
};

std::int64_t groups(std::int64_t blocks) { return (blocks + kTilesAtOnce - 1) / kTilesAtOnce; }

}  // namespace

bool usable() {
  static const bool here =
      std::getenv("PURLSCOPE_NO_MATRIX_UNIT") == nullptr && processor_has_it() && system_grants_it();
  return here;
}

void multiply(const Factor& left, const Factor& right, const float* column_offset, const Target& target) {
  const bool below = groups(left.blocks()) * right.blocks() <= left.blocks() * groups(right.blocks());
  const std::int64_t inner = below ? right.blocks() : left.blocks();
  const std::int64_t grain = 1 + kLeastWork / (kTilesAtOnce * inner * left.depth_blocks());
  at::parallel_for(0, groups(below ? left.blocks() : right.blocks()), grain, [&](std::int64_t begin, std::int64_t end) {
    const Registers registers;
    Grid grid(left, right, column_offset, target);
    for (std::int64_t group = begin * kTilesAtOnce; group < end * kTilesAtOnce; group += kTilesAtOnce) {
      for (std::int64_t other = 0; other < inner; ++other) {
        if (below) {
          grid.below(group, other);
        } else {
          grid.beside(other, group);
        }
      }
    }
  });
}

#else

bool usable() { return false; }
void multiply(const Factor&, const Factor&, const float*, const Target&) {}

#endif

}  // namespace purlscope::models::tiles
