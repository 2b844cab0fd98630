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

std::size_t bytes_of(const at::Tensor& tensor) { return tensor.defined() ? tensor.nbytes() : 0; }

std::size_t bytes_of(const Learned* learned) {
  std::size_t out = 0;
  if (learned == nullptr) return out;
  for (const auto& [name, tensor] : learned->by_slot) out += bytes_of(tensor);
  for (const auto& [name, tensor] : learned->shared) out += bytes_of(tensor);
  return out;
}

std::size_t bytes_of(const Stream& stream) {
  return bytes_of(stream.visual) + bytes_of(stream.features) + bytes_of(stream.squares) + bytes_of(stream.scores);
}

/// What the window takes while a step remembers it.
std::size_t bytes_of(const Observation& window) {
  const Evidence& evidence = window.evidence;
  return bytes_of(window.features) + bytes_of(evidence.scores) + bytes_of(evidence.levels) + bytes_of(evidence.slots) +
         bytes_of(evidence.visual) + bytes_of(evidence.said);
}

}  // namespace

Corrections Refined::corrections(const at::Tensor& features, const Evidence& plain) const {
  if (!learned) return {};
  const at::Tensor adapted = features.defined() ? method->adapted(*scorer, features, *learned) : at::Tensor();
  if (!adapted.defined()) return method->corrections(*scorer, plain, *learned);
  const Evidence scored = scorer->evidence(adapted, method->needs_said());
  Corrections out = method->corrections(*scorer, scored, *learned);
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

Refiner::Relabelled Refiner::relabelled(const std::vector<EntryPtr>& entries) const {
  Relabelled out;
  std::vector<at::Tensor> features;
  std::vector<EntryPtr> stay;
  for (const EntryPtr& entry : entries) {
    const bool known = std::ranges::find(scorer_->slots(), entry->slot) != scorer_->slots().end();
    if (!out.emplace(entry, nullptr).second || !known || !entry->features.defined()) continue;
    features.push_back(entry->features);
    stay.push_back(entry);
  }
  if (stay.empty()) return out;
  const Evidence evidence = scorer_->evidence(at::cat(features), method_->needs_said());
  for (std::size_t i = 0; i < stay.size(); ++i) {
    auto changed = std::make_shared<Entry>(*stay[i]);
    changed->evidence = evidence.row(static_cast<std::int64_t>(i));
    out[stay[i]] = std::move(changed);
  }
  return out;
}

void Refiner::relabel(Snapshot& snapshot, const Relabelled& entries) const {
  snapshot.bank.transform([&](const EntryPtr& entry) { return entries.at(entry); });
  snapshot.stream = for_slots(snapshot.stream, scorer_->slots());
  if (!snapshot.learned) return;
  if (method_->remembers()) {
    snapshot.learned =
        std::make_shared<Learned>(snapshot.learned->for_slots(scorer_->slots(), method_->fresh(*scorer_)));
  } else if (snapshot.bank.size() > 0) {
    snapshot.learned = std::make_shared<Learned>(method_->learn(*scorer_, snapshot.bank, snapshot.stream, nullptr));
  } else {
    snapshot.learned = nullptr;
  }
}

void Refiner::set_scorer(std::shared_ptr<const Scorer> scorer) {
  if (scorer == scorer_) return;
  if (method_->needs_measures() && scorer->measures() == 0) {
    throw Error(Code::bad_argument, fmt::format("refinement '{}' needs a model of standardised measures: this one has "
                                                "none; use another",
                                                options_.method));
  }
  scorer_ = std::move(scorer);
  std::vector<EntryPtr> entries = now_.bank.entries();
  const std::vector<EntryPtr> accepted = accepted_.bank.entries();
  entries.insert(entries.end(), accepted.begin(), accepted.end());
  const Relabelled changed = relabelled(entries);
  relabel(now_, changed);
  relabel(accepted_, changed);
  good_ = now_;
  forget_steps();
  guard_.clear();
}

Refined Refiner::refined() const { return {scorer_, method_, paused_ ? nullptr : now_.learned}; }

void Refiner::remember(const Observation& window) {
  const std::size_t bytes = bytes_of(now_.learned.get()) + bytes_of(now_.stream) + bytes_of(window);
  history_.push_back({now_, bytes});
  history_bytes_ += bytes;
  while (history_bytes_ > kHistoryBytes) {
    history_bytes_ -= history_.front().bytes;
    history_.pop_front();
  }
}

void Refiner::forget_steps() {
  history_.clear();
  history_bytes_ = 0;
}

void Refiner::add_to_stream(const Observation& window) {
  Stream& stream = now_.stream;
  const Evidence& evidence = window.evidence;
  const auto slots = static_cast<std::int64_t>(scorer_->slots().size());
  const std::int64_t measures = scorer_->measures();
  if (stream.windows == 0) {
    stream.slots = scorer_->slots();
    stream.visual = at::zeros_like(evidence.visual);
    stream.scores = at::zeros({slots});
    if (method_->needs_measures()) {
      stream.features = at::zeros({1, measures});
      stream.squares = at::zeros({1, measures});
    }
  }
  ++stream.windows;
  stream.visual = stream.visual + evidence.visual;
  const at::Tensor beyond = evidence.scores - evidence.scores.mean();
  stream.scores = stream.scores.scatter_add(0, evidence.slots[0], beyond[0]);
  if (stream.features.defined()) {
    const at::Tensor values = window.features.narrow(1, 0, measures);
    stream.features = stream.features + values;
    stream.squares = stream.squares + values.square();
  }
}

void Refiner::offer(const Observation& window, const at::Tensor& probabilities) {
  const auto best = probabilities.argmax().item<std::int64_t>();
  const auto confidence = probabilities[best].item<float>();
  if (confidence < options_.threshold) return;
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
  now_.bank.offer(std::move(entry));
}

void Refiner::observe(const Observation& window) {
  const core::Stopwatch watch;
  const Evidence& plain = window.evidence;
  // One such window in a sum would stay there for good.
  if (!plain.scores.isfinite().all().item<bool>() || !plain.visual.isfinite().all().item<bool>()) return;
  remember(window);
  add_to_stream(window);
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

void Refiner::check_guard(const at::Tensor& plain, const at::Tensor& refined) {
  guard_.add(plain, refined);
  curve_.push_back(guard_.point(windows_ - 1));
  if (curve_.size() > kCurve) curve_.pop_front();
  if (!options_.guard || paused_ || windows_ % kCheckEvery != 0) return;
  const auto complaint = guard_.complaint(scorer_->slots());  // of which the labels are the first
  if (!complaint) {
    good_ = now_;
    rollbacks_in_a_row_ = 0;
    return;
  }
  ++rollbacks_;
  now_ = good_;
  forget_steps();
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
    now_ = std::move(history_.back().before);
    history_bytes_ -= history_.back().bytes;
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
  forget_steps();
}

void Refiner::reset() {
  now_ = accepted_;
  good_ = now_;
  forget_steps();
  guard_.clear();
  paused_ = false;
  rollbacks_in_a_row_ = 0;
}

void Refiner::restore(Bank bank, Stream stream, LearnedPtr learned, std::uint64_t steps) {
  now_ = {std::move(bank), std::move(stream), std::move(learned), steps};
  relabel(now_, relabelled(now_.bank.entries()));
  accepted_ = now_;
  reset();
}

core::RefinementState Refiner::state() const {
  core::RefinementState out;
  out.on = true;
  out.paused = paused_;
  out.method = options_.method;
  out.settings = to_json(options_);
  out.windows = windows_;
  out.steps = now_.steps;
  out.rollbacks = rollbacks_;
  out.undoable = history_.size();
  out.step_ms = step_ms_;
  for (const EntryPtr& entry : now_.bank.entries()) {
    out.bank.push_back({entry->slot, entry->confidence, entry->clip, entry->begin, entry->end, entry->number});
  }
  out.curve.assign(curve_.begin(), curve_.end());
  if (now_.learned) out.texts = method_->text_change(*now_.learned);
  out.messages = messages_;
  return out;
}

}  // namespace purlscope::models::refinement
