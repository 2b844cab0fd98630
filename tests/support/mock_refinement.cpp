#include "tests/support/mock_refinement.h"

#include <cmath>
#include <fstream>

#include "core/base/error.h"

namespace purlscope::test {

void fill_probabilities(core::Recognition& recognition) {
  float sum = 1.0F;
  for (const core::LabelScore& score : recognition.labels) sum += std::exp(score.score);
  for (core::LabelScore& score : recognition.labels) score.probability = std::exp(score.score) / sum;
  recognition.none_of_these = 1.0F / sum;
}

void MockRefinement::refine(core::Recognition& result) {
  const std::lock_guard lock(mutex_);
  if (!state_.on) return;
  for (core::LabelScore& score : result.labels) score.plain_probability = score.probability;
  core::LabelScore& first = result.labels.front();
  first.refinement = kGain * static_cast<float>(learned_.size());
  first.other += first.refinement;
  first.score += first.refinement;
  fill_probabilities(result);
  result.refined = true;
  result.learned = learning_;
  if (!learning_) return;
  const core::LabelScore& best = result.labels[result.ranking().front()];
  const std::string clip = result.window.clip ? result.window.clip->name : std::string();
  learned_.push_back({best.label, best.probability, clip, result.window.begin, result.window.end, state_.windows});
  ++state_.windows;
  state_.step_ms = 2.5;
  state_.curve.push_back({state_.windows, 1.0F - 0.02F * static_cast<float>(state_.windows), 1, 0.5F});
  show_bank();
}

std::vector<core::RefineMethod> MockRefinement::methods() const {
  const core::RefineSetting bank{"bank", kPlaces, 1, 100, true};
  const core::RefineSetting threshold{"threshold", 0, 0, 1, false};
  return {{"em", "prototypes of the labels", {bank, threshold, {"weight", 4, 0, 100, false}}},
          {"scale-shift", "scale and shift of the texts", {bank, threshold, {"learning_rate", 0.01, 0, 10, false}}}};
}

void MockRefinement::start(const core::RefineOptions& options) {
  const std::lock_guard lock(mutex_);
  const nlohmann::json settings = options.settings.is_null() ? nlohmann::json::object() : options.settings;
  const std::string method = settings.value("method", std::string("em"));
  if (method != "em" && method != "scale-shift") {
    throw Error(Code::bad_argument, "no refinement '" + method + "'; known: em, scale-shift");
  }
  learned_.clear();
  accepted_ = 0;
  state_ = {};
  state_.on = true;
  state_.method = method;
  state_.settings = {{"method", method}, {"guard", true}, {"bank", kPlaces}, {"threshold", 0.0}, {"weight", 4.0}};
  state_.settings.update(settings);
}

void MockRefinement::stop() {
  const std::lock_guard lock(mutex_);
  state_.on = false;
}

void MockRefinement::resume() {
  const std::lock_guard lock(mutex_);
  expect_started();
  state_.on = true;
}

void MockRefinement::set_learning(bool on) {
  const std::lock_guard lock(mutex_);
  learning_ = on;
}

core::RefinementState MockRefinement::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

std::size_t MockRefinement::undo(std::size_t steps) {
  const std::lock_guard lock(mutex_);
  expect_started();
  const std::size_t taken = std::min(steps, learned_.size() - accepted_);
  learned_.resize(learned_.size() - taken);
  show_bank();
  return taken;
}

void MockRefinement::accept() {
  const std::lock_guard lock(mutex_);
  expect_started();
  accepted_ = learned_.size();
  show_bank();
}

void MockRefinement::reset() {
  const std::lock_guard lock(mutex_);
  expect_started();
  learned_.resize(accepted_);
  show_bank();
}

void MockRefinement::save(const std::filesystem::path& file) const {
  const std::lock_guard lock(mutex_);
  expect_started();
  if (!(std::ofstream(file) << learned_.size())) throw Error(Code::io, file.string() + ": cannot be written");
}

void MockRefinement::load(const std::filesystem::path& file) {
  std::size_t steps = 0;
  if (!(std::ifstream(file) >> steps)) throw Error(Code::not_found, file.string() + ": no such file");
  start({});
  const std::lock_guard lock(mutex_);
  learned_.assign(steps, {"wave", 0.75F, "earlier.skeleton", 0, 1, 0});
  accepted_ = steps;
  show_bank();
}

void MockRefinement::complain(const std::string& message) {
  const std::lock_guard lock(mutex_);
  state_.messages.push_back(message);
}

void MockRefinement::expect_started() const {
  if (state_.settings.is_null()) throw Error(Code::bad_argument, "refinement has not been started: start it first");
}

void MockRefinement::show_bank() {
  state_.bank = learned_;
  state_.steps = learned_.size();
  state_.undoable = learned_.size() - accepted_;
  state_.texts.clear();
  if (state_.method != "scale-shift" || learned_.empty()) return;
  for (std::size_t sentence = 0; sentence < core::kSentenceCount; ++sentence) {
    state_.texts.push_back({0.1F * static_cast<float>(sentence), 0.05F * static_cast<float>(learned_.size())});
  }
}

}  // namespace purlscope::test
