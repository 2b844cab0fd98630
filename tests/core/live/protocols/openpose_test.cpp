#include "core/live/parser/openpose.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "core/live/make_source.h"
#include "core/live/persons/person_tracks.h"
#include "tests/core/formats/samples/planar_samples.h"
#include "tests/core/live/support.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::Figure;
using test::openpose_json;
using test::TempDir;
using test::ThrowsError;
using test::wait_until;
using testing::HasSubstr;

/// One person of BODY_25. @param shift  pixels to the right
std::string openpose_file(double shift = 0.0) { return openpose_json({{.layout = "body25", .shift = shift}}); }

TEST(OpenPose, PixelsBecomeMetresByTheTorso) {
  const auto frame = make_openpose_parser()->parse(openpose_json({{.layout = "body25", .hidden = 0, .unsure = 1}}));
  ASSERT_TRUE(frame);
  EXPECT_TRUE(frame->reduced_accuracy);
  const LivePerson& person = frame->persons.at(0);
  const auto at = [&](const char* name) { return static_cast<std::size_t>(frame->layout->joint(name)); };
  // 100 pixels are 0.5 m; the origin is the middle of the hips at (300, 200). Their left is on the image's right.
  EXPECT_THAT(person.joints[at("left shoulder")],
              testing::Pointwise(testing::FloatNear(1e-5F), std::vector<float>{-0.1F, 0.5F, 0.0F}));
  EXPECT_EQ(person.state[at("nose")], JointState::missing);
  EXPECT_EQ(person.joints[at("nose")], Vec3{});
  EXPECT_EQ(person.state[at("neck")], JointState::inferred);
  EXPECT_FLOAT_EQ(person.confidence[at("neck")], 0.1F);
}

TEST(OpenPose, TheScaleComesFromTheNeckWhereShouldersAreHidden) {
  Figure turned{.layout = "body25"};
  turned.hidden = 2;  // the right shoulder
  const auto frame = make_openpose_parser()->parse(openpose_json({turned}));
  ASSERT_TRUE(frame);
  const auto neck = static_cast<std::size_t>(frame->layout->joint("neck"));
  EXPECT_NEAR(frame->persons.at(0).joints[neck][1], 0.5F, 1e-5F);
}

TEST(OpenPose, APersonOfWhomOnlyHandsWereFoundIsNobody) {
  const auto parser = make_openpose_parser();
  parser->parse(openpose_file());
  const auto frame = parser->parse(R"({"people": [{"pose_keypoints_2d": [], "hand_left_keypoints_2d": [1, 2, 3]}]})");
  ASSERT_TRUE(frame);
  EXPECT_TRUE(frame->persons.empty());
}

TEST(OpenPose, PersonsKeepTheirIdsWhenTheirOrderChanges) {
  const auto parser = make_openpose_parser();
  PersonTracks tracks;
  std::vector<LiveFrame> frames;
  for (const auto& shifts : {std::vector{0.0, 400.0}, {390.0, 10.0, 700.0}}) {
    std::vector<Figure> people;
    for (const double shift : shifts) people.push_back({.layout = "body25", .shift = shift});
    ParsedFrame parsed = *parser->parse(openpose_json(people));
    LiveFrame frame;
    frame.time = static_cast<double>(frames.size()) / 30.0;
    frame.layout = parsed.layout;
    frame.persons = parsed.persons;
    tracks.name(frame);
    frames.push_back(frame);
  }
  ASSERT_EQ(frames[1].persons.size(), 3U);
  EXPECT_EQ(frames[1].persons[0].id, frames[0].persons[1].id);
  EXPECT_EQ(frames[1].persons[1].id, frames[0].persons[0].id);
  EXPECT_NE(frames[1].persons[2].id, frames[0].persons[0].id);
  EXPECT_NE(frames[1].persons[2].id, frames[0].persons[1].id);
}

TEST(OpenPose, PersonIdsOfTheFileAreKept) {
  for (const auto& [given, id] : {std::pair("7", "7"), {"-1", ""}}) {
    const auto frame = make_openpose_parser()->parse(openpose_json({{.layout = "body25", .id = given}}));
    EXPECT_EQ(frame->persons.at(0).id, id);
  }
}

