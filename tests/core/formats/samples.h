#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Small recordings of the four formats, built by hand from the formats' descriptions.
namespace purlscope::test {

/// A position that tells frame, joint of the file and axis apart; in metres and within a room.
constexpr float sample_value(std::size_t frame, std::size_t joint, std::size_t axis) {
  return 0.1F * static_cast<float>(axis) + 0.01F * static_cast<float>(joint) + 0.001F * static_cast<float>(frame) +
         0.5F;
}

/// One body of one frame of an NTU file.
struct NtuBody {
  std::string id = "72057594037931648";
  float shift = 0.0F;  ///< added to x of every joint
  int tracking = 2;
  std::string first_joint;  ///< replaces "x y z" of joint 0
};

std::string ntu_text(const std::vector<std::vector<NtuBody>>& frames);
/// One body in every frame.
std::string ntu_text(std::size_t frames);

/// Rows "x y z confidence", 20 a frame; `absent` frames are zero.
std::string msr_text(std::size_t frames, const std::vector<std::size_t>& absent = {});

std::string nw_json(std::size_t frames, int label);

/// A MATLAB level 5 file with one double array; `compressed` wraps it in a zlib stream (of stored blocks).
std::string mat_file(std::string_view variable, const std::vector<std::size_t>& shape,
                     const std::vector<double>& values, bool compressed);
/// The same of zeros [20, 3, frames], deflated: 480 bytes a frame become hardly any.
std::string mat_zeros(std::string_view variable, std::size_t frames);
/// One file with the variables of several, in order.
std::string mat_joined(const std::vector<std::string>& files);
/// d_skel [20, 3, frames]
std::string utd_mat(std::size_t frames, bool compressed);

/// One block of frames with one person, layout kinect20.
std::string purlrec(std::size_t frames);

}  // namespace purlscope::test
