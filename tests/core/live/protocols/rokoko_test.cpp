#include "core/live/parser/rokoko.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/live/make_source.h"
#include "tests/core/live/protocols/packets.h"
#include "tests/core/live/support.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using nlohmann::json;
using test::rokoko_message;
using test::ThrowsError;
using test::wait_until;
using testing::HasSubstr;

TEST(Rokoko, ActorsArePersons) {
  const auto frame = make_rokoko_parser()->parse(rokoko_message().dump());
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->time, 3.25);
  EXPECT_EQ(frame->layout->id, "vrm");
  const LivePerson& person = frame->persons.at(0);
  EXPECT_EQ(person.id, "Ana");
  const auto at = [&](const char* name) { return static_cast<std::size_t>(frame->layout->joint(name)); };
  EXPECT_EQ(person.joints[at("Hips")], (Vec3{0.5F, 1.0F, -2.0F}));
  EXPECT_EQ(person.joints[at("LeftUpperLeg")], (Vec3{0.4F, 0.9F, -2.0F}));
  EXPECT_EQ(person.joints[at("LeftThumbIntermediate")], (Vec3{-0.7F, 1.4F, -2.0F}));
  EXPECT_EQ(person.joints[at("UpperChest")], (Vec3{0.5F, 1.4F, -2.0F}));
  EXPECT_EQ(person.state[at("RightHand")], JointState::missing);
}

TEST(Rokoko, SaysWhatIsWrong) {
  const auto with = [](const char* path, const json& value) {
    json changed = rokoko_message();
    changed[json::json_pointer(path)] = value;
    return changed.dump();
  };
  const std::pair<std::string, const char*> cases[] = {
      {"\x04\x22\x4d\x18 rest", "compressed"},
      {"{", "no JSON"},
      {with("/version", 2), "version 2"},
      {with("/version", -1e300), "version -1e+300"},
      {with("/version", "99999999999999999999"), "version \"99999999999999999999\""},
      {with("/scene", nullptr), "without a scene"},
      {with("/scene/actors", 1), "\"actors\" is 1"},
      {with("/scene/actors/0/body", 1), "\"body\" is 1"},
      {with("/scene/actors/1", rokoko_message()["scene"]["actors"][0]), "two actors of the name 'Ana'"},
  };
  for (const auto& [text, words] : cases) {
    EXPECT_THAT([&] { make_rokoko_parser()->parse(text); }, ThrowsError(Code::bad_format, HasSubstr(words)));
  }
}

TEST(RokokoStream, FramesComeOverUdp) {
  const std::uint16_t port = test::free_port(SOCK_DGRAM);
  const auto source = make_source(fmt::format("rokoko://127.0.0.1:{}", port));
  source->start();
  ASSERT_TRUE(wait_until([&] { return source->status().state == SourceState::waiting; }));
  const test::Peer sender(SOCK_DGRAM, port);
  sender.send(rokoko_message().dump());
  sender.send("{}");
  ASSERT_TRUE(wait_until([&] { return source->status().received == 1 && source->status().bad == 1; }));
}

}  // namespace
}  // namespace purlscope::core
