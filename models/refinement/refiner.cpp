#include "models/refinement/refiner.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/base/stopwatch.h"

namespace purlscope::models::refinement {
namespace {

constexpr std::size_t kCurve = 2000;
constexpr std::size_t kMessages = 100;
constexpr std::uint64_t kCheckEvery = 10;  // windows
constexpr int kMostRollbacks = 3;          // in a row, then refinement pauses
constexpr double kStepShare = 0.1;         // of the newest step in the mean time

at::Tensor probabilities_of(const at::Tensor& scores, const Scorer& scorer, const Options& options) {
  return (scores / (scorer.unit() * options.temperature)).softmax(1)[0];
}

/// Sums by slot follow their label; new labels start at 0.
Stream for_slots(const Stream& stream, const std::vector<std::string>& names) {
  Stream out = stream;
  if (!stream.scores.defined()) return out;
  const Learned sums{stream.slots, {{"scores", stream.scores}}, {}};
  out.scores = sums.for_slots(names, {}).by_slot.at("scores");
  out.slots = names;
  return out;
}

}  // namespace

Evidence Refined::evidence(const at::Tensor& features, const Evidence& plain) const {
  if (!learned || !features.defined()) return plain;
  const at::Tensor adapted = method->adapted(*scorer, features, *learned);
  return adapted.defined() ? scorer->evidence(adapted, method->needs_said()) : plain;
}

Corrections Refined::corrections(const at::Tensor& features, const Evidence& plain) const {
  if (!learned) return {};
  const Evidence scored = evidence(features, plain);
  Corrections out = method->corrections(*scorer, scored, *learned);
  if (scored.scores.is_same(plain.scores)) return out;
  const at::Tensor levels = scored.levels - plain.levels;
  const at::Tensor rest = scored.scores - plain.scores - levels.sum(-1);
  out.levels = out.levels.defined() ? out.levels + levels : levels;
  out.other = out.other.defined() ? out.other + rest : rest;
  return out;
}

Refiner::Refiner(const Options& options)
    : options_(options),
      method_(make_method(options)),
      now_{Bank(options.bank), {}, nullptr, 0},
      accepted_(now_),
      good_(now_) {}

void Refiner::relabel(Snapshot& snapshot, const Scorer& scorer, const Method& method) {
  const std::vector<std::string>& names = scorer.slots();
  snapshot.bank.transform([&](const EntryPtr& entry) -> EntryPtr {
    if (std::ranges::find(names, entry->slot) == names.end() || !entry->features.defined()) return nullptr;
    auto changed = std::make_shared<Entry>(*entry);
    changed->evidence = scorer.evidence(entry->features, method.needs_said());
    return changed;
  });
  snapshot.stream = for_slots(snapshot.stream, names);
  if (!snapshot.learned) return;
  if (method.remembers()) {
    snapshot.learned = std::make_shared<Learned>(snapshot.learned->for_slots(names, method.fresh(scorer)));
  } else if (snapshot.bank.size() > 0) {
    snapshot.learned = std::make_shared<Learned>(method.learn(scorer, snapshot.bank, snapshot.stream, nullptr));
  } else {
    snapshot.learned = nullptr;
  }
}

void Refiner::set_scorer(std::shared_ptr<const Scorer> scorer) {
  if (scorer == scorer_) return;
  if (options_.method == "normalisation" && scorer->measures() == 0) {
    throw Error(Code::bad_argument,
                "refinement 'normalisation' needs a model of standardised measures: this one has none; use another");
  }
  scorer_ = std::move(scorer);
  relabel(now_, *scorer_, *method_);
  relabel(accepted_, *scorer_, *method_);
  good_ = now_;
  history_.clear();
  guard_.clear();
}

Refined Refiner::refined() const { return {scorer_, method_, paused_ ? nullptr : now_.learned}; }

void Refiner::add_to_stream(const Observation& window) {
  Stream& stream = now_.stream;
  const Evidence& evidence = window.evidence;
  const auto slots = static_cast<std::int64_t>(scorer_->slots().size());
  const std::int64_t measures = scorer_->measures();
  if (stream.windows == 0) {
    stream.slots = scorer_->slots();
    stream.visual = at::zeros_like(evidence.visual);
    stream.scores = at::zeros({slots});
    if (measures > 0 && window.features.defined()) {
      stream.features = at::zeros({1, measures});
      stream.squares = at::zeros({1, measures});
    }
  }
  ++stream.windows;
  stream.visual = stream.visual + evidence.visual;
  const at::Tensor beyond = evidence.scores - evidence.scores.mean();
  stream.scores = stream.scores.scatter_add(0, evidence.slots[0], beyond[0]);
  if (stream.features.defined() && window.features.defined()) {
    const at::Tensor values = window.features.narrow(1, 0, measures);
    stream.features = stream.features + values;
    stream.squares = stream.squares + values.square();
  }
}

bool Refiner::offer(const Observation& window, const at::Tensor& probabilities) {
  const auto best = probabilities.argmax().item<std::int64_t>();
  const auto confidence = probabilities[best].item<float>();
  if (confidence < options_.threshold) return false;
  const auto slot = window.evidence.slots[0][best].item<std::int64_t>();
  auto entry = std::make_shared<Entry>();
  entry->features = window.features;
  entry->evidence = window.evidence;
  entry->slot = scorer_->slots().at(static_cast<std::size_t>(slot));
  entry->confidence = confidence;
  entry->clip = window.clip;
  entry->begin = window.begin;
  entry->end = window.end;
  entry->number = windows_;
  return now_.bank.offer(std::move(entry));
}

void Refiner::observe(const Observation& window) {
  const core::Stopwatch watch;
  history_.push_back(now_);
  if (history_.size() > kHistory) history_.pop_front();
  add_to_stream(window);
  const Evidence& plain = window.evidence;
  const at::Tensor total = plain.scores + refined().corrections(window.features, plain).total(plain.scores);
  const at::Tensor before = probabilities_of(plain.scores, *scorer_, options_);
  const at::Tensor after = probabilities_of(total, *scorer_, options_);
  offer(window, after);
  ++windows_;
  if (now_.stream.windows >= options_.warm_up && now_.bank.size() > 0 && !paused_) {
    now_.learned = std::make_shared<Learned>(method_->learn(*scorer_, now_.bank, now_.stream, now_.learned));
    ++now_.steps;
    const double ms = watch.ms();
    step_ms_ = step_ms_ == 0 ? ms : (1 - kStepShare) * step_ms_ + kStepShare * ms;
  }
  check_guard(before, after);
}

std::vector<std::string> Refiner::label_names() const { return scorer_->slots(); }

void Refiner::check_guard(const at::Tensor& plain, const at::Tensor& refined) {
  guard_.add(plain, refined);
  curve_.push_back(guard_.point(windows_ - 1));
  if (curve_.size() > kCurve) curve_.pop_front();
  if (!options_.guard || paused_ || windows_ % kCheckEvery != 0) return;
  const auto complaint = guard_.complaint(label_names());
  if (!complaint) {
    good_ = now_;
    rollbacks_in_a_row_ = 0;
    return;
  }
  ++rollbacks_;
  now_ = good_;
  history_.clear();
  guard_.clear();
  std::string message = fmt::format("window {}: {}; rolled back to step {}", windows_, *complaint, now_.steps);
  if (++rollbacks_in_a_row_ >= kMostRollbacks) {
    paused_ = true;
    message += ", and paused: reset to start again";
  }
  messages_.push_back(std::move(message));
  if (messages_.size() > kMessages) messages_.erase(messages_.begin());
}

std::size_t Refiner::undo(std::size_t steps) {
  std::size_t taken = 0;
  while (taken < steps && !history_.empty()) {
    now_ = std::move(history_.back());
    history_.pop_back();
    ++taken;
  }
  if (taken == 0) return 0;
  good_ = now_;
  guard_.clear();
  paused_ = false;
  rollbacks_in_a_row_ = 0;
  return taken;
}

void Refiner::accept() {
  accepted_ = now_;
  history_.clear();
}

void Refiner::reset() {
  now_ = accepted_;
  good_ = now_;
  history_.clear();
  guard_.clear();
  paused_ = false;
  rollbacks_in_a_row_ = 0;
}

void Refiner::restore(Bank bank, Stream stream, LearnedPtr learned, std::uint64_t steps) {
  now_ = {std::move(bank), std::move(stream), std::move(learned), steps};
  relabel(now_, *scorer_, *method_);
  accepted_ = now_;
  reset();
}

core::RefinementState Refiner::state() const {
  core::RefinementState out;
  out.on = true;
  out.paused = paused_;
  out.method = options_.method;
  out.windows = windows_;
  out.steps = now_.steps;
  out.rollbacks = rollbacks_;
  out.undoable = history_.size();
  out.step_ms = step_ms_;
  for (const EntryPtr& entry : now_.bank.entries()) {
    out.bank.push_back({entry->slot, entry->confidence, entry->clip, entry->begin, entry->end, entry->number});
  }
  out.curve.assign(curve_.begin(), curve_.end());
  out.messages = messages_;
  return out;
}

}  // namespace purlscope::models::refinement
