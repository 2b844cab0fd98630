#include "models/refinement/live.h"

#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "core/base/error.h"
#include "models/refinement/state_file.h"

namespace purlscope::models::refinement {
namespace {

/// Adds corrections of one window to the labels' scores.
void add(const Corrections& corrections, const at::Tensor& scores, core::Recognition& result) {
  const at::Tensor levels = corrections.levels.defined() ? corrections.levels[0].contiguous() : at::Tensor();
  const at::Tensor other = corrections.other.defined() ? corrections.other[0].contiguous() : at::Tensor();
  const at::Tensor total = corrections.total(scores)[0].contiguous();
  for (std::size_t i = 0; i < result.labels.size(); ++i) {
    const auto row = static_cast<std::int64_t>(i);
    core::LabelScore& label = result.labels[i];
    if (levels.defined()) {
      const auto* shares = levels.const_data_ptr<float>() + row * static_cast<std::int64_t>(core::kSentenceCount);
      for (std::size_t l = 0; l < core::kSentenceCount; ++l) label.levels[l] += shares[l];
    }
    if (other.defined()) label.other += other.const_data_ptr<float>()[row];
    label.refinement = total.const_data_ptr<float>()[row];
    label.score += label.refinement;
  }
}

void add_probabilities(const Scorer& scorer, core::Recognition& result) {
  std::vector<double> scores;
  for (const core::LabelScore& label : result.labels) scores.push_back(label.score);
  const std::vector<double> probabilities = scorer.probabilities(scores);
  for (std::size_t i = 0; i < scores.size(); ++i) result.labels[i].probability = static_cast<float>(probabilities[i]);
  result.none_of_these = static_cast<float>(probabilities.back());
}

}  // namespace

LiveRefinement::LiveRefinement() = default;
LiveRefinement::~LiveRefinement() = default;

bool LiveRefinement::on() const {
  const std::scoped_lock lock(published_mutex_);
  return on_;
}

bool LiveRefinement::needs_said() const {
  const std::scoped_lock lock(published_mutex_);
  return on_ && needs_said_;
}

void LiveRefinement::set_scorer(std::shared_ptr<const Scorer> scorer, Identity identity) {
  bool background = true;
  {
    const std::scoped_lock lock(published_mutex_);
    if (scorer == scorer_) return;
    scorer_ = std::move(scorer);
    identity_ = std::move(identity);
    if (!started_) return;
    background = background_;
  }
  push({}, background);
}

void LiveRefinement::refine(core::Recognition& result, Observation window) {
  std::shared_ptr<const Refined> refined;
  std::shared_ptr<const Scorer> scorer;
  bool learning = true;
  bool background = true;
  {
    const std::scoped_lock lock(published_mutex_);
    if (!on_ || !scorer_) return;
    learning = learning_;
    background = background_;
    refined = published_;
    scorer = scorer_;
  }
  for (core::LabelScore& label : result.labels) label.plain_probability = label.probability;
  // What was learned for the labels of before does not fit these; until it has been brought over, nothing is added.
  if (refined && refined->scorer == scorer && refined->learned) {
    add(refined->corrections(window.features, window.evidence), window.evidence.scores, result);
    add_probabilities(*scorer, result);
  }
  result.refined = true;
  result.learned = learning;
  if (learning) push({std::move(window), std::move(scorer)}, background);
}

void LiveRefinement::push(Task task, bool background) {
  if (!background) {
    learn(task);
    return;
  }
  {
    const std::scoped_lock lock(queue_mutex_);
    queue_.push_back(std::move(task));
    if (queue_.size() > kQueue) queue_.pop_front();
  }
  arrived_.notify_one();
}

void LiveRefinement::learn(const Task& task) {
  const c10::NoGradGuard no_grad;
  const std::scoped_lock lock(work_);
  if (!refiner_) return;
  std::shared_ptr<const Scorer> newest;
  Identity identity;
  {
    const std::scoped_lock published(published_mutex_);
    newest = scorer_;
    identity = identity_;
  }
  if (!newest) return;
  // Windows scored for the labels of before come first, and are learned from for those.
  if (refiner_->scorer() != newest && (!task.window || task.scorer == newest)) {
    refiner_->set_scorer(newest);
    learned_for_ = std::move(identity);
  }
  if (task.window && task.scorer == refiner_->scorer()) refiner_->observe(*task.window);
  publish();
}

void LiveRefinement::give_up(const std::string& reason) {
  const std::scoped_lock lock(published_mutex_);
  core::RefinementState state = state_ ? *state_ : core::RefinementState{};
  state.messages.push_back("stopped: " + reason);
  state_ = std::make_shared<const core::RefinementState>(std::move(state));
  on_ = false;
}

void LiveRefinement::publish() {
  auto refined = std::make_shared<const Refined>(refiner_->refined());
  auto state = std::make_shared<const core::RefinementState>(refiner_->state());
  const std::scoped_lock lock(published_mutex_);
  published_ = std::move(refined);
  state_ = std::move(state);
}

void LiveRefinement::run(const std::stop_token& stop) {
  at::init_num_threads();
  while (true) {
    Task task;
    {
      std::unique_lock lock(queue_mutex_);
      busy_ = false;
      done_.notify_all();
      arrived_.wait(lock, stop, [&] { return !queue_.empty(); });
      if (stop.stop_requested()) return;
      task = std::move(queue_.front());
      queue_.pop_front();
      busy_ = true;
    }
    try {
      learn(task);
    } catch (const std::exception& error) {
      give_up(error.what());
    }
  }
}

std::vector<core::RefineMethod> LiveRefinement::methods() const { return refine_methods(); }

void LiveRefinement::start(const core::RefineOptions& options) {
  const std::scoped_lock control(control_);
  const c10::NoGradGuard no_grad;
  Refiner fresh(options_from_json(options.settings));
  std::shared_ptr<const Scorer> scorer;
  Identity identity;
  {
    const std::scoped_lock lock(published_mutex_);
    scorer = scorer_;
    identity = identity_;
  }
  if (scorer) fresh.set_scorer(scorer);
  begin(std::move(fresh), std::move(identity), options.background);
}

void LiveRefinement::begin(Refiner refiner, Identity identity, bool background) {
  thread_ = {};
  {
    const std::scoped_lock queue(queue_mutex_);
    queue_.clear();
    busy_ = false;
  }
  done_.notify_all();
  const std::scoped_lock lock(work_);
  refiner_.emplace(std::move(refiner));
  learned_for_ = std::move(identity);
  {
    const std::scoped_lock published(published_mutex_);
    started_ = on_ = true;
    background_ = background;
    needs_said_ = make_method(refiner_->options())->needs_said();
  }
  publish();
  if (background) thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void LiveRefinement::stop() {
  const std::scoped_lock lock(published_mutex_);
  on_ = false;
}

void LiveRefinement::resume() {
  const std::scoped_lock control(control_);
  const std::scoped_lock lock(published_mutex_);
  if (!started_) throw Error(Code::bad_argument, "refinement has not been started: start it first");
  on_ = true;
}

void LiveRefinement::set_learning(bool on) {
  const std::scoped_lock lock(published_mutex_);
  learning_ = on;
}

void LiveRefinement::wait() {
  std::unique_lock lock(queue_mutex_);
  done_.wait(lock, [&] { return queue_.empty() && !busy_; });
}

core::RefinementState LiveRefinement::state() const {
  std::uint64_t waiting = 0;
  {
    const std::scoped_lock lock(queue_mutex_);
    waiting = queue_.size() + (busy_ ? 1 : 0);
  }
  const std::scoped_lock lock(published_mutex_);
  core::RefinementState out = state_ ? *state_ : core::RefinementState{};
  out.on = on_;
  out.waiting = waiting;
  return out;
}

void LiveRefinement::expect_started() const {
  if (!refiner_) throw Error(Code::bad_argument, "refinement has not been started: start it first");
}

std::size_t LiveRefinement::undo(std::size_t steps) {
  const std::scoped_lock lock(work_);
  expect_started();
  const std::size_t taken = refiner_->undo(steps);
  publish();
  return taken;
}

void LiveRefinement::accept() {
  const std::scoped_lock lock(work_);
  expect_started();
  refiner_->accept();
  publish();
}

void LiveRefinement::reset() {
  const std::scoped_lock lock(work_);
  expect_started();
  refiner_->reset();
  publish();
}

void LiveRefinement::save(const std::filesystem::path& file) const {
  const std::scoped_lock lock(work_);
  expect_started();
  save_state(*refiner_, learned_for_, file);
}

void LiveRefinement::load(const std::filesystem::path& file) {
  const std::scoped_lock control(control_);
  const c10::NoGradGuard no_grad;
  std::shared_ptr<const Scorer> scorer;
  Identity identity;
  bool background = true;
  {
    const std::scoped_lock lock(published_mutex_);
    scorer = scorer_;
    identity = identity_;
    background = background_;
  }
  if (!scorer) throw Error(Code::bad_argument, "no labels are set; set those that the refinement was learned for");
  Refiner loaded = load_state(file, identity, std::move(scorer));
  begin(std::move(loaded), std::move(identity), background);
}

}  // namespace purlscope::models::refinement
