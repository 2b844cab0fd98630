#pragma once

#include <filesystem>

#include "render/image.h"

namespace purlscope::test {

/// How far a picture may be from its baseline: 0 for the same picture, 1 for black against white.
struct PictureTolerance {
  double mean = 0.002;  ///< mean absolute difference of all channels: other rasterisers and font libraries
  double tile = 1.0;    ///< of one channel of the mean colour of any tile: things that are missing or elsewhere
};

inline constexpr int kTileSide = 12;  ///< pixels of the stored picture

/// Mean of each factor x factor pixels, for baselines that are small and that hinting of fonts does not move. Sides
/// that are no multiple lose their last pixels.
render::Image shrunk(const render::Image& picture, int factor);

/// Whether two pictures of one size are the same within the tolerance.
bool alike(const render::Image& a, const render::Image& b, const PictureTolerance& tolerance);

/// Compares with the stored picture; PURLSCOPE_UPDATE_BASELINES=1 stores it instead. On failure the picture and the
/// difference are left in the folder of temporary files.
void expect_baseline(const render::Image& picture, const std::filesystem::path& baseline,
                     const PictureTolerance& tolerance = {});

}  // namespace purlscope::test
