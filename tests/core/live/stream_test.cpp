#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "core/live/make_source.h"
#include "core/live/stream/stream_input.h"
#include "tests/core/live/support.h"
#include "tests/support/source_dir.h"

/// Streams over real sockets of this machine.
namespace purlscope::core {
namespace {

using test::Peer;
using test::Python;
using test::wait_until;
using testing::HasSubstr;

std::string message(double time, const std::string& id = "a", std::size_t joints = 20) {
  std::string list;
  for (std::size_t j = 0; j < joints; ++j) list += fmt::format("{}[0.1,{},2]", j == 0 ? "" : ",", j);
  return fmt::format(R"({{"skeleton_stream":1,"layout":"kinect20","time":{},"persons":[{{"id":"{}","joints":[{}]}}]}})",
                     time, id, list);
}

/// A source that listens.
struct Listening {
  explicit Listening(const char* scheme, int kind, const char* options = "") : port(test::free_port(kind)) {
    source = make_source(fmt::format("{}://127.0.0.1:{}{}", scheme, port, options));
    source->start();
    ready = wait_until([&] { return source->status().state == SourceState::waiting; });
  }
  std::uint16_t port;
  std::unique_ptr<PoseSource> source;
  bool ready = false;

  std::uint64_t received() const { return source->status().received; }
};

struct Udp : Listening {
  explicit Udp(const char* options = "") : Listening("udp", SOCK_DGRAM, options) {}
};

struct WebSocket : Listening {
  WebSocket() : Listening("ws", SOCK_STREAM) {}
};

void pause(double seconds) { std::this_thread::sleep_for(live_seconds(seconds)); }

TEST(UdpStream, FramesComeWithTheirTimes) {
  const Udp udp;
  ASSERT_TRUE(udp.ready);
  const Peer sender(SOCK_DGRAM, udp.port);
  for (int i = 0; i < 30; ++i) {
    sender.send(message(1000.0 + i / 100.0));
    pause(0.01);
  }
  ASSERT_TRUE(wait_until([&] { return udp.received() == 30; })) << udp.source->status().last_error;
  const auto frames = udp.source->frames().after(0);
  for (std::size_t i = 0; i < 30; ++i) {
    EXPECT_NEAR(frames[i]->time - frames[0]->time, static_cast<double>(i) / 100.0, 1e-6);
    EXPECT_LE(frames[i]->taken, frames[i]->received);
    EXPECT_LT(seconds_between(frames[i]->taken, frames[i]->received), 0.5);
  }
  EXPECT_EQ(udp.source->status().state, SourceState::live);
  EXPECT_GT(udp.source->status().rate, 10.0);
  const LiveTime begin = LiveClock::now();
  udp.source->stop();
  EXPECT_LT(seconds_between(begin, LiveClock::now()), 1.0);
}

TEST(UdpStream, BadPacketsAreCountedAndTheFirstIsTold) {
  const Udp udp;
  ASSERT_TRUE(udp.ready);
  const Peer sender(SOCK_DGRAM, udp.port);
  std::mt19937 random(1);
  std::string noise(1400, '\0');
  for (char& c : noise) c = static_cast<char>(random());
  std::string not_a_number = message(0.5);
  not_a_number.replace(not_a_number.find("0.1"), 3, "NaN");
  sender.send(message(0.0));
  sender.send(message(0.1, "a", 19));
  sender.send(noise);
  sender.send("");
  sender.send(not_a_number);
  sender.send(std::string(60'000, '['));
  sender.send(message(0.2));
  ASSERT_TRUE(wait_until([&] { return udp.received() == 2 && udp.source->status().bad == 5; }));
  EXPECT_THAT(udp.source->status().first_bad, HasSubstr("person 'a' has 19 joints, layout kinect20 has 20"));
}

TEST(UdpStream, AFloodIsCutToTheRate) {
  const Udp udp;
  ASSERT_TRUE(udp.ready);
  const Peer sender(SOCK_DGRAM, udp.port);
  constexpr double kSeconds = 2.0;
  const LiveTime begin = LiveClock::now();
  std::uint64_t sent = 0;
  while (seconds_between(begin, LiveClock::now()) < kSeconds) {
    while (static_cast<double>(sent) < 10'000.0 * seconds_between(begin, LiveClock::now())) {
      sender.send(message(static_cast<double>(sent++) * 1e-4));
    }
    pause(0.001);
  }
  const double lasted = seconds_between(begin, LiveClock::now());
  EXPECT_GT(sent, 15'000U);
  ASSERT_TRUE(wait_until([&] { return udp.received() > 100; }));
  pause(0.2);
  const SourceStatus status = udp.source->status();
  EXPECT_LE(status.received, static_cast<std::uint64_t>(StreamInput::kMostFrames * (lasted + 0.5) + 100));
  EXPECT_GT(status.dropped, 1000U);
  EXPECT_EQ(status.bad, 0U);
  EXPECT_LE(udp.source->frames().after(0).size(), FrameRing::kMostFrames);
  const LiveTime stop = LiveClock::now();
  udp.source->stop();
  EXPECT_LT(seconds_between(stop, LiveClock::now()), 2.0);
}

TEST(UdpStream, ASecondSenderIsRefusedUntilTheFirstFallsSilent) {
  const Udp udp("?jitter=0");
  ASSERT_TRUE(udp.ready);
  const Peer first(SOCK_DGRAM, udp.port);
  const Peer second(SOCK_DGRAM, udp.port);
  first.send(message(0.0, "first"));
  ASSERT_TRUE(wait_until([&] { return udp.received() == 1; }));
  second.send(message(500.0, "second"));
  ASSERT_TRUE(wait_until([&] { return udp.source->status().dropped == 1; }));
  EXPECT_THAT(udp.source->status().last_error, HasSubstr("a second sender"));
  first.send(message(0.1, "first"));
  ASSERT_TRUE(wait_until([&] { return udp.received() == 2; }));
  pause(StreamInput::kOwnerSilence + 0.2);
  second.send(message(502.0, "second"));
  ASSERT_TRUE(wait_until([&] { return udp.received() == 3; }));
  const auto frames = udp.source->frames().after(0);
  EXPECT_EQ(frames[2]->persons.at(0).id, "second");
  // The stream's time goes on as it passed here, whatever the second one's clock says.
  EXPECT_NEAR(frames[2]->time - frames[1]->time, StreamInput::kOwnerSilence + 0.2, 1.0);
}

TEST(UdpStream, GarbageFromAStrangerTakesNothingFromTheSender) {
  const Udp udp;
  ASSERT_TRUE(udp.ready);
  const Peer stranger(SOCK_DGRAM, udp.port);
  stranger.send("hello");
  ASSERT_TRUE(wait_until([&] { return udp.source->status().bad == 1; }));
  const Peer sender(SOCK_DGRAM, udp.port);
  sender.send(message(0.0));
  ASSERT_TRUE(wait_until([&] { return udp.received() == 1; }));
}

TEST(UdpStream, AJumpOfTheSendersClockIsBridged) {
  const Udp udp;
  ASSERT_TRUE(udp.ready);
  const Peer sender(SOCK_DGRAM, udp.port);
  for (int i = 0; i < 20; ++i) {
    sender.send(message(100.0 + i * 0.02 + (i >= 10 ? -50.0 : 0.0)));
    pause(0.02);
  }
  ASSERT_TRUE(wait_until([&] { return udp.received() == 20; }));
  const auto frames = udp.source->frames().after(0);
  EXPECT_THAT(udp.source->status().last_error, HasSubstr("clock jumped"));
  EXPECT_NEAR(frames.back()->time - frames.front()->time, 0.38, 0.3);
  for (std::size_t i = 1; i < frames.size(); ++i) EXPECT_GE(frames[i]->time, frames[i - 1]->time);
}

TEST(UdpStream, PacketsThatOvertookEachOtherComeInOrder) {
  const Udp udp("?jitter=300");
  ASSERT_TRUE(udp.ready);
  const Peer sender(SOCK_DGRAM, udp.port);
  for (const double time : {0.00, 0.02, 0.01, 0.04, 0.03}) sender.send(message(time));
  ASSERT_TRUE(wait_until([&] { return udp.received() == 5; }));
  std::vector<double> times;
  for (const auto& frame : udp.source->frames().after(0)) times.push_back(frame->time);
  EXPECT_THAT(times, testing::Pointwise(testing::DoubleNear(1e-6), {0.0, 0.01, 0.02, 0.03, 0.04}));
}

TEST(UdpStream, AnotherLayoutFromTheSameSenderGoesOn) {
  const Udp udp("?jitter=0");
  const Peer sender(SOCK_DGRAM, udp.port);
  sender.send(message(0.0));
  sender.send(R"({"skeleton_stream":1,"layout":"ntu25","time":0.1,"persons":[]})");
  ASSERT_TRUE(wait_until([&] { return udp.received() == 2; }));
  EXPECT_EQ(udp.source->frames().after(1).at(0)->layout->id, "ntu25");
}

std::string python_sender() { return (test::source_dir() / "tools/send_skeletons.py").string(); }

TEST(UdpStream, ThePythonSenderIsUnderstood) {
  const Udp udp;
  ASSERT_TRUE(udp.ready);
  const Python sender({python_sender(), fmt::format("udp://127.0.0.1:{}", udp.port), "walk"});
  ASSERT_TRUE(wait_until([&] { return udp.received() > 20; }, 30.0)) << udp.source->status().last_error;
  EXPECT_EQ(udp.source->status().bad, 0U);
  const auto frame = udp.source->frames().after(0).front();
  EXPECT_EQ(frame->layout->id, "ntu25");
  // Somebody of our size on our floor: the head above the feet, left to the left of one who faces us.
  const auto joint = [&](const char* name) {
    return frame->persons.at(0).joints[static_cast<std::size_t>(frame->layout->joint(name))];
  };
  EXPECT_NEAR(joint("head")[1] - joint("left foot")[1], 1.6, 0.15);
  EXPECT_LT(joint("left shoulder")[0], joint("right shoulder")[0]);
}

TEST(WebSocketStream, ThePythonSenderIsUnderstood) {
  const WebSocket ws;
  ASSERT_TRUE(ws.ready);
  const std::string clip = (test::source_dir() / "resources/clips/wave.skeleton").string();
  const Python sender({python_sender(), fmt::format("ws://127.0.0.1:{}", ws.port), clip});
  ASSERT_TRUE(wait_until([&] { return ws.received() > 20; }, 30.0)) << ws.source->status().last_error;
  EXPECT_EQ(ws.source->status().bad, 0U);
  const LiveTime stop = LiveClock::now();
  ws.source->stop();
  EXPECT_LT(seconds_between(stop, LiveClock::now()), 1.0);
}

/// The answer to the key of upgrade(), as RFC 6455, section 1.3, has it.
constexpr const char* kAccepted = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

std::string upgrade(const std::string& origin) {
  return "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" + origin +
         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
}

/// A masked frame with a mask of zeros; texts of 126 bytes and more.
std::string text_frame(const std::string& text) {
  const bool large = text.size() > 65535;
  std::string frame = "\x81";
  frame += static_cast<char>(0x80 | (large ? 127 : 126));
  for (int shift = large ? 56 : 8; shift >= 0; shift -= 8) frame += static_cast<char>((text.size() >> shift) & 0xFF);
  return frame + std::string(4, '\0') + text;
}

TEST(WebSocketStream, PagesFromElsewhereAreNotLetIn) {
  const WebSocket ws;
  ASSERT_TRUE(ws.ready);
  std::uint64_t refused = 0;
  for (const char* origin : {"https://example.org", "null", "http://localhost.example.org:80"}) {
    const Peer page(SOCK_STREAM, ws.port);
    ASSERT_TRUE(page.connected());
    page.send(upgrade(fmt::format("Origin: {}\r\n", origin)));
    EXPECT_THAT(page.rest(), testing::Not(HasSubstr("101"))) << origin;
    ++refused;
    ASSERT_TRUE(wait_until([&] { return ws.source->status().bad == refused; }));
  }
  EXPECT_THAT(ws.source->status().first_bad, HasSubstr("https://example.org is not let in"));
  const Peer own(SOCK_STREAM, ws.port);
  own.send(upgrade("Origin: http://localhost:3000\r\n"));
  EXPECT_THAT(own.receive_until("\r\n\r\n"), HasSubstr(kAccepted));
  own.send(text_frame(message(0.0)));
  ASSERT_TRUE(wait_until([&] { return ws.received() == 1; })) << ws.source->status().last_error;
}

TEST(WebSocketStream, NoiseAndHugeMessagesEndTheConnectionAlone) {
  const WebSocket ws;
  ASSERT_TRUE(ws.ready);
  const Peer noise(SOCK_STREAM, ws.port);
  noise.send("\x16\x03\x01 this is no HTTP\r\n\r\n");
  const Peer plain(SOCK_STREAM, ws.port);
  plain.send("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  ASSERT_TRUE(wait_until([&] { return ws.source->status().bad == 2; }));
  const Peer huge(SOCK_STREAM, ws.port);
  huge.send(upgrade(""));
  huge.receive_until("\r\n\r\n");
  huge.send(text_frame(std::string(2 << 20, ' ')));
  ASSERT_TRUE(wait_until([&] { return ws.source->status().bad == 3; }));
  EXPECT_THAT(ws.source->status().last_error, testing::AnyOf(HasSubstr("message"), HasSubstr("bytes")));
  const Peer good(SOCK_STREAM, ws.port);
  good.send(upgrade(""));
  good.receive_until("\r\n\r\n");
  good.send(text_frame(message(0.0)));
  ASSERT_TRUE(wait_until([&] { return ws.received() == 1; }));
}

TEST(WebSocketStream, MoreSendersThanEightAreTurnedAway) {
  const WebSocket ws;
  ASSERT_TRUE(ws.ready);
  std::vector<std::unique_ptr<Peer>> senders;
  for (int i = 0; i < 8; ++i) {
    senders.push_back(std::make_unique<Peer>(SOCK_STREAM, ws.port));
    senders.back()->send(upgrade(""));
  }
  pause(0.1);
  const Peer ninth(SOCK_STREAM, ws.port);
  EXPECT_EQ(ninth.rest(), "");
  ASSERT_TRUE(wait_until([&] { return ws.source->status().last_error.find("8 senders") != std::string::npos; }));
}

TEST(WebSocketClient, ConnectsAgainWithBackOff) {
  const std::uint16_t port = test::free_port(SOCK_STREAM);
  const auto source = make_source(fmt::format("ws+connect://127.0.0.1:{}/poses", port));
  source->start();
  ASSERT_TRUE(wait_until([&] { return source->status().state == SourceState::connecting; }));
  EXPECT_THAT(source->status().text, HasSubstr("next try in"));
  const Python server({(test::source_dir() / "tests/core/live/websocket_server.py").string(), std::to_string(port)});
  ASSERT_TRUE(wait_until([&] { return source->status().received >= 4 && source->status().reconnects >= 1; }, 30.0))
      << source->status().last_error;
  EXPECT_EQ(source->status().bad, 0U);
  const LiveTime stop = LiveClock::now();
  source->stop();
  EXPECT_LT(seconds_between(stop, LiveClock::now()), 1.0);
}

}  // namespace
}  // namespace purlscope::core
