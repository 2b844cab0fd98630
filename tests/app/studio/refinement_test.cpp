// What the studio counts and shows of refinement, without a window.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/studio/panels/refinement/bank_view.h"
#include "app/studio/panels/refinement/options_form.h"
#include "app/studio/refinement/arrival_record.h"
#include "app/studio/refinement/bank_rows.h"
#include "app/studio/refinement/refinement_link.h"
#include "app/studio/session/engine_link.h"
#include "core/formats/registry.h"
#include "core/text/descriptions.h"
#include "tests/app/studio/support.h"

namespace purlscope::test {
namespace {

/// Scored "wave" without refinement and "throw" with it; the recording bears a label.
core::Recognition recognition_of(const char* clip, double end, const char* truth) {
  core::Recognition made;
  for (const auto& [label, score, added] : {std::tuple("wave", 2.0F, 0.0F), {"throw", 3.0F, 2.0F}}) {
    core::LabelScore entry;
    entry.label = label;
    entry.score = score;
    entry.refinement = added;
    made.labels.push_back(entry);
  }
  auto recording = std::make_shared<core::Clip>();
  recording->name = clip;
  recording->path = std::string("/data/") + clip;
  recording->layout = core::joint_layout("kinect20");
  recording->frames = 2;
  recording->times = {0, 0.5};
  if (truth != nullptr) recording->label = truth;
  made.window.clip = recording;
  made.window.end = end;
  made.refined = made.learned = true;
  return made;
}

core::BankEntry entry_of(const char* slot, float confidence, const char* clip, double end, std::uint64_t number) {
  return {slot, confidence, clip, 0, end, number};
}

TEST(StudioArrivalRecord, CountsWhatWasRightWhenItCame) {
  app::ArrivalRecord record;
  record.add(recognition_of("a", 1, nullptr));
  record.add(recognition_of("b", 1, "swim"));
  EXPECT_EQ(record.known(), 0U) << "no label, and one that was not asked for";
  record.add(recognition_of("c", 1, "Throw"));
  record.add(recognition_of("d", 1, "throw"));
  record.add(recognition_of("e", 1, "wave"));
  ASSERT_EQ(record.known(), 3U);
  ASSERT_EQ(record.curve().size(), 3U);
  EXPECT_DOUBLE_EQ(record.curve().front().plain, 0);
  EXPECT_DOUBLE_EQ(record.curve().front().refined, 1);
  EXPECT_DOUBLE_EQ(record.curve().back().plain, 1.0 / 3);
  EXPECT_DOUBLE_EQ(record.curve().back().refined, 2.0 / 3);
  record.clear_score();
  EXPECT_TRUE(record.curve().empty());
  EXPECT_NE(record.find(entry_of("throw", 1, "c", 1, 2)), nullptr) << "the windows stay known";
}

TEST(StudioArrivalRecord, FindsTheWindowOfTheBank) {
  app::ArrivalRecord record;
  record.add(recognition_of("a", 1, nullptr));
  record.add(recognition_of("a", 1, nullptr));
  record.add(recognition_of("a", 0.5, nullptr));
  ASSERT_NE(record.find(entry_of("wave", 1, "a", 1, 0)), nullptr);
  EXPECT_EQ(record.find(entry_of("wave", 1, "a", 1, 0))->number, 0U);
  EXPECT_EQ(record.find(entry_of("wave", 1, "a", 1, 1))->path, "/data/a");
  EXPECT_EQ(record.find(entry_of("wave", 1, "a", 0.7, 0)), nullptr);
  EXPECT_EQ(record.find(entry_of("wave", 1, "b", 1, 0)), nullptr);
  record.clear();
  EXPECT_EQ(record.find(entry_of("wave", 1, "a", 1, 0)), nullptr);
}

TEST(StudioBankRows, EveryLabelHasARowAndTheSurestWindowComesFirst) {
  app::ArrivalRecord record;
  record.add(recognition_of("a", 1, nullptr));
  core::RefinementState state;
  state.settings = {{"bank", 8}};
  state.bank = {entry_of("throw", 0.4F, "a", 1, 0), entry_of("throw", 0.9F, "b", 1, 1),
                entry_of("swipe right", 0.5F, "c", 1, 2)};
  const auto rows = app::bank_rows(state, {"wave", "throw"}, record);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].slot, "wave");
  EXPECT_TRUE(rows[0].cells.empty());
  ASSERT_EQ(rows[1].cells.size(), 2U);
  EXPECT_EQ(rows[1].cells[0].entry.clip, "b");
  EXPECT_FALSE(rows[1].cells[0].arrival) << "it was never seen here";
  EXPECT_TRUE(rows[1].cells[1].arrival);
  EXPECT_EQ(rows[2].slot, "swipe right");
  EXPECT_FALSE(rows[2].asked) << "what a motion looks like in a mirror";
  EXPECT_EQ(app::bank_places(state), 8U);
  EXPECT_EQ(app::bank_places({}), 0U);
}

