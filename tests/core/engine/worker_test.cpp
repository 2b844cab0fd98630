#include "core/engine/worker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "tests/core/engine/worker_fixture.h"

namespace purlscope::core {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

/// A call that hands a request over takes microseconds; one that waits for the engine takes as long as the engine.
constexpr auto kAtOnce = 5ms;

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
    threads.reserve(4);
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

}  // namespace
}  // namespace purlscope::core
