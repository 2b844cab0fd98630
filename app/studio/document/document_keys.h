#pragma once

#include <array>
#include <string>
#include <string_view>

namespace purlscope::app {

/// Words of session files, in the order of render::ViewPreset.
inline constexpr std::array<std::string_view, 4> kPresetNames = {"front", "side", "top", "perspective"};
inline constexpr std::array<std::string_view, 2> kAxisNames = {"joints", "time"};
inline constexpr std::array<std::string_view, 2> kScopeNames = {"playhead", "clip"};

/// "hands", or this for plain joints.
inline constexpr std::string_view kNoSentence = "none";

/// Tells a damaged layout from a sound one, of which the window system knows no more than its first bytes.
std::string layout_check(const std::string& bytes);

}  // namespace purlscope::app
