// The panel of refinement, by mouse and keys, on a mock.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QComboBox>
#include <QDockWidget>
#include <QLabel>
#include <QSpinBox>

#include "app/studio/commands/command_table.h"
#include "app/studio/panels/refinement/bank_view.h"
#include "app/studio/refinement/refinement_link.h"
#include "app/studio/session/engine_link.h"
#include "app/studio/session/player.h"
#include "app/studio/session/session.h"
#include "app/studio/widgets/banner.h"
#include "tests/app/studio/support.h"

namespace purlscope::test {
namespace {

QAbstractButton* button(Studio& studio, const char* name) { return studio.find<QAbstractButton>(name); }

void click(Studio& studio, const char* name) {
  QAbstractButton* found = button(studio, name);
  ASSERT_TRUE(found->isVisible()) << name;
  ASSERT_TRUE(found->isEnabled()) << name;
  QTest::mouseClick(found, Qt::LeftButton);
}

const core::RefinementState& state(Studio& studio) { return studio.window().refinement().state(); }

bool windows(Studio& studio, std::uint64_t count) {
  return wait_until([&] { return state(studio).windows == count && studio.settled(); });
}

std::string text(Studio& studio, const char* role) { return studio.find_role(role)->text().toStdString(); }

/// A studio with two labels and a scored clip.
void prepare(Studio& studio) {
  studio.set_labels({"wave", "throw"});
  studio.open(write_clip("first.skeleton"));
  ASSERT_TRUE(wait_until([&] { return studio.window().refinement().available(); }));
}

void switch_on(Studio& studio) {
  click(studio, "refinement_switch");
  ASSERT_TRUE(windows(studio, 1));
}

TEST(StudioRefinementGui, ItIsOffAndSaysWhatItWouldDo) {
  Studio studio;
  prepare(studio);
  EXPECT_FALSE(button(studio, "refinement_switch")->isChecked());
  EXPECT_THAT(text(studio, "refinement_empty"), testing::StartsWith("Off. Switch on"));
  EXPECT_FALSE(button(studio, "refinement.undo_button")->isEnabled());
  EXPECT_FALSE(studio.session().recognition()->refined);
  EXPECT_THAT(text(studio, "none_of_these"), testing::Not(testing::HasSubstr("refined")));
}

TEST(StudioRefinementGui, SwitchedOnItLearnsFromTheClipsThatAreOpened) {
  Studio studio;
  prepare(studio);
  switch_on(studio);
  EXPECT_THAT(text(studio, "refinement_counts"), testing::HasSubstr("1 window seen · bank 1 of 8 · step 1"));
  studio.open(write_clip("second.skeleton", 60));
  ASSERT_TRUE(windows(studio, 2));
  EXPECT_THAT(text(studio, "none_of_these"), testing::HasSubstr("refined"));
  EXPECT_THAT(studio.find<QLabel>("stage_timings")->text().toStdString(), testing::StartsWith("refined"));

  studio.type_label("kick");
  ASSERT_TRUE(wait_until([&] { return studio.settled() && studio.session().recognition()->labels.size() == 3; }));
  QTest::keyClick(&studio.window(), Qt::Key_BracketLeft);
  studio.window().player().seek(0.5);
  QTest::keyClick(&studio.window(), Qt::Key_BracketRight);
  ASSERT_TRUE(wait_until([&] { return studio.settled(); }));
  QTest::keyClick(&studio.window(), Qt::Key_Backslash);
  ASSERT_TRUE(wait_until([&] { return studio.settled(); }));
  studio.session().set_person(0);
  ASSERT_TRUE(wait_until([&] { return studio.settled(); }));
  studio.window().choose_theme(app::ThemeChoice::light, false);
  studio.window().choose_theme(app::ThemeChoice::dark, false);
  studio.open(temp_dir() / "first.skeleton");
  EXPECT_EQ(state(studio).windows, 2U) << "none of this is a new window";
  EXPECT_FALSE(studio.session().recognition()->learned);
  EXPECT_TRUE(studio.session().recognition()->refined);
}

TEST(StudioRefinementGui, KeysPauseLearnUndoAcceptAndReset) {
  Studio studio;
  prepare(studio);
  const auto press = [&](Qt::Key key) {
    QTest::keyClick(&studio.window(), key, Qt::ControlModifier | Qt::ShiftModifier);
  };
  const auto steps = [&](std::uint64_t count) {
    return wait_until([&] { return state(studio).steps == count && studio.settled(); });
  };
  press(Qt::Key_R);
  ASSERT_TRUE(steps(1));
  press(Qt::Key_P);
  EXPECT_FALSE(studio.window().refinement().learning());
  studio.open(write_clip("third.skeleton", 50));
  EXPECT_EQ(state(studio).steps, 1U);
  EXPECT_THAT(text(studio, "refinement_counts"), testing::HasSubstr("learning paused"));
  QTest::keyClick(&studio.window(), Qt::Key_T, Qt::ControlModifier);
  ASSERT_TRUE(steps(2));
  QTest::keyClick(&studio.window(), Qt::Key_T, Qt::ControlModifier);
  ASSERT_TRUE(steps(3)) << "by hand also again";
  press(Qt::Key_U);
  ASSERT_TRUE(steps(2));
  press(Qt::Key_A);
  EXPECT_TRUE(wait_until([&] { return state(studio).undoable == 0; }));
  QTest::keyClick(&studio.window(), Qt::Key_T, Qt::ControlModifier);
  ASSERT_TRUE(steps(3));
  press(Qt::Key_Backspace);
  EXPECT_EQ(state(studio).steps, 3U) << "it asks first";
  ASSERT_TRUE(button(studio, "refinement_ask_go")->isVisible());
  EXPECT_TRUE(button(studio, "refinement_ask_go")->hasFocus());
  QTest::keyClick(button(studio, "refinement_ask_go"), Qt::Key_Space);
  EXPECT_TRUE(steps(2)) << "back to what was accepted";
  press(Qt::Key_R);
  ASSERT_TRUE(wait_until([&] { return studio.settled() && !studio.session().recognition()->refined; }));
  EXPECT_EQ(state(studio).steps, 2U) << "off keeps what was learned";
}

TEST(StudioRefinementGui, TheBankShowsItsWindowsAndOpensThem) {
  Studio studio;
  prepare(studio);
  switch_on(studio);
  studio.open(write_clip("fourth.skeleton", 70));
  ASSERT_TRUE(windows(studio, 2));
  click(studio, "refinement_tab_bank");
  auto* bank = studio.find<app::BankView>("refinement_bank");
  ASSERT_EQ(bank->rows().size(), 2U);
  const auto& rows = bank->rows();
  std::optional<QPoint> first;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    for (std::size_t cell = 0; cell < rows[row].cells.size(); ++cell) {
      if (rows[row].cells[cell].entry.clip == "first.skeleton") first = bank->cell_rect(row, cell).center();
    }
  }
  ASSERT_TRUE(first);
  QTest::mouseClick(bank, Qt::LeftButton, {}, *first);
  EXPECT_TRUE(wait_until([&] { return studio.session().clip()->name == "first.skeleton" && studio.settled(); }));
  EXPECT_EQ(state(studio).windows, 2U) << "looking at it teaches nothing";
}

TEST(StudioRefinementGui, APartOfARecordingThatWasLearnedFromIsShownAsSuch) {
  Studio studio;
  prepare(studio);
  switch_on(studio);
  studio.window().player().repeat(0.2, 1.0);
  ASSERT_TRUE(wait_until([&] { return studio.settled(); }));
  ASSERT_TRUE(studio.window().commands().run("refinement.learn"));
  ASSERT_TRUE(windows(studio, 2));
  studio.open(write_clip("fifth.skeleton", 70));
  ASSERT_TRUE(windows(studio, 3));
  studio.window().commands().run("refinement.bank");
  auto* bank = studio.find<app::BankView>("refinement_bank");
  EXPECT_TRUE(bank->hasFocus());
  for (int i = 0; i < 6 && !bank->accessibleDescription().contains("0.2–1.0"); ++i) {
    QTest::keyClick(bank, i == 0 || i == 3 ? Qt::Key_Down : Qt::Key_Right);
  }
  ASSERT_TRUE(bank->accessibleDescription().contains("0.2–1.0")) << bank->accessibleDescription().toStdString();
  QTest::keyClick(bank, Qt::Key_Return);
  EXPECT_TRUE(wait_until([&] {
    const auto& clock = studio.window().player().clock();
    return studio.session().clip()->name == "first.skeleton" && clock.a() && std::abs(*clock.a() - 0.2) < 1e-6;
  }));
}

TEST(StudioRefinementGui, OptionsAskBeforeSomethingIsLost) {
  Studio studio;
  prepare(studio);
  studio.window().commands().run("refinement.options");
  auto* method = studio.find<QComboBox>("refinement_method");
  EXPECT_TRUE(method->hasFocus());
  QTest::keyClick(method, Qt::Key_Down);
  EXPECT_EQ(method->currentText(), "scale-shift");
  EXPECT_NE(studio.window().findChild<QDoubleSpinBox*>("refinement_setting_learning_rate"), nullptr);
  auto* slots_box = studio.find<QSpinBox>("refinement_setting_bank");
  slots_box->setValue(7);
  click(studio, "refinement_apply");
  EXPECT_FALSE(studio.window().refinement().on()) << "settings alone switch nothing on";
  switch_on(studio);
  EXPECT_EQ(state(studio).method, "scale-shift");
  EXPECT_EQ(state(studio).settings["bank"], 7);

  slots_box = studio.find<QSpinBox>("refinement_setting_bank");
  slots_box->setValue(9);
  click(studio, "refinement_apply");
  EXPECT_EQ(state(studio).settings["bank"], 7) << "it asks first";
  click(studio, "refinement_ask_keep");
  EXPECT_FALSE(button(studio, "refinement_ask_go")->isVisible());
  click(studio, "refinement_apply");
  click(studio, "refinement_ask_go");
  EXPECT_TRUE(wait_until([&] { return state(studio).settings["bank"] == 9; }));
  EXPECT_TRUE(wait_until([&] { return state(studio).windows == 1; })) << "starts with the clip on screen";
}

TEST(StudioRefinementGui, TheGuardIsHeardAndCanBeDismissed) {
  Studio studio;
  prepare(studio);
  switch_on(studio);
  auto mock = std::dynamic_pointer_cast<MockRefinement>(studio.window().engine().refinement());
  ASSERT_NE(mock, nullptr);
  mock->complain("window 60: 'wave' got 52 % more of the windows; rolled back to step 40");
  studio.open(write_clip("sixth.skeleton", 40));
  ASSERT_TRUE(wait_until([&] { return studio.find_role("refinement_notice")->isVisible(); }));
  EXPECT_THAT(text(studio, "refinement_notice"), testing::HasSubstr("rolled back to step 40"));
  click(studio, "refinement_notice_close");
  EXPECT_FALSE(studio.find_role("refinement_notice")->isVisible());
}

TEST(StudioRefinementGui, FailuresAreToldInTheBanner) {
  Studio studio;
  prepare(studio);
  studio.window().refinement().load(temp_dir() / "no-such-state");
  ASSERT_TRUE(wait_until([&] { return studio.window().banner().isVisible(); }));
  EXPECT_THAT(studio.window().banner().text().toStdString(), testing::HasSubstr("no-such-state"));
}

TEST(StudioRefinementGui, MethodsThatMoveTextsTellHowFar) {
  Studio studio;
  prepare(studio);
  switch_on(studio);
  studio.open(write_clip("eighth.skeleton", 66));
  ASSERT_TRUE(windows(studio, 1));
  EXPECT_FALSE(studio.find<QWidget>("refinement_tab_texts")->isVisible()) << "this method leaves them as they are";
  studio.window().refinement().configure({{"method", "scale-shift"}});
  studio.open(write_clip("ninth.skeleton", 66));
  ASSERT_TRUE(wait_until([&] { return studio.find<QWidget>("refinement_tab_texts")->isVisible(); }));
  click(studio, "refinement_tab_texts");
  EXPECT_TRUE(studio.find<QWidget>("refinement_texts")->isVisible());
  EXPECT_THAT(studio.find<QWidget>("refinement_texts")->accessibleDescription().toStdString(),
              testing::HasSubstr("global: scale 0.70, shift "));
}

TEST(StudioRefinementGui, ScoresStandSideBySide) {
  Studio studio;
  prepare(studio);
  click(studio, "refinement_tab_scores");
  EXPECT_THAT(text(studio, "refinement_scores_note"), testing::HasSubstr("not refined"));
  switch_on(studio);
  studio.open(write_clip("seventh.skeleton", 66));
  ASSERT_TRUE(windows(studio, 2));
  const core::Recognition& result = *studio.session().recognition();
  EXPECT_GT(result.labels[0].probability, result.labels[0].plain_probability);
  EXPECT_THAT(studio.find<QWidget>("refinement_scores")->accessibleDescription().toStdString(),
              testing::HasSubstr("without"));
}

}  // namespace
}  // namespace purlscope::test
