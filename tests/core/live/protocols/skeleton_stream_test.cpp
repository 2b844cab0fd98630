#include "core/live/parser/skeleton_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "tests/core/live/protocols/packets.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using nlohmann::json;
using test::skeleton_stream_message;
using test::ThrowsError;
using testing::HasSubstr;

ParsedFrame parse(const json& value) { return *make_skeleton_stream_parser()->parse(value.dump()); }

TEST(SkeletonStream, AMessageIsOneFrame) {
  json value = skeleton_stream_message();
  value["persons"][0]["joints"][1] = nullptr;
  value["persons"][0]["joints"][2] = {1.0, 2.0, 3.0, 0.1};
  value["persons"][0]["joints"][3] = {1.0, 2.0, 3.0, 0.0};
  value["persons"][0]["joints"][4] = {1.0, 2.0, 3.0};
  const ParsedFrame frame = parse(value);
  EXPECT_EQ(frame.time, 12.5);
  EXPECT_EQ(frame.layout->id, "kinect20");
  ASSERT_EQ(frame.persons.size(), 1U);
  EXPECT_EQ(frame.persons[0].id, "a");
  EXPECT_EQ(frame.persons[0].joints[7], (Vec3{7.0F, 2.0F, 3.0F}));
  using enum JointState;
  EXPECT_EQ(std::vector(frame.persons[0].state.begin(), frame.persons[0].state.begin() + 5),
            (std::vector{given, missing, inferred, missing, given}));
  EXPECT_EQ(frame.persons[0].confidence[2], 0.1F);
  EXPECT_EQ(frame.persons[0].confidence[4], 1.0F);
}

TEST(SkeletonStream, UnitAndUpAxisAreConverted) {
  json value = skeleton_stream_message();
  value["unit"] = "cm";
  value["up"] = "z";
  // x right, y forward, z up at (7, 2, 3) cm: z becomes up, and what was forward goes away from us.
  EXPECT_THAT(parse(value).persons[0].joints[7],
              testing::Pointwise(testing::FloatEq(), std::vector<float>{0.07F, 0.03F, -0.02F}));
  value["unit"] = "mm";
  value["up"] = "-y";
  EXPECT_THAT(parse(value).persons[0].joints[7],
              testing::Pointwise(testing::FloatEq(), std::vector<float>{0.007F, -0.002F, -0.003F}));
}

TEST(SkeletonStream, AnOwnLayoutIsMadeOnce) {
  const auto parser = make_skeleton_stream_parser();
  json value = skeleton_stream_message("x", 3);
  value["layout"] = {{"joints", {"hip", "left hand", "right hand"}}, {"parent", {0, 0, 0}}};
  const auto first = parser->parse(value.dump())->layout;
  EXPECT_EQ(first->id, "own");
  EXPECT_EQ(first->mirror, (std::vector<int>{0, 2, 1}));
  EXPECT_EQ(parser->parse(value.dump())->layout, first);
  value["layout"]["parent"] = {0, 0, 1};
  EXPECT_NE(parser->parse(value.dump())->layout, first);
}

TEST(SkeletonStream, SaysWhatIsWrong) {
  const auto with = [](const char* path, const json& value) {
    json changed = skeleton_stream_message();
    changed[json::json_pointer(path)] = value;
    return changed;
  };
  const struct {
    json value;
    const char* words;
  } cases[] = {
      {json::array(), "a list of 0, expected an object"},
      {with("/skeleton_stream", 2), "\"skeleton_stream\" is 2, expected 1"},
      {with("/layout", "ntu26"), "no joint layout 'ntu26'"},
      {with("/layout", 7), "\"layout\" is 7"},
      {with("/layout", {{"joints", {"a", 1}}}), "a joint's name is 1"},
      {with("/layout", {{"joints", {"a", "b"}}, {"parent", {0, 5}}}), "5"},
      {with("/layout", "ntu25"), "person 'a' has 20 joints, layout ntu25 has 25"},
      {with("/unit", "inch"), "unit \"inch\""},
      {with("/up", "x"), "up \"x\""},
      {with("/time", "now"), "\"time\" is \"now\""},
      {with("/time", 1e300), "\"time\" is 1e+300"},
      {with("/persons", nullptr), "\"persons\" is null"},
      {with("/persons", json(std::vector<int>(65))), "a list of 65"},
      {with("/persons/0", 3), "a person is 3"},
      {with("/persons/0/id", std::string(65, 'x')), "id"},
      {with("/persons/0/joints", 3), "has 0 joints"},
      {with("/persons/0/joints/4", {1, 2}), "a joint is a list of 2"},
      {with("/persons/0/joints/4", {1, "2", 3}), "a joint is a list of 3"},
      {with("/persons/1", skeleton_stream_message()["persons"][0]), "two persons with the id 'a'"},
  };
  for (const auto& [value, words] : cases) {
    EXPECT_THAT(
        [&] { make_skeleton_stream_parser()->parse(value.dump()); },
        testing::AnyOf(ThrowsError(Code::bad_format, HasSubstr(words)), ThrowsError(Code::not_found, HasSubstr(words)),
                       ThrowsError(Code::bad_argument, HasSubstr(words))));
  }
  for (const char* text : {"", "{", "[1e999]", "{\"skeleton_stream\": NaN}", "\xff\xfe", "nul"}) {
    EXPECT_THAT([&] { make_skeleton_stream_parser()->parse(text); },
                ThrowsError(Code::bad_format, HasSubstr("SkeletonStream")));
  }
}

}  // namespace
}  // namespace purlscope::core
