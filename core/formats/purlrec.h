#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clip.h"

/// The parts of a `.purlrec` recording, our append-only format (docs/user/purlrec.md): a head, then blocks of frames
/// with length and CRC-32. All numbers little-endian. A file that breaks off reads up to its last whole block.
namespace purlscope::core {

inline constexpr std::string_view kPurlrecMagic = "PURLREC\n";
inline constexpr std::uint32_t kPurlrecVersion = 1;
inline constexpr std::string_view kPurlrecBlock = "FRMS";  ///< begins every block
/// Bounds that a reader may rely on.
inline constexpr std::size_t kPurlrecMostHead = std::size_t{1} << 20;   ///< bytes of the head's JSON
inline constexpr std::size_t kPurlrecMostBlock = std::size_t{1} << 26;  ///< bytes of a block's frames
inline constexpr std::size_t kPurlrecMostJoints = 1000;
inline constexpr std::size_t kPurlrecMostPersons = 64;  ///< in one frame
inline constexpr std::size_t kPurlrecLongestId = 64;    ///< bytes

/// What the head states.
struct PurlrecHead {
  std::shared_ptr<const JointLayout> layout;  ///< a layout of its own is written out in full
  std::optional<double> fps;                  ///< nominal rate; empty for live frames
  std::string source_unit = "m";              ///< before conversion to metres
  std::optional<std::string> label;
  std::optional<int> label_index;
  std::vector<Segment> segments;
  std::map<std::string, std::string> tags;
};

/// One body in one frame, [J] each; confidence empty when unknown.
struct PurlrecPerson {
  std::string_view id;
  std::span<const Vec3> joints;
  std::span<const JointState> state;
  std::span<const float> confidence;
};

/// The bytes of the head. @throws Error{Code::bad_argument} for more joints than kPurlrecMostJoints
std::string purlrec_head(const PurlrecHead& head);

/// Collects frames and gives them as the bytes of one block.
class PurlrecBlock {
 public:
  /// Ids are cut to kPurlrecLongestId bytes, persons beyond kPurlrecMostPersons left out. @param time  seconds
  void add(double time, std::span<const PurlrecPerson> persons);
  std::size_t bytes() const { return frames_.size(); }
  /// The block; empty when no frame was added. The next one begins.
  std::string take();

 private:
  std::uint32_t count_ = 0;
  std::string frames_;
};

/// CRC-32 as zlib and zip have it.
std::uint32_t purlrec_crc(std::string_view bytes);

}  // namespace purlscope::core
