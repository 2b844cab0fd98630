#pragma once

#include <QColor>
#include <QPalette>
#include <QString>

namespace purlscope::app {

enum class Scheme { dark, light };

/// The colours of one scheme. Everything that is painted takes its colours from here; text tokens keep a contrast of
/// at least 4.5 on `ground`, `panel`, `raised` and `selection`.
struct Tokens {
  QColor ground;  ///< behind the panels
  QColor panel;   ///< panels
  QColor raised;  ///< fields, buttons, tracks
  QColor line;    ///< borders
  QColor text;
  QColor muted;      ///< secondary text
  QColor accent;     ///< the one accent: focus, chosen, positive bars
  QColor selection;  ///< fill behind chosen rows
  QColor warning;
  QColor live;
  QColor good;
};

const Tokens& tokens(Scheme scheme);

Scheme scheme_of(const QPalette& palette);
/// Scheme and tokens of the application's palette, for painting code. (A widget's own palette may lag behind a theme
/// change where a style sheet applies.)
Scheme current_scheme();
const Tokens& current_tokens();

/// Fusion palette made of the tokens.
QPalette make_palette(Scheme scheme);

/// Application style sheet: radii, paddings and thin scroll bars that Fusion does not offer.
/// @param icons folder of the SVG set
QString make_style_sheet(Scheme scheme, const QString& icons);

inline constexpr int kGrid = 8;       ///< logical pixels
inline constexpr int kRadius = 6;     ///< logical pixels
inline constexpr int kBaseFont = 13;  ///< logical pixels
inline constexpr int kNoteFont = 11;  ///< logical pixels

}  // namespace purlscope::app
