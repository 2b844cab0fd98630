#pragma once

#include "app/studio/theme/theme.h"
#include "tests/app/studio/support.h"
#include "tests/render/picture.h"

namespace purlscope::test {

inline constexpr QSize kPictureWindow{1440, 900};  ///< of the stored pictures, logical pixels
inline constexpr double kPictureTime = 0.8;        ///< seconds: the hand of the clip is up
/// Full hinting of the fonts, or another sans serif font than Inter, make up to 0.0094 and 0.149.
inline constexpr PictureTolerance kWindowTolerance{.mean = 0.010, .tile = 0.16};

/// Settings that an earlier test of this process may have left.
void forget_settings();

/// A window of that size with the bundled clips and their labels, scored, nothing hovered, its thumbnails read.
void show_bundled(Studio& studio, app::ThemeChoice theme, QSize size = kPictureWindow);

/// A clip at a fixed time, a label and a sentence: everything that a user sees most of the time.
void show_everything(Studio& studio, app::ThemeChoice theme);

/// A widget as it is stored: small, so that hinting of fonts does not move it.
render::Image picture_of(QWidget& widget);
/// The window, without the times that this machine takes.
render::Image picture_of(Studio& studio);

/// File of a stored picture; another one on screens of twice the pixels.
std::filesystem::path stored_picture(const std::string& name);

}  // namespace purlscope::test
