// Live sources in the window, by real events and real sockets.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <QAbstractItemView>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QStandardPaths>
#include <QToolButton>
#include <atomic>
#include <thread>

#include "app/studio/commands/command_table.h"
#include "app/studio/live/connect_dialog.h"
#include "app/studio/live/live_session.h"
#include "app/studio/panels/library/library_model.h"
#include "app/studio/panels/timeline/timeline_strip.h"
#include "app/studio/refinement/refinement_link.h"
#include "app/studio/session/engine_link.h"
#include "app/studio/session/player.h"
#include "app/studio/session/session.h"
#include "app/studio/view/view_panel.h"
#include "app/studio/view/viewport.h"
#include "app/studio/widgets/banner.h"
#include "core/formats/registry.h"
#include "tests/app/studio/support.h"
#include "tests/support/free_port.h"

namespace purlscope::test {
namespace {

namespace fs = std::filesystem;
using app::LiveSession;

std::uint16_t free_udp_port() { return free_port(SOCK_DGRAM); }

/// Sends SkeletonStream messages of people who wave, from a thread of its own.
class Sender {
 public:
  /// @param persons  ids  @param pause  between two messages; 0 = as many as the machine can
  Sender(std::uint16_t port, std::vector<std::string> persons, std::chrono::microseconds pause)
      : port_(port),
        pause_(pause),
        persons_(std::move(persons)),
        thread_([this](const std::stop_token& stop) { run(stop); }) {}

  std::uint64_t sent() const { return sent_; }

 private:
  void run(const std::stop_token& stop) {
    const int out = socket(AF_INET, SOCK_DGRAM, 0);
    sockaddr_in place = loopback(port_);
    const auto begin = std::chrono::steady_clock::now();
    while (!stop.stop_requested()) {
      const double now = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
      const std::string text = message(now);
      sendto(out, text.data(), text.size(), 0, reinterpret_cast<sockaddr*>(&place), sizeof(place));
      ++sent_;
      if (pause_.count() > 0) std::this_thread::sleep_for(pause_);
    }
    close(out);
  }

  std::string message(double now) const {
    std::string bodies;
    for (std::size_t p = 0; p < persons_.size(); ++p) {
      std::string joints;
      for (int j = 0; j < 25; ++j) {
        const double wave = j > 7 && j < 12 ? 0.3 * std::sin(6.0 * now) : 0.0;
        joints += fmt::format("{}[{:.3f},{:.3f},{:.3f}]", j == 0 ? "" : ",", 0.05 * (j % 5) + static_cast<double>(p),
                              0.06 * j + wave, 2.0);
      }
      bodies += fmt::format(R"({}{{"id":"{}","joints":[{}]}})", p == 0 ? "" : ",", persons_[p], joints);
    }
    return fmt::format(R"({{"skeleton_stream":1,"layout":"ntu25","unit":"m","up":"y","time":{:.4f},"persons":[{}]}})",
                       now, bodies);
  }

