#include "core/live/parser/mediapipe.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json_excerpt.h"

namespace purlscope::core {
namespace {

using nlohmann::json;

constexpr std::int64_t kLargestSide = 1 << 16;  // pixels
constexpr double kFarthest = 1e4;               // metres, or widths of the picture
constexpr std::size_t kLongestError = 2000;     // bytes

Error fault(const std::string& what) { return {Code::bad_format, "pose helper: " + what}; }

int side_of(const json& line, const char* key) {
  const auto found = line.find(key);
  if (found != line.end() && found->is_number_integer()) {
    const auto side = found->get<std::int64_t>();
    if (side > 0 && side <= kLargestSide) return static_cast<int>(side);
  }
  throw fault(fmt::format("\"{}\" is {}, expected pixels", key,
                          found == line.end() ? std::string("missing") : json_excerpt(*found)));
}

/// Hands each landmark's numbers to `take`.
template <std::size_t N, typename Take>
void read_landmarks(const json& list, const char* key, Take take) {
  if (!list.is_array() || list.size() != PoseLandmarks::kCount) {
    throw fault(fmt::format("\"{}\" is {}, expected {} landmarks", key, json_excerpt(list), PoseLandmarks::kCount));
  }
  for (std::size_t j = 0; j < list.size(); ++j) {
    const json& landmark = list[j];
    if (!landmark.is_array() || landmark.size() != N) {
      throw fault(fmt::format("\"{}\"[{}] is {}, expected {} numbers", key, j, json_excerpt(landmark), N));
    }
    std::array<float, N> numbers{};
    for (std::size_t k = 0; k < N; ++k) {
      const double number = landmark[k].is_number() ? landmark[k].get<double>() : std::nan("");
      if (!(std::abs(number) < kFarthest)) {
        throw fault(fmt::format("\"{}\"[{}][{}] is {}, expected a number", key, j, k, json_excerpt(landmark[k])));
      }
      numbers[k] = static_cast<float>(number);
    }
    take(j, numbers);
  }
}

std::optional<PoseLandmarks> landmarks_of(const json& line) {
  const auto world = line.find("world");
  const auto image = line.find("image");
  if (world == line.end() || image == line.end()) throw fault(R"(an answer without "world" and "image")");
  if (world->is_null() && image->is_null()) return std::nullopt;
  PoseLandmarks pose;
  pose.width = side_of(line, "width");
  pose.height = side_of(line, "height");
  read_landmarks<3>(*world, "world", [&](std::size_t j, const Vec3& place) { pose.world[j] = place; });
  read_landmarks<4>(*image, "image", [&](std::size_t j, const std::array<float, 4>& seen) {
    pose.image[j] = {seen[0], seen[1]};
    pose.visibility[j] = seen[3];
  });
  return pose;
}

}  // namespace

PoseLine parse_pose_line(std::string_view text) {
  const json line = json::parse(text, nullptr, false);
  if (!line.is_object()) {
    throw fault(fmt::format("a line that is no JSON object: {}", json_excerpt(json(std::string(text.substr(0, 80))))));
  }
  PoseLine result;
  if (const auto number = line.find("frame"); number != line.end()) {
    if (!number->is_number_unsigned()) throw fault(fmt::format("\"frame\" is {}", json_excerpt(*number)));
    result.frame = number->get<std::uint64_t>();
  }
  if (const auto error = line.find("error"); error != line.end()) {
    if (!error->is_string()) throw fault(fmt::format("\"error\" is {}, expected a text", json_excerpt(*error)));
    result.error = error->get<std::string>().substr(0, kLongestError);
    result.fatal = line.value("fatal", json(false)) == true;
    return result;
  }
  result.ready = line.value("ready", json(false)) == true;
  if (result.frame) {
    result.pose = landmarks_of(line);
  } else if (!result.ready) {
    throw fault(R"(a line without "frame", "ready" and "error")");
  }
  return result;
}

}  // namespace purlscope::core
