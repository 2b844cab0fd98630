#include "core/formats/purlrec.h"
#include "core/base/finite.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "core/base/json_excerpt.h"
#include "core/base/progress.h"
#include "core/formats/parse/source.h"
#include "core/formats/readers/body_tracks.h"
#include "core/formats/readers/readers.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;

constexpr std::size_t kMostIds = 4096;
/// A clip that is mostly empty takes more memory than its file; beyond this factor the file is refused.
constexpr std::size_t kMaxExpansion = 64;
constexpr std::size_t kFreeBytes = std::size_t{16} << 20;

/// Little-endian numbers out of bytes. Reading past the end gives zeros and sets `failed`.
class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : rest_(bytes) {}

  std::string_view take(std::size_t count) {
    if (count > rest_.size()) {
      failed_ = true;
      return {};
    }
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }

  template <typename T>
  T number() {
    T value = 0;
    const std::string_view bytes = take(sizeof(T));
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      value = static_cast<T>(value | (static_cast<T>(static_cast<unsigned char>(bytes[i])) << (8 * i)));
    }
    return value;
  }

  std::size_t left() const { return rest_.size(); }
  bool failed() const { return failed_; }

 private:
  std::string_view rest_;
  bool failed_ = false;
};

/// One person of one frame, still as bytes.
struct RawPerson {
  std::string_view id, joints, state;
};

struct RawFrame {
  double time = 0.0;
  std::vector<RawPerson> persons;
};

class PurlrecReader {
 public:
  PurlrecReader(const fs::path& file, std::string_view bytes, const ReadOptions& options)
      : file_(file), options_(options), size_(bytes.size()), bytes_(bytes) {}

  Clip read() {
    read_head();
    while (bytes_.left() > 0 && read_block()) report();
    if (times_.empty()) throw format_error(file_, "no whole block of frames; the recording was cut off at its start");
    return finish();
  }

 private:
  std::size_t place() const { return size_ - bytes_.left(); }

  void report() const {
    throw_if_stopped(options_.stop);
    if (options_.progress) {
      options_.progress({"Reading frames", static_cast<double>(place()) / static_cast<double>(size_), {}});
    }
  }

  void read_head() {
    if (bytes_.take(kPurlrecMagic.size()) != kPurlrecMagic) {
      throw format_error(file_, "byte 0: is no .purlrec recording, which begins with PURLREC");
    }
    const auto version = bytes_.number<std::uint32_t>();
    if (!bytes_.failed() && version != kPurlrecVersion) {
      throw Error(Code::unsupported, fmt::format("{}: byte 8: version {} of the format, this program reads version {}; "
                                                 "update the program",
                                                 file_.string(), version, kPurlrecVersion));
    }
    const auto length = bytes_.number<std::uint32_t>();
    const auto crc = bytes_.number<std::uint32_t>();
    const std::string_view text = bytes_.take(length);
    if (bytes_.failed() || length > kPurlrecMostHead || purlrec_crc(text) != crc) {
      throw format_error(file_, "byte 12: the head is damaged or cut off; nothing can be read without it");
    }
    const json document = json::parse(text, nullptr, false);
    if (!document.is_object()) throw format_error(file_, "byte 20: the head is no JSON object");
    take_head(document);
  }

  void take_head(const json& document) {
    clip_.layout = layout_of(document.value("layout", json()));
    require_layout(file_, options_, clip_.layout->id);
    joints_ = clip_.layout->size();
    if (const json unit = document.value("unit", json("m")); unit != "m") {
      throw Error(Code::unsupported,
                  fmt::format("{}: head: unit {}, expected \"m\"", file_.string(), json_excerpt(unit)));
    }
    clip_.fps = positive(document.value("fps", json()));
    clip_.unit = text_of(document, "source_unit").value_or("m");
    clip_.label = text_of(document, "label");
    if (const json index = document.value("label_index", json()); index.is_number_integer()) clip_.label_index = index;
    const json tags = document.value("tags", json::object());
    for (const auto& [key, value] : tags.items()) {
      if (value.is_string()) clip_.tags[key] = value;
    }
    const json segments = document.value("segments", json::array());
    for (const json& segment : segments) take_segment(segment);
  }

  static std::optional<double> positive(const json& value) {
    if (!value.is_number() || !(value.get<double>() > 0.0)) return std::nullopt;
    return value.get<double>();
  }

  static std::optional<std::string> text_of(const json& document, const char* key) {
    const auto found = document.find(key);
    if (found == document.end() || !found->is_string()) return std::nullopt;
    return found->get<std::string>();
  }

  void take_segment(const json& document) {
    if (!document.is_object() || !document.value("begin", json()).is_number() ||
        !document.value("end", json()).is_number()) {
      warnings_.add("head: a segment without begin and end, left out");
      return;
    }
    Segment segment;
    segment.begin = document["begin"];
    segment.end = document["end"];
    segment.label = text_of(document, "label").value_or("");
    if (const json index = document.value("label_index", json()); index.is_number_integer())
      segment.label_index = index;
    if (const json value = document.value("confidence", json()); value.is_number()) segment.confidence = value;
    clip_.segments.push_back(std::move(segment));
  }

  std::shared_ptr<const JointLayout> layout_of(const json& value) const {
    try {
      if (value.is_string()) return joint_layout(value.get<std::string>());
      const std::size_t joints = value.is_object() ? value.value("joints", json()).size() : 0;
      if (joints == 0 || joints > kPurlrecMostJoints) {
        throw format_error(file_, fmt::format("head: layout is {}, expected an id, or an object with 1 to {} joints",
                                              json_excerpt(value), kPurlrecMostJoints));
      }
      auto layout =
          own_layout(text_of(value, "title").value_or("own"), value.at("joints").get<std::vector<std::string>>(),
                     value.value("parent", std::vector<int>()));
      if (value.value("planar", json()) != true) return layout;
      auto planar = std::make_shared<JointLayout>(*layout);
      planar->planar = true;
      return planar;
    } catch (const json::exception& error) {
      throw format_error(file_, fmt::format("head: layout: {}", error.what()));
    } catch (const Error& error) {
      if (error.code() == Code::bad_format) throw;
      throw format_error(file_, fmt::format("head: {}", error.what()));
    }
  }

