#pragma once

#include <oscpack/osc/OscOutboundPacketStream.h>

#include <array>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

/// Packets of the live protocols, built by hand from their descriptions.
namespace purlscope::test {

/// SkeletonStream v1: one person "a" at 12.5 s.
nlohmann::json skeleton_stream_message(const char* layout = "kinect20", std::size_t joints = 20);

/// The form of LiveFrame_v4 in Rokoko's plugin for Unity: Ana at 3.25 s.
nlohmann::json rokoko_message();

/// Builds OSC packets with another implementation than our own tests could get wrong.
class OscPacket {
 public:
  OscPacket() { out_ << osc::BeginBundleImmediate; }

  /// @param values  position x y z, rotation x y z w
  OscPacket& pose(const char* address, const char* name, const std::array<float, 7>& values);
  OscPacket& bone(const char* name, const std::array<float, 7>& values) {
    return pose("/VMC/Ext/Bone/Pos", name, values);
  }
  OscPacket& root(const std::array<float, 7>& values) { return pose("/VMC/Ext/Root/Pos", "root", values); }
  OscPacket& time(float seconds);
  /// The packet, once.
  std::string bytes();

 private:
  std::array<char, 8192> buffer_{};
  osc::OutboundPacketStream out_{buffer_.data(), buffer_.size()};
};

/// What a parser gets in a good hour.
struct LiveSample {
  std::string parser;  ///< "skeleton-stream", "vmc", "rokoko", "openpose", "mediapipe"
  std::vector<std::string> packets;
};

/// One of every parser.
std::vector<LiveSample> live_samples();

/// Hands packets to a new parser of this name, as its source would. An Error is an answer.
/// @return what is broken in its frames, empty when nothing is
std::string feed(std::string_view parser, const std::vector<std::string>& packets);

}  // namespace purlscope::test
