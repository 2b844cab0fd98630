#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Small recordings of the formats, built by hand from the formats' descriptions.
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

/// A NumPy .npy file by NumPy's description of the form. @param descr  "<f4"
std::string npy_file(std::string_view descr, const std::vector<std::size_t>& shape, std::string_view bytes,
                     bool fortran = false, int version = 1);
/// The same of numbers, as "<f4".
std::string npy_floats(const std::vector<std::size_t>& shape, const std::vector<float>& values);
/// The same of one text, as "<U".
std::string npy_text(std::string_view ascii);
/// A NumPy .npz file: a zip archive (APPNOTE 4.3) of named arrays, stored or deflated.
std::string npz_file(const std::vector<std::pair<std::string, std::string>>& arrays, bool deflated = false);

/// Rows of 150 numbers; the second person is there in odd frames alone.
std::string pku_text(std::size_t frames);
/// Rows of a frame number (first, first + 2, ...) and 60 numbers.
std::string utkinect_text(std::size_t frames, std::size_t first = 100);
/// Rows of 45 numbers, separated by commas.
std::string uwa3d_text(std::size_t frames);

/// One block of frames with one person, layout kinect20.
std::string purlrec(std::size_t frames);

}  // namespace purlscope::test
