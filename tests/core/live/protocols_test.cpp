#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <random>

#include "core/base/error.h"
#include "core/live/make_source.h"
#include "core/live/parser/openpose.h"
#include "core/live/parser/rokoko.h"
#include "core/live/person_tracks.h"
#include "tests/core/live/support.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using nlohmann::json;
using test::TempDir;
using test::ThrowsError;
using test::wait_until;
using testing::HasSubstr;

json bone(float x, float y, float z) {
  return {{"position", {{"x", x}, {"y", y}, {"z", z}}}, {"rotation", {{"x", 0}, {"y", 0}, {"z", 0}, {"w", 1}}}};
}

/// The form of LiveFrame_v4 in Rokoko's plugin for Unity.
json rokoko_message() {
  return {{"version", "3,0"},
          {"fps", 60.0},
          {"scene",
           {{"timestamp", 3.25},
            {"actors",
             {{{"name", "Ana"},
               {"meta", {{"hasFace", false}}},
               {"dimensions", {{"totalHeight", 1.8}, {"hipHeight", 1.0}}},
               {"body",
                {{"hip", bone(0.5F, 1.0F, 2.0F)},
                 {"leftUpLeg", bone(0.4F, 0.9F, 2.0F)},
                 {"leftThumbMedial", bone(-0.7F, 1.4F, 2.0F)},
                 {"chest", bone(0.5F, 1.4F, 2.0F)}}}}}},
            {"props", json::array()}}}};
}

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

/// A person of OpenPose's BODY_25 whose torso is 100 pixels long; the neck stands at (x, 200).
std::string openpose_file(std::vector<float> people, const char* id = "-1") {
  std::string text;
  for (const float x : people) {
    std::string keypoints;
    const auto layout = joint_layout("body25");
    for (std::size_t j = 0; j < 25; ++j) {
      const std::string& name = layout->joints[j];
      const bool hip = name.ends_with(" hip");
      const bool shoulder = name.ends_with(" shoulder");
      const float y = hip ? 300.0F : shoulder ? 200.0F : 250.0F;
      const float side = name.starts_with("left") ? 20.0F : name.starts_with("right") ? -20.0F : 0.0F;
      const float score = name == "nose" ? 0.0F : name == "neck" ? 0.1F : 0.9F;
      keypoints +=
          fmt::format("{}{},{},{}", j == 0 ? "" : ",", score == 0 ? 0.0F : x + side, score == 0 ? 0.0F : y, score);
    }
    text += fmt::format(R"({}{{"person_id":[{}],"pose_keypoints_2d":[{}]}})", text.empty() ? "" : ",", id, keypoints);
  }
  return fmt::format(R"({{"version":1.3,"people":[{}]}})", text);
}

TEST(OpenPose, PixelsBecomeMetresByTheTorso) {
  const auto frame = make_openpose_parser()->parse(openpose_file({320.0F}));
  ASSERT_TRUE(frame);
  EXPECT_TRUE(frame->reduced_accuracy);
  const LivePerson& person = frame->persons.at(0);
  const auto at = [&](const char* name) { return static_cast<std::size_t>(frame->layout->joint(name)); };
  // 100 pixels are 0.5 m; the origin is the middle of the hips at (320, 300). Their left is on the image's right.
  EXPECT_THAT(person.joints[at("left shoulder")],
              testing::Pointwise(testing::FloatNear(1e-5F), std::vector<float>{-0.1F, 0.5F, 0.0F}));
  EXPECT_EQ(person.state[at("nose")], JointState::missing);
  EXPECT_EQ(person.state[at("neck")], JointState::inferred);
}

TEST(OpenPose, PersonsKeepTheirIdsWhenTheirOrderChanges) {
  const auto parser = make_openpose_parser();
  PersonTracks tracks;
  std::vector<LiveFrame> frames;
  for (const auto& people : {std::vector{100.0F, 500.0F}, {490.0F, 110.0F, 800.0F}}) {
    ParsedFrame parsed = *parser->parse(openpose_file(people));
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
  EXPECT_EQ(make_openpose_parser()->parse(openpose_file({100.0F}, "7"))->persons.at(0).id, "7");
  EXPECT_EQ(make_openpose_parser()->parse(openpose_file({100.0F}, "-1"))->persons.at(0).id, "");
}

TEST(OpenPose, SaysWhatIsWrong) {
  for (const auto& [text, words] : {std::pair<std::string, const char*>{"[]", "\"people\""},
                                    {"{\"people\": 3}", "\"people\""},
                                    {"{\"people\": [{\"pose_keypoints_2d\": [1, 2, 3]}]}", "a list of 3"},
                                    {"{\"people\": [3]}", "null"}}) {
    EXPECT_THAT([&] { make_openpose_parser()->parse(text); }, ThrowsError(Code::bad_format, HasSubstr(words)));
  }
  EXPECT_FALSE(make_openpose_parser()->parse("{\"people\": []}")) << "no layout is known yet";
}

TEST(FolderWatch, TakesWhatIsThereAndWhatComes) {
  const TempDir folder;
  const auto name = [](int i) { return fmt::format("video_{:012}_keypoints.json", i); };
  for (int i = 0; i < 3; ++i) folder.write(name(i), openpose_file({320.0F}));
  const auto source = make_source("openpose:" + folder.path().string());
  source->start();
  ASSERT_TRUE(wait_until([&] { return source->status().received == 3; })) << source->status().last_error;
  folder.write(name(3), openpose_file({330.0F}));
  folder.write(name(4), "{\"people\": [");
  folder.write("notes.txt", "no frame");
  const auto moved = folder.write("part", openpose_file({340.0F}));
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
  for (int i = 0; i < 3; ++i) folder.write(fmt::format("{}.json", i), openpose_file({320.0F}));
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

/// The JSON parsers with damaged packets: an answer or an Error, nothing else.
TEST(JsonParsers, SurviveAnyBytes) {
  const auto rokoko = make_rokoko_parser();
  const auto openpose = make_openpose_parser();
  std::mt19937 random(21);
  for (int round = 0; round < 2000; ++round) {
    for (const auto& [parser, whole] :
         {std::pair{rokoko.get(), rokoko_message().dump()}, {openpose.get(), openpose_file({100.0F, 200.0F})}}) {
      std::string bytes = whole;
      for (int flips = 1 + round % 5; flips > 0; --flips) bytes[random() % bytes.size()] = static_cast<char>(random());
      try {
        parser->parse(bytes);
      } catch (const Error&) {
      }
    }
  }
}

}  // namespace
}  // namespace purlscope::core
