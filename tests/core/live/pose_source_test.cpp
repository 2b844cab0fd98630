#include "core/live/pose_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <thread>

#include "core/live/handoff/mailbox.h"
#include "core/live/make_source.h"
#include "tests/core/live/support.h"
#include "tests/support/source_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::frame_at;
using test::ThrowsError;
using test::wait_until;
using testing::HasSubstr;

/// An input made of a function.
class Made final : public LiveInput {
 public:
  using Body = std::function<void(LiveOutput&, const std::stop_token&)>;
  explicit Made(Body body) : body_(std::move(body)) {}
  void run(LiveOutput& out, std::stop_token stop) override { body_(out, stop); }

 private:
  Body body_;
};

PoseSource made(Made::Body body) { return PoseSource("made:1", std::make_unique<Made>(std::move(body))); }

void wait_for_stop(const std::stop_token& stop) {
  while (!stop.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(2));
}

TEST(PoseSource, PublishedFramesAreNumberedAndReadable) {
  PoseSource source = made([](LiveOutput& out, const std::stop_token&) {
    for (int i = 0; i < 5; ++i) out.publish(frame_at(0.1 * i));
  });
  EXPECT_EQ(source.status().state, SourceState::idle);
  source.start();
  ASSERT_TRUE(wait_until([&] { return source.frames().closed(); }));
  const auto frames = source.frames().after(0);
  ASSERT_EQ(frames.size(), 5U);
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(frames[i]->sequence, i + 1);
    EXPECT_LE(frames[i]->taken, frames[i]->received);
  }
  LiveFramePtr newest;
  EXPECT_TRUE(source.take_newest(newest));
  EXPECT_EQ(newest->sequence, 5U);
  EXPECT_FALSE(source.take_newest(newest));
  EXPECT_EQ(source.status().received, 5U);
  EXPECT_EQ(source.status().state, SourceState::ended);
}

TEST(PoseSource, FramesOfAWrongShapeAreBadAndTheFirstReasonIsKept) {
  PoseSource source = made([](LiveOutput& out, const std::stop_token&) {
    LiveFrame few = frame_at(0.0);
    few.persons[0].joints.pop_back();
    out.publish(few);
    out.count_bad("something else");
    out.publish(LiveFrame{});
  });
  source.start();
  ASSERT_TRUE(wait_until([&] { return source.frames().closed(); }));
  const SourceStatus status = source.status();
  EXPECT_EQ(status.bad, 3U);
  EXPECT_EQ(status.received, 0U);
  EXPECT_THAT(status.first_bad, HasSubstr("24 joints"));
  EXPECT_THAT(status.last_error, HasSubstr("without a joint layout"));
}

TEST(PoseSource, JointsThatAreNotFiniteBecomeMissing) {
  PoseSource source = made([](LiveOutput& out, const std::stop_token&) {
    LiveFrame frame = frame_at(0.0);
    frame.persons[0].joints[3] = {NAN, 1.0F, 2.0F};
    frame.persons[0].joints[4] = {0.0F, INFINITY, 2.0F};
    out.publish(frame);
  });
  source.start();
  ASSERT_TRUE(wait_until([&] { return source.frames().closed(); }));
  const LivePerson person = source.frames().after(0).at(0)->persons.at(0);
  EXPECT_EQ(person.state[3], JointState::missing);
  EXPECT_EQ(person.joints[4], Vec3{});
  EXPECT_EQ(person.state[5], JointState::given);
}

TEST(PoseSource, TimeNeverFalls) {
  PoseSource source = made([](LiveOutput& out, const std::stop_token&) {
    for (const double time : {1.0, 2.0, 0.5, std::nan(""), 3.0}) out.publish(frame_at(time));
  });
  source.start();
  ASSERT_TRUE(wait_until([&] { return source.frames().closed(); }));
  std::vector<double> times;
  for (const auto& frame : source.frames().after(0)) times.push_back(frame->time);
  EXPECT_EQ(times, (std::vector<double>{1.0, 2.0, 2.0, 2.0, 3.0}));
}