TEST(OpenPose, SaysWhatIsWrong) {
  for (const auto& [text, words] : {std::pair<std::string, const char*>{"[]", "\"people\""},
                                    {"{\"people\": 3}", "\"people\""},
                                    {"{\"people\": [{\"pose_keypoints_2d\": [1, 2, 3]}]}", "3 numbers, expected 75"},
                                    {"{\"people\": [3]}", "no list \"pose_keypoints_2d\""},
                                    {openpose_json({{.layout = "body25", .shift = 1e7}}), "pixels away"}}) {
    EXPECT_THAT([&] { make_openpose_parser()->parse(text); }, ThrowsError(Code::bad_format, HasSubstr(words)));
  }
  EXPECT_FALSE(make_openpose_parser()->parse("{\"people\": []}")) << "no layout is known yet";
}

TEST(OpenPose, ABadPacketLeavesNoLayoutBehind) {
  const auto parser = make_openpose_parser();
  const std::string bad = openpose_json({{.layout = "body25"}, {.layout = "coco17"}});
  EXPECT_THAT([&] { parser->parse(bad); }, ThrowsError(Code::bad_format, HasSubstr("51 numbers")));
  EXPECT_EQ(parser->parse(openpose_json({{.layout = "coco18"}}))->layout->id, "coco18");
}

TEST(FolderWatch, TakesWhatIsThereAndWhatComes) {
  const TempDir folder;
  const auto name = [](int i) { return fmt::format("video_{:012}_keypoints.json", i); };
  for (int i = 0; i < 3; ++i) folder.write(name(i), openpose_file());
  const auto source = make_source("openpose:" + folder.path().string());
  source->start();
  ASSERT_TRUE(wait_until([&] { return source->status().received == 3; })) << source->status().last_error;
  folder.write(name(3), openpose_file(10.0));
  folder.write(name(4), "{\"people\": [");
  folder.write("notes.txt", "no frame");
  const auto moved = folder.write("part", openpose_file(20.0));
  std::filesystem::rename(moved, folder.path() / name(5));
  ASSERT_TRUE(wait_until([&] { return source->status().received == 5 && source->status().bad == 1; }));
  EXPECT_THAT(source->status().first_bad, HasSubstr(name(4)));
  const auto frames = source->frames().after(0);
  EXPECT_NEAR(frames[2]->time, 2.0 / 30.0, 1e-9);
  EXPECT_GE(frames[3]->time, frames[2]->time);
  EXPECT_EQ(frames[4]->persons.at(0).id, frames[0]->persons.at(0).id);
  const LiveTime stop = LiveClock::now();
  source->stop();
  EXPECT_LT(seconds_between(stop, LiveClock::now()), 1.0);
}

TEST(FolderWatch, WithAStatedRateFilesCountNotTheirArrival) {
  const TempDir folder;
  const auto source = make_source("openpose:" + folder.path().string() + "?fps=10");
  source->start();
  ASSERT_TRUE(wait_until([&] { return source->status().state == SourceState::waiting; }));
  for (int i = 0; i < 3; ++i) folder.write(fmt::format("{}.json", i), openpose_file());
  ASSERT_TRUE(wait_until([&] { return source->status().received == 3; }));
  EXPECT_NEAR(source->frames().after(0)[2]->time, 0.2, 1e-9);
}

TEST(FolderWatch, AMissingOrVanishingFolderFails) {
  const auto missing = make_source("openpose:/nowhere/json");
  missing->start();
  ASSERT_TRUE(wait_until([&] { return missing->status().state == SourceState::failed; }));
  EXPECT_THAT(missing->status().last_error, HasSubstr("/nowhere/json"));
  const TempDir folder;
  std::filesystem::create_directory(folder.path() / "sub");
  const auto vanishing = make_source("openpose:" + (folder.path() / "sub").string());
  vanishing->start();
  ASSERT_TRUE(wait_until([&] { return vanishing->status().state == SourceState::waiting; }));
  std::filesystem::remove(folder.path() / "sub");
  ASSERT_TRUE(wait_until([&] { return vanishing->status().state == SourceState::failed; }));
  EXPECT_THAT(vanishing->status().last_error, HasSubstr("is gone"));
}

}  // namespace
}  // namespace purlscope::core
