#pragma once

#include <filesystem>
#include <string_view>

#include "core/base/clip.h"
#include "core/formats/registry.h"

/// Readers of bare number arrays: matches_ and read_ as in core/formats/readers/readers.h.
///
/// The joint layout is what the file's `layout` says or what ReadOptions::layout asks for; it is never guessed from the
/// joint count. Positions are metres, y up, unless said otherwise; of a planar layout they are image coordinates with y
/// down, which become y up, and a third coordinate is the score. A joint at the exact origin, with a score of 0 or
/// without a finite position is missing; persons who are never there are left out, and so are frames at the end in
/// which nobody is (the padding of training arrays).
namespace purlscope::core {

/// NumPy .npy: one array N,C,T,V,M or C,T,V,M (ST-GCN), M,T,V,C (PYSKL), T,V,C or C,T,V, with N clips, C coordinates, T
/// frames, V joints, M persons. Of several clips the first is read. 30 fps unless asked for otherwise.
bool matches_npy(const std::filesystem::path& file, std::string_view head);
Clip read_npy(const std::filesystem::path& file, const ReadOptions& options);

/// NumPy .npz. The positions are the first of these arrays that is there:
///  - `joints` [M,T,V,3]: what write_npz_clip() writes (see core/formats/writers/writers.h), read without loss;
///  - `keypoint` [M,T,V,C] with `keypoint_score` [M,T,V], `frame_dir`, `label`, `img_shape`: a sample of PYSKL;
///  - `world` [T,V,4] with x right, y down, z away and visibility: landmarks of MediaPipe (up to 0.5 counts as
///    inferred);
///  - `x`, `data` or `arr_0`: as in an .npy file; `axes` ("MTVC") settles what a shape leaves open.
/// Beside them `layout`, `fps`, `times` [T] seconds, `unit` ("m", "cm", "mm"), `label` (name or 0-based class).
/// Source: PYSKL, tools/data/README.md.
bool matches_npz(const std::filesystem::path& file, std::string_view head);
Clip read_npz(const std::filesystem::path& file, const ReadOptions& options);

}  // namespace purlscope::core
