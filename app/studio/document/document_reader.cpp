#include <fmt/format.h>

#include <QByteArray>
#include <nlohmann/json.hpp>
#include <numbers>

#include "app/studio/document/document_keys.h"
#include "app/studio/document/document_paths.h"
#include "app/studio/document/document_text.h"
#include "app/studio/document/section.h"
#include "app/studio/session/label_store.h"
#include "core/base/error.h"
#include "core/base/json_excerpt.h"
#include "core/formats/parse/json_text.h"

namespace purlscope::app {
namespace {

using nlohmann::json;

constexpr double kLongestClip = 1e7;  // seconds: a hundred days
constexpr float kFarthest = 1e5F;     // metres
constexpr float kNearest = 1e-3F;     // metres
constexpr float kWholeTurn = 2.0F * std::numbers::pi_v<float>;
constexpr float kRightAngle = 0.5F * std::numbers::pi_v<float> + 1e-3F;
constexpr float kNarrowest = 0.01F;  // radians of the field of view
constexpr float kWidest = 3.0F;
constexpr int kMostJoints = 10000;
constexpr int kMostPersons = 1000000;
constexpr int kMostVersions = 1000000;
constexpr const char* kPathExpected = "the path of a file or folder";

/// Keeps what was read before the text broke off.
class Salvage : public nlohmann::detail::json_sax_dom_parser<json> {
 public:
  explicit Salvage(json& tree) : json_sax_dom_parser(tree, false) {}
  template <typename Exception>
  bool parse_error(std::size_t position, const std::string&, const Exception&) {
    broke_off_at = position;
    return false;
  }
  std::optional<std::size_t> broke_off_at;
};

class Reader {
 public:
  Reader(const json& root, const DocumentPlaces& places, ReadDocument& into)
      : top_(&root, "", into.problems), places_(places), d_(into.document), problems_(into.problems) {}

  void read() {
    std::string autosave_of;
    top_.read("autosave_of", autosave_of);
    d_.autosave_of = autosave_of;
    read_sources(top_.section("sources"));
    if (const json* labels = top_.member("labels")) d_.labels = labels_from_json(*labels, "labels", problems_);
    read_chosen(top_.section("chosen"));
    read_person(top_.section("person"));
    read_playback(top_.section("playback"));
    read_view(top_.section("view"));
    read_display(top_.section("display"));
    read_attention(top_.section("attention"));
    read_path(top_.section("refinement"), "state", d_.refinement);
    read_layout(top_.section("layout"));
  }

 private:
  void read_path(const Section& section, const char* name, std::filesystem::path& path) const {
    const json* found = section.member(name);
    if (found == nullptr) return;
    if (const auto read = path_from_json(*found, places_)) {
      path = *read;
    } else {
      section.tell(section.key_of(name), *found, kPathExpected, "left out");
    }
  }

  void read_paths(const Section& section, const char* name, std::vector<std::filesystem::path>& paths) const {
    section.each(name, [&](const json& item, const std::string& key) {
      if (const auto path = path_from_json(item, places_)) {
        paths.push_back(*path);
      } else {
        section.tell(key, item, kPathExpected, "left out");
      }
    });
  }

  void read_sources(const Section& sources) {
    read_paths(sources, "folders", d_.folders);
    read_paths(sources, "files", d_.files);
    sources.read("bundled", d_.bundled);
    read_path(sources, "clip", d_.clip);
    sources.read("live", d_.live);
  }

  void read_chosen(const Section& chosen) {
    chosen.read("label", d_.label);
    chosen.read("sentence", d_.sentence);
    chosen.read("labels_by_score", d_.labels_by_score);
    if (d_.sentence && *d_.sentence != kNoSentence &&
        std::ranges::find(core::kSentences, *d_.sentence) == core::kSentences.end()) {
      chosen.tell("chosen.sentence", *d_.sentence, "the name of one of the eight sentences, none or null",
                  "the strongest sentence is followed");
      d_.sentence.reset();
    }
    const auto& labels = d_.labels.labels;
    if (d_.label && std::ranges::find(labels, *d_.label, &core::Label::text) == labels.end()) {
      chosen.tell("chosen.label", *d_.label, "one of the labels or null", "the best label is followed");
      d_.label.reset();
    }
  }

  void read_person(const Section& person) {
    if (!person) return;
    PersonLock lock;
    person.read("id", lock.id);
    person.read("number", lock.number, 0, kMostPersons);
    d_.person = std::move(lock);
  }

  void read_playback(const Section& playback) {
    playback.read("time", d_.playback.time, 0.0, kLongestClip);
    playback.read("a", d_.playback.a, 0.0, kLongestClip);
    playback.read("b", d_.playback.b, 0.0, kLongestClip);
    playback.read("speed", d_.playback.speed, -4.0, 4.0);
    playback.read("loop", d_.playback.loop);
    if (d_.playback.a && d_.playback.b && *d_.playback.a >= *d_.playback.b) {
      playback.tell("playback.b", *d_.playback.b, fmt::format("a time after a, {} s", *d_.playback.a),
                    "no part is repeated");
      d_.playback.a.reset();
      d_.playback.b.reset();
    }
  }