TEST(StudioBankView, ArrowsWalkOverEmptyRowsAndEnterChooses) {
  app::ArrivalRecord record;
  record.add(recognition_of("a", 1, nullptr));
  core::RefinementState state;
  state.bank = {entry_of("throw", 0.4F, "a", 1, 0), entry_of("kick", 0.9F, "b", 1, 1)};
  app::BankView view;
  view.resize(300, 80);
  view.set_rows(app::bank_rows(state, {"kick", "wave", "throw"}, record), 4);
  std::vector<std::string> chosen;
  QObject::connect(&view, &app::BankView::chosen, [&](const app::Arrival& arrival) { chosen.push_back(arrival.clip); });
  QTest::keyClick(&view, Qt::Key_Right);
  EXPECT_TRUE(view.accessibleDescription().contains("kick")) << view.accessibleDescription().toStdString();
  QTest::keyClick(&view, Qt::Key_Return);
  EXPECT_TRUE(chosen.empty()) << "where it came from is not known";
  QTest::keyClick(&view, Qt::Key_Down);
  EXPECT_TRUE(view.accessibleDescription().contains("throw")) << view.accessibleDescription().toStdString();
  QTest::keyClick(&view, Qt::Key_Return);
  EXPECT_EQ(chosen, std::vector<std::string>{"a"});
  QTest::mouseClick(&view, Qt::LeftButton, {}, view.cell_rect(2, 0).center());
  EXPECT_EQ(chosen.size(), 2U);
  QTest::mouseClick(&view, Qt::LeftButton, {}, view.cell_rect(1, 0).center());
  EXPECT_EQ(chosen.size(), 2U) << "an empty place";
}

/// The link on a mock, with clips asked for as the window asks.
struct Linked {
  app::EngineLink engine{mock_factory(std::make_shared<MockControl>())};
  app::RefinementLink link{&engine};
  core::ClipPtr clip = core::read_clip(write_clip("linked.skeleton"));
  core::LabelSet labels = core::make_label_set({"wave", "throw"});
  std::vector<std::string> errors;
  int results = 0;

  Linked() {
    QObject::connect(&link, &app::RefinementLink::failed,
                     [this](const QString& text) { errors.push_back(text.toStdString()); });
    QObject::connect(&engine, &app::EngineLink::result, [this] { ++results; });
    EXPECT_TRUE(wait_until([this] { return link.available(); }));
  }
  void score(const std::string& window, bool whole = true) {
    const int before = results;
    engine.request(clip, {}, labels, {}, link.learn_from(window, whole));
    EXPECT_TRUE(wait_until([&] { return results > before && !engine.waiting(); }));
  }
  bool windows(std::uint64_t count) {
    return wait_until([&] { return link.state().windows == count; });
  }
  void start() {
    link.switch_on(true);
    EXPECT_TRUE(wait_until([this] { return link.state().on; }));
  }
};

TEST(StudioRefinementLink, AnOpenedClipIsLearnedFromOnce) {
  Linked linked;
  linked.link.clip_opened();
  linked.score("a");
  EXPECT_EQ(linked.link.state().windows, 0U) << "off";
  linked.start();
  linked.score("a");
  EXPECT_TRUE(linked.windows(1));
  linked.labels = core::make_label_set({"wave", "throw", "kick"});
  linked.score("a");
  linked.link.clip_opened();
  linked.score("a");
  linked.score("a, from A to B", false);
  linked.link.clip_opened();
  linked.score("b");
  EXPECT_TRUE(linked.windows(2)) << linked.link.state().windows;
  EXPECT_EQ(linked.link.state().bank.size(), 2U);
}

