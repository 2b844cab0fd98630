// Session files as texts: what is written is read back, what is damaged is told and the rest is kept.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <random>

#include "app/studio/document/document_file.h"
#include "app/studio/document/document_text.h"
#include "core/base/error.h"
#include "core/text/descriptions.h"
#include "tests/app/studio/support.h"
#include "tests/support/source_dir.h"

namespace purlscope::app {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const DocumentPlaces kStudy{"/home/ana/study", "/usr/share/purlscope/clips"};

Document full_document() {
  Document d;
  d.folders = {"/home/ana/data/UTD-MHAD", "/mnt/archive"};
  d.files = {"/home/ana/study/takes/throw.bvh"};
  d.bundled = false;
  d.clip = "/home/ana/study/takes/throw.bvh";
  d.live = "udp://127.0.0.1:5005";
  d.labels = core::make_label_set({"wave", "👋 \"winken\""});
  d.labels.labels[1].sentences[2] = {"the torso leans", core::Origin::edited};
  d.labels_by_score = false;
  d.label = "wave";
  d.sentence = "hands";
  d.person = PersonLock{"72057594037930001", 1};
  d.pins = {{"72057594037930001", 7}};
  d.playback = {1.25, 0.5, 2.0, -0.5, false};
  d.preset = render::ViewPreset::side;
  d.camera = render::Camera{{0.5F, 1.0F, -0.25F}, 4.0F, 1.5F, -0.25F, 0.5F, true};
  d.display = {"magma", true, true, true, false};
  d.attention = {true, false};
  d.refinement = "/home/ana/study/learned.safetensors";
  d.layout = DockLayout{2, 1, std::string("\0\xff docks", 8)};
  return d;
}

ReadDocument read(const std::string& text, const DocumentPlaces& places = kStudy) {
  return read_document(text, "study.purl", places);
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

TEST(SessionFile, GivesBackAllThatItWasGiven) {
  const std::string text = write_document(full_document(), kStudy);
  const ReadDocument again = read(text);
  EXPECT_THAT(again.problems, IsEmpty());
  EXPECT_EQ(write_document(again.document, kStudy), text);
  EXPECT_EQ(again.document.labels.labels[1].sentences[2].text, "the torso leans");
  EXPECT_EQ(again.document.layout->bytes, full_document().layout->bytes);
  EXPECT_EQ(again.document.playback.b, 2.0);
}

TEST(SessionFile, AnEmptyOneIsFullOfDefaults) {
  const ReadDocument empty = read(R"({"purlscope": "session", "version": 1})");
  EXPECT_THAT(empty.problems, IsEmpty());
  EXPECT_EQ(content_of(empty.document), content_of(Document()));
}

TEST(SessionFile, PathsMoveWithItsFolderWhereTheyCan) {
  const std::string text = write_document(full_document(), kStudy);
  EXPECT_THAT(text, HasSubstr("\"../data/UTD-MHAD\""));
  EXPECT_THAT(text, HasSubstr("\"/mnt/archive\"")) << "nothing in common with the session's folder";
  const ReadDocument moved = read(text, {"/home/ben/copy", kStudy.bundled});
  EXPECT_EQ(moved.document.clip, "/home/ben/copy/takes/throw.bvh");
  EXPECT_EQ(moved.document.folders.front(), "/home/ben/data/UTD-MHAD");
}

TEST(SessionFile, BundledClipsAreFoundInAnotherInstallation) {
  Document document;
  document.clip = "/usr/share/purlscope/clips/wave.skeleton";
  const ReadDocument elsewhere = read(write_document(document, kStudy), {"/tmp", "/opt/purlscope/clips"});
  EXPECT_EQ(elsewhere.document.clip, "/opt/purlscope/clips/wave.skeleton");
}

TEST(SessionFile, WhatIsWrongIsNamedAndTheRestKept) {
  std::string text = write_document(full_document(), kStudy);
  text = replaced(text, "\"time\": 1.25", "\"time\": \"soon\"");
  text = replaced(text, "\"speed\": -0.5", "\"speed\": 900");
  text = replaced(text, "\"preset\": \"side\"", "\"preset\": \"below\"");
  text = replaced(text, "\"trail\": false", "\"trail\": 1");
  text = replaced(text, "\"sentence\": \"hands\"", "\"sentence\": \"nose\"");
  text = replaced(text, "\"check\": \"", "\"check\": \"0");
  text = replaced(text, "\"/mnt/archive\"", "{\"place\": 3}");
  const ReadDocument partly = read(text);
  EXPECT_THAT(
      partly.problems,
      ElementsAre(AllOf(HasSubstr("sources.folders[1]: found an object of 1, expected the path")),
                  AllOf(HasSubstr("chosen.sentence: found \"nose\", expected the name of one of the eight"),
                        HasSubstr("the strongest sentence is followed")),
                  HasSubstr("playback.time: found \"soon\", expected a number from 0"),
                  HasSubstr("playback.speed: found 900, expected a number from -4 to 4"),
                  HasSubstr("view.preset: found \"below\", expected one of front, side, top, perspective"),
                  HasSubstr("display.trail: found 1, expected true or false"), HasSubstr("layout.docks: found")));
  EXPECT_EQ(partly.document.folders.size(), 1U);
  EXPECT_EQ(partly.document.label, "wave");
  EXPECT_EQ(partly.document.playback.a, 0.5);
  EXPECT_EQ(partly.document.playback.speed, 1.0);
  EXPECT_EQ(partly.document.display.colour_map, "magma");
  EXPECT_FALSE(partly.document.layout.has_value());
}

TEST(SessionFile, ADamagedLabelDoesNotTakeTheOthersWithIt) {
  std::string text = write_document(full_document(), kStudy);
  text = replaced(text, "\"text\": \"wave\"", "\"text\": 7");
  const ReadDocument partly = read(text);
  ASSERT_EQ(partly.document.labels.labels.size(), 1U);
  EXPECT_EQ(partly.document.labels.labels[0].sentences[2].text, "the torso leans");
  EXPECT_THAT(partly.problems, ElementsAre(HasSubstr("labels[0].text: found 7, expected the text of a label"),
                                           HasSubstr("chosen.label: found \"wave\", expected one of the labels")));
}

TEST(SessionFile, OneThatBreaksOffGivesWhatStandsBefore) {
  const std::string text = write_document(full_document(), kStudy);
  const ReadDocument partly = read(text.substr(0, text.find("\"playback\"")));
  EXPECT_EQ(partly.document.labels.labels.size(), 2U);
  EXPECT_EQ(partly.document.person->number, 1);
  ASSERT_EQ(partly.problems.size(), 1U);
  EXPECT_THAT(partly.problems[0], AllOf(HasSubstr("study.purl"), HasSubstr("line"), HasSubstr("left out")));
}

TEST(SessionFile, OtherFilesAreRefusedWithWordsThatHelp) {
  const auto error = [](const std::string& text) {
    try {
      read(text);
      return std::string("none");
    } catch (const Error& e) {
      return std::string(e.what());
    }
  };
  EXPECT_THAT(error(""), HasSubstr("study.purl"));
  EXPECT_THAT(error("once upon a time"), HasSubstr("line 1"));
  EXPECT_THAT(error("[1, 2]"), HasSubstr("no Purlscope session"));
  EXPECT_THAT(error(R"({"purlscope": "session"})"), HasSubstr("version: found null, expected 1 to 1"));
  EXPECT_THAT(error(R"({"purlscope": "session", "version": 99, "written_by": "7.0"})"),
              AllOf(HasSubstr("found 99"), HasSubstr("7.0")));
  EXPECT_THAT(error(std::string(200000, '[')), HasSubstr("study.purl")) << "deeply nested";
}

/// Flips, cuts, doubles or swaps parts of a text.
std::string damaged(std::string text, std::mt19937& random) {
  const auto at = [&](std::size_t size) { return std::uniform_int_distribution<std::size_t>(0, size - 1)(random); };
  for (std::size_t i = 1 + at(4); i > 0 && !text.empty(); --i) {
    switch (at(5)) {
      case 0:
        text[at(text.size())] = static_cast<char>(at(256));
        break;
      case 1:
        text.resize(at(text.size()));
        break;
      case 2:
        text.erase(at(text.size()), at(40));
        break;
      case 3:
        text.insert(at(text.size()), text.substr(at(text.size()), at(40)));
        break;
      default:
        std::swap(text[at(text.size())], text[at(text.size())]);
    }
  }
  return text;
}

TEST(SessionFile, TwoHundredDamagedOnesAreReadOrRefusedButNeverCrash) {
  std::mt19937 random(20260);
  const std::string good = write_document(full_document(), kStudy);
  int read_in_part = 0;
  for (int i = 0; i < 200; ++i) {
    const std::string text = damaged(good, random);
    try {
      const ReadDocument document = read(text);
      read_in_part += document.problems.empty() ? 0 : 1;
      EXPECT_THAT(read(write_document(document.document, kStudy)).problems, IsEmpty()) << "what is kept is sound";
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), HasSubstr("study.purl"));
    }
  }
  EXPECT_GT(read_in_part, 50) << "most damage leaves something";
}

