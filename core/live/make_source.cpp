#include "core/live/make_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/error.h"
#include "core/live/camera/camera_input.h"
#include "core/live/parser/openpose.h"
#include "core/live/parser/rokoko.h"
#include "core/live/parser/skeleton_stream.h"
#include "core/live/parser/vmc.h"
#include "core/live/stream/stream_input.h"
#include "core/live/transport/folder_watch.h"
#include "core/live/transport/replay.h"
#include "core/live/transport/udp.h"
#include "core/live/transport/websocket.h"

namespace purlscope::core {
namespace {

constexpr double kLongestJitter = 500.0;  // milliseconds

/// A transport and a parser; option `jitter`: milliseconds for which frames are held to be put in order.
std::unique_ptr<LiveInput> make_stream(const SourceUri& uri, std::unique_ptr<Transport> transport,
                                       std::unique_ptr<Parser> parser) {
  uri.require_options({"jitter"});
  const double jitter = uri.number("jitter", 1000.0 * StreamInput::kJitter, 0.0, kLongestJitter) / 1000.0;
  return std::make_unique<StreamInput>(std::move(transport), std::move(parser), jitter);
}

std::unique_ptr<LiveInput> make_udp_stream(const SourceUri& uri) {
  return make_stream(uri, make_udp(parse_host_port(uri)), make_skeleton_stream_parser());
}

std::unique_ptr<LiveInput> make_websocket_stream(const SourceUri& uri) {
  return make_stream(uri, make_websocket_server(parse_host_port(uri)), make_skeleton_stream_parser());
}

std::unique_ptr<LiveInput> make_websocket_connection(const SourceUri& uri) {
  SourceUri server = uri;
  const std::size_t slash = std::min(uri.place.find('/'), uri.place.size());
  server.place = uri.place.substr(0, slash);
  const std::string path = slash < uri.place.size() ? uri.place.substr(slash) : "/";
  return make_stream(uri, make_websocket_client(parse_host_port(server), path), make_skeleton_stream_parser());
}

std::unique_ptr<LiveInput> make_vmc_stream(const SourceUri& uri) {
  return make_stream(uri, make_udp(parse_host_port(uri)), make_vmc_parser());
}

std::unique_ptr<LiveInput> make_rokoko_stream(const SourceUri& uri) {
  return make_stream(uri, make_udp(parse_host_port(uri)), make_rokoko_parser());
}

std::unique_ptr<LiveInput> make_openpose_folder(const SourceUri& uri) {
  constexpr double kFastest = 1000.0;  // frames a second
  uri.require_options({"fps"});
  const bool stated = uri.options.contains("fps");
  const auto fps = stated ? std::optional(uri.number("fps", 0.0, 1.0, kFastest)) : std::nullopt;
  return make_folder_watch(uri.place, make_openpose_parser(), fps);
}

}  // namespace

std::span<const SourceKind> source_kinds() {
  static const std::array kinds = {
      SourceKind{"camera", "camera", "camera:0", &make_camera},
      SourceKind{"video", "video file", "video:walk.mp4?speed=1", &make_video},
      SourceKind{"udp", "SkeletonStream over UDP", "udp://127.0.0.1:5005", &make_udp_stream},
      SourceKind{"ws", "SkeletonStream over WebSocket", "ws://127.0.0.1:5006", &make_websocket_stream},
      SourceKind{"ws+connect", "SkeletonStream from a server", "ws+connect://127.0.0.1:8080/poses",
                 &make_websocket_connection},
      SourceKind{"vmc", "VMC (motion capture programs)", "vmc://127.0.0.1:39539", &make_vmc_stream},
      SourceKind{"openpose", "a folder that OpenPose writes", "openpose:output/json", &make_openpose_folder},
      SourceKind{"rokoko", "Rokoko Studio, JSON v3", "rokoko://127.0.0.1:14043", &make_rokoko_stream},
      SourceKind{"replay", "a recording, replayed", "replay:walk.skeleton?speed=2", &make_replay},
  };
  return kinds;
}

bool is_source_address(std::string_view text) {
  return std::ranges::any_of(source_kinds(), [&](const SourceKind& kind) {
    return text.size() > kind.scheme.size() && text.starts_with(kind.scheme) && text[kind.scheme.size()] == ':';
  });
}

std::unique_ptr<PoseSource> make_source(std::string_view text) {
  const SourceUri uri = parse_source_uri(text);
  const auto kind = std::ranges::find(source_kinds(), uri.scheme, &SourceKind::scheme);
  if (kind != source_kinds().end()) return std::make_unique<PoseSource>(uri.text, kind->make(uri));
  std::string known;
  for (const SourceKind& other : source_kinds()) known += fmt::format("{}{}", known.empty() ? "" : ", ", other.example);
  throw Error(Code::bad_argument, fmt::format("source '{}': no kind '{}'; known: {}", text, uri.scheme, known));
}

}  // namespace purlscope::core
