#include <fmt/format.h>

#include <array>
#include <limits>
#include <nlohmann/json.hpp>
#include <numeric>

#include "core/base/progress.h"
#include "core/formats/parse/json_text.h"
#include "core/formats/parse/source.h"
#include "core/formats/readers/depth/depth_readers.h"
#include "core/formats/recording_name.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr const char* kKind = "nw-ucla";
constexpr std::size_t kJoints = 20;
constexpr double kFps = 30.0;
constexpr std::size_t kFramesPerReport = 256;
constexpr std::string_view kExpected =
    R"(expected {"file_name", "skeletons": frames of 20 joints of 3 numbers, "label"})";

/// Takes the events of the JSON parser, so that no tree of the file is built.
class Events final : public nlohmann::json_sax<nlohmann::json> {
 public:
  Events(const fs::path& file, std::string_view text, const ReadOptions& options)
      : file_(file), text_(text), options_(options) {}

  std::vector<float> values;  // [T, 20, 3]
  std::optional<long long> label;
  bool has_skeletons = false;

  bool null() override { return value(std::numeric_limits<float>::quiet_NaN()); }
  bool boolean(bool) override { return other("a truth value"); }
  bool string(std::string&) override { return other("a text"); }
  bool binary(binary_t&) override { return other("binary data"); }
  bool number_float(double number, const std::string&) override { return value(static_cast<float>(number)); }
  bool number_integer(std::int64_t number) override { return integer(number); }
  bool number_unsigned(std::uint64_t number) override {
    return integer(number > std::numeric_limits<std::int32_t>::max() ? std::numeric_limits<std::int32_t>::max()
                                                                     : static_cast<std::int64_t>(number));
  }
  bool start_object(std::size_t) override {
    if (in_skeletons()) return other("an object");
    ++depth_;
    return true;
  }
  bool end_object() override {
    --depth_;
    return true;
  }
  bool key(std::string& name) override {
    if (depth_ == 1) key_ = name;
    return true;
  }
  bool start_array(std::size_t) override {
    if (in_skeletons()) {
      has_skeletons = true;
      if (++level_ > 3)
        throw format_error(file_, fmt::format("frame {}: a list inside a joint; {}", frame_ + 1, kExpected));
    }
    ++depth_;
    return true;
  }
  bool end_array() override {
    --depth_;
    if (level_ > 0) close_level();
    return true;
  }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
    throw json_error(file_, text_, position);
  }

 private:
  bool in_skeletons() const { return level_ > 0 || (depth_ == 1 && key_ == "skeletons"); }

  bool other(const char* found) const {
    if (in_skeletons()) throw format_error(file_, fmt::format("frame {}: found {}; {}", frame_ + 1, found, kExpected));
    return true;
  }

  bool integer(std::int64_t number) {
    if (depth_ == 1 && key_ == "label") label = number;
    return value(static_cast<float>(number));
  }

  bool value(float number) {
    if (!in_skeletons()) return true;
    if (level_ != 3)
      throw format_error(file_, fmt::format("frame {}: a number outside of a joint; {}", frame_ + 1, kExpected));
    values.push_back(number);
    ++coordinates_;
    return true;
  }

  void close_level() {
    if (level_ == 3)
      expect(std::exchange(coordinates_, 0), 3, fmt::format("joint {} has {{}} numbers, expected {{}}", joints_ + 1));
    if (level_ == 3) ++joints_;
    if (level_ == 2) {
      expect(std::exchange(joints_, 0), kJoints, "{} joints, expected {} (Kinect v1)");
      if (++frame_ % kFramesPerReport == 0) throw_if_stopped(options_.stop);
    }
    --level_;
  }

  void expect(std::size_t found, std::size_t expected, const std::string& text) const {
    if (found == expected) return;
    throw format_error(file_,
                       fmt::format("frame {}: {}", frame_ + 1, fmt::format(fmt::runtime(text), found, expected)));
  }

  const fs::path& file_;
  std::string_view text_;
  const ReadOptions& options_;
  std::string key_;
  std::size_t depth_ = 0;
  std::size_t level_ = 0;  ///< depth of lists within "skeletons"
  std::size_t frame_ = 0;
  std::size_t joints_ = 0;
  std::size_t coordinates_ = 0;
};

void add_label(Clip& clip, const fs::path& file, const std::optional<long long>& label, Warnings& warnings) {
  const RecordingName name = parse_recording_name(file, kKind).value_or(RecordingName{kKind, 0, {}});
  const int by_name = class_of_action(name.kind, name.action);
  constexpr long long kClasses = 10;
  if (label && *label >= 1 && *label <= kClasses) {
    const int index = static_cast<int>(*label) - 1;
    if (by_name >= 0 && by_name != index) {
      warnings.add(fmt::format("the label {} contradicts the action of the file name; the label counts", *label));
    }
    return state_label(clip, name, index);
  }
  warnings.add(label ? fmt::format("the label {} is outside 1 to {}", *label, kClasses)
                     : std::string("the file states no label"));
  state_label(clip, name, by_name);
}

}  // namespace

bool matches_nw_ucla(const fs::path& file, std::string_view head) {
  if (first_character(head) == '{' && has_key(head, "skeletons")) return true;
  return parse_recording_name(file, kKind).has_value();
}

Clip read_nw_ucla(const fs::path& file, const ReadOptions& options) {
  require_layout(file, options, "kinect20");
  const std::string text = without_nan(read_bytes(file, options));
  Events events(file, text, options);
  try {
    nlohmann::json::sax_parse(text, &events);
  } catch (const nlohmann::json::exception& error) {
    throw format_error(file, error.what());
  }
  if (!events.has_skeletons) throw format_error(file, fmt::format("no list \"skeletons\"; {}", kExpected));
  if (events.values.empty()) throw format_error(file, "\"skeletons\" holds no frame, expected at least 1");
  std::array<int, kJoints> order{};
  std::iota(order.begin(), order.end(), 0);
  Clip clip = make_clip(file, kKind, "kinect20", events.values.size() / (3 * kJoints), kFps);
  Warnings warnings;
  clip.persons.push_back(make_kinect20_person(events.values, order, warnings));
  add_label(clip, file, events.label, warnings);
  clip.warnings = warnings.take();
  return clip;
}

}  // namespace purlscope::core
