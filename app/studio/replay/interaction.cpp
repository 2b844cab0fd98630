#include "app/studio/replay/interaction.h"

#include <fmt/format.h>

#include <QMetaEnum>
#include <array>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "core/base/error.h"
#include "core/base/json_excerpt.h"

namespace purlscope::app {
namespace {

using nlohmann::json;
using Kind = Interaction::Kind;

constexpr const char* kMark = "purlscope_ui";
constexpr double kLongest = 1e7;       // seconds: a hundred days
constexpr double kFarthest = 1e4;      // of the target's size
constexpr int kLargestWindow = 30000;  // logical pixels
constexpr int kMostItems = 1000000;
constexpr const char* kRemedy = "Take the line out, or record anew with --record-ui.";

constexpr std::array<std::pair<Kind, const char*>, 10> kKinds = {{{Kind::move, "move"},
                                                                  {Kind::press, "press"},
                                                                  {Kind::release, "release"},
                                                                  {Kind::wheel, "wheel"},
                                                                  {Kind::key_press, "key_press"},
                                                                  {Kind::key_release, "key_release"},
                                                                  {Kind::text, "text"},
                                                                  {Kind::drop, "drop"},
                                                                  {Kind::resize, "resize"},
                                                                  {Kind::secret, "secret"}}};

bool has_place(Kind kind) {
  return kind == Kind::move || kind == Kind::press || kind == Kind::release || kind == Kind::wheel ||
         kind == Kind::drop;
}

bool is_key(Kind kind) { return kind == Kind::key_press || kind == Kind::key_release; }

double rounded(double value, double steps) { return std::round(value * steps) / steps; }

json text_list(const QStringList& texts) {
  json list = json::array();
  for (const QString& text : texts) list.push_back(text.toStdString());
  return list;
}

template <typename Enum>
void write_flags(json& line, const char* name, int value) {
  if (value == 0) return;
  line[name] = QMetaEnum::fromType<Enum>().valueToKeys(value).toStdString();
}

json target_json(const Target& target) {
  json out = {{"path", text_list(target.path)}};
  if (target.nth != 0) out["nth"] = target.nth;
  if (target.item) {
    json& item = out["item"] = {{"path", text_list(target.item->path)}};
    if (target.item->column != 0) item["column"] = target.item->column;
    if (target.item->nth != 0) item["nth"] = target.item->nth;
  }
  return out;
}

/// Reads the members of one object; tells which one is wrong.
class Members {
 public:
  explicit Members(const json& object) : object_(object) {
    if (!object.is_object()) fail("the line", object, "an object");
  }

  const json* find(const char* name) const {
    const auto found = object_.find(name);
    return found == object_.end() ? nullptr : &*found;
  }
  const json& need(const char* name, const char* expected) const {
    const json* value = find(name);
    if (value == nullptr) throw Error(Code::bad_format, fmt::format("\"{}\" is missing; expected {}", name, expected));
    return *value;
  }
  double number(const char* name, double least, double most) const {
    const json& value = need(name, "a number");
    const double read = value.is_number() ? value.get<double>() : least - 1;
    if (!(read >= least && read <= most)) fail(name, value, fmt::format("a number from {} to {}", least, most));
    return read;
  }
  int whole(const char* name, int most) const {
    return find(name) == nullptr ? 0 : static_cast<int>(number(name, 0, most));
  }
  QString text(const char* name) const {
    const json& value = need(name, "text");
    if (!value.is_string()) fail(name, value, "text");
    return QString::fromStdString(value.get<std::string>());
  }
  QStringList texts(const char* name) const {
    const json& value = need(name, "a list of texts");
    QStringList list;
    if (value.is_array()) {
      for (const json& entry : value) {
        if (!entry.is_string()) fail(name, entry, "text");
        list.append(QString::fromStdString(entry.get<std::string>()));
      }
    }
    if (list.isEmpty()) fail(name, value, "a list of at least one text");
    return list;
  }
  std::pair<double, double> pair(const char* name, double least, double most) const {
    const json& value = need(name, "two numbers");
    const auto good = [&](const json& part) {
      return part.is_number() && part.get<double>() >= least && part.get<double>() <= most;
    };
    if (!value.is_array() || value.size() != 2 || !good(value[0]) || !good(value[1])) {
      fail(name, value, fmt::format("two numbers from {} to {}", least, most));
    }
    return {value[0].get<double>(), value[1].get<double>()};
  }
  template <typename Enum>
  int flags(const char* name) const {
    if (find(name) == nullptr) return 0;
    const QString read = text(name);
    bool good = false;
    const int value = QMetaEnum::fromType<Enum>().keysToValue(read.toUtf8().constData(), &good);
    if (!good) fail(name, *find(name), fmt::format("names of Qt's {}", QMetaEnum::fromType<Enum>().name()));
    return value;
  }

 private:
  [[noreturn]] static void fail(const char* name, const json& found, const std::string& expected) {
    throw Error(Code::bad_format, fmt::format("\"{}\" is {}; expected {}", name, core::json_excerpt(found), expected));
  }

