#include "models/structured/text/text_features.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <span>

#include "core/base/ascii.h"
#include "core/base/layout.h"
#include "core/text/descriptions.h"
#include "models/structured/kinematics/motion.h"
#include "models/structured/text/grounding.h"
#include "models/structured/text/lexicon.h"

namespace purlscope::models::structured {
namespace {

constexpr double kNameWeight = 1.5;
/// Many texts at once fill the encoder's passes with texts of like length; a stop request is heard between calls.
constexpr std::int64_t kLabelsPerCall = 32;
constexpr double kNormFloor = 1e-9;
constexpr double kWordScaleFloor = 0.15;  // of a count

/// Words between the label's name and a sentence, so that the encoder reads the sentence as part of that action.
std::string led_in(const std::string& name, std::size_t sentence, const std::string& text) {
  static constexpr std::array<std::string_view, core::kSentenceCount - 1> kLeads = {"the head: ",
                                                                                    "the hands: ",
                                                                                    "the torso: ",
                                                                                    "the legs: ",
                                                                                    "at the start, the person will ",
                                                                                    "in the middle, the person will ",
                                                                                    "at the end, the person will "};
  if (sentence < kLeads.size()) return fmt::format("{}, {}{}", name, kLeads[sentence], text);
  return fmt::format("to {} is to {}", name, text);
}

std::vector<std::string> joint_phrases(const std::string& joint) {
  if (joint == "hip centre") return {"hips", "pelvis", "body position, walking"};
  if (joint == "spine") return {"torso", "back", "waist"};
  if (joint == "shoulder centre") return {"chest", "upper body", "neck"};
  if (joint == "head") return {"head", "face, eyes, looking"};
  static const std::map<std::string, std::string> parts = {
      {"shoulder", "shoulder"}, {"elbow", "arm, elbow"}, {"wrist", "wrist, arm"}, {"hand", "hand, fingers"},
      {"hip", "hip, thigh"},    {"knee", "knee, leg"},   {"ankle", "ankle, leg"}, {"foot", "foot, step"}};
  const std::string part = joint.substr(joint.find(' ') + 1);
  return {joint, parts.at(part), fmt::format("the person moves the {}", joint)};
}

/// Labels in the wording that is shown.
LabelTexts encode_shown(const std::vector<core::Label>& labels, TextEncoder& encoder, const core::ProgressFn& progress,
                        const std::stop_token& stop) {
  const MotionLexicon& lexicon = MotionLexicon::bundled();
  const auto classes = static_cast<std::int64_t>(labels.size());
  LabelTexts out{at::empty({classes, kTextsPerLabel, encoder.dim()}, at::kFloat),
                 at::empty({classes, static_cast<std::int64_t>(lexicon.size())}, at::kFloat),
                 at::empty({classes, static_cast<std::int64_t>(kConcepts), kConceptParts}, at::kFloat)};
  for (std::int64_t begin = 0; begin < classes; begin += kLabelsPerCall) {
    core::throw_if_stopped(stop);
    const std::int64_t count = std::min(kLabelsPerCall, classes - begin);
    const auto part = std::span(labels).subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(count));
    if (progress) progress({"Encoding texts", static_cast<double>(begin) / static_cast<double>(classes), part[0].text});
    std::vector<std::string> texts;
    for (const core::Label& label : part) std::ranges::move(texts_of(label), std::back_inserter(texts));
    out.features.narrow(0, begin, count).copy_(encoder.encode(texts).view({count, kTextsPerLabel, encoder.dim()}));
    for (std::int64_t i = 0; i < count; ++i) {
      const core::Label& label = part[static_cast<std::size_t>(i)];
      out.words[begin + i].copy_(at::tensor(lexicon.counts(label)));
      out.said[begin + i].view(-1).copy_(at::tensor(ConceptWords::bundled().say(label)));
    }
  }
  return out;
}

/// @param wordings of one label
LabelTexts mean_of(const LabelTexts& wordings) {
  return {unit_rows(wordings.features.mean(0, true)), wordings.words.mean(0, true), wordings.said.mean(0, true)};
}

}  // namespace

