#include "render/colormap.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <set>

#include "core/base/error.h"
#include "core/base/paths.h"
#include "render/image.h"

namespace purlscope::render {
namespace {

namespace fs = std::filesystem;

/// The user's own folder first: a map there may replace a shipped one.
std::vector<fs::path> folders() { return {core::user_data_dir() / "colormaps", core::resource_dir() / "colormaps"}; }

std::vector<glm::vec3> read_colors(const fs::path& file) {
  const Image image = read_png(file);
  const auto count = static_cast<std::size_t>(std::max(image.width, image.height));
  if (std::min(image.width, image.height) != 1 || count < 2) {
    throw Error(Code::bad_format, fmt::format("{}: a colour map is a picture of 256 x 1 pixels, this one has {} x {}",
                                              file.string(), image.width, image.height));
  }
  std::vector<glm::vec3> colors(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint8_t* pixel = image.rgba.data() + 4 * i;
    colors[i] = glm::vec3(pixel[0], pixel[1], pixel[2]) / 255.0F;
  }
  return colors;
}

}  // namespace

const ColorMap& ColorMap::get(const std::string& id) {
  static std::mutex mutex;
  static std::map<std::string, ColorMap> loaded;
  const std::scoped_lock lock(mutex);
  if (const auto found = loaded.find(id); found != loaded.end()) return found->second;
  const std::vector<std::string> known = ids();
  if (!std::binary_search(known.begin(), known.end(), id)) {
    throw Error(Code::not_found, fmt::format("no colour map '{}'; known: {}", id, fmt::join(known, ", ")));
  }
  for (const fs::path& folder : folders()) {
    const fs::path file = folder / (id + ".png");
    if (!fs::exists(file)) continue;
    ColorMap map;
    map.colors_ = read_colors(file);
    return loaded.emplace(id, std::move(map)).first->second;
  }
  throw Error(Code::not_found, fmt::format("colour map '{}' has vanished from its folder", id));
}

std::vector<std::string> ColorMap::ids() {
  std::set<std::string> names;
  for (const fs::path& folder : folders()) {
    std::error_code absent;
    for (const auto& entry : fs::directory_iterator(folder, absent)) {
      if (entry.path().extension() == ".png") names.insert(entry.path().stem().string());
    }
  }
  return {names.begin(), names.end()};
}

glm::vec3 ColorMap::at(float t) const {
  if (!(t > 0)) return colors_.front();
  if (t >= 1) return colors_.back();
  const float place = t * static_cast<float>(colors_.size() - 1);
  const auto index = static_cast<std::size_t>(place);
  return glm::mix(colors_[index], colors_[index + 1], place - std::floor(place));
}

}  // namespace purlscope::render
