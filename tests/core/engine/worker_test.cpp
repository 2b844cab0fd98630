#include "core/engine/worker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <thread>

#include "tests/support/mock_engine.h"

namespace purlscope::core {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Clock = std::chrono::steady_clock;

/// Far more than any step here needs, so that a loaded machine does not fail a test.
constexpr auto kPatience = 20s;
/// A call that hands a request over takes microseconds; one that waits for the engine takes as long as the engine.
constexpr auto kAtOnce = 5ms;

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
ClipPtr clip_of(std::size_t frames) {
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

LabelSet labels_of(std::initializer_list<const char*> texts) {
  LabelSet set;
  for (const char* text : texts) set.labels.push_back({text, {}});
  return set;
}

template <typename Condition>
bool eventually(Condition condition) {
  for (const auto end = Clock::now() + kPatience; Clock::now() < end; std::this_thread::sleep_for(1ms)) {
    if (condition()) return true;
  }
  return false;
}

/// The shortest of several durations: a busy machine may interrupt one call, not every one.
template <typename Call>
Clock::duration shortest(Call call) {
  auto best = Clock::duration::max();
  for (int i = 0; i < 20; ++i) {
    const auto start = Clock::now();
    call();
    best = std::min(best, Clock::now() - start);
  }
  return best;
}

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

TEST_F(WorkerTest, AnswersWithTheGenerationOfTheRequest) {
  start_with_labels();
  const std::uint64_t generation = worker->recognise(clip_of(30), {});
  ASSERT_TRUE(reports.wait_results(1));
  const Recognition& result = *reports.results[0];
  EXPECT_EQ(result.generation, generation);
  ASSERT_EQ(result.labels.size(), 2U);
  EXPECT_EQ(result.labels[1].label, "throw");
  EXPECT_EQ(result.window.frames, 30U);
  EXPECT_GE(result.timings.total, result.timings.preprocess);
  EXPECT_EQ(reports.ready, std::vector<std::string>{"mock"});
}

TEST_F(WorkerTest, WithoutLabelsThatWorkARecognitionIsAnsweredWithTheReason) {
  control->fail_next_labels(Error(Code::not_found, "the text encoder is missing"));
  start();
  const std::uint64_t labels = worker->set_labels(labels_of({"kick"}));
  const std::uint64_t recognition = worker->recognise(clip_of(30), {});
  ASSERT_TRUE(reports.wait_errors(2));
  EXPECT_STREQ(reports.errors[1].what(), "the text encoder is missing");
  EXPECT_EQ(reports.error_generations, (std::vector{labels, recognition}));
  ASSERT_TRUE(reports.wait_labels(worker->set_labels(labels_of({"kick"}))));
  worker->recognise(clip_of(30), {});
  EXPECT_TRUE(reports.wait_results(1)) << "labels that work end it";
}

TEST_F(WorkerTest, OfManyWaitingRequestsTheNewestAloneReachesTheEngine) {
  start_with_labels();
  control->labels_delay = 500ms;
  worker->set_labels(labels_of({"wave"}));
  ASSERT_TRUE(eventually([&] { return control->label_calls >= 2; }));
  std::uint64_t newest = 0;
  for (std::size_t frames = 21; frames <= 60; ++frames) newest = worker->recognise(clip_of(frames), {});
  ASSERT_TRUE(reports.wait_results(1));
  ASSERT_TRUE(eventually([&] { return !worker->busy(); }));
  ASSERT_EQ(reports.results.size(), 1U);
  EXPECT_EQ(reports.results[0]->generation, newest);
  EXPECT_EQ(reports.results[0]->window.frames, 60U);
  EXPECT_EQ(control->recognise_calls, 1);
  EXPECT_EQ(worker->stats().dropped, 39U);
}

TEST_F(WorkerTest, ANewerRequestCutsTheRunningOneShort) {
  start_with_labels();
  control->recognise_delay = 60s;
  worker->recognise(clip_of(20), {});
  wait_until_running(1);
  control->recognise_delay = 0ms;
  const std::uint64_t newest = worker->recognise(clip_of(21), {});
  ASSERT_TRUE(reports.wait_results(1));
  EXPECT_EQ(reports.results[0]->generation, newest);
  EXPECT_EQ(control->cancelled_calls, 1);
  EXPECT_TRUE(reports.errors.empty());
}

TEST_F(WorkerTest, CountsEveryRequestOnce) {
  start_with_labels();
  control->recognise_delay = 1ms;
  for (int i = 0; i < 200; ++i) {
    worker->recognise(clip_of(12), {});
    if (i % 40 == 0) std::this_thread::sleep_for(10ms);
    if (i % 50 == 25) control->fail_next_recognise(Error(Code::internal, "injected"));
  }
  ASSERT_TRUE(eventually([&] { return !worker->busy(); }));
  const WorkerStats stats = worker->stats();
  EXPECT_EQ(stats.requested, 200U);
  EXPECT_EQ(stats.inferred + stats.dropped + stats.failed, stats.requested);
  EXPECT_EQ(stats.inferred, reports.results.size());
  EXPECT_EQ(stats.failed, reports.errors.size());
  EXPECT_GE(stats.inferred, 1U);
  EXPECT_GE(stats.dropped, 1U);
}

TEST_F(WorkerTest, GenerationsOfResultsRise) {
  start_with_labels();
  for (int i = 0; i < 300; ++i) {
    worker->recognise(clip_of(8), {});
    if (i % 10 == 0) std::this_thread::sleep_for(2ms);
  }
  ASSERT_TRUE(eventually([&] { return !worker->busy(); }));
  for (std::size_t i = 1; i < reports.results.size(); ++i) {
    EXPECT_LT(reports.results[i - 1]->generation, reports.results[i]->generation);
  }
}

TEST_F(WorkerTest, NewLabelsDropTheAnswerForTheOldOnes) {
  start_with_labels();
  control->recognise_delay = 10s;
  worker->recognise(clip_of(30), {});
  wait_until_running(1);
  control->recognise_delay = 0ms;
  ASSERT_TRUE(reports.wait_labels(worker->set_labels(labels_of({"jump"}))));
  EXPECT_TRUE(reports.results.empty());
  EXPECT_EQ(worker->stats().dropped, 1U);
  worker->recognise(clip_of(30), {});
  ASSERT_TRUE(reports.wait_results(1));
  EXPECT_EQ(reports.results[0]->labels[0].label, "jump");
  EXPECT_TRUE(reports.errors.empty()) << "an outdated job is no error: " << reports.errors[0].what();
}

TEST_F(WorkerTest, AWaitingRecognitionIsAnsweredWithTheNewestLabels) {
  start_with_labels();
  control->labels_delay = 100ms;
  worker->set_labels(labels_of({"first"}));
  ASSERT_TRUE(eventually([&] { return control->label_calls >= 2; }));
  worker->recognise(clip_of(30), {});
  worker->set_labels(labels_of({"second"}));
  ASSERT_TRUE(reports.wait_results(1));
  EXPECT_EQ(reports.results[0]->labels[0].label, "second");
}

TEST_F(WorkerTest, CancelStopsWhatRunsAndWhatWaits) {
  start_with_labels();
  control->recognise_delay = 60s;
  worker->recognise(clip_of(30), {});
  wait_until_running(1);
  worker->cancel();
  ASSERT_TRUE(eventually([&] { return !worker->busy(); }));
  EXPECT_EQ(control->cancelled_calls, 1);
  EXPECT_EQ(worker->stats().dropped, 1U);
  EXPECT_TRUE(reports.results.empty());
  EXPECT_TRUE(reports.errors.empty());
  control->recognise_delay = 0ms;
  worker->recognise(clip_of(30), {});
  EXPECT_TRUE(reports.wait_results(1)) << "the worker goes on after a cancel";
}

TEST_F(WorkerTest, CallersNeverWaitForABusyEngine) {
  start_with_labels();
  control->recognise_delay = 60s;
  control->labels_delay = 60s;
  const ClipPtr clip = clip_of(30);
  worker->recognise(clip, {});
  wait_until_running(1);
  EXPECT_LT(shortest([&] { (void)worker->stats(); }), kAtOnce);
  EXPECT_LT(shortest([&] { (void)worker->busy(); }), kAtOnce);
  EXPECT_LT(shortest([&] { worker->recognise(clip, {}); }), kAtOnce);
  EXPECT_LT(shortest([&] { worker->set_labels(labels_of({"jump"})); }), kAtOnce);
  EXPECT_LT(shortest([&] { worker->cancel(); }), kAtOnce);
}

TEST_F(WorkerTest, ClosesWithinTwoSecondsWhileTheEngineIsBusy) {
  start_with_labels();
  control->recognise_delay = 60s;
  worker->recognise(clip_of(30), {});
  wait_until_running(1);
  worker->recognise(clip_of(31), {});
  const auto start = Clock::now();
  worker.reset();
  EXPECT_LT(Clock::now() - start, 2s);
  EXPECT_TRUE(reports.results.empty());
}

TEST_F(WorkerTest, ClosesAtOnceWhenItNeverRan) {
  for (int i = 0; i < 50; ++i) Worker(test::mock_factory(control), {});
}

TEST_F(WorkerTest, ReportsAFailedRecognitionAndGoesOn) {
  start_with_labels();
  control->fail_next_recognise(Error(Code::shape_mismatch, "injected: weights do not fit"));
  worker->recognise(clip_of(30), {});
  ASSERT_TRUE(reports.wait_errors(1));
  EXPECT_EQ(reports.errors[0].code(), Code::shape_mismatch);
  EXPECT_THAT(reports.errors[0].what(), HasSubstr("weights do not fit"));
  EXPECT_EQ(worker->stats().failed, 1U);
  worker->recognise(clip_of(30), {});
  EXPECT_TRUE(reports.wait_results(1));
}

TEST_F(WorkerTest, FailedLabelsLeaveTheOldOnesInForce) {
  start_with_labels();
  control->fail_next_labels(Error(Code::internal, "injected: encoder failed"));
  worker->set_labels(labels_of({"jump"}));
  ASSERT_TRUE(reports.wait_errors(1));
  worker->recognise(clip_of(30), {});
  ASSERT_TRUE(reports.wait_results(1));
  EXPECT_EQ(reports.results[0]->labels[0].label, "wave");
}

TEST_F(WorkerTest, ReportsAWindowOutsideTheClip) {
  start_with_labels();
  WindowOptions window;
  window.person = 7;
  worker->recognise(clip_of(30), window);
  ASSERT_TRUE(reports.wait_errors(1));
  EXPECT_EQ(reports.errors[0].code(), Code::bad_argument);
  EXPECT_EQ(control->recognise_calls, 0);
}

TEST_F(WorkerTest, RefusesToRecogniseNothing) {
  start_with_labels();
  worker->recognise(nullptr, {});
  ASSERT_TRUE(reports.wait_errors(1));
  EXPECT_EQ(reports.errors[0].code(), Code::bad_argument);
}

TEST_F(WorkerTest, AnEngineThatCannotBeLoadedAnswersEveryRequestWithTheSameError) {
  Worker broken([]() -> std::unique_ptr<Engine> { throw Error(Code::not_found, "weights.safetensors is missing"); },
                reports.callbacks());
  ASSERT_TRUE(reports.wait_errors(1));
  broken.set_labels(labels_of({"wave"}));
  ASSERT_TRUE(reports.wait_errors(2));
  broken.recognise(clip_of(30), {});
  ASSERT_TRUE(reports.wait_errors(3));
  for (const Error& error : reports.errors) {
    EXPECT_EQ(error.code(), Code::not_found);
    EXPECT_STREQ(error.what(), "weights.safetensors is missing");
  }
  EXPECT_TRUE(reports.ready.empty());
  EXPECT_EQ(broken.stats().failed, 1U);
}

TEST_F(WorkerTest, SurvivesForeignExceptionsOfTheEngineAndOfReceivers) {
  WorkerCallbacks callbacks = reports.callbacks();
  callbacks.on_ready = [](const EngineInfo&) { throw std::runtime_error("receiver"); };
  Worker odd([&] { return std::make_unique<test::MockEngine>(control); }, callbacks);
  ASSERT_TRUE(reports.wait_labels(odd.set_labels(labels_of({"wave"}))));
  Worker foreign([]() -> std::unique_ptr<Engine> { throw std::bad_alloc(); }, reports.callbacks());
  ASSERT_TRUE(reports.wait_errors(1));
  EXPECT_EQ(reports.errors[0].code(), Code::internal);
}

TEST_F(WorkerTest, RequestsFromSeveralThreadsAreAllCounted) {
  start_with_labels();
  const ClipPtr clip = clip_of(10);
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int n = 0; n < 100; ++n) {
          worker->recognise(clip, {});
          if (n % 10 == 3) worker->set_labels(labels_of({"wave", "jump"}));
          if (n % 25 == 24) worker->cancel();
        }
      });
    }
  }
  ASSERT_TRUE(eventually([&] { return !worker->busy(); }));
  const WorkerStats stats = worker->stats();
  EXPECT_EQ(stats.requested, 400U);
  EXPECT_EQ(stats.inferred + stats.dropped + stats.failed, 400U);
}