  std::uint16_t port_;
  std::chrono::microseconds pause_;
  std::vector<std::string> persons_;
  std::atomic<std::uint64_t> sent_{0};
  std::jthread thread_;
};

constexpr std::chrono::milliseconds kThirtyHertz{33};

QString udp(std::uint16_t port) { return QStringLiteral("udp://127.0.0.1:%1").arg(port); }

bool is_live(Studio& studio) { return studio.session().live() && studio.session().clip() != nullptr; }

void press(Studio& studio, Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
  QTest::keyClick(&studio.window(), key, modifiers);
}

TEST(StudioLiveGui, ASourceIsShownRecognisedAndFollowed) {
  Studio studio;
  studio.set_labels({"wave", "sit down"});
  const std::uint16_t port = free_udp_port();
  const Sender sender(port, {"ann"}, kThirtyHertz);
  studio.window().connect_source(udp(port));
  ASSERT_TRUE(wait_until([&] { return is_live(studio) && studio.settled(); }));
  EXPECT_EQ(studio.window().live().mode(), LiveSession::Mode::following);
  EXPECT_TRUE(wait_until([&] { return studio.find<QLabel>("live_state")->text() == QStringLiteral("LIVE"); }));
  EXPECT_TRUE(studio.find<QToolButton>("live_follow")->isVisible());
  EXPECT_TRUE(studio.window().windowTitle().startsWith(QStringLiteral("SkeletonStream over UDP")));
  // The playhead keeps at the newest frame, and a newer window is scored by and by.
  const auto first = studio.session().recognition();
  ASSERT_TRUE(wait_until([&] { return studio.session().recognition() != first; }));
  const app::PlaybackClock& clock = studio.window().player().clock();
  EXPECT_EQ(clock.frame() + 1, clock.frame_count());
  EXPECT_TRUE(wait_until([&] {
    const double end = studio.session().recognition_start() + studio.session().recognition()->window.end;
    return end > clock.time() - 1.0;
  })) << "of a moment ago";
  EXPECT_EQ(studio.window().live().status().bad, 0U);
}

TEST(StudioLiveGui, JointsAreColouredByWhatWasJustRecognised) {
  Studio studio;
  studio.set_labels({"wave", "sit down"});
  studio.session().choose_label(0);
  studio.session().choose_sentence(0);
  const std::uint16_t port = free_udp_port();
  const Sender sender(port, {"ann"}, kThirtyHertz);
  studio.window().connect_source(udp(port));
  ASSERT_TRUE(wait_until([&] { return is_live(studio) && studio.settled(); }));
  ASSERT_NE(studio.window().view().viewport(), nullptr);
  const bool coloured = wait_until([&] {
    const auto& bodies = studio.window().view().viewport()->scene().bodies;
    return !bodies.empty() && std::ranges::any_of(bodies.back().value, [](float v) { return v > 0.0F; });
  });
  EXPECT_TRUE(coloured) << "at the newest pose, a moment after the window that was scored";
}

TEST(StudioLiveGui, FollowedWindowsAreLearnedFromAndHeldOnesAreNot) {
  Studio studio;
  studio.set_labels({"wave", "sit down"});
  const std::uint16_t port = free_udp_port();
  const Sender sender(port, {"ann"}, kThirtyHertz);
  studio.window().connect_source(udp(port));
  ASSERT_TRUE(wait_until([&] { return is_live(studio) && studio.settled(); }));
  app::RefinementLink& refinement = studio.window().refinement();
  ASSERT_TRUE(studio.window().commands().run("refinement.toggle"));
  ASSERT_TRUE(wait_until([&] { return refinement.state().windows >= 2; }));
  studio.window().live().hold();
  ASSERT_TRUE(wait_until([&] { return studio.settled(); }));
  const std::uint64_t windows = refinement.state().windows;
  studio.type_label("kick");
  ASSERT_TRUE(wait_until([&] { return studio.settled() && studio.session().recognition()->labels.size() == 3; }));
  EXPECT_EQ(refinement.state().windows, windows);
  studio.window().commands().run("refinement.learn");
  EXPECT_TRUE(wait_until([&] { return refinement.state().windows == windows + 1; })) << "by hand it is";
}

TEST(StudioLiveGui, ScrubbingHoldsTheViewAndFGoesBackToNow) {
  Studio studio;
  studio.set_labels({"wave"});
  const std::uint16_t port = free_udp_port();
  const Sender sender(port, {"ann"}, kThirtyHertz);
  studio.window().connect_source(udp(port));
  const app::PlaybackClock& clock = studio.window().player().clock();
  ASSERT_TRUE(wait_until([&] { return is_live(studio) && clock.duration() > 2.5 && studio.settled(); }));
  auto* strip = studio.find<app::TimelineStrip>("timeline_strip");
  const QPoint at(static_cast<int>(strip->x_of(1.0)), 40);
  QTest::mouseClick(strip, Qt::LeftButton, {}, at);
  LiveSession& live = studio.window().live();
  EXPECT_EQ(live.mode(), LiveSession::Mode::held);
  EXPECT_NEAR(clock.time(), 1.0, 0.3);
  const auto clip = studio.session().clip();
  const std::uint64_t received = live.status().received;
  ASSERT_TRUE(wait_until([&] { return live.status().received > received + 10; })) << "the source goes on";
  EXPECT_EQ(studio.session().clip(), clip) << "what is looked at stands still";
  ASSERT_NE(studio.session().recognition(), nullptr);
  const double end = studio.session().recognition_start() + studio.session().recognition()->window.end;
  EXPECT_LT(end, clock.time() + 1.5) << "the scores are those of then";
  studio.find<app::TimelineStrip>("timeline_strip")->setFocus();
  press(studio, Qt::Key_F);
  EXPECT_EQ(live.mode(), LiveSession::Mode::following);
  ASSERT_TRUE(wait_until([&] { return studio.session().clip() != clip && clock.frame() + 1 == clock.frame_count(); }));
}

TEST(StudioLiveGui, SpaceHoldsAndNewLabelsAreScoredAtWhatIsHeld) {
  Studio studio;
  studio.set_labels({"wave"});
  const std::uint16_t port = free_udp_port();
  const Sender sender(port, {"ann"}, kThirtyHertz);
  studio.window().connect_source(udp(port));
  ASSERT_TRUE(wait_until([&] { return is_live(studio) && studio.settled(); }));
  studio.find<app::TimelineStrip>("timeline_strip")->setFocus();
  press(studio, Qt::Key_Space);
  EXPECT_EQ(studio.window().live().mode(), LiveSession::Mode::held);
  EXPECT_FALSE(studio.window().player().playing());
  studio.type_label(QStringLiteral("jump"));
  ASSERT_TRUE(wait_until([&] { return studio.settled() && studio.session().scored(1).has_value(); }));
  EXPECT_EQ(studio.window().live().mode(), LiveSession::Mode::held);
}

TEST(StudioLiveGui, ALockedPersonStaysChosen) {
  Studio studio;
  studio.set_labels({"wave"});
  const std::uint16_t port = free_udp_port();
  auto both = std::make_unique<Sender>(port, std::vector<std::string>{"ann", "ben"}, kThirtyHertz);
  studio.window().connect_source(udp(port));
  auto* chooser = studio.find<QComboBox>("input_person");
  ASSERT_TRUE(wait_until([&] { return is_live(studio) && chooser->count() == 3; }));
  chooser->setFocus();
  QTest::keyClick(chooser, Qt::Key_Down);
  QTest::keyClick(chooser, Qt::Key_Down);
  ASSERT_TRUE(studio.session().person_lock());
  EXPECT_EQ(studio.session().person_lock()->number, 1);
  const std::string id = studio.session().person_lock()->id;
  ASSERT_TRUE(wait_until([&] {
    const auto& result = studio.session().recognition();
    return result && !studio.session().stale() && result->window.persons.size() == 1 &&
           result->window.persons.front().id == id;
  }));
}

TEST(StudioLiveGui, RecordingIsAFileThatOpens) {
  Studio studio;
  const std::uint16_t port = free_udp_port();
  const Sender sender(port, {"ann"}, kThirtyHertz);
  studio.window().connect_source(udp(port));
  ASSERT_TRUE(wait_until([&] { return is_live(studio); }));
  QTest::mouseClick(studio.find<QToolButton>("live_record"), Qt::LeftButton);
  LiveSession& live = studio.window().live();
  ASSERT_TRUE(live.recording());
  const fs::path file = live.record_file();
  ASSERT_TRUE(wait_until([&] { return live.recorded().frames > 15; }));
  EXPECT_TRUE(studio.find<QLabel>("live_numbers")->text().contains(QStringLiteral("recording")));
  QTest::mouseClick(studio.find<QToolButton>("live_record"), Qt::LeftButton);
  EXPECT_FALSE(live.recording());
  const auto* list = studio.find<QAbstractItemView>("library_list");
  ASSERT_TRUE(wait_until([&] { return list->model()->rowCount() == 1; }));
  EXPECT_EQ(list->model()->index(0, 0).data(app::LibraryModel::kPath).toString().toStdString(), file.string());
  EXPECT_GT(core::read_clip(file)->frames, 15U);
  fs::remove(file);
}

TEST(StudioLiveGui, OpeningAClipLeavesTheSourceConnected) {
  Studio studio;
  studio.set_labels({"wave"});
  const std::uint16_t port = free_udp_port();
  const Sender sender(port, {"ann"}, kThirtyHertz);
  studio.window().connect_source(udp(port));
  ASSERT_TRUE(wait_until([&] { return is_live(studio) && studio.settled(); }));
  studio.open(write_clip("between.skeleton"));
  EXPECT_EQ(studio.window().live().mode(), LiveSession::Mode::held);
  EXPECT_TRUE(studio.window().live().connected());
  QTest::qWait(300);
  EXPECT_EQ(studio.session().clip()->name, "between.skeleton");
  QTest::mouseClick(studio.find<QToolButton>("live_follow"), Qt::LeftButton);
  EXPECT_TRUE(is_live(studio));
  QTest::mouseClick(studio.find<QToolButton>("live_disconnect"), Qt::LeftButton);
  EXPECT_FALSE(studio.window().live().connected());
  EXPECT_FALSE(studio.find<QLabel>("live_state")->isVisible());
  EXPECT_TRUE(is_live(studio)) << "what came last stays";
}

TEST(StudioLiveGui, AReplayEndsAndStaysOnTheScreen) {
  Studio studio;
  studio.set_labels({"wave"});
  const fs::path file = write_clip("replayed.skeleton", 60);
  studio.window().connect_source(QStringLiteral("replay:") + QString::fromStdString(file.string()) +
                                 QStringLiteral("?speed=4"));
  LiveSession& live = studio.window().live();
  ASSERT_TRUE(wait_until([&] { return live.status().state == core::SourceState::ended && studio.settled(); }));
  EXPECT_EQ(live.mode(), LiveSession::Mode::held);
  EXPECT_EQ(studio.session().clip()->frames, 60U);
}

TEST(StudioLiveGui, TroubleIsToldInWords) {
  Studio studio;
  studio.window().connect_source(QStringLiteral("replay:/nowhere/none.skeleton"));
  ASSERT_TRUE(wait_until([&] { return studio.window().live().status().state == core::SourceState::failed; }));
  EXPECT_TRUE(studio.window().banner().text().contains(QStringLiteral("none.skeleton")));
  EXPECT_EQ(studio.find<QLabel>("live_state")->text(), QStringLiteral("Failed"));
  EXPECT_THROW(studio.window().connect_source(QStringLiteral("smoke:signals")), Error);
  EXPECT_TRUE(studio.window().live().connected()) << "an address that says nothing changes nothing";
}

TEST(StudioLiveGui, TheSamePlaceCanBeConnectedAgain) {
  Studio studio;
  const std::uint16_t port = free_udp_port();
  const Sender sender(port, {"ann"}, kThirtyHertz);
  for (int again = 0; again < 3; ++again) {
    studio.window().connect_source(udp(port));
    ASSERT_TRUE(wait_until([&] { return studio.window().live().status().received > 0; })) << again;
    EXPECT_NE(studio.window().live().status().state, core::SourceState::failed);
  }
}

TEST(StudioConnectGui, ASourceIsTriedOutAndConnected) {
  Studio studio;
  press(studio, Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
  auto* dialog = studio.find<app::ConnectDialog>("connect_dialog");
  ASSERT_TRUE(QTest::qWaitForWindowExposed(dialog));
  auto* kinds = dialog->findChild<QListWidget*>(QStringLiteral("source_kinds"));
  int udp_row = 0;
  while (kinds->item(udp_row)->data(Qt::UserRole).toString() != QLatin1String("udp")) ++udp_row;
  QTest::mouseClick(kinds->viewport(), Qt::LeftButton, {}, kinds->visualItemRect(kinds->item(udp_row)).center());
  const std::uint16_t port = free_udp_port();
  auto* field = dialog->findChild<QSpinBox*>(QStringLiteral("source_port"));
  field->setFocus();
  field->selectAll();
  QTest::keyClicks(field, QString::number(port));
  const Sender sender(port, {"ann"}, kThirtyHertz);
  QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("source_test")), Qt::LeftButton);
  const auto* verdict = dialog->findChild<QLabel*>(QStringLiteral("source_verdict"));
  ASSERT_TRUE(wait_until([&] { return verdict->property("role") == QLatin1String("good"); }))
      << verdict->text().toStdString();
  EXPECT_TRUE(verdict->text().contains(QStringLiteral("ntu25, 1 person")));
  QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("source_connect")), Qt::LeftButton);
  EXPECT_FALSE(dialog->isVisible());
  ASSERT_TRUE(wait_until([&] { return is_live(studio); }));
  EXPECT_EQ(studio.window().live().uri(), udp(port));
}

