// The timeline's strip by itself.
#include <gtest/gtest.h>

#include <QSignalSpy>

#include "app/studio/panels/timeline/timeline_strip.h"
#include "app/studio/session/player.h"
#include "app/studio/session/session.h"
#include "tests/app/studio/support.h"

namespace purlscope::test {
namespace {

using app::TimelineStrip;

core::Segment segment(double begin, double end, const std::string& label) { return {begin, end, label, {}, {}}; }

/// Pixels in which two pictures of the strip differ, in rows `top` to `bottom`.
int differing(const QImage& a, const QImage& b, int top, int bottom) {
  int count = 0;
  for (int y = top; y < bottom; ++y) {
    for (int x = 0; x < a.width(); ++x) count += a.pixel(x, y) != b.pixel(x, y) ? 1 : 0;
  }
  return count;
}

class StripGui : public testing::Test {
 protected:
  StripGui() {
    strip_.resize(820, 110);
    strip_.set_clip(8.0, std::vector<float>(240, 1.0F));
    strip_.show();
    if (!QTest::qWaitForWindowExposed(&strip_)) throw std::runtime_error("the strip was never exposed");
  }

  QPoint at(double seconds, int y) const { return {static_cast<int>(strip_.x_of(seconds)), y}; }
  QImage picture() { return strip_.grab().toImage(); }

  TimelineStrip strip_;
};

TEST_F(StripGui, LabelledStretchesAreShownAndTheOneUnderThePlayheadStandsOut) {
  const QImage plain = picture();
  strip_.set_segments({segment(1.0, 3.0, "wave"), segment(5.0, 6.0, "sit down")});
  const QImage labelled = picture();
  EXPECT_GT(differing(plain, labelled, 14, 30), 1000);
  strip_.set_time(4.0);
  const QImage between = picture();
  strip_.set_time(2.0);
  EXPECT_GT(differing(between, picture(), 16, 28), 1000) << "another colour for all of the stretch";
}

TEST_F(StripGui, ADoubleClickOnAStretchChoosesIt) {
  strip_.set_segments({segment(1.0, 3.0, "wave"), segment(2.5, 12.0, "goes on")});
  QSignalSpy chosen(&strip_, &TimelineStrip::segment_chosen);
  QTest::mouseDClick(&strip_, Qt::LeftButton, {}, at(1.5, 20));
  ASSERT_EQ(chosen.size(), 1);
  EXPECT_EQ(chosen[0][0].toDouble(), 1.0);
  EXPECT_EQ(chosen[0][1].toDouble(), 3.0);
  QTest::mouseDClick(&strip_, Qt::LeftButton, {}, at(2.8, 20));
  ASSERT_EQ(chosen.size(), 2);
  EXPECT_EQ(chosen[1][0].toDouble(), 2.5) << "of stretches that overlap, the later one";
  EXPECT_EQ(chosen[1][1].toDouble(), 8.0) << "not beyond the clip";
  QTest::mouseDClick(&strip_, Qt::LeftButton, {}, at(0.5, 20));
  QTest::mouseDClick(&strip_, Qt::LeftButton, {}, at(1.5, 60));
  EXPECT_EQ(chosen.size(), 2) << "beside it and below it";
}

TEST_F(StripGui, ALiveSourceHasItsNewestFrameAtTheRight) {
  strip_.set_live(2.0, std::vector<float>(60, 1.0F), {20.0, 0.0});
  EXPECT_NEAR(strip_.x_of(2.0), 810.0, 1.0);
  EXPECT_NEAR(strip_.x_of(-18.0), 10.0, 1.0);
  EXPECT_EQ(strip_.time_at(100.0), 0.0) << "before the source was connected there is nothing to go to";
  EXPECT_NEAR(strip_.time_at(810.0), 2.0, 0.05);
  strip_.set_clip(8.0, std::vector<float>(240, 1.0F));
  EXPECT_NEAR(strip_.x_of(8.0), 810.0, 1.0);
}

TEST(StudioPartGui, AStretchIsRepeatedAndRecognisedByItself) {
  Studio studio;
  studio.set_labels({"wave"});
  studio.open(write_clip("stretches.skeleton", 120));
  auto* strip = studio.find<TimelineStrip>("timeline_strip");
  strip->set_segments({segment(1.0, 2.0, "wave")});
  QTest::mouseDClick(strip, Qt::LeftButton, {}, {static_cast<int>(strip->x_of(1.5)), 20});
  EXPECT_EQ(studio.window().player().clock().a(), 1.0);
  EXPECT_EQ(studio.window().player().clock().b(), 2.0);
  ASSERT_TRUE(wait_until([&] {
    return studio.settled() && studio.session().recognition()->window.begin == 1.0 &&
           studio.session().recognition()->window.end == 2.0;
  }));
}

}  // namespace
}  // namespace purlscope::test