TEST_F(WorkerTest, AWindowIsLearnedFromOnceHoweverOftenItIsScored) {
  start_with_labels();
  const std::shared_ptr<Refinement> refinement = worker->refinement();
  ASSERT_NE(refinement, nullptr);
  refinement->start({});
  const LearnFrom window{true, "clip"};
  const auto score = [&](const LearnFrom& learn) {
    const std::size_t before = reports.results.size();
    worker->recognise(clip_of(30), {}, learn);
    return reports.wait_results(before + 1);
  };
  ASSERT_TRUE(score(window));
  ASSERT_TRUE(reports.wait_labels(worker->set_labels(labels_of({"wave", "throw", "kick"}))));
  ASSERT_TRUE(score(window)) << "other labels";
  ASSERT_TRUE(score({}));
  EXPECT_EQ(refinement->state().windows, 1U);
  EXPECT_EQ(reports.learned.size(), 1U);
  EXPECT_TRUE(reports.results[0]->learned);
  EXPECT_TRUE(reports.results[1]->refined) << "it scores by what it has learned";
  EXPECT_FALSE(reports.results[1]->learned);
  EXPECT_FALSE(reports.results[2]->learned);
  ASSERT_TRUE(score({true}));
  ASSERT_TRUE(score({true}));
  EXPECT_EQ(refinement->state().windows, 3U) << "one without a name is learned from each time";
  worker->learned_windows().release("clip");
  ASSERT_TRUE(score(window));
  EXPECT_EQ(refinement->state().windows, 4U);
}

