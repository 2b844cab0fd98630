// Parts of the live studio that need no window.
#include <gtest/gtest.h>

#include "app/studio/live/live_meter.h"
#include "app/studio/live/score_history.h"
#include "app/studio/live/source_words.h"
#include "app/studio/session/motion_energy.h"
#include "app/studio/session/session.h"

namespace purlscope::test {
namespace {

core::LiveFrame frame(double time, double taken, double received) {
  static const core::LiveTime start = core::LiveClock::now();
  core::LiveFrame made;
  made.time = time;
  made.taken = start + core::live_seconds(taken);
  made.received = start + core::live_seconds(received);
  return made;
}

TEST(LiveMeter, EvenFramesHaveADelayAndNoJitter) {
  app::LiveMeter meter;
  EXPECT_LT(meter.delay(), 0.0);
  for (int i = 0; i < 100; ++i) meter.see(frame(0.1 * i, 0.1 * i, 0.1 * i + 0.04));
  EXPECT_NEAR(meter.delay(), 0.04, 1e-6);
  EXPECT_NEAR(meter.jitter(), 0.0, 1e-6);
}

TEST(LiveMeter, JitterIsTheMeanDeviationOfTheGaps) {
  app::LiveMeter meter;
  // Every second frame is 20 ms late: each gap deviates by 20 ms.
  for (int i = 0; i < 400; ++i) meter.see(frame(0.1 * i, 0.1 * i, 0.1 * i + (i % 2 == 0 ? 0.0 : 0.02)));
  EXPECT_NEAR(meter.jitter(), 0.02, 1e-4);
  EXPECT_NEAR(meter.delay(), 0.01, 2e-3);
}

core::RecognitionPtr recognition() { return std::make_shared<core::Recognition>(); }

TEST(ScoreHistory, GivesTheFirstWindowThatHadSeenAMoment) {
  app::ScoreHistory history;
  for (const double end : {2.0, 2.5, 3.0, 6.0}) history.add({end - 2.0, end, recognition()});
  EXPECT_EQ(history.at(1.0, 1.0)->end, 2.0);
  EXPECT_EQ(history.at(2.2, 1.0)->end, 2.5);
  EXPECT_EQ(history.at(2.5, 1.0)->end, 2.5);
  EXPECT_EQ(history.at(3.5, 1.0), nullptr) << "nobody was in view";
  EXPECT_EQ(history.at(6.9, 1.0)->end, 6.0) << "a moment after the last window";
  EXPECT_EQ(history.at(7.1, 1.0), nullptr);
  history.forget_before(2.6);
  EXPECT_EQ(history.at(2.2, 1.0)->end, 3.0);
}

TEST(SourceWords, NameKindAndPlace) {
  EXPECT_EQ(app::source_title(QStringLiteral("udp://127.0.0.1:5005?jitter=5")),
            QStringLiteral("SkeletonStream over UDP · 127.0.0.1:5005"));
  EXPECT_EQ(app::source_title(QStringLiteral("nonsense")), QStringLiteral("nonsense"));
  EXPECT_TRUE(app::is_video(QStringLiteral("/a/WALK.MP4")));
  EXPECT_FALSE(app::is_video(QStringLiteral("/a/walk.mp4.skeleton")));
}

TEST(StretchEnergy, CountsFramesInTheirStretches) {
  const std::vector<float> energy{1, 2, 3, 4, 0, 0, 8, 0};  // a frame a second
  const std::vector<float> bars = app::stretch_energy(energy, 8.0, -2.0, 2.0, 6);
  EXPECT_EQ(bars, (std::vector<float>{0.0F, 0.25F, 0.5F, 0.0F, 1.0F, 0.0F}));
  EXPECT_EQ(app::stretch_energy({}, 8.0, 0.0, 2.0, 2), (std::vector<float>{0.0F, 0.0F}));
}

/// A clip of one frame of persons with these ids.
core::ClipPtr clip_of(const std::vector<std::string>& ids) {
  auto clip = std::make_shared<core::Clip>();
  clip->layout = core::joint_layout("ntu25");
  clip->frames = 1;
  clip->times = {0.0};
  for (const std::string& id : ids) {
    clip->persons.push_back({id, std::vector<core::Vec3>(25), std::vector<core::JointState>(25)});
  }
  return clip;
}

TEST(SessionLive, AChosenPersonIsFollowedByIdAndKeptWhileOutOfView) {
  app::Session session;
  session.set_live({clip_of({"ann", "ben"}), 0.0, {0, 1}});
  session.set_person(1);
  session.set_live({clip_of({"ben", "cid"}), 5.0, {1, 2}});
  EXPECT_EQ(session.person(), 0);
  EXPECT_EQ(session.person_number(0), 1);
  session.set_live({clip_of({"cid"}), 9.0, {2}});
  EXPECT_EQ(session.person(), std::nullopt);
  ASSERT_TRUE(session.person_lock());
  EXPECT_EQ(session.person_lock()->id, "ben");
  EXPECT_EQ(session.person_lock()->number, 1);
  session.set_live({clip_of({"cid", "ben"}), 12.0, {2, 1}});
  EXPECT_EQ(session.person(), 1);
  session.set_clip(clip_of({"ann"}));
  EXPECT_FALSE(session.live());
  EXPECT_FALSE(session.person_lock()) << "another recording begins without a choice";
}

TEST(SessionLive, TimesOfTheScoresMoveWithTheClip) {
  app::Session session;
  session.set_live({clip_of({"ann"}), 10.0, {0}});
  session.set_recognition(recognition(), 12.5);
  EXPECT_DOUBLE_EQ(session.recognition_start(), 2.5);
  session.set_live({clip_of({"ann"}), 11.0, {0}});
  EXPECT_DOUBLE_EQ(session.recognition_start(), 1.5);
  session.set_clip(clip_of({"ann"}));
  EXPECT_DOUBLE_EQ(session.recognition_start(), 0.0);
}

}  // namespace
}  // namespace purlscope::test