TEST(PoseSource, AnErrorMakesItFailedWithTheMessage) {
  PoseSource source = made([](LiveOutput&, const std::stop_token&) { throw std::runtime_error("no such device"); });
  source.start();
  ASSERT_TRUE(wait_until([&] { return source.frames().closed(); }));
  EXPECT_EQ(source.status().state, SourceState::failed);
  EXPECT_EQ(source.status().last_error, "no such device");
}

TEST(PoseSource, StopEndsARunningSourceAtOnce) {
  PoseSource source = made([](LiveOutput&, const std::stop_token& stop) { wait_for_stop(stop); });
  source.start();
  const LiveTime start = LiveClock::now();
  source.stop();
  EXPECT_LT(seconds_between(start, LiveClock::now()), 1.0);
  EXPECT_EQ(source.status().state, SourceState::ended);
}

TEST(PoseSource, AThreadThatHangsIsLeftBehindAfterTwoSeconds) {
  const auto release = std::make_shared<std::atomic<bool>>(false);
  const auto gone = std::make_shared<std::atomic<bool>>(false);
  {
    PoseSource source = made([release, gone](LiveOutput& out, const std::stop_token&) {
      while (!*release) std::this_thread::sleep_for(std::chrono::milliseconds(2));
      out.publish(frame_at(0.0));  // what it uses is still there
      *gone = true;
    });
    source.start();
    const LiveTime start = LiveClock::now();
    source.stop();
    EXPECT_LT(seconds_between(start, LiveClock::now()), 2.5);
    EXPECT_TRUE(source.frames().closed());
  }
  *release = true;
  EXPECT_TRUE(wait_until([&] { return gone->load(); }));
}

TEST(PoseSource, SilenceIsToldAsStalled) {
  PoseSource source = made([](LiveOutput& out, const std::stop_token& stop) {
    out.publish(frame_at(0.0));
    wait_for_stop(stop);
  });
  source.start();
  ASSERT_TRUE(wait_until([&] { return source.status().state == SourceState::live; }));
  EXPECT_TRUE(wait_until([&] { return source.status().state == SourceState::stalled; }));
}

TEST(FrameRing, KeepsTheNewestWithinItsBounds) {
  FrameRing few(3);
  FrameRing small(1000, 2000);
  for (std::uint64_t i = 1; i <= 10; ++i) {
    LiveFrame frame = frame_at(0.1 * static_cast<double>(i));
    frame.sequence = i;
    few.push(std::make_shared<LiveFrame>(frame));
    small.push(std::make_shared<LiveFrame>(frame));
  }
  EXPECT_EQ(few.after(0).size(), 3U);
  EXPECT_EQ(few.after(0).front()->sequence, 8U);
  EXPECT_EQ(few.after(9).size(), 1U);
  EXPECT_TRUE(few.after(10).empty());
  EXPECT_EQ(few.last(0.15).size(), 2U);
  EXPECT_LT(small.after(0).size(), 5U);
  EXPECT_EQ(small.after(0).back()->sequence, 10U);
}

TEST(FrameRing, WaitingEndsWithNewsStopOrClosing) {
  FrameRing ring;
  EXPECT_FALSE(ring.wait_after(0, std::chrono::milliseconds(5)));
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(ring.wait_after(0, std::chrono::hours(1), stop.get_token()));
  std::jthread writer([&] {
    LiveFrame frame = frame_at(0.0);
    frame.sequence = 1;
    ring.push(std::make_shared<LiveFrame>(frame));
  });
  EXPECT_TRUE(ring.wait_after(0, std::chrono::hours(1)));
  writer.join();
  ring.close();
  EXPECT_FALSE(ring.wait_after(1, std::chrono::hours(1)));
}

