#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clip.h"
#include "core/base/rotation.h"
#include "core/formats/parse/source.h"

/// What the readers of motion capture share.
namespace purlscope::core {

/// True when the file's name ends so, in either case: "A.BVH" ends in ".bvh".
bool has_extension(const std::filesystem::path& file, std::string_view extension);

/// Without blanks and tabs at both ends.
std::string_view trimmed(std::string_view text);

/// The next token of a line as a real number.
inline std::optional<double> next_number(Fields& fields) { return real_number(fields.next()); }

struct LengthUnit {
  std::string_view name;
  double metres;
};

/// By a usual name: "mm", "Millimeters", "cm", "m", "in". Null for another.
const LengthUnit* length_unit(std::string_view name);

/// For a format that states no unit: metres, centimetres, millimetres, inches or CMU's 1/0.45 inch, whichever brings
/// the body nearest to 1.7 m. Adds a warning that names the choice. @param size  largest extent of the body, in units
const LengthUnit& plausible_unit(double size, Warnings& warnings);

/// True for a number that may be a frame rate: one frame in a quarter of an hour up to a million a second.
inline bool is_rate(double fps) { return fps > 1e-3 && fps < 1e6; }

/// Largest side of the box around the points. Not finite points do not count.
double largest_extent(std::span<const Vec3d> points);

/// How a file's axes lie.
enum class Axes {
  camera,  ///< as in a Clip
  y_up,    ///< x to the left of a figure that faces +z
  z_up     ///< x to the left of a figure that faces -y
};

/// The same position in the camera frame of a Clip: x to the right of a figure that faces the viewer, y up, z away. All
/// are right-handed, so left stays left.
Vec3 to_camera_frame(const Vec3d& position, Axes axes, double metres_per_unit);

/// Names made distinct by "#2", "#3", ..., and unnamed joints by "joint 4". Each change is reported.
std::vector<std::string> distinct_names(std::vector<std::string> names, Warnings& warnings);

/// A layout and, for each of its joints, the file's joint.
struct FittedLayout {
  std::shared_ptr<const JointLayout> layout;
  std::vector<std::size_t> source;  ///< [J]
};

/// The layout `id` when the file has its joints, by names without regard to case, blanks and underscores; with an
/// empty id or "own" the file's own joints.
/// @param parent  [J] as for own_layout()
/// @throws Error{Code::shape_mismatch} naming a joint that the file lacks, Error{Code::not_found} for an unknown id
FittedLayout fit_layout(const std::filesystem::path& file, const std::string& id, const std::string& title,
                        const std::vector<std::string>& names, const std::vector<int>& parent);

/// Joints may need few or no numbers in a file, so that a clip is larger than its text; this bounds by how much.
/// @throws Error{Code::limit} when the clip would be many times as large
void check_expansion(const std::filesystem::path& file, std::size_t joints, std::size_t frames, std::size_t file_bytes);

/// A clip without persons yet; times are frame / fps. @throws Error as check_expansion()
Clip make_mocap_clip(const std::filesystem::path& file, std::string format, std::shared_ptr<const JointLayout> layout,
                     std::size_t frames, double fps, std::size_t file_bytes);

/// A person with room for all frames of the clip, every joint given at the origin.
Person make_person(std::string id, const Clip& clip);

/// Marks what is not finite as missing; one warning tells how many joints of how many frames.
void drop_unbounded(Person& person, std::size_t joint_count, Warnings& warnings);

}  // namespace purlscope::core
