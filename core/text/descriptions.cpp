#include "core/text/descriptions.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/base/paths.h"
#include "core/text/label_key.h"

namespace purlscope::core {

DescriptionBank::DescriptionBank(std::vector<Label> labels) : labels_(std::move(labels)) {
  for (std::size_t i = 0; i < labels_.size(); ++i) index_.emplace(folded_text(labels_[i].text), i);
  for (std::size_t i = 0; i < labels_.size(); ++i) index_.emplace(label_key(labels_[i].text), i);
}

const DescriptionBank& DescriptionBank::bundled() {
  static const DescriptionBank bank(read_description_table(resource("descriptions/bank.tsv"), Origin::bank));
  return bank;
}

std::optional<Label> DescriptionBank::find(std::string_view label) const {
  for (const std::string& key : {folded_text(label), label_key(label)}) {
    if (const auto found = index_.find(key); found != index_.end()) return labels_[found->second];
  }
  return std::nullopt;
}

std::vector<std::string> DescriptionBank::labels() const {
  std::vector<std::string> names;
  std::transform(labels_.begin(), labels_.end(), std::back_inserter(names), [](const Label& l) { return l.text; });
  return names;
}

Label template_label(std::string_view label) {
  // Order of kSentences; each must make sense for a noun ("handstand"), a verb ("wave") and a gerund ("skating").
  static constexpr std::array<const char*, kSentenceCount> kTemplates = {
      "during {}, the head turns and tilts with the movement",
      "during {}, the arms and hands do what the action needs",
      "during {}, the torso leans and turns along with the movement",
      "during {}, the legs and feet carry the body or step with the movement",
      "at the start of {}, the body leaves its resting posture",
      "in the middle of {}, the main movement is under way",
      "at the end of {}, the movement slows down and the body comes to rest",
      "a person performs the action {}"};
  Label result;
  result.text = clean_label(label);
  for (std::size_t s = 0; s < kSentenceCount; ++s) {
    result.sentences[s] = {fmt::format(fmt::runtime(kTemplates[s]), result.text), Origin::template_text};
  }
  return result;
}

Label describe_label(std::string_view label) {
  const std::string text = clean_label(label);
  auto known = DescriptionBank::bundled().find(text);
  if (!known) return template_label(text);
  known->text = text;
  return *std::move(known);
}

Label describe_as(std::string_view label, std::string_view bank_label) {
  auto known = DescriptionBank::bundled().find(bank_label);
  if (!known) {
    throw Error(Code::not_found,
                fmt::format("the bundled bank has no label \"{}\"; choose one that it has", bank_label));
  }
  known->nearest = std::exchange(known->text, clean_label(label));
  for (Sentence& sentence : known->sentences) sentence.origin = Origin::nearest;
  return *std::move(known);
}

bool is_undescribed(const Label& label) {
  return std::all_of(label.sentences.begin(), label.sentences.end(),
                     [](const Sentence& s) { return s.origin == Origin::template_text; });
}

Label suggested_label(const Label& label) {
  const bool known = !label.nearest.empty() && DescriptionBank::bundled().find(label.nearest);
  return known ? describe_as(label.text, label.nearest) : describe_label(label.text);
}

LabelSet make_label_set(const std::vector<std::string>& texts) {
  LabelSet set;
  std::map<std::string, std::string> seen;
  std::vector<std::string> duplicates;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    std::string text;
    try {
      text = clean_label(texts[i]);
    } catch (const Error& error) {
      throw Error(error.code(), fmt::format("label {} of {}: {}", i + 1, texts.size(), error.what()));
    }
    const auto [first, added] = seen.emplace(folded_text(text), text);
    if (!added) {
      duplicates.push_back(first->second == text ? fmt::format("\"{}\"", text)
                                                 : fmt::format(R"("{}" (like "{}"))", text, first->second));
      continue;
    }
    set.labels.push_back(describe_label(text));
  }
  if (!duplicates.empty()) {
    throw Error(Code::bad_argument,
                fmt::format("duplicate labels: {}; give each label once", fmt::join(duplicates, ", ")));
  }
  return set;
}

}  // namespace purlscope::core
