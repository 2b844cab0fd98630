#include "render/film_encoders/palette.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace purlscope::render {
namespace {

constexpr std::size_t kBins = std::size_t{1} << 15U;
constexpr std::size_t kErrorSample = 4096;  ///< pixels that tell how well a palette fits

std::size_t bin_of(const Rgb& c) {
  return (static_cast<std::size_t>(c[0] >> 3U) << 10U) | (static_cast<std::size_t>(c[1] >> 3U) << 5U) | (c[2] >> 3U);
}

/// All pixels of one bin: how many, and their mean colour.
struct Swatch {
  double count = 0;
  std::array<double, 3> sum{};
  double mean(std::size_t channel) const { return sum[channel] / count; }
};

/// A range of swatches that one colour will stand for.
struct Box {
  std::size_t first = 0;
  std::size_t last = 0;
  std::size_t widest = 0;  ///< channel
  double weight = 0;       ///< what splitting would gain: spread x square root of the pixels
};

Box measured(const std::vector<Swatch>& swatches, std::size_t first, std::size_t last) {
  Box box{first, last, 0, 0};
  if (last - first < 2) return box;
  double count = 0;
  for (std::size_t i = first; i < last; ++i) count += swatches[i].count;
  double spread = 0;
  for (std::size_t channel = 0; channel < 3; ++channel) {
    double low = 255;
    double high = 0;
    for (std::size_t i = first; i < last; ++i) {
      low = std::min(low, swatches[i].mean(channel));
      high = std::max(high, swatches[i].mean(channel));
    }
    if (high - low <= spread) continue;
    spread = high - low;
    box.widest = channel;
  }
  // Small bright parts (joints) matter as much as a wide ground: the square root evens them out.
  box.weight = spread * std::sqrt(count);
  return box;
}

std::size_t split_point(std::vector<Swatch>& swatches, const Box& box) {
  const auto begin = swatches.begin() + static_cast<std::ptrdiff_t>(box.first);
  const auto end = swatches.begin() + static_cast<std::ptrdiff_t>(box.last);
  std::sort(begin, end, [&](const Swatch& a, const Swatch& b) { return a.mean(box.widest) < b.mean(box.widest); });
  const double low = begin->mean(box.widest);
  const double high = (end - 1)->mean(box.widest);
  const auto upper = std::find_if(begin, end, [&](const Swatch& s) { return s.mean(box.widest) > (low + high) / 2; });
  return static_cast<std::size_t>(upper - swatches.begin());
}

Rgb mean_color(const std::vector<Swatch>& swatches, const Box& box) {
  Swatch all;
  for (std::size_t i = box.first; i < box.last; ++i) {
    all.count += swatches[i].count;
    for (std::size_t channel = 0; channel < 3; ++channel) all.sum[channel] += swatches[i].sum[channel];
  }
  Rgb color{};
  for (std::size_t channel = 0; channel < 3; ++channel)
    color[channel] = static_cast<std::uint8_t>(std::lround(all.mean(channel)));
  return color;
}

std::vector<Swatch> histogram(const std::vector<Rgb>& pixels) {
  std::vector<Swatch> bins(kBins);
  for (const Rgb& pixel : pixels) {
    Swatch& bin = bins[bin_of(pixel)];
    bin.count += 1;
    for (std::size_t channel = 0; channel < 3; ++channel) bin.sum[channel] += pixel[channel];
  }
  std::erase_if(bins, [](const Swatch& bin) { return bin.count == 0; });
  return bins;
}

int distance(const Rgb& a, const Rgb& b) {
  int sum = 0;
  for (std::size_t channel = 0; channel < 3; ++channel) {
    const int step = int{a[channel]} - int{b[channel]};
    sum += step * step;
  }
  return sum;
}

}  // namespace

Palette::Palette(const std::vector<Rgb>& pixels) : nearest_(kBins, -1) {
  std::vector<Swatch> swatches = histogram(pixels);
  if (swatches.empty()) {
    colors_.push_back({0, 0, 0});
    return;
  }
  std::vector<Box> boxes{measured(swatches, 0, swatches.size())};
  while (boxes.size() < kMostColors) {
    const auto next =
        std::max_element(boxes.begin(), boxes.end(), [](const Box& a, const Box& b) { return a.weight < b.weight; });
    if (next->weight <= 0) break;
    const Box box = *next;
    const std::size_t middle = split_point(swatches, box);
    *next = measured(swatches, box.first, middle);
    boxes.push_back(measured(swatches, middle, box.last));
  }
  for (const Box& box : boxes) colors_.push_back(mean_color(swatches, box));
}

std::uint8_t Palette::index(const Rgb& color) {
  std::int16_t& known = nearest_[bin_of(color)];
  if (known >= 0) return static_cast<std::uint8_t>(known);
  int best = std::numeric_limits<int>::max();
  for (std::size_t i = 0; i < colors_.size(); ++i) {
    const int far = distance(color, colors_[i]);
    if (far >= best) continue;
    best = far;
    known = static_cast<std::int16_t>(i);
  }
  return static_cast<std::uint8_t>(known);
}

double Palette::error(const std::vector<Rgb>& pixels) {
  if (pixels.empty()) return 0;
  const std::size_t step = 1 + pixels.size() / kErrorSample;
  double sum = 0;
  std::size_t count = 0;
  for (std::size_t i = 0; i < pixels.size(); i += step) {
    sum += std::sqrt(distance(pixels[i], colors_[index(pixels[i])]));
    ++count;
  }
  return sum / static_cast<double>(count);
}

}  // namespace purlscope::render