TEST(StudioConnectGui, WhatIsMissingIsAskedFor) {
  Studio studio;
  studio.window().commands().run(QStringLiteral("live.connect"));
  auto* dialog = studio.find<app::ConnectDialog>("connect_dialog");
  auto* kinds = dialog->findChild<QListWidget*>(QStringLiteral("source_kinds"));
  const auto* verdict = dialog->findChild<QLabel*>(QStringLiteral("source_verdict"));
  const auto* connect = dialog->findChild<QPushButton*>(QStringLiteral("source_connect"));
  for (int row = 0; row < kinds->count(); ++row) {
    kinds->setCurrentRow(row);
    const QString scheme = kinds->item(row)->data(Qt::UserRole).toString();
    const bool needs_path =
        scheme == QLatin1String("video") || scheme == QLatin1String("openpose") || scheme == QLatin1String("replay");
    EXPECT_EQ(connect->isEnabled(), !needs_path) << scheme.toStdString();
    EXPECT_EQ(verdict->text().isEmpty(), !needs_path) << scheme.toStdString();
  }
  dialog->findChild<QLineEdit*>(QStringLiteral("source_path"))->setText(QStringLiteral("/nowhere/a.skeleton"));
  QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("source_test")), Qt::LeftButton);
  ASSERT_TRUE(wait_until([&] { return verdict->property("role") == QLatin1String("warning"); }));
  EXPECT_TRUE(verdict->text().contains(QStringLiteral("/nowhere/a.skeleton")));
}

