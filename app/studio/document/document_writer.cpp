#include <fmt/format.h>

#include <QByteArray>
#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/studio/document/document_keys.h"
#include "app/studio/document/document_paths.h"
#include "app/studio/document/document_text.h"
#include "app/studio/session/label_store.h"
#include "core/base/hash.h"
#include "core/base/paths.h"

namespace purlscope::app {
namespace {

using Json = nlohmann::ordered_json;

template <typename T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json paths_json(const std::vector<std::filesystem::path>& paths, const DocumentPlaces& places) {
  Json list = Json::array();
  for (const auto& path : paths) list.push_back(path_to_json(path, places));
  return list;
}

Json camera_json(const render::Camera& camera) {
  return {{"target", {camera.target.x, camera.target.y, camera.target.z}},
          {"distance", camera.distance},
          {"yaw", camera.yaw},
          {"pitch", camera.pitch},
          {"fov", camera.fov},
          {"orthographic", camera.orthographic}};
}

Json pins_json(const std::vector<Pin>& pins) {
  Json list = Json::array();
  for (const Pin& pin : pins) list.push_back({{"person", pin.person}, {"joint", pin.joint}});
  return list;
}

Json layout_json(const DockLayout& layout) {
  const QByteArray bytes(layout.bytes.data(), static_cast<qsizetype>(layout.bytes.size()));
  return {{"version", layout.version},
          {"fold", layout.fold},
          {"docks", bytes.toBase64().toStdString()},
          {"check", layout_check(layout.bytes)}};
}

}  // namespace

std::string write_document(const Document& d, const DocumentPlaces& places) {
  Json json;
  json["purlscope"] = "session";
  json["version"] = kDocumentVersion;
  json["written_by"] = core::version();
  if (!d.autosave_of.empty()) json["autosave_of"] = d.autosave_of.string();
  json["sources"] = {{"folders", paths_json(d.folders, places)},
                     {"files", paths_json(d.files, places)},
                     {"bundled", d.bundled},
                     {"clip", d.clip.empty() ? Json() : path_to_json(d.clip, places)},
                     {"live", text_or_null(d.live)}};
  json["labels"] = labels_json(d.labels);
  json["chosen"] = {
      {"label", or_null(d.label)}, {"sentence", or_null(d.sentence)}, {"labels_by_score", d.labels_by_score}};
  json["person"] = d.person ? Json{{"id", d.person->id}, {"number", d.person->number}} : Json();
  json["playback"] = {{"time", d.playback.time},
                      {"a", or_null(d.playback.a)},
                      {"b", or_null(d.playback.b)},
                      {"speed", d.playback.speed},
                      {"loop", d.playback.loop}};
  json["view"] = {{"preset", kPresetNames[static_cast<std::size_t>(d.preset)]},
                  {"camera", d.camera ? camera_json(*d.camera) : Json()},
                  {"pins", pins_json(d.pins)}};
  json["display"] = {{"colour_map", d.display.colour_map},
                     {"contribution", d.display.contribution},
                     {"range_per_frame", d.display.range_per_frame},
                     {"trail", d.display.trail},
                     {"floor", d.display.floor}};
  json["attention"] = {{"axis", kAxisNames[d.attention.over_time ? 1 : 0]},
                       {"scope", kScopeNames[d.attention.whole_clip ? 1 : 0]}};
  json["refinement"] = {{"state", d.refinement.empty() ? Json() : path_to_json(d.refinement, places)}};
  json["layout"] = d.layout ? layout_json(*d.layout) : Json();
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string content_of(Document document) {
  document.playback.time = 0.0;
  document.layout.reset();
  document.autosave_of.clear();
  std::ranges::sort(document.folders);
  std::ranges::sort(document.files);
  for (core::Label& label : document.labels.labels) {
    label.nearest.clear();
    for (core::Sentence& sentence : label.sentences) {
      if (sentence.origin != core::Origin::edited) sentence = {};  // the bank's, or found by the engine
    }
  }
  return write_document(document, {});
}

std::string layout_check(const std::string& bytes) { return fmt::format("{:016x}", core::fnv1a(bytes)); }

}  // namespace purlscope::app