TEST(Mailbox, TheReaderSeesOnlyWholeAndEverNewerValues) {
  struct Pair {
    int a = 0, b = 0;
  };
  Mailbox<Pair> mailbox;
  constexpr int kLast = 200'000;
  std::jthread writer([&] {
    for (int i = 1; i <= kLast; ++i) mailbox.put({i, -i});
  });
  Pair seen;
  int before = 0;
  const LiveTime end = LiveClock::now() + std::chrono::seconds(20);
  while (seen.a < kLast && LiveClock::now() < end) {
    if (!mailbox.take(seen)) continue;
    ASSERT_EQ(seen.a, -seen.b);
    ASSERT_GT(seen.a, before);
    before = seen.a;
  }
  EXPECT_EQ(seen.a, kLast);
}

TEST(SourceUri, FallsIntoItsParts) {
  const SourceUri replay = parse_source_uri("replay:/a b/what?.skeleton?speed=2.5");
  EXPECT_EQ(replay.scheme, "replay");
  EXPECT_EQ(replay.place, "/a b/what?.skeleton");
  EXPECT_EQ(replay.number("speed", 1.0, 0.0, 10.0), 2.5);
  const HostPort address = parse_host_port(parse_source_uri("udp://127.0.0.1:5005"));
  EXPECT_EQ(address.host, "127.0.0.1");
  EXPECT_EQ(address.port, 5005);
  EXPECT_EQ(parse_host_port(parse_source_uri("ws://[::1]:80/")).host, "::1");
  EXPECT_EQ(parse_host_port(parse_source_uri("vmc://:39539")).host, "127.0.0.1");
}

TEST(SourceUri, SaysWhatIsWrong) {
  EXPECT_THAT([] { make_source("walk.skeleton"); }, ThrowsError(Code::bad_argument, HasSubstr("KIND:PLACE")));
  EXPECT_THAT([] { make_source("tcp://1:2"); }, ThrowsError(Code::bad_argument, HasSubstr("replay:walk")));
  EXPECT_THAT([] { make_source("replay:"); }, ThrowsError(Code::bad_argument, HasSubstr("nothing after")));
  EXPECT_THAT([] { make_source("replay:a?speed=0"); }, ThrowsError(Code::bad_argument, HasSubstr("speed is '0'")));
  EXPECT_THAT([] { make_source("replay:a?sped=1"); }, ThrowsError(Code::bad_argument, HasSubstr("no option 'sped'")));
  for (const char* bad : {"udp://h:0", "udp://h:70000", "udp://h:x", "udp://h", "udp://h:"}) {
    EXPECT_THAT([&] { parse_host_port(parse_source_uri(bad)); }, ThrowsError(Code::bad_argument, HasSubstr("PORT")));
  }
}

TEST(Replay, GivesEveryFrameAtItsTime) {
  const std::string clip = (test::source_dir() / "resources/clips/wave.skeleton").string();
  const auto source = make_source("replay:" + clip + "?speed=20");
  source->start();
  ASSERT_TRUE(wait_until([&] { return source->frames().closed(); }));
  const auto frames = source->frames().after(0);
  ASSERT_GT(frames.size(), 30U);
  EXPECT_EQ(source->status().received, frames.size());
  EXPECT_NEAR(frames.back()->time - frames.front()->time, static_cast<double>(frames.size() - 1) / 30.0, 1e-6);
  EXPECT_NEAR(seconds_between(frames.front()->taken, frames.back()->taken) * 20.0, frames.back()->time, 1e-6);
  EXPECT_EQ(frames.front()->layout->id, "ntu25");
  EXPECT_EQ(source->status().state, SourceState::ended);
}

TEST(Replay, AMissingFileFails) {
  const auto source = make_source("replay:/nowhere/a.skeleton");
  source->start();
  ASSERT_TRUE(wait_until([&] { return source->frames().closed(); }));
  EXPECT_EQ(source->status().state, SourceState::failed);
  EXPECT_THAT(source->status().last_error, HasSubstr("/nowhere/a.skeleton"));
}

}  // namespace
}  // namespace purlscope::core
