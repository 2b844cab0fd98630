#include "models/backbones/layers/streams.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "core/base/error.h"

namespace purlscope::models::backbones {
namespace {

constexpr std::array<std::pair<std::string_view, Stream>, 3> kNames = {
    {{"joint", Stream::joint}, {"bone", Stream::bone}, {"motion", Stream::motion}}};

Stream stream_of(std::string_view name, const std::string& text) {
  for (const auto& [known, stream] : kNames) {
    if (known == name) return stream;
  }
  throw Error(Code::bad_argument,
              fmt::format("unknown stream '{}' in '{}': expected 'joint', 'bone', 'motion', or several of them joined "
                          "by '+'",
                          name, text));
}

at::Tensor stream_values(const at::Tensor& motion, const at::Tensor& parents, Stream stream) {
  switch (stream) {
    case Stream::joint:
      return motion;
    case Stream::bone:
      return motion - motion.index_select(2, parents);
    case Stream::motion:
      break;
  }
  const at::Tensor step = motion.slice(1, 1) - motion.slice(1, 0, motion.size(1) - 1);
  return at::constant_pad_nd(step, {0, 0, 0, 0, 0, 1});
}

}  // namespace

std::vector<Stream> parse_streams(const std::string& text) {
  std::vector<Stream> streams;
  std::string_view rest = text;
  while (true) {
    const std::size_t end = rest.find('+');
    const Stream stream = stream_of(rest.substr(0, end), text);
    if (std::find(streams.begin(), streams.end(), stream) != streams.end()) {
      throw Error(Code::bad_argument,
                  fmt::format("stream '{}' stands twice in '{}': name each once", rest.substr(0, end), text));
    }
    streams.push_back(stream);
    if (end == std::string_view::npos) return streams;
    rest.remove_prefix(end + 1);
  }
}

at::Tensor assemble_streams(const at::Tensor& motion, const at::Tensor& parents, const std::vector<Stream>& streams) {
  std::vector<at::Tensor> parts;
  parts.reserve(streams.size());
  for (const Stream stream : streams) parts.push_back(stream_values(motion, parents, stream));
  return parts.size() == 1 ? parts.front() : at::cat(parts, -1);
}

at::Tensor joint_index(const std::vector<int>& joints) {
  return at::tensor(std::vector<std::int64_t>(joints.begin(), joints.end()), at::kLong);
}

}  // namespace purlscope::models::backbones
