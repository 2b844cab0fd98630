#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "core/engine/worker.h"
#include "tests/support/mock_engine.h"

namespace purlscope::core {

using Clock = std::chrono::steady_clock;

/// Far more than any step here needs, so that a loaded machine does not fail a test.
inline constexpr auto kPatience = std::chrono::seconds(20);

/// Everything that a worker told, in order, with a way to wait for it.
class Reports {
 public:
  WorkerCallbacks callbacks() {
    return {
        .on_ready = [this](const EngineInfo& info) { note([&] { ready.push_back(info.model); }); },
        .on_result = [this](const RecognitionPtr& result) { note([&] { results.push_back(result); }); },
        .on_learned = [this](const RecognitionPtr& result) { note([&] { learned.push_back(result->window.frames); }); },
        .on_labels = [this](const LabelSet&, std::uint64_t generation) { note([&] { labels.push_back(generation); }); },
        .on_probed = [this](const ProbedPtr& answer) { note([&] { probed.push_back(answer); }); },
        .on_scanned = [this](const Scanned& answer) { note([&] { scanned.push_back(answer); }); },
        .on_error =
            [this](const Error& error, std::uint64_t generation) {
              note([&] {
                errors.push_back(error);
                error_generations.push_back(generation);
              });
            }};
  }

  template <typename Condition>
  bool wait(Condition condition) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kPatience, [&] { return condition(*this); });
  }
  bool wait_results(std::size_t n) {
    return wait([n](const Reports& r) { return r.results.size() >= n; });
  }
  bool wait_errors(std::size_t n) {
    return wait([n](const Reports& r) { return r.errors.size() >= n; });
  }
  bool wait_labels(std::uint64_t generation) {
    return wait([generation](const Reports& r) { return !r.labels.empty() && r.labels.back() == generation; });
  }

  std::vector<std::string> ready;
  std::vector<RecognitionPtr> results;
  std::vector<std::size_t> learned;  ///< frames of the windows
  std::vector<std::uint64_t> labels;
  std::vector<ProbedPtr> probed;
  std::vector<Scanned> scanned;
  std::vector<Error> errors;
  std::vector<std::uint64_t> error_generations;

 private:
  template <typename Change>
  void note(Change change) {
    const std::lock_guard lock(mutex_);
    change();
    changed_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
};

/// A person of `frames` frames at 30 Hz whose hands move.
inline ClipPtr clip_of(std::size_t frames) {
  auto clip = std::make_shared<Clip>();
  clip->name = "made";
  clip->format = "made";
  clip->layout = joint_layout("kinect20");
  clip->frames = frames;
  clip->fps = 30.0;
  const std::size_t joints = clip->joint_count();
  Person person{"0", std::vector<Vec3>(frames * joints), std::vector<JointState>(frames * joints, JointState::given)};
  for (std::size_t t = 0; t < frames; ++t) {
    clip->times.push_back(static_cast<double>(t) / 30.0);
    for (std::size_t j = 0; j < joints; ++j) {
      const auto height = static_cast<float>(j) * 0.1F + static_cast<float>(t % 7) * 0.01F;
      person.joints[t * joints + j] = {static_cast<float>(j % 3) * 0.2F, height, 2.0F};
    }
  }
  clip->persons.push_back(std::move(person));
  return clip;
}

inline LabelSet labels_of(std::initializer_list<const char*> texts) {
  LabelSet set;
  for (const char* text : texts) set.labels.push_back({text, {}});
  return set;
}

template <typename Condition>
bool eventually(Condition condition) {
  for (const auto end = Clock::now() + kPatience; Clock::now() < end;
       std::this_thread::sleep_for(std::chrono::milliseconds(1))) {
    if (condition()) return true;
  }
  return false;
}

/// A worker on a mock engine, and what it tells.
struct WorkerTest : ::testing::Test {
  std::shared_ptr<test::MockControl> control = std::make_shared<test::MockControl>();
  Reports reports;
  std::unique_ptr<Worker> worker;

  void start() { worker = std::make_unique<Worker>(test::mock_factory(control), reports.callbacks()); }
  void start_with_labels() {
    start();
    ASSERT_TRUE(reports.wait_labels(worker->set_labels(labels_of({"wave", "throw"}))));
  }
  void wait_until_running(int calls) {
    ASSERT_TRUE(eventually([&] { return control->recognise_calls >= calls; }));
  }
};

}  // namespace purlscope::core