  /// @return false at a torn tail
  bool read_block() {
    const std::size_t begin = place();
    const std::string_view magic = bytes_.take(kPurlrecBlock.size());
    const auto length = bytes_.number<std::uint32_t>();
    const auto crc = bytes_.number<std::uint32_t>();
    const std::string_view payload = length <= kPurlrecMostBlock ? bytes_.take(length) : std::string_view();
    if (bytes_.failed() || magic != kPurlrecBlock || payload.size() != length) {
      warnings_.add(
          fmt::format("byte {}: the recording breaks off here, the last {} bytes are left out", begin, size_ - begin));
      return false;
    }
    if (purlrec_crc(payload) != crc || !take_frames(payload)) {
      warnings_.add(fmt::format("byte {}: a block of {} bytes is damaged and left out", begin, length));
    }
    return true;
  }

  /// All frames of the block or none.
  bool take_frames(std::string_view payload) {
    Bytes in(payload);
    const auto count = in.number<std::uint32_t>();
    std::vector<RawFrame> frames;
    for (std::uint32_t i = 0; i < count && !in.failed(); ++i) {
      RawFrame frame;
      frame.time = std::bit_cast<double>(in.number<std::uint64_t>());
      const std::size_t persons = in.number<std::uint16_t>();
      if (persons > kPurlrecMostPersons) return false;
      for (std::size_t p = 0; p < persons; ++p) {
        RawPerson person;
        person.id = in.take(in.number<std::uint8_t>());
        const bool confident = (in.number<std::uint8_t>() & 1) != 0;
        person.joints = in.take(joints_ * 3 * sizeof(float));
        person.state = in.take(joints_);
        if (confident) in.take(joints_ * sizeof(float));
        if (in.failed() || person.id.size() > kPurlrecLongestId) return false;
        frame.persons.push_back(person);
      }
      frames.push_back(std::move(frame));
    }
    if (in.failed() || in.left() > 0) return false;
    for (const RawFrame& frame : frames) take_frame(frame);
    return true;
  }

  void take_frame(const RawFrame& frame) {
    if (!std::isfinite(frame.time) || (!times_.empty() && frame.time < times_.back())) {
      warnings_.add(
          fmt::format("frame {}: its time {} is not after the one before, left out", times_.size() + 1, frame.time));
      return;
    }
    times_.push_back(frame.time);
    for (const RawPerson& person : frame.persons) take_person(person);
  }

  void take_person(const RawPerson& person) {
    const auto [entry, is_new] = index_.try_emplace(std::string(person.id), tracks_.size());
    if (is_new) {
      if (tracks_.size() == kMostIds) {
        throw Error(Code::limit, fmt::format("{}: more than {} persons", file_.string(), kMostIds));
      }
      tracks_.push_back({entry->first, {}, {}, {}});
    }
    BodyTrack& track = tracks_[entry->second];
    const std::size_t frame = times_.size() - 1;
    if (!track.frames.empty() && track.frames.back() == frame) {
      warnings_.add(
          fmt::format("frame {}: person {} stands twice, the second is left out", frame + 1, excerpt(person.id)));
      return;
    }
    track.frames.push_back(frame);
    Bytes in(person.joints);
    for (std::size_t j = 0; j < joints_; ++j) {
      Vec3 joint;
      for (float& value : joint) value = std::bit_cast<float>(in.number<std::uint32_t>());
      const auto code = static_cast<unsigned char>(person.state[j]);
      JointState state = code < 2 ? static_cast<JointState>(code) : JointState::missing;
      if (state == JointState::missing) joint = {};
      keep_if_finite(joint, state);
      track.joints.push_back(joint);
      track.state.push_back(state);
    }
  }

  Clip finish() {
    const std::size_t frames = times_.size();
    if (tracks_.size() * frames * joints_ * (sizeof(Vec3) + sizeof(JointState)) > kFreeBytes + kMaxExpansion * size_) {
      throw Error(Code::limit, fmt::format("{}: {} persons over {} frames, nearly all of them empty", file_.string(),
                                           tracks_.size(), frames));
    }
    clip_.name = file_.filename().string();
    clip_.path = file_.string();
    clip_.format = "purlrec";
    clip_.frames = frames;
    clip_.times = times_;
    for (double& time : clip_.times) time -= times_.front();
    for (const BodyTrack& track : tracks_) clip_.persons.push_back(to_person(track, frames, joints_));
    if (tracks_.empty()) warnings_.add("nobody in any frame");
    clip_.warnings = warnings_.take();
    return std::move(clip_);
  }

  const fs::path& file_;
  const ReadOptions& options_;
  std::size_t size_;
  Bytes bytes_;
  Clip clip_;
  std::size_t joints_ = 0;
  std::vector<double> times_;
  std::vector<BodyTrack> tracks_;
  std::map<std::string, std::size_t> index_;  ///< of each id in tracks_
  Warnings warnings_;
};

}  // namespace

bool matches_purlrec(const fs::path& file, std::string_view head) {
  return head.starts_with(kPurlrecMagic) || file.extension() == ".purlrec";
}

Clip read_purlrec(const fs::path& file, const ReadOptions& options) {
  const std::string bytes = read_bytes(file, options);
  return PurlrecReader(file, bytes, options).read();
}

}  // namespace purlscope::core
