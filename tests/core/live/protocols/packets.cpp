#include "tests/core/live/protocols/packets.h"

#include <fmt/format.h>

#include <map>
#include <memory>
#include <stdexcept>

#include "core/base/error.h"
#include "core/live/parser/mediapipe.h"
#include "core/live/parser/openpose.h"
#include "core/live/parser/rokoko.h"
#include "core/live/parser/skeleton_stream.h"
#include "core/live/parser/vmc.h"
#include "core/live/persons/body_placer.h"
#include "tests/core/formats/samples/planar_samples.h"
#include "tests/core/live/camera/pose_fixture.h"

namespace purlscope::test {
namespace {

using nlohmann::json;

constexpr std::size_t kLongestId = core::kLongestLiveId;

json bone(float x, float y, float z) {
  return {{"position", {{"x", x}, {"y", y}, {"z", z}}}, {"rotation", {{"x", 0}, {"y", 0}, {"z", 0}, {"w", 1}}}};
}

std::string inconsistency(const core::LivePerson& person, std::size_t joints) {
  const bool confident = person.confidence.empty() || person.confidence.size() == joints;
  if (person.joints.size() != joints || person.state.size() != joints || !confident) {
    return fmt::format("person '{}': {} joints, {} states, {} confidences for {} joints of the layout", person.id,
                       person.joints.size(), person.state.size(), person.confidence.size(), joints);
  }
  if (person.id.size() > kLongestId) return fmt::format("an id of {} bytes", person.id.size());
  return {};
}

std::string inconsistency(const core::ParsedFrame& frame) {
  if (!frame.layout) return "a frame without a layout";
  if (frame.persons.size() > core::kMostLivePersons) return fmt::format("{} persons", frame.persons.size());
  for (const core::LivePerson& person : frame.persons) {
    if (auto broken = inconsistency(person, frame.layout->size()); !broken.empty()) return broken;
  }
  return {};
}

/// The pose helper's lines take another way than packets: to the one who places the body.
class PoseLines {
 public:
  std::string take(std::string_view line) {
    time_ += 1.0 / 30.0;
    const core::PoseLine parsed = core::parse_pose_line(line);
    if (!parsed.pose) return {};
    const auto person = placer_.place(*parsed.pose, time_);
    return person ? inconsistency(*person, core::PoseLandmarks::kCount) : std::string();
  }

 private:
  core::BodyPlacer placer_{{}};
  double time_ = 0.0;
};

std::unique_ptr<core::Parser> make_parser(std::string_view name) {
  static const std::map<std::string_view, std::unique_ptr<core::Parser> (*)()> parsers = {
      {"skeleton-stream", &core::make_skeleton_stream_parser},
      {"vmc", &core::make_vmc_parser},
      {"rokoko", &core::make_rokoko_parser},
      {"openpose", &core::make_openpose_parser}};
  const auto found = parsers.find(name);
  if (found == parsers.end()) throw std::invalid_argument(fmt::format("no parser '{}'", name));
  return found->second();
}

std::string feed_each(const std::vector<std::string>& packets, const auto& take) {
  for (const std::string& packet : packets) {
    try {
      if (std::string broken = take(packet); !broken.empty()) return broken;
    } catch (const Error& error) {
      if (error.code() == Code::internal) return fmt::format("internal error: {}", error.what());
    }
  }
  return {};
}

}  // namespace

json skeleton_stream_message(const char* layout, std::size_t joints) {
  json person = {{"id", "a"}, {"joints", json::array()}};
  for (std::size_t j = 0; j < joints; ++j) person["joints"].push_back({1.0 * static_cast<double>(j), 2.0, 3.0, 0.9});
  return {{"skeleton_stream", 1}, {"layout", layout}, {"time", 12.5}, {"persons", {person}}};
}

json rokoko_message() {
  return {{"version", "3,0"},
          {"fps", 60.0},
          {"scene",
           {{"timestamp", 3.25},
            {"actors",
             {{{"name", "Ana"},
               {"meta", {{"hasFace", false}}},
               {"dimensions", {{"totalHeight", 1.8}, {"hipHeight", 1.0}}},
               {"body",
                {{"hip", bone(0.5F, 1.0F, 2.0F)},
                 {"leftUpLeg", bone(0.4F, 0.9F, 2.0F)},
                 {"leftThumbMedial", bone(-0.7F, 1.4F, 2.0F)},
                 {"chest", bone(0.5F, 1.4F, 2.0F)}}}}}},
            {"props", json::array()}}}};
}

OscPacket& OscPacket::pose(const char* address, const char* name, const std::array<float, 7>& values) {
  out_ << osc::BeginMessage(address) << name;
  for (const float value : values) out_ << value;
  out_ << osc::EndMessage;
  return *this;
}

OscPacket& OscPacket::time(float seconds) {
  out_ << osc::BeginMessage("/VMC/Ext/T") << seconds << osc::EndMessage;
  return *this;
}

std::string OscPacket::bytes() {
  out_ << osc::EndBundle;
  return {out_.Data(), out_.Size()};
}

std::vector<LiveSample> live_samples() {
  json own = skeleton_stream_message("own", 3);
  own["layout"] = {{"joints", {"hip", "left hand", "right hand"}}, {"parent", {0, 0, 0}}};
  const Figure figure{.layout = "body25"};
  const Figure moved{.layout = "body25", .shift = 9.0, .id = "4", .hidden = 3};
  return {
      {"skeleton-stream", {skeleton_stream_message().dump(), own.dump()}},
      {"vmc",
       {OscPacket().root({0, 0, 0, 0, 0, 0, 1}).bone("Hips", {0, 1, 0, 0, 0, 0, 1}).bytes(),
        OscPacket().bone("LeftUpperLeg", {-0.1F, -0.05F, 0, 0, 0, 0, 1}).time(1).bytes(),
        OscPacket().bone("Hips", {0, 1.1F, 0, 0, 0, 0, 1}).time(1.1F).bytes()}},
      {"rokoko", {rokoko_message().dump(), rokoko_message().dump()}},
      {"openpose", {openpose_json({figure, moved}), openpose_json({moved}), openpose_json({})}},
      {"mediapipe",
       {R"({"ready":true})", line_of(standing(), 1), line_of(standing(330.0, 5.0), 2),
        R"({"frame":3,"width":4,"height":4,"world":null,"image":null})", R"({"frame":4,"error":"strange"})"}},
  };
}

std::string feed(std::string_view parser, const std::vector<std::string>& packets) {
  if (parser == "mediapipe") {
    PoseLines lines;
    return feed_each(packets, [&](const std::string& line) { return lines.take(line); });
  }
  const auto made = make_parser(parser);
  return feed_each(packets, [&](const std::string& packet) {
    const auto frame = made->parse(packet);
    return frame ? inconsistency(*frame) : std::string();
  });
}

}  // namespace purlscope::test