  const json& object_;
};

Target read_target(const json& value) {
  const Members members(value);
  Target target{members.texts("path"), members.whole("nth", kMostItems), {}};
  if (const json* item = members.find("item")) {
    const Members parts(*item);
    target.item = Item{parts.texts("path"), parts.whole("column", kMostItems), parts.whole("nth", kMostItems)};
  }
  return target;
}

Kind read_kind(const QString& name) {
  for (const auto& [kind, text] : kKinds) {
    if (name == QLatin1String(text)) return kind;
  }
  throw Error(Code::bad_format, fmt::format("\"event\" is \"{}\"; expected move, press, release, wheel, key_press, "
                                            "key_release, text, drop, resize or secret",
                                            name.left(40).toStdString()));
}

Interaction read_line(const json& value) {
  const Members members(value);
  Interaction step;
  step.kind = read_kind(members.text("event"));
  step.time = members.number("t", 0, kLongest);
  step.target = read_target(members.need("target", "an object with a path"));
  step.modifiers = members.flags<Qt::KeyboardModifiers>("modifiers");
  step.buttons = members.flags<Qt::MouseButtons>("buttons");
  if (has_place(step.kind)) {
    const auto [x, y] = members.pair("at", -kFarthest, kFarthest);
    step.at = {x, y};
  }
  if (step.kind == Kind::press || step.kind == Kind::release) {
    members.need("button", "a button");
    step.button = members.flags<Qt::MouseButtons>("button");
  }
  if (step.kind == Kind::wheel) {
    const auto [x, y] = members.pair("turn", -kFarthest, kFarthest);
    step.turn = QPointF(x, y).toPoint();
  }
  if (is_key(step.kind)) {
    members.need("key", "a key");
    step.key = members.flags<Qt::Key>("key");
    step.repeat = members.find("repeat") != nullptr;
  }
  if (step.kind == Kind::text || members.find("text") != nullptr) step.text = members.text("text");
  if (step.kind == Kind::drop) step.files = members.texts("files");
  if (step.kind == Kind::resize) {
    const auto [width, height] = members.pair("size", 1, kLargestWindow);
    step.size = QSizeF(width, height).toSize();
  }
  return step;
}

QSize read_header(const json& value) {
  const Members members(value);
  const int version = static_cast<int>(members.number(kMark, 1, kMostItems));
  if (version > kInteractionVersion) {
    throw Error(Code::unsupported, fmt::format("the recording has version {}; this program plays up to version {}. "
                                               "Play it with the newer Purlscope that wrote it",
                                               version, kInteractionVersion));
  }
  const auto [width, height] = members.pair("window", 1, kLargestWindow);
  return QSizeF(width, height).toSize();
}

/// Runs `read` on the JSON of a line. @throws Error naming file and line
template <typename Read>
auto at_line(const std::filesystem::path& file, int line, const std::string& text, Read read) {
  try {
    return read(json::parse(text));
  } catch (const json::exception&) {
    throw Error(Code::bad_format, fmt::format("{} line {}: found \"{}\", expected one JSON object. {}", file.string(),
                                              line, text.substr(0, 40), kRemedy));
  } catch (const Error& error) {
    const bool newer = error.code() == Code::unsupported;
    throw Error(error.code(),
                fmt::format("{} line {}: {}. {}", file.string(), line, error.what(), newer ? "" : kRemedy));
  }
}

}  // namespace

std::string interaction_header(QSize window) {
  return json{{kMark, kInteractionVersion}, {"window", {window.width(), window.height()}}}.dump();
}

std::string interaction_line(const Interaction& step) {
  nlohmann::ordered_json line = {{"t", rounded(step.time, 1000)}};
  for (const auto& [kind, name] : kKinds) {
    if (kind == step.kind) line["event"] = name;
  }
  json more = json::object();
  if (has_place(step.kind)) more["at"] = {rounded(step.at.x(), 1e4), rounded(step.at.y(), 1e4)};
  if (step.kind == Kind::press || step.kind == Kind::release)
    write_flags<Qt::MouseButtons>(more, "button", step.button);
  write_flags<Qt::MouseButtons>(more, "buttons", step.buttons);
  write_flags<Qt::KeyboardModifiers>(more, "modifiers", step.modifiers);
  if (is_key(step.kind)) more["key"] = QMetaEnum::fromType<Qt::Key>().valueToKey(step.key);
  if (step.repeat) more["repeat"] = true;
  if (!step.text.isEmpty()) more["text"] = step.text.toStdString();
  if (step.kind == Kind::wheel) more["turn"] = {step.turn.x(), step.turn.y()};
  if (step.kind == Kind::drop) more["files"] = text_list(step.files);
  if (step.kind == Kind::resize) more["size"] = {step.size.width(), step.size.height()};
  more["target"] = target_json(step.target);
  line.update(more);
  return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

InteractionFile read_interactions(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) {
    throw Error(
        Code::not_found,
        fmt::format("{}: the recording cannot be opened. Check the path; --record-ui makes one.", file.string()));
  }
  InteractionFile read{file, {}, {}, false};
  std::string text;
  for (int line = 1; std::getline(in, text); ++line) {
    const bool whole = !in.eof();
    if (line == 1) {
      read.window = at_line(file, line, text, read_header);
    } else if (whole || json::accept(text)) {
      if (!text.empty()) read.steps.push_back({line, at_line(file, line, text, read_line)});
    } else {
      read.cut = true;
    }
  }
  if (read.window.isEmpty()) {
    throw Error(Code::bad_format, fmt::format("{}: the file is empty; expected a recording. {}", file.string(),
                                              "Record anew with --record-ui."));
  }
  return read;
}

}  // namespace purlscope::app
