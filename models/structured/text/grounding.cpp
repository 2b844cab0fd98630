#include "models/structured/text/grounding.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/ascii.h"
#include "core/base/error.h"
#include "core/base/layout.h"
#include "core/base/paths.h"
#include "core/text/descriptions.h"
#include "models/structured/text/lexicon.h"

namespace purlscope::models::structured {
namespace {

using nlohmann::json;

constexpr std::size_t kMostCounted = 2;
constexpr double kSpreadFloor = 0.05;
constexpr double kMostSpreads = 2.5;
constexpr const char* kName = "label";  // how the file calls the label's name

std::array<double, kConceptParts> read_weights(const json& entry) {
  std::array<double, kConceptParts> out{};
  double total = 0;
  for (const auto& [part, weight] : entry.items()) {
    const auto place = std::ranges::find(core::kSentences, part);
    const auto index =
        part == kName ? core::kSentenceCount : static_cast<std::size_t>(place - core::kSentences.begin());
    if (part != kName && place == core::kSentences.end()) {
      throw Error(Code::bad_format, fmt::format("no sentence '{}'", part));
    }
    out[index] = weight.get<double>();
    total += out[index];
  }
  if (!(total > 0)) throw Error(Code::bad_format, "weights that add up to nothing");
  for (double& weight : out) weight /= total;
  return out;
}

Concept read_concept(const json& entry) {
  Concept out;
  out.title = entry.at("title").get<std::string>();
  const auto layout = core::joint_layout(kLayout);
  for (const json& joint : entry.at("joints")) {
    out.joints.push_back(static_cast<std::size_t>(layout->joint(joint.get<std::string>())));
  }
  out.weights = read_weights(entry.at("weights"));
  out.more = entry.at("more").get<std::vector<std::string>>();
  out.less = entry.at("less").get<std::vector<std::string>>();
  out.count = entry.value("count", std::size_t{1});
  out.apart = entry.value("apart", false);
  if (out.joints.empty() || out.more.empty()) throw Error(Code::bad_format, "no joint or no word");
  return out;
}

/// The text with blanks for a list's occurrences.
std::string without(const std::string& text, const std::vector<std::string>& words) {
  std::string out = text;
  for (const std::string& word : words) {
    for (std::size_t place = out.find(word); place != std::string::npos; place = out.find(word)) {
      std::fill_n(out.begin() + static_cast<std::ptrdiff_t>(place), word.size(), ' ');
    }
  }
  return out;
}

double says(const Concept& motion_concept, const std::string& text) {
  const auto counted = [&](const std::string& in, const std::vector<std::string>& words) {
    return static_cast<double>(std::min(kMostCounted, motion_concept.count * count_words(in, words)));
  };
  const double more = counted(text, motion_concept.more);
  const bool apart = motion_concept.apart && more > 0;
  return more - counted(apart ? without(text, motion_concept.more) : text, motion_concept.less);
}

}  // namespace

const ConceptWords& ConceptWords::bundled() {
  static const ConceptWords words = read(core::resource("lexicon/concepts.json"));
  return words;
}

ConceptWords ConceptWords::read(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) throw Error(Code::not_found, fmt::format("{}: cannot be opened; reinstall the program", file.string()));
  ConceptWords out;
  try {
    const json document = json::parse(in);
    for (const json& entry : document.at("concepts")) {
      const std::size_t i = out.concepts_.size();
      const auto id = entry.at("id").get<std::string>();
      if (i >= kConcepts || id != kConceptIds[i]) {
        throw Error(Code::bad_format, fmt::format("{}: concept {} is '{}', expected '{}'", file.string(), i, id,
                                                  i < kConcepts ? kConceptIds[i] : "no further one"));
      }
      try {
        out.concepts_.push_back(read_concept(entry));
      } catch (const Error& error) {
        throw Error(Code::bad_format, fmt::format("{}: concept '{}': {}", file.string(), id, error.what()));
      }
    }
  } catch (const json::exception& error) {
    throw Error(Code::bad_format, fmt::format("{}: {}", file.string(), error.what()));
  }
  if (out.concepts_.size() == kConcepts) return out;
  throw Error(Code::bad_format,
              fmt::format("{}: {} concepts, expected {}", file.string(), out.concepts_.size(), kConcepts));
}

std::vector<float> ConceptWords::say(const core::Label& label) const {
  std::array<std::string, kConceptParts> parts;
  for (std::size_t i = 0; i < core::kSentenceCount; ++i) parts[i] = core::lower_ascii(label.sentences[i].text);
  parts[core::kSentenceCount] = core::lower_ascii(label.text);
  std::vector<float> out;
  out.reserve(kConcepts * kConceptParts);
  for (const Concept& motion_concept : concepts_) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const double weight = motion_concept.weights[i];
      out.push_back(weight == 0 ? 0.0F : static_cast<float>(weight * says(motion_concept, parts[i])));
    }
  }
  return out;
}

namespace {

ConceptScale measure_bank() {
  const core::DescriptionBank& bank = core::DescriptionBank::bundled();
  std::vector<at::Tensor> rows;
  for (const std::string& label : bank.labels()) {
    std::vector<float> said = ConceptWords::bundled().say(*bank.find(label));
    rows.push_back(at::tensor(said).view({static_cast<std::int64_t>(kConcepts), kConceptParts}));
  }
  const at::Tensor all = at::stack(rows);
  return {all.mean(0), all.sum(2).std(0, /*unbiased=*/false) + kSpreadFloor};
}

}  // namespace

const ConceptScale& bank_scale() {
  static const ConceptScale scale = measure_bank();
  return scale;
}

at::Tensor on_scale(const at::Tensor& said, const ConceptScale& scale) {
  const at::Tensor parts = (said - scale.mean) / scale.spread.unsqueeze(1);
  const at::Tensor total = parts.sum(2, true);
  const at::Tensor kept = total.clamp(-kMostSpreads, kMostSpreads);
  // Where the sum is cut, all parts shrink alike.
  return at::where(total.abs() > kMostSpreads, parts * kept / total, parts);
}

}  // namespace purlscope::models::structured