TEST_F(WorkerTest, ARecognitionThatIsCutShortIsLearnedFromBySomeLaterOne) {
  start_with_labels();
  worker->refinement()->start({});
  control->recognise_delay = 60s;
  worker->recognise(clip_of(30), {}, {true, "clip"});
  wait_until_running(1);
  control->recognise_delay = 0ms;
  worker->recognise(clip_of(30), {}, {true, "clip"});
  ASSERT_TRUE(reports.wait_results(1));
  EXPECT_TRUE(reports.results[0]->learned);
  EXPECT_EQ(worker->refinement()->state().windows, 1U);
}

TEST_F(WorkerTest, WhoeverHoldsRefinementKeepsTheEngine) {
  start();
  ASSERT_TRUE(reports.wait([](const Reports& r) { return !r.ready.empty(); }));
  const std::shared_ptr<Refinement> refinement = worker->refinement();
  worker.reset();
  refinement->start({});
  EXPECT_TRUE(refinement->state().on);
}

TEST_F(WorkerTest, AProbeScoresEachWayOfHidingAndLearnsFromNone) {
  start_with_labels();
  worker->refinement()->start({});
  worker->recognise(clip_of(30), {}, {});
  ASSERT_TRUE(reports.wait_results(1));
  const std::uint64_t generation =
      worker->probe(clip_of(30), {}, {{.joints = {3}}, {.joints = {}, .begin = 0, .end = 0.5}, {.joints = {99}}});
  ASSERT_TRUE(reports.wait([](const Reports& r) { return !r.probed.empty(); }));
  const Probed& probed = *reports.probed[0];
  EXPECT_EQ(probed.generation, generation);
  ASSERT_EQ(probed.results.size(), 3U);
  EXPECT_EQ(probed.results[0]->window.frames, 30U);
  EXPECT_LT(probed.results[1]->window.frames, 30U) << "half of it is hidden";
  EXPECT_EQ(probed.results[2], nullptr);
  EXPECT_THAT(probed.reasons, ElementsAre("", "", HasSubstr("joint 99")));
  EXPECT_EQ(worker->refinement()->state().windows, 0U);
}

TEST_F(WorkerTest, ANewerRecognitionEndsAProbeWithoutAnAnswer) {
  start_with_labels();
  control->recognise_delay = 60s;
  worker->probe(clip_of(30), {}, {Hidden{}});
  wait_until_running(1);
  control->recognise_delay = 0ms;
  worker->recognise(clip_of(20), {});
  ASSERT_TRUE(reports.wait_results(1));
  EXPECT_TRUE(eventually([&] { return !worker->busy(); }));
  EXPECT_TRUE(reports.probed.empty());
}

}  // namespace
}  // namespace purlscope::core
