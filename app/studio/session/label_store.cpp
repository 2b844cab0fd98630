#include "app/studio/session/label_store.h"

#include <fmt/format.h>

#include <set>

#include "core/base/error.h"
#include "core/base/json_excerpt.h"
#include "core/base/json_member.h"
#include "core/text/descriptions.h"
#include "core/text/label_key.h"

namespace purlscope::app {
namespace {

using nlohmann::json;

constexpr std::size_t kMostLabels = 10000;

nlohmann::ordered_json to_json(const core::Label& label) {
  nlohmann::ordered_json item{{"text", label.text}};
  if (!label.nearest.empty()) item["nearest"] = label.nearest;
  auto& sentences = item["sentences"] = nlohmann::ordered_json::array();
  for (const core::Sentence& sentence : label.sentences) {
    sentences.push_back({{"text", sentence.text}, {"origin", core::to_string(sentence.origin)}});
  }
  return item;
}

std::optional<core::Origin> origin_of(const json& name) {
  using core::Origin;
  if (!name.is_string()) return std::nullopt;
  for (const Origin origin :
       {Origin::bank, Origin::nearest, Origin::file, Origin::endpoint, Origin::template_text, Origin::edited}) {
    if (name.get_ref<const std::string&>() == core::to_string(origin)) return origin;
  }
  return std::nullopt;
}

/// Reads one list of labels.
class LabelReader {
 public:
  LabelReader(std::string key, std::vector<std::string>& problems) : key_(std::move(key)), problems_(problems) {}

  core::LabelSet read(const json& list) {
    if (!list.is_array() || list.size() > kMostLabels) {
      tell(key_, core::json_excerpt(list), fmt::format("a list of at most {} labels", kMostLabels), "no labels");
      return {};
    }
    for (std::size_t i = 0; i < list.size(); ++i) add(list[i], fmt::format("{}[{}]", key_, i));
    return std::move(labels_);
  }

 private:
  void tell(const std::string& key, const std::string& found, const std::string& expected, const std::string& instead) {
    problems_.push_back(fmt::format("{}: found {}, expected {}; {}", key, found, expected, instead));
  }

  void add(const json& item, const std::string& key) {
    const json& text = core::member(item, "text");
    if (!text.is_string()) {
      tell(key + ".text", core::json_excerpt(text), "the text of a label", "the label is left out");
      return;
    }
    try {
      core::Label label = core::describe_label(text.get<std::string>());
      if (!seen_.insert(core::folded_text(label.text)).second) {
        tell(key + ".text", core::json_excerpt(text), "each label once", "the label is left out");
        return;
      }
      read_sentences(item, key, label);
      labels_.labels.push_back(std::move(label));
    } catch (const Error& error) {
      problems_.push_back(fmt::format("{}.text: {}; the label is left out", key, error.what()));
    }
  }

  void read_sentences(const json& item, const std::string& key, core::Label& label) {
    const json& list = core::member(item, "sentences");
    const json& nearest = core::member(item, "nearest");
    if (!list.is_array() || list.size() != core::kSentenceCount) {
      tell(key + ".sentences", core::json_excerpt(list), fmt::format("a list of {} sentences", core::kSentenceCount),
           "they are suggested anew");
      return;
    }
    for (std::size_t i = 0; i < core::kSentenceCount; ++i) {
      const json& text = core::member(list[i], "text");
      const json& origin = core::member(list[i], "origin");
      const auto known = origin_of(origin);
      const std::string place = fmt::format("{}.sentences[{}]", key, i);
      if (!text.is_string() || text.get_ref<const std::string&>().empty()) {
        tell(place + ".text", core::json_excerpt(text), "a sentence", "it is suggested anew");
      } else if (!known) {
        tell(place + ".origin", core::json_excerpt(origin), "bank, nearest, file, endpoint, template or edited",
             "the sentence is suggested anew");
      } else {
        label.sentences[i] = {text.get<std::string>(), *known};
      }
    }
    if (nearest.is_string()) label.nearest = nearest.get<std::string>();
  }

  std::string key_;
  std::vector<std::string>& problems_;
  std::set<std::string> seen_;
  core::LabelSet labels_;
};

}  // namespace

nlohmann::ordered_json labels_json(const core::LabelSet& labels) {
  auto list = nlohmann::ordered_json::array();
  for (const core::Label& label : labels.labels) list.push_back(to_json(label));
  return list;
}

core::LabelSet labels_from_json(const json& list, const std::string& key, std::vector<std::string>& problems) {
  return LabelReader(key, problems).read(list);
}

QByteArray write_labels(const core::LabelSet& labels) {
  return QByteArray::fromStdString(labels_json(labels).dump(-1, ' ', false, json::error_handler_t::replace));
}

std::optional<core::LabelSet> read_labels(const QByteArray& text) {
  const json list = json::parse(text.begin(), text.end(), nullptr, false);
  std::vector<std::string> problems;
  if (!list.is_array()) return std::nullopt;
  core::LabelSet labels = labels_from_json(list, "labels", problems);
  return problems.empty() ? std::optional(std::move(labels)) : std::nullopt;
}

}  // namespace purlscope::app
