#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clip.h"
#include "core/formats/parse/source.h"

namespace purlscope::core {

/// Coordinates of one clip in a fixed order of axes.
struct JointArray {
  std::size_t persons = 0, frames = 0, joints = 0, channels = 0;
  std::vector<float> values;  ///< [M, T, V, C]
};

/// What the channels of a JointArray mean.
struct JointMeaning {
  std::vector<float> scores;        ///< [M, T, V], empty where the last channel has them or there are none
  bool has_score = false;           ///< the last channel is a score
  float sure = 0.0F;                ///< a score up to this is `inferred`; 0 or less is always `missing`
  Vec3 scale = {1.0F, 1.0F, 1.0F};  ///< to metres, y up
};

/// The layout that the file states, or else the one asked for.
/// @param stated  empty = the file states none
/// @throws Error{Code::bad_argument} when neither is there, naming the layouts of that joint count;
///         Error{Code::shape_mismatch} when both differ; Error{Code::bad_format} for an unknown stated one
std::shared_ptr<const JointLayout> choose_layout(const std::filesystem::path& file, const ReadOptions& options,
                                                 const std::string& stated, const std::vector<std::size_t>& shape);

/// Order of an array's axes, a letter each: N clip, C coordinate, T frame, V joint, M person.
/// @param known  candidates of any number of dimensions, the first that fits the layout is taken
/// @throws Error{Code::shape_mismatch} naming the shape, the candidates and the layout's joint count
std::string choose_axes(const std::string& place, const std::vector<std::size_t>& shape,
                        const std::vector<std::string>& known, const JointLayout& layout, Warnings& warnings);

/// Brings an array into [M, T, V, C]. @param values  in the order of the file, the first clip alone where the axes have
/// N
JointArray arrange(const std::vector<float>& values, const std::vector<std::size_t>& shape, const std::string& axes,
                   bool fortran);

/// Says that the first of several clips is read.
void warn_of_clips(std::size_t clips, Warnings& warnings);

/// What an .npy file may hold, the usual first.
const std::vector<std::string>& usual_axes();

/// What the channels are when nothing else says it: of a planar layout x, y down and a score, else x, y, z and a score.
JointMeaning usual_meaning(const JointArray& array, const JointLayout& layout);

/// A clip by the rules of arrays.h; times are frame / fps. Of a planar layout by make_planar_clip(), whose frame rate
/// and tags it then has. @throws Error{Code::bad_format} when nobody is in it
Clip clip_of(const std::filesystem::path& file, std::string format, std::shared_ptr<const JointLayout> layout,
             const JointArray& array, const JointMeaning& meaning, const ReadOptions& options, double fps,
             Warnings& warnings);

/// A clip without persons that knows file, format, layout and times (frame / fps).
Clip empty_clip(const std::filesystem::path& file, std::string format, std::shared_ptr<const JointLayout> layout,
                std::size_t frames, double fps);

}  // namespace purlscope::core