TEST(SessionFile, ThoseOfEachVersionAreStillRead) {
  const fs::path folder = test::source_dir() / "tests/app/studio/document/sessions";
  const ReadDocument v1 = load_document(folder / "v1.purl");
  EXPECT_THAT(v1.problems, IsEmpty());
  EXPECT_EQ(v1.document.folders, std::vector<fs::path>{folder / "takes"});
  EXPECT_EQ(v1.document.clip.filename(), "throw.skeleton");
  ASSERT_EQ(v1.document.labels.labels.size(), 2U);
  EXPECT_EQ(v1.document.labels.labels[1].sentences[1].text, "the right hand draws a circle");
  EXPECT_EQ(v1.document.labels.labels[1].sentences[1].origin, core::Origin::edited);
  EXPECT_EQ(v1.document.label, "draw a circle");
  EXPECT_EQ(v1.document.sentence, "hands");
  EXPECT_EQ(v1.document.playback.a, 0.5);
  EXPECT_EQ(v1.document.playback.speed, 0.5);
  EXPECT_EQ(v1.document.preset, render::ViewPreset::front);
  ASSERT_TRUE(v1.document.camera.has_value());
  EXPECT_FLOAT_EQ(v1.document.camera->distance, 3.5F);
  EXPECT_EQ(v1.document.display.colour_map, "cividis");
  EXPECT_TRUE(v1.document.attention.over_time);
  EXPECT_EQ(v1.document.live, "camera:0");
}

TEST(SessionFile, ThePlayheadAndThePanelsAreNoChange) {
  Document document = full_document();
  const std::string before = content_of(document);
  document.playback.time = 9.0;
  document.layout.reset();
  document.labels.labels[0].sentences[0] = {"found by the engine", core::Origin::nearest};
  EXPECT_EQ(content_of(document), before);
  document.labels.labels[1].sentences[2].text = "the torso bends";
  EXPECT_NE(content_of(document), before);
}

}  // namespace
}  // namespace purlscope::app