TEST(StudioLiveGui, AFloodLeavesTheWindowAlive) {
  Studio studio;
  studio.set_labels({"wave"});
  studio.open(write_clip("before.skeleton"));  // the first picture takes the graphics driver a while
  const std::uint16_t port = free_udp_port();
  studio.window().connect_source(udp(port));
  const Sender flood(port, {"ann"}, std::chrono::microseconds(100));
  const Sender garbage(port, {"\xff\\"}, std::chrono::microseconds(500));
  LiveSession& live = studio.window().live();
  ASSERT_TRUE(wait_until([&] { return is_live(studio) && live.status().received > 60; }));
  QTest::qWait(1000);
  EXPECT_TRUE(studio.session().recognition());
  const core::SourceStatus status = live.status();
  EXPECT_GT(status.dropped, 0U) << "more came than a source may send";
  EXPECT_LE(status.received + status.dropped + status.bad, flood.sent() + garbage.sent());
  RecordProperty("longest_gap_ms", std::to_string(live.longest_gap_ms()));
}

TEST(StudioPartGui, AAndBAskForThatPartAlone) {
  Studio studio;
  studio.set_labels({"wave"});
  studio.open(write_clip("part.skeleton", 90));
  studio.window().player().pause();
  studio.find<app::TimelineStrip>("timeline_strip")->setFocus();
  studio.window().player().seek(1.0);
  press(studio, Qt::Key_BracketLeft);
  ASSERT_TRUE(wait_until([&] { return studio.settled() && studio.session().recognition()->window.begin == 1.0; }));
  studio.window().player().seek(2.0);
  press(studio, Qt::Key_BracketRight);
  ASSERT_TRUE(wait_until([&] { return studio.settled() && studio.session().recognition()->window.end == 2.0; }));
  press(studio, Qt::Key_Backslash);
  ASSERT_TRUE(wait_until([&] { return studio.settled() && studio.session().recognition()->window.begin == 0.0; }));
}

}  // namespace
}  // namespace purlscope::test
