// The panel of refinement on the real engine: real clips fill the bank, undo and reset empty it.
#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QLabel>

#include "app/studio/commands/command_table.h"
#include "app/studio/panels/refinement/bank_view.h"
#include "app/studio/refinement/refinement_link.h"
#include "app/studio/session/session.h"
#include "core/base/paths.h"
#include "core/engine/loader.h"
#include "tests/app/studio/support.h"

namespace purlscope::test {
namespace {

constexpr int kPatience = 60000;  // ms: LibTorch is loaded, the texts are encoded

TEST(StudioRealRefinementGui, ClipsFillTheBankAndUndoAndResetTakeThemBack) {
  Studio studio(std::make_shared<MockControl>(), [] { return core::load_engine(); });
  app::RefinementLink& link = studio.window().refinement();
  studio.window().open_bundled();
  ASSERT_TRUE(wait_until([&] { return studio.settled() && link.available(); }, kPatience));
  float plain = 0;
  QTest::mouseClick(studio.find<QAbstractButton>("refinement_switch"), Qt::LeftButton);
  for (std::uint64_t clips = 1; clips <= 6; ++clips) {
    ASSERT_TRUE(wait_until([&] { return link.state().windows == clips && studio.settled(); }, kPatience)) << clips;
    if (clips == 5) plain = studio.session().recognition()->labels[0].probability;
    if (clips < 6) studio.window().commands().run("file.next");
  }
  EXPECT_EQ(link.state().method, "em");
  EXPECT_EQ(link.state().bank.size(), 6U);
  EXPECT_EQ(link.state().steps, 2U) << "it learns from the fifth window on";
  EXPECT_EQ(studio.find<app::BankView>("refinement_bank")->rows().size(), 6U);

  // Back at the fifth clip, which came when nothing had been learned: refined now, and not learned from again.
  studio.window().commands().run("file.previous");
  ASSERT_TRUE(
      wait_until([&] { return studio.settled() && studio.session().clip()->name == "walk.skeleton"; }, kPatience));
  EXPECT_NE(studio.session().recognition()->labels[0].refinement, 0);
  EXPECT_NEAR(studio.session().recognition()->labels[0].plain_probability, plain, 1e-5)
      << "what it would be without refinement is told beside it";
  EXPECT_FALSE(studio.session().recognition()->learned);
  EXPECT_EQ(link.state().windows, 6U);

  studio.window().commands().run("refinement.undo");
  EXPECT_TRUE(wait_until([&] { return link.state().bank.size() == 5; }, kPatience));
  studio.type_label("juggle");
  EXPECT_TRUE(
      wait_until([&] { return studio.settled() && studio.session().recognition()->labels.size() == 7; }, kPatience));
  EXPECT_EQ(link.state().bank.size(), 5U) << "another label keeps what was learned";
  studio.window().commands().run("refinement.reset");
  QTest::mouseClick(studio.find<QAbstractButton>("refinement_ask_go"), Qt::LeftButton);
  EXPECT_TRUE(wait_until([&] { return link.state().bank.empty() && studio.settled(); }, kPatience));
  EXPECT_EQ(link.state().steps, 0U);
}

}  // namespace
}  // namespace purlscope::test