  void read_view(const Section& view) {
    auto preset = static_cast<std::size_t>(d_.preset);
    view.read_choice("preset", preset, kPresetNames);
    d_.preset = static_cast<render::ViewPreset>(preset);
    if (const Section camera = view.section("camera")) d_.camera = read_camera(camera);
    view.each("pins", [&](const json& item, const std::string& key) {
      const Section pin(item.is_object() ? &item : nullptr, key, problems_);
      Pin read{{}, -1};
      pin.read("person", read.person);
      pin.read("joint", read.joint, 0, kMostJoints);
      if (read.joint >= 0) {
        d_.pins.push_back(std::move(read));
      } else if (!pin) {
        view.tell(key, item, "a person and a joint", "left out");
      }
    });
  }

  static render::Camera read_camera(const Section& section) {
    render::Camera camera;
    section.each("target", [&](const json& item, const std::string& key) {
      const auto axis = static_cast<int>(key[key.size() - 2] - '0');
      const float metres = item.is_number() ? item.get<float>() : 2.0F * kFarthest;
      if (key.ends_with("[0]") || key.ends_with("[1]") || key.ends_with("[2]")) {
        if (std::abs(metres) <= kFarthest) {
          camera.target[axis] = metres;
        } else {
          section.tell(key, item, "a number of metres");
        }
      }
    });
    section.read("distance", camera.distance, kNearest, kFarthest);
    section.read("yaw", camera.yaw, -kWholeTurn, kWholeTurn);
    section.read("pitch", camera.pitch, -kRightAngle, kRightAngle);
    section.read("fov", camera.fov, kNarrowest, kWidest);
    section.read("orthographic", camera.orthographic);
    return camera;
  }

  void read_display(const Section& display) {
    display.read("colour_map", d_.display.colour_map);
    display.read("contribution", d_.display.contribution);
    display.read("range_per_frame", d_.display.range_per_frame);
    display.read("trail", d_.display.trail);
    display.read("floor", d_.display.floor);
  }

  void read_attention(const Section& attention) {
    std::size_t axis = d_.attention.over_time ? 1 : 0;
    std::size_t scope = d_.attention.whole_clip ? 1 : 0;
    attention.read_choice("axis", axis, kAxisNames);
    attention.read_choice("scope", scope, kScopeNames);
    d_.attention = {axis == 1, scope == 1};
  }

  void read_layout(const Section& section) {
    if (!section) return;
    DockLayout layout;
    std::string docks;
    std::string check;
    section.read("version", layout.version, 0, kMostVersions);
    section.read("fold", layout.fold, 0, kMostVersions);
    section.read("docks", docks);
    section.read("check", check);
    layout.bytes = QByteArray::fromBase64(QByteArray::fromStdString(docks)).toStdString();
    if (layout_check(layout.bytes) == check) {
      d_.layout = std::move(layout);
    } else {
      section.tell("layout.docks", docks, "the panels' places as this program writes them", "the panels stay");
    }
  }

  Section top_;
  const DocumentPlaces& places_;
  Document& d_;
  Problems& problems_;
};

/// Refuses what is no session at all, or one that this program cannot know.
void check_head(const json& root, const std::string& name) {
  const json& mark = core::member(root, "purlscope");
  if (!mark.is_string() || mark != "session") {
    throw Error(
        Code::bad_format,
        fmt::format("{}: purlscope: found {}, expected \"session\": this is no Purlscope session. Recordings are "
                    "opened by File > Open file...",
                    name, core::json_excerpt(mark)));
  }
  const json& version = core::member(root, "version");
  if (!version.is_number_integer() || version < 1) {
    throw Error(Code::bad_format, fmt::format("{}: version: found {}, expected 1 to {}. Set it to the version of the "
                                              "program that wrote the file, or open an older copy",
                                              name, core::json_excerpt(version), kDocumentVersion));
  }
  if (version > kDocumentVersion) {
    throw Error(Code::unsupported, fmt::format("{}: version: found {}, this program reads up to {}. Open it with the "
                                               "Purlscope that wrote it ({}) or a later one",
                                               name, core::json_excerpt(version), kDocumentVersion,
                                               core::json_excerpt(core::member(root, "written_by"))));
  }
}

}  // namespace

ReadDocument read_document(std::string_view text, const std::string& name, const DocumentPlaces& places) {
  if (text.size() > kMaxDocumentBytes) {
    throw Error(Code::limit,
                fmt::format("{}: {} bytes; a session file has at most {}", name, text.size(), kMaxDocumentBytes));
  }
  ReadDocument read;
  json root;
  Salvage salvage(root);
  json::sax_parse(text, &salvage);
  if (salvage.broke_off_at) {
    const Error broken = core::json_error(name, text, *salvage.broke_off_at);
    if (!core::member(root, "purlscope").is_string()) throw broken;
    read.problems.push_back(fmt::format("{}; what follows is left out", broken.what()));
  }
  check_head(root, name);
  Reader(root, places, read).read();
  return read;
}

}  // namespace purlscope::app
