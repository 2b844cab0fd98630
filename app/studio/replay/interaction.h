#pragma once

#include <QPoint>
#include <QPointF>
#include <QSize>
#include <QString>
#include <QStringList>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace purlscope::app {

/// An entry of a list, table, menu or row of tabs, by what it says: it may stand elsewhere when it is played.
struct Item {
  QStringList path;  ///< texts from the root of a tree; a menu's command; a tab's panel; "#3" is the fourth row
  int column = 0;    ///< of a table
  int nth = 0;       ///< of several entries that say the same

  bool operator==(const Item&) const = default;
};

/// What an event went to: named so that it is found again in another window, theme, language, size or scale.
struct Target {
  QStringList path;  ///< names from the window down to the widget; what stands between may differ
  int nth = 0;       ///< of several widgets of this path, in the order in which they were made
  std::optional<Item> item;

  bool operator==(const Target&) const = default;
};

/// One thing that the person at the window did.
struct Interaction {
  enum class Kind { move, press, release, wheel, key_press, key_release, text, drop, resize, secret };

  double time = 0.0;  ///< seconds since the recording began
  Kind kind = Kind::move;
  Target target = {};
  QPointF at = {};    ///< of the pointer: 0 to 1 is across the target (its item, where there is one)
  int button = 0;     ///< Qt::MouseButton
  int buttons = 0;    ///< Qt::MouseButtons that are down
  int modifiers = 0;  ///< Qt::KeyboardModifiers
  int key = 0;        ///< Qt::Key
  bool repeat = false;
  QString text = {};       ///< that a key or an input method wrote
  QPoint turn = {};        ///< of the wheel, eighths of a degree
  QSize size = {};         ///< of a window, logical pixels
  QStringList files = {};  ///< dropped; "data:clips/wave.skeleton" comes with the program

  bool operator==(const Interaction&) const = default;
};

/// What a recording holds.
struct InteractionFile {
  struct Step {
    int line = 0;  ///< of the file, from 1
    Interaction interaction;
  };

  std::filesystem::path path;
  QSize window;  ///< size of the window as the recording began, logical pixels
  std::vector<Step> steps;
  bool cut = false;  ///< the last line is incomplete: the program was ended while it wrote
};

constexpr int kInteractionVersion = 1;

/// First line of a recording, without the line's end.
std::string interaction_header(QSize window);
/// A line of a recording, without its end.
std::string interaction_line(const Interaction& interaction);
/// Reads a recording. A last line that broke off is left out.
/// @throws Error{Code::not_found, bad_format, unsupported} naming file, line, what was found and what to do
InteractionFile read_interactions(const std::filesystem::path& file);

}  // namespace purlscope::app