TEST(StudioRefinementLink, PausedItLearnsOnlyWhatItIsTold) {
  Linked linked;
  linked.start();
  linked.link.set_learning(false);
  linked.link.clip_opened();
  linked.score("a");
  linked.link.learn_next("a");
  linked.score("a");
  EXPECT_TRUE(linked.windows(1));
  linked.score("a");
  linked.link.learn_next("a");
  linked.score("a");
  EXPECT_TRUE(linked.windows(2)) << "also again";
  linked.link.learn_next("a");
  linked.score("b");
  linked.score("a");
  EXPECT_EQ(linked.link.state().windows, 2U) << "something else was opened meanwhile";
  linked.link.set_learning(true);
  linked.score("b");
  EXPECT_TRUE(linked.windows(3)) << "what is on screen counts as opened when learning goes on";
}

TEST(StudioRefinementLink, UndoAndResetTakeBackAndClipsCanComeAgain) {
  Linked linked;
  linked.start();
  for (const char* window : {"a", "b", "c"}) linked.score(window);
  ASSERT_TRUE(linked.windows(3));
  linked.link.undo(1);
  ASSERT_TRUE(wait_until([&] { return linked.link.state().steps == 2; }));
  linked.score("c");
  EXPECT_EQ(linked.link.state().steps, 2U) << "what was undone does not come back by itself";
  linked.link.accept();
  linked.score("d");
  ASSERT_TRUE(wait_until([&] { return linked.link.state().steps == 3; }));
  linked.link.reset();
  ASSERT_TRUE(wait_until([&] { return linked.link.state().steps == 2; }));
  linked.score("d");
  EXPECT_EQ(linked.link.state().steps, 2U) << "not before it is opened again";
  linked.link.clip_opened();
  linked.score("a");
  linked.score("d");
  EXPECT_TRUE(wait_until([&] { return linked.link.state().steps == 3; })) << "a was accepted, d forgotten";
}

TEST(StudioRefinementLink, OffKeepsWhatWasLearned) {
  Linked linked;
  linked.start();
  linked.score("a");
  ASSERT_TRUE(linked.windows(1));
  linked.link.switch_on(false);
  ASSERT_TRUE(wait_until([&] { return !linked.link.state().on; }));
  EXPECT_EQ(linked.link.state().steps, 1U);
  linked.link.switch_on(true);
  ASSERT_TRUE(wait_until([&] { return linked.link.state().on; }));
  EXPECT_EQ(linked.link.state().steps, 1U);
  linked.link.configure({{"method", "scale-shift"}});
  ASSERT_TRUE(wait_until([&] { return linked.link.state().method == "scale-shift"; }));
  EXPECT_EQ(linked.link.state().steps, 0U) << "other settings start anew";
}

TEST(StudioRefinementLink, WhatFailsIsToldOnceAndRefinementGoesOn) {
  Linked linked;
  linked.link.configure({{"method", "magic"}});
  linked.link.switch_on(true);
  ASSERT_TRUE(wait_until([&] { return !linked.errors.empty(); }));
  EXPECT_THAT(linked.errors, testing::ElementsAre(testing::HasSubstr("no refinement 'magic'")));
  EXPECT_FALSE(linked.link.on()) << "the switch goes back";
  linked.start();
  linked.link.save(temp_dir() / "no-such-folder" / "state");
  ASSERT_TRUE(wait_until([&] { return linked.errors.size() == 2; }));
  linked.link.load(temp_dir() / "missing");
  ASSERT_TRUE(wait_until([&] { return linked.errors.size() == 3; }));
  EXPECT_TRUE(linked.link.on());
}

TEST(StudioRefinementLink, ASavedStateComesBack) {
  Linked linked;
  linked.start();
  for (const char* window : {"a", "b"}) linked.score(window);
  ASSERT_TRUE(linked.windows(2));
  const auto file = temp_dir() / "learned.safetensors";
  QString saved;
  QObject::connect(&linked.link, &app::RefinementLink::saved, [&](const QString& path) { saved = path; });
  linked.link.save(file);
  ASSERT_TRUE(wait_until([&] { return saved == QString::fromStdString(file.string()); }));
  Linked other;
  other.link.load(file);
  ASSERT_TRUE(wait_until([&] { return other.link.state().steps == 2; }));
  EXPECT_TRUE(other.link.on());
}

}  // namespace
}  // namespace purlscope::test
