// Scores over time: stretches of a clip scored behind everything else.
#include <gtest/gtest.h>

#include "tests/core/engine/worker_fixture.h"

namespace purlscope::core {
namespace {

using std::chrono::milliseconds;

std::vector<TimeSpan> stretches(std::size_t count) {
  std::vector<TimeSpan> out;
  for (std::size_t i = 0; i < count; ++i)
    out.push_back({0.1 * static_cast<double>(i), 0.1 * static_cast<double>(i) + 1.0});
  return out;
}

bool wait_scanned(Reports& reports, std::size_t count) {
  return reports.wait([count](const Reports& r) { return r.scanned.size() >= count; });
}

TEST_F(WorkerTest, AScanAnswersEachStretchInItsOrder) {
  start_with_labels();
  const std::uint64_t generation = worker->scan(clip_of(90), {}, stretches(5));
  ASSERT_TRUE(wait_scanned(reports, 5));
  ASSERT_TRUE(eventually([&] { return !worker->busy(); }));
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(reports.scanned[i].generation, generation);
    EXPECT_EQ(reports.scanned[i].stretch, i);
    ASSERT_NE(reports.scanned[i].result, nullptr);
    EXPECT_DOUBLE_EQ(reports.scanned[i].result->window.begin, 0.1 * static_cast<double>(i));
    EXPECT_TRUE(reports.scanned[i].result->attention.empty());
  }
  EXPECT_TRUE(reports.learned.empty());
}

TEST_F(WorkerTest, AStretchThatCannotBeScoredSaysWhyAndTheOthersAreScored) {
  start_with_labels();
  worker->scan(clip_of(90), {}, {{0.0, 1.0}, {50.0, 51.0}, {1.0, 2.0}});
  ASSERT_TRUE(wait_scanned(reports, 3));
  EXPECT_NE(reports.scanned[0].result, nullptr);
  EXPECT_EQ(reports.scanned[1].result, nullptr);
  EXPECT_NE(reports.scanned[1].reason.find("50"), std::string::npos);
  EXPECT_NE(reports.scanned[2].result, nullptr);
  EXPECT_TRUE(reports.errors.empty());
}

TEST_F(WorkerTest, ARecognitionAndAProbeGoBeforeTheRestOfAScan) {
  start_with_labels();
  control->recognise_delay = milliseconds(20);
  worker->scan(clip_of(90), {}, stretches(12));
  ASSERT_TRUE(wait_scanned(reports, 2));
  const std::uint64_t asked = worker->recognise(clip_of(60), {});
  ASSERT_TRUE(reports.wait_results(1));
  EXPECT_TRUE(reports.wait([](const Reports& r) { return r.scanned.size() < 12; })) << "it did not wait for the scan";
  EXPECT_EQ(reports.results.back()->generation, asked);
  worker->probe(clip_of(60), {}, {Hidden{}});
  ASSERT_TRUE(reports.wait([](const Reports& r) { return !r.probed.empty(); }));
  ASSERT_TRUE(wait_scanned(reports, 12)) << "and it goes on";
  for (std::size_t i = 0; i < 12; ++i) EXPECT_EQ(reports.scanned[i].stretch, i) << "each once";
}

TEST_F(WorkerTest, AnAnswerNeverWaitsForMoreThanOneStretchOfAScan) {
  start_with_labels();
  control->recognise_delay = milliseconds(3000);  // ended early by its stop token
  worker->scan(clip_of(90), {}, stretches(3));
  wait_until_running(1);
  control->recognise_delay = milliseconds(0);
  worker->recognise(clip_of(60), {});
  ASSERT_TRUE(reports.wait_results(1));
  EXPECT_EQ(control->cancelled_calls, 1);
  ASSERT_TRUE(wait_scanned(reports, 3));
}

TEST_F(WorkerTest, NewLabelsAndStoppingEndAScan) {
  start_with_labels();
  control->recognise_delay = milliseconds(10);
  worker->scan(clip_of(90), {}, stretches(200));
  ASSERT_TRUE(wait_scanned(reports, 1));
  ASSERT_TRUE(reports.wait_labels(worker->set_labels(labels_of({"kick"}))));
  ASSERT_TRUE(eventually([&] { return !worker->busy(); }));
  const std::size_t before = reports.scanned.size();
  EXPECT_LT(before, 200U);
  worker->scan(clip_of(90), {}, stretches(200));
  ASSERT_TRUE(wait_scanned(reports, before + 1));
  worker->stop_scan();
  ASSERT_TRUE(eventually([&] { return !worker->busy(); }));
  EXPECT_LT(reports.scanned.size(), before + 200U);
  EXPECT_EQ(reports.scanned.back().result->labels.size(), 1U) << "by the labels of then";
}

TEST_F(WorkerTest, AScanWithoutLabelsEndsWithoutAnAnswer) {
  start();
  worker->scan(clip_of(90), {}, stretches(3));
  ASSERT_TRUE(eventually([&] { return !worker->busy(); }));
  EXPECT_TRUE(reports.scanned.empty());
}

}  // namespace
}  // namespace purlscope::core
