#include "core/live/parser/vmc.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"
#include "core/live/make_source.h"
#include "tests/core/live/protocols/packets.h"
#include "tests/core/live/support.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::OscPacket;
using test::ThrowsError;
using testing::FloatNear;
using testing::HasSubstr;
using testing::Pointwise;

const float kHalf = std::sqrt(0.5F);

std::optional<ParsedFrame> parse(Parser& parser, OscPacket& packet) { return parser.parse(packet.bytes()); }

Vec3 joint(const ParsedFrame& frame, const char* name) {
  return frame.persons.at(0).joints[static_cast<std::size_t>(frame.layout->joint(name))];
}

JointState state(const ParsedFrame& frame, const char* name) {
  return frame.persons.at(0).state[static_cast<std::size_t>(frame.layout->joint(name))];
}

auto near(std::vector<float> place) { return Pointwise(FloatNear(1e-5F), std::move(place)); }

TEST(Vmc, APoseSpansPacketsUpToItsTime) {
  const auto parser = make_vmc_parser();
  EXPECT_FALSE(parse(*parser, OscPacket().bone("Hips", {1, 1, 2, 0, 0, 0, 1})));
  // The thigh is turned by 90 degrees about x: what hung below it (-y) lies behind it (-z of Unity).
  EXPECT_FALSE(parse(*parser, OscPacket()
                                  .bone("LeftUpperLeg", {-0.1F, -0.05F, 0, kHalf, 0, 0, kHalf})
                                  .bone("LeftLowerLeg", {0, -0.4F, 0, 0, 0, 0, 1})));
  const auto frame = parse(*parser, OscPacket().time(7.5F));
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->time, 7.5);
  EXPECT_EQ(frame->layout->id, "vrm");
  EXPECT_THAT(joint(*frame, "Hips"), near({1, 1, -2}));
  EXPECT_THAT(joint(*frame, "LeftUpperLeg"), near({0.9F, 0.95F, -2}));
  EXPECT_THAT(joint(*frame, "LeftLowerLeg"), near({0.9F, 0.95F, -1.6F}));
  EXPECT_EQ(state(*frame, "LeftLowerLeg"), JointState::given);
  EXPECT_EQ(state(*frame, "RightLowerLeg"), JointState::missing);
  EXPECT_FALSE(parse(*parser, OscPacket().time(7.6F))) << "nothing moved since";
}

TEST(Vmc, TheRootCarriesAll) {
  const auto parser = make_vmc_parser();
  // Turned by 180 degrees about y and moved one metre along z.
  const auto frame =
      parse(*parser, OscPacket().root({0, 0, 1, 0, 1, 0, 0}).bone("Hips", {1, 1, 2, 0, 0, 0, 1}).time(0));
  ASSERT_TRUE(frame);
  EXPECT_THAT(joint(*frame, "Hips"), near({-1, 1, 1}));
}

TEST(Vmc, BonesThatAreNotSentAreSkippedInTheChain) {
  const auto parser = make_vmc_parser();
  const auto frame = parse(*parser, OscPacket()
                                        .bone("Hips", {0, 1, 0, 0, 0, 0, 1})
                                        .bone("Spine", {0, 0.1F, 0, 0, 0, 0, 1})
                                        .bone("Neck", {0, 0.4F, 0, 0, 0, 0, 1})
                                        .time(0));
  ASSERT_TRUE(frame);
  EXPECT_THAT(joint(*frame, "Neck"), near({0, 1.5F, 0}));
  EXPECT_EQ(state(*frame, "Chest"), JointState::missing);
}

TEST(Vmc, RotationsAloneStandOnAnAverageBody) {
  const auto parser = make_vmc_parser();
  const std::array<float, 7> still = {0, 0, 0, 0, 0, 0, 1};
  const auto frame = parse(*parser, OscPacket()
                                        .bone("Hips", still)
                                        .bone("Head", still)
                                        .bone("LeftUpperArm", still)
                                        .bone("LeftLowerArm", still)
                                        .bone("RightFoot", still)
                                        .time(0));
  ASSERT_TRUE(frame);
  EXPECT_THAT(joint(*frame, "Head"), near({0, 1.54F, 0}));
  EXPECT_THAT(joint(*frame, "LeftLowerArm"), near({-0.43F, 1.41F, 0}));
  EXPECT_THAT(joint(*frame, "RightFoot"), near({0.09F, 0.09F, 0}));
}

TEST(Vmc, SendersWithoutTimeAreTakenBoneByBone) {
  const auto parser = make_vmc_parser();
  EXPECT_FALSE(parse(*parser, OscPacket().bone("Hips", {0, 1, 0, 0, 0, 0, 1})));
  EXPECT_FALSE(parse(*parser, OscPacket().bone("Head", {0, 0.6F, 0, 0, 0, 0, 1})));
  const auto frame = parse(*parser, OscPacket().bone("Hips", {0, 2, 0, 0, 0, 0, 1}));
  ASSERT_TRUE(frame);
  EXPECT_FALSE(frame->time);
  EXPECT_THAT(joint(*frame, "Head"), near({0, 1.6F, 0}));
}

TEST(Vmc, OtherMessagesAndBonesAreLeftAlone) {
  const auto parser = make_vmc_parser();
  EXPECT_FALSE(
      parse(*parser, OscPacket().pose("/VMC/Ext/Cam", "camera", {}).bone("Tail", {0, 0, 0, 0, 0, 0, 1}).time(1)));
}

TEST(Vmc, SaysWhatIsWrong) {
  const auto parser = make_vmc_parser();
  const auto expect = [&](const std::string& bytes, const char* words) {
    EXPECT_THAT([&] { parser->parse(bytes); }, ThrowsError(Code::bad_format, HasSubstr(words)));
  };
  expect("", "OSC");
  expect("hello, world", "OSC");
  expect(OscPacket().bone("Hips", {0, 0, 0, 0, 0, 0, 0}).bytes(), "no quaternion");
  expect(OscPacket().bone("Hips", {NAN, 0, 0, 0, 0, 0, 1}).bytes(), "not finite");
  expect(OscPacket().bone("Hips", {0, 0, 0, NAN, 0, 0, 1}).bytes(), "no quaternion");
  expect(OscPacket().time(INFINITY).bytes(), "time is not finite");
}

TEST(VmcStream, PosesComeOverUdp) {
  const std::uint16_t port = test::free_port(SOCK_DGRAM);
  const auto source = make_source("vmc://127.0.0.1:" + std::to_string(port));
  source->start();
  ASSERT_TRUE(test::wait_until([&] { return source->status().state == SourceState::waiting; }));
  const test::Peer sender(SOCK_DGRAM, port);
  for (int i = 0; i < 10; ++i) {
    sender.send(
        OscPacket().root({0, 0, 0, 0, 0, 0, 1}).bone("Hips", {0, 0.1F * static_cast<float>(i), 0, 0, 0, 0, 1}).bytes());
    sender.send(OscPacket().time(0.02F * static_cast<float>(i)).bytes());
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  ASSERT_TRUE(test::wait_until([&] { return source->status().received == 10; })) << source->status().last_error;
  EXPECT_NEAR(source->frames().after(0)[9]->persons[0].joints[0][1], 0.9F, 1e-5F);
  EXPECT_NEAR(source->frames().after(0)[9]->time, 0.18, 1e-3);
}

}  // namespace
}  // namespace purlscope::core
