#include "models/refinement/identity.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/hash.h"

namespace purlscope::models::refinement {
namespace {

std::string names_of(const std::vector<Identity::Text>& labels) {
  constexpr std::size_t kShown = 6;
  std::string out;
  for (std::size_t i = 0; i < std::min(labels.size(), kShown); ++i) {
    out += fmt::format("{}{}", i == 0 ? "" : ", ", labels[i].label);
  }
  if (labels.size() > kShown) out += fmt::format(" and {} more", labels.size() - kShown);
  return out;
}

}  // namespace

Identity identity_of(std::string model, std::string encoder, std::string encoder_hash, const core::LabelSet& labels) {
  Identity out{std::move(model), std::move(encoder), std::move(encoder_hash), {}};
  for (const core::Label& label : labels.labels) {
    core::Fnv1a hash;
    hash.add(label.text);
    const auto add = [&](const core::Sentences& sentences) {
      for (const core::Sentence& sentence : sentences) hash.add(fmt::format("\x1f{}", sentence.text));
    };
    add(label.sentences);
    std::ranges::for_each(label.further, add);
    out.labels.push_back({label.text, fmt::format("{:016x}", hash.value())});
  }
  return out;
}

std::string difference(const Identity& saved, const Identity& now) {
  if (saved.model != now.model) {
    return fmt::format("it was learned with model '{}', now '{}' is open: open that model first", saved.model,
                       now.model);
  }
  if (saved.encoder != now.encoder || saved.encoder_hash != now.encoder_hash) {
    return fmt::format("it was learned with text encoder '{}', now '{}' is used: start with that encoder",
                       saved.encoder, now.encoder);
  }
  std::vector<Identity::Text> lacking;
  for (const Identity::Text& text : saved.labels) {
    const auto same = std::ranges::find(now.labels, text.label, &Identity::Text::label);
    if (same == now.labels.end()) {
      lacking.push_back(text);
    } else if (same->hash != text.hash) {
      return fmt::format("the sentences of '{}' are others than those it was learned with: set them back first",
                         text.label);
    }
  }
  if (!lacking.empty() || saved.labels.size() != now.labels.size()) {
    return fmt::format("it was learned for the labels {}; now they are {}: set those labels first",
                       names_of(saved.labels), names_of(now.labels));
  }
  return {};
}

}  // namespace purlscope::models::refinement
