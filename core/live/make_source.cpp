#include "core/live/make_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/error.h"
#include "core/live/transport/replay.h"

namespace purlscope::core {

std::span<const SourceKind> source_kinds() {
  static const std::array kinds = {
      // One line a kind; camera and video file go first.
      SourceKind{"replay", "a recording, replayed", "replay:walk.skeleton?speed=2", &make_replay},
  };
  return kinds;
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