LabelTexts LabelTexts::join(const std::vector<LabelTexts>& parts) {
  std::vector<at::Tensor> features;
  std::vector<at::Tensor> words;
  std::vector<at::Tensor> said;
  for (const LabelTexts& part : parts) {
    features.push_back(part.features);
    words.push_back(part.words);
    said.push_back(part.said);
  }
  return {at::cat(features), at::cat(words), at::cat(said)};
}

std::vector<std::string> texts_of(const core::Label& label) {
  const std::string name = core::lower_ascii(label.text);
  std::vector<std::string> texts = {name};
  for (std::size_t i = 0; i < core::kSentenceCount; ++i) {
    texts.push_back(led_in(name, i, core::lower_ascii(label.sentences[i].text)));
  }
  for (const core::Sentence& sentence : label.sentences) texts.push_back(sentence.text);
  return texts;
}

LabelTexts encode_labels(const std::vector<core::Label>& labels, TextEncoder& encoder, const core::ProgressFn& progress,
                         std::stop_token stop) {
  std::vector<core::Label> all;
  for (const core::Label& label : labels) {
    for (std::size_t i = 0; i < label.wordings(); ++i) all.push_back(label.wording(i));
  }
  const LabelTexts encoded = encode_shown(all, encoder, progress, stop);
  if (all.size() == labels.size()) return encoded;
  std::vector<LabelTexts> means;
  std::int64_t begin = 0;
  for (const core::Label& label : labels) {
    const auto count = static_cast<std::int64_t>(label.wordings());
    const LabelTexts wordings = encoded.some(begin, count);
    means.push_back(count == 1 ? wordings : mean_of(wordings));
    begin += count;
  }
  return LabelTexts::join(means);
}

at::Tensor encode_joint_phrase(const std::string& joint, TextEncoder& encoder) {
  return encoder.encode(joint_phrases(joint)).mean(0);
}

at::Tensor encode_joint_phrases(TextEncoder& encoder) {
  std::vector<at::Tensor> rows;
  for (const std::string& joint : core::joint_layout(kLayout)->joints) {
    rows.push_back(encode_joint_phrase(joint, encoder));
  }
  return at::stack(rows);
}

at::Tensor concatenated(const LabelTexts& texts) {
  at::Tensor parts = texts.features.clone();
  parts.select(1, 0).mul_(kNameWeight);
  return unit_rows(parts.flatten(1));
}

at::Tensor unit_rows(const at::Tensor& rows) { return rows / (rows.norm(2, -1, true) + kNormFloor); }

WordScale word_scale(const at::Tensor& counts) {
  return {counts.mean(0), counts.std(0, /*unbiased=*/false) + kWordScaleFloor};
}

const WordScale& bank_words() {
  static const WordScale scale = [] {
    const core::DescriptionBank& bank = core::DescriptionBank::bundled();
    std::vector<at::Tensor> rows;
    for (const std::string& label : bank.labels()) {
      rows.push_back(at::tensor(MotionLexicon::bundled().counts(*bank.find(label))));
    }
    return word_scale(at::stack(rows));
  }();
  return scale;
}

at::Tensor raw_text_vectors(const LabelTexts& texts, const WordScale& words, double lexicon) {
  const at::Tensor sentences = concatenated(texts);
  if (lexicon == 0) return sentences;
  return unit_rows(at::cat({sentences, lexicon * unit_rows((texts.words - words.mean) / words.spread)}, 1));
}

at::Tensor text_kernel(const at::Tensor& a, const at::Tensor& b) {
  const at::Tensor distance = a.square().sum(1).unsqueeze(1) + b.square().sum(1).unsqueeze(0) - 2 * a.mm(b.t());
  return (-distance.clamp_min(0)).exp();
}

}  // namespace purlscope::models::structured
