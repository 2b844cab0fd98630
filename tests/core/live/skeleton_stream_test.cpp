#include "core/live/parser/skeleton_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>

#include "core/base/error.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using nlohmann::json;
using test::ThrowsError;
using testing::HasSubstr;

json message(const char* layout = "kinect20", std::size_t joints = 20) {
  json person = {{"id", "a"}, {"joints", json::array()}};
  for (std::size_t j = 0; j < joints; ++j) person["joints"].push_back({1.0 * static_cast<double>(j), 2.0, 3.0, 0.9});
  return {{"skeleton_stream", 1}, {"layout", layout}, {"time", 12.5}, {"persons", {person}}};
}

ParsedFrame parse(const json& value) { return *make_skeleton_stream_parser()->parse(value.dump()); }

TEST(SkeletonStream, AMessageIsOneFrame) {
  json value = message();
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
  json value = message();
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
  json value = message("x", 3);
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
    json changed = message();
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
      {with("/persons/1", message()["persons"][0]), "two persons with the id 'a'"},
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

TEST(SkeletonStream, SurvivesAnyBytes) {
  const auto parser = make_skeleton_stream_parser();
  const std::string whole = message().dump();
  std::mt19937 random(5);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes = whole;
    for (int flips = 1 + round % 5; flips > 0; --flips) bytes[random() % bytes.size()] = static_cast<char>(random());
    if (round % 7 == 0) bytes.resize(random() % bytes.size());
    try {
      const auto frame = parser->parse(bytes);
      ASSERT_TRUE(frame && frame->layout);
      for (const LivePerson& person : frame->persons) ASSERT_EQ(person.joints.size(), frame->layout->size());
    } catch (const Error&) {
    }
  }
  const std::string deep(200'000, '[');
  EXPECT_THROW(parser->parse(deep), Error);
}

}  // namespace
}  // namespace purlscope::core
