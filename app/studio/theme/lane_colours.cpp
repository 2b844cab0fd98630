#include "app/studio/theme/lane_colours.h"

#include <array>

namespace purlscope::app {
namespace {

constexpr std::array<QRgb, kLaneColours> kOnDark{0xff56b4e9, 0xffe69f00, 0xff21b58a, 0xffd98cb8,
                                                 0xfff0e442, 0xffe8703a, 0xff5b8def, 0xffb5bac4};
constexpr std::array<QRgb, kLaneColours> kOnLight{0xff1f82bd, 0xffad6a00, 0xff007d5b, 0xffa8487f,
                                                  0xff7d7200, 0xffc24400, 0xff2451b3, 0xff636b78};

}  // namespace

QColor lane_colour(int slot, Scheme scheme) {
  const auto& colours = scheme == Scheme::dark ? kOnDark : kOnLight;
  return QColor::fromRgb(colours[static_cast<std::size_t>(slot) % colours.size()]);
}

QColor lane_colour(int slot) { return lane_colour(slot, current_scheme()); }

}  // namespace purlscope::app
