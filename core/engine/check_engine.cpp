#include "core/engine/check_engine.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace purlscope::core {
namespace {

std::string name_of(const Window& window) { return window.clip ? window.clip->name : std::string("a window"); }

double largest_of(const std::vector<float>& values) {
  double largest = 0;
  for (const float value : values) largest = std::max(largest, static_cast<double>(std::abs(value)));
  return largest;
}

}  // namespace

CheckEngine::CheckEngine(std::unique_ptr<Engine> checked, std::unique_ptr<Engine> reference, CheckTolerance tolerance)
    : checked_(std::move(checked)), reference_(std::move(reference)), tolerance_(tolerance) {}

void CheckEngine::set_labels(const LabelSet& labels, std::stop_token stop) {
  checked_->set_labels(labels, stop);
  reference_->set_labels(labels, stop);
}

Recognition CheckEngine::recognise(const Window& window, bool with_attention, std::stop_token stop) {
  Recognition found = checked_->recognise(window, with_attention, stop);
  compare(found, reference_->recognise(window, with_attention, stop), name_of(window));
  return found;
}

NdArray CheckEngine::encode(const std::vector<std::string>& texts) {
  NdArray found = checked_->encode(texts);
  ++report_.answers;
  compare(found.data, reference_->encode(texts).data, "text features");
  return found;
}

ClosedSetResult CheckEngine::classify_closed_set(const Clip& clip, const std::filesystem::path& weights) {
  ClosedSetResult found = checked_->classify_closed_set(clip, weights);
  compare(found, reference_->classify_closed_set(clip, weights), clip.name);
  return found;
}

std::vector<ClosedSetResult> CheckEngine::classify_closed_sets(const std::vector<ClipPtr>& clips,
                                                               const std::filesystem::path& weights) {
  std::vector<ClosedSetResult> found = checked_->classify_closed_sets(clips, weights);
  for (std::size_t i = 0; i < clips.size(); ++i) {
    compare(found.at(i), reference_->classify_closed_set(*clips[i], weights), clips[i]->name);
  }
  return found;
}

void CheckEngine::compare(const Recognition& found, const Recognition& expected, const std::string& place) {
  ++report_.answers;
  if (found.labels.size() != expected.labels.size() || found.attention.size() != expected.attention.size()) {
    differ(fmt::format("{}: {} labels and {} attention maps, expected {} and {}", place, found.labels.size(),
                       found.attention.size(), expected.labels.size(), expected.attention.size()));
    return;
  }
  compare(std::vector{found.none_of_these}, {expected.none_of_these}, place + ", none of these");
  for (std::size_t i = 0; i < found.labels.size(); ++i) {
    const std::string label = fmt::format("{}, label \"{}\"", place, expected.labels[i].label);
    compare(found.labels[i], expected.labels[i], label);
    if (i >= found.attention.size()) continue;
    compare(found.attention[i].attention.data, expected.attention[i].attention.data, label + ", attention");
    compare(found.attention[i].contribution.data, expected.attention[i].contribution.data, label + ", contribution");
  }
}

void CheckEngine::compare(const LabelScore& found, const LabelScore& expected, const std::string& place) {
  if (found.label != expected.label) {
    differ(fmt::format("{}: the label is \"{}\"", place, found.label));
    return;
  }
  // Shares are measured by the score that they add up to: one of them may be next to nothing.
  const auto parts = [](const LabelScore& score) {
    std::vector<float> values{score.score, score.other};
    values.insert(values.end(), score.levels.begin(), score.levels.end());
    return values;
  };
  compare(parts(found), parts(expected), place + ", score, other and levels");
  compare(std::vector{found.probability}, {expected.probability}, place + ", probability");
}

void CheckEngine::compare(const ClosedSetResult& found, const ClosedSetResult& expected, const std::string& clip) {
  ++report_.answers;
  compare(found.logits, expected.logits, clip + ", closed-set logits");
}

void CheckEngine::compare(const std::vector<float>& found, const std::vector<float>& expected,
                          const std::string& place) {
  if (found.size() != expected.size()) {
    differ(fmt::format("{}: {} values, expected {}", place, found.size(), expected.size()));
    return;
  }
  const double allowed = tolerance_.relative * largest_of(expected) + tolerance_.absolute;
  report_.values += found.size();
  for (std::size_t i = 0; i < found.size(); ++i) {
    const double share = std::abs(static_cast<double>(found[i]) - expected[i]) / allowed;
    if (share <= report_.worst) continue;
    if (!(share <= 1)) {  // a NaN too
      differ(fmt::format("{}: value {} is {:g}, expected {:g} (may differ by {:g})", place, i, found[i], expected[i],
                         allowed));
    }
    if (std::isnan(share)) continue;
    report_.worst = share;
    report_.worst_at = fmt::format("{}: value {}", place, i);
  }
}

void CheckEngine::differ(const std::string& difference) {
  if (report_.first.empty()) report_.first = difference;
}

}  // namespace purlscope::core
