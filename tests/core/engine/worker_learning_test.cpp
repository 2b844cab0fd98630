#include "core/engine/worker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/engine/worker_fixture.h"

namespace purlscope::core {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

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
