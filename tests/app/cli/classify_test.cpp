#include <gmock/gmock.h>

#include <cmath>
#include <fstream>
#include <sstream>

#include "tests/app/cli/program.h"
#include "tests/support/shared.h"

namespace purlscope::test {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

constexpr const char* kSixLabels = "wave,clap,throw,squat,sit down,walk";

TEST(CliClassify, GivesEveryFieldOfTheContract) {
  const Outcome run = run_program({"classify", bundled("wave"), "--labels", " wave , clap ,throw", "--json"});
  ASSERT_EQ(run.code, 0) << run.err;
  const json document = run.json();
  EXPECT_EQ(document["file"], bundled("wave"));
  for (const char* text : {"model", "text_encoder", "scoring"}) EXPECT_TRUE(document[text].is_string()) << text;
  for (const char* stage : {"load", "preprocess", "backbone", "text", "attention", "total"}) {
    EXPECT_TRUE(document["timings_ms"][stage].is_number()) << stage;
  }
  const json& window = document["window"];
  EXPECT_GT(window["frames"].get<int>(), 0);
  EXPECT_GT(window["fps"].get<double>(), 0);
  EXPECT_TRUE(window["layout"].is_string());
  EXPECT_TRUE(window["inferred_joints"].is_array());
  ASSERT_EQ(document["labels"].size(), 3U);
}

TEST(CliClassify, StagesAreNotCountedTwice) {
  const json ms = run_program({"classify", bundled("wave"), "--labels", "wave,clap", "--json"}).json()["timings_ms"];
  double stages = 0;
  for (const char* stage : {"load", "preprocess", "backbone", "text", "attention"}) stages += ms[stage].get<double>();
  EXPECT_GT(ms["text"].get<double>(), 0);
  EXPECT_LE(stages, ms["total"].get<double>() * 1.001);
}

TEST(CliClassify, ProbabilitiesAddUpToOneAndLevelsToTheScore) {
  const json document = run_program({"classify", bundled("squat"), "--labels", kSixLabels, "--json"}).json();
  double total = document["none_of_these"].get<double>();
  double previous = 1e9;
  for (const json& label : document["labels"]) {
    total += label["probability"].get<double>();
    EXPECT_LE(label["score"].get<double>(), previous);
    previous = label["score"].get<double>();
    double levels = 0;
    for (const char* level : {"head", "hands", "torso", "legs", "start", "middle", "end", "global", "other"}) {
      levels += label["levels"].at(level).get<double>();
    }
    EXPECT_NEAR(levels, label["score"].get<double>(), 1e-4);
  }
  EXPECT_NEAR(total, 1.0, 1e-5);
}

/// Place of a label in the ranking of a recording, 1 = first.
std::size_t rank_of(const std::string& label, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "classify");
  arguments.emplace_back("--json");
  const Outcome run = run_program(arguments);
  EXPECT_EQ(run.code, 0) << run.err;
  const json document = run.json();
  std::size_t rank = 1;
  for (const json& scored : document["labels"]) {
    if (scored["label"] == label) return rank;
    ++rank;
  }
  ADD_FAILURE() << label << " was not scored";
  return rank;
}

/// Recordings of sensors that the default model has never seen: Kinect 2, pose estimation in video, motion capture.
TEST(CliClassify, RanksActionsOfOtherSensorsHighAmongTenLabels) {
  PURLSCOPE_NEEDS_SHARED();
  struct Case {
    const char* file;
    const char* label;
    std::vector<std::string> options;
  };
  const std::vector<Case> cases = {
      {"ntu-rgbd-samples/S001C001P001R001A011.skeleton", "reading", {}},
      {"ntu-rgbd-samples/S002C001P003R001A003.skeleton", "brushing teeth", {}},
      {"ntu-rgbd-samples/S003C001P015R001A034.skeleton", "rub two hands together", {}},
      {"ntu-rgbd-samples/S004C002P003R001A017.skeleton", "take off a shoe", {}},
      {"mediapipe-landmarks/S001C001P001R001A001_rgb.npz", "drink water", {"--input-layout", "mediapipe33"}},
      {"mediapipe-landmarks/basketball.npz", "shooting a basketball", {"--input-layout", "mediapipe33"}},
      {"hdm05-amc/HDM_mm_squat1Reps_037_120.amc", "squat", {}},
      {"hdm05-amc/HDM_mm_depositFloorR_019_120.amc", "put something on the floor", {}},
  };
  constexpr const char* kTen =
      "drink water,brushing teeth,throw,sit down,reading,take off a shoe,wave,rub two hands together,squat,kick";
  std::size_t first = 0;
  double ranks = 0;
  for (const Case& one : cases) {
    std::vector<std::string> arguments = {(shared_dir() / "data" / one.file).string(), "--labels",
                                          std::string(kTen) + "," + one.label};
    if (std::string(kTen).find(one.label) != std::string::npos) arguments.back() = kTen;
    arguments.insert(arguments.end(), one.options.begin(), one.options.end());
    const std::size_t rank = rank_of(one.label, arguments);
    EXPECT_LE(rank, 4U) << one.file;
    if (rank == 1) ++first;
    ranks += static_cast<double>(rank);
  }
  EXPECT_GE(first, 3U);  // of eight; by chance 0.8
  EXPECT_LE(ranks / static_cast<double>(cases.size()), 2.5) << "by chance 5.5";
}

TEST(CliClassify, RanksTheRightActionFirstOnMostBundledClips) {
  const std::vector<std::pair<std::string, std::string>> clips = {{"wave", "wave"},         {"clap", "clap"},
                                                                  {"throw", "throw"},       {"squat", "squat"},
                                                                  {"sit_down", "sit down"}, {"walk", "walk"}};
  std::vector<std::string> arguments = {"classify", "--labels", kSixLabels, "--top", "1", "--json"};
  for (const auto& [clip, label] : clips) arguments.push_back(bundled(clip));
  const auto documents = run_program(arguments).json_lines();
  ASSERT_EQ(documents.size(), clips.size());
  int right = 0;
  for (std::size_t i = 0; i < clips.size(); ++i) {
    ASSERT_EQ(documents[i]["labels"].size(), 1U);
    right += documents[i]["labels"][0]["label"] == clips[i].second ? 1 : 0;
  }
  EXPECT_GE(right, 4);
}

TEST(CliClassify, AFileThatFailsDoesNotStopTheOthers) {
  const TempDir folder;
  const auto broken = folder.write("broken.skeleton", "12\n1\nnonsense");
  const Outcome run = run_program({"classify", bundled("wave"), broken.string(), "absent.skeleton", bundled("clap"),
                                   "--labels", "wave,clap", "--json"});
  EXPECT_EQ(run.code, 1);
  const auto documents = run.json_lines();
  ASSERT_EQ(documents.size(), 4U);
  EXPECT_TRUE(documents[0].contains("labels"));
  EXPECT_EQ(documents[1]["file"], broken.string());
  EXPECT_THAT(documents[1]["error"].get<std::string>(), HasSubstr("broken.skeleton"));
  EXPECT_THAT(documents[2]["error"].get<std::string>(), HasSubstr("absent.skeleton"));
  EXPECT_TRUE(documents[3].contains("labels"));
  EXPECT_THAT(run.err, HasSubstr("broken.skeleton"));
}

TEST(CliClassify, ReadsLabelFilesOfBothForms) {
  const TempDir folder;
  const auto plain = folder.write("plain.txt", "wave\nclap\n\n");
  const auto table = folder.write("table.tsv",
                                  "label\thead\thands\ttorso\tlegs\tstart\tmiddle\tend\tglobal\n"
                                  "greet\ta\tb\tc\td\te\tf\tg\th\n"
                                  "applaud\ti\tj\tk\tl\tm\tn\to\tp\n");
  const auto labels_of = [](const json& document) {
    std::vector<std::string> labels;
    for (const json& label : document["labels"]) labels.push_back(label["label"]);
    return labels;
  };
  const Outcome from_plain = run_program({"classify", bundled("wave"), "--labels-file", plain.string(), "--json"});
  EXPECT_THAT(labels_of(from_plain.json()), ::testing::UnorderedElementsAre("wave", "clap"));
  const Outcome from_table = run_program({"classify", bundled("wave"), "--labels-file", table.string(), "--json"});
  EXPECT_THAT(labels_of(from_table.json()), ::testing::UnorderedElementsAre("greet", "applaud"));
}

TEST(CliClassify, ParaphrasesChangeTheScoreAndTheirOrderDoesNot) {
  const TempDir folder;
  const std::string header = "label\thead\thands\ttorso\tlegs\tstart\tmiddle\tend\tglobal\n";
  const auto write = [&](const char* name, const std::string& hands) {
    return folder
        .write(name, header + "wave\thead up\t" + hands + "\ttorso still\tlegs still\tstand\tmove\tstand\tgreet\n")
        .string();
  };
  const std::string a = write("a.tsv", "one hand swings from side to side");
  const std::string b = write("b.tsv", "both hands are raised above the head");
  const auto score = [&](const std::vector<std::string>& texts) {
    std::vector<std::string> arguments = {"classify", bundled("wave"), "--labels", "wave", "--json"};
    if (!texts.empty()) arguments.emplace_back("--texts");
    arguments.insert(arguments.end(), texts.begin(), texts.end());
    const Outcome run = run_program(arguments);
    EXPECT_EQ(run.code, 0) << run.err;
    return run.json()["labels"][0]["score"].get<double>();
  };
  const double first = score({a});
  const double both = score({a, b, "--paraphrases"});
  EXPECT_NE(first, score({}));
  EXPECT_EQ(first, score({a, b})) << "the first table alone";
  constexpr double kRounding = 1e-3;  // of the encoder, which texts encoded beside a text change
  EXPECT_GT(std::abs(both - first), 10 * kRounding);
  EXPECT_NEAR(both, score({b, a, "--paraphrases"}), 1e-5);
  EXPECT_NEAR(first, score({a, a, "--paraphrases"}), kRounding);
}

TEST(CliClassify, TablesThatDescribeNothingAreNamed) {
  const TempDir folder;
  const auto table = folder.write("odd.tsv",
                                  "label\thead\thands\ttorso\tlegs\tstart\tmiddle\tend\tglobal\n"
                                  "greet\ta\tb\tc\td\te\tf\tg\th\n");
  const Outcome none = run_program({"classify", bundled("wave"), "--labels", "wave,clap", "--texts", table.string()});
  EXPECT_EQ(none.code, 2);
  EXPECT_THAT(none.err, HasSubstr("odd.tsv: the table has none of the 2 labels"));
  const Outcome one =
      run_program({"classify", bundled("wave"), "--labels", "greet,clap", "--texts", table.string(), "--paraphrases"});
  EXPECT_EQ(one.code, 2);
  EXPECT_THAT(one.err, HasSubstr("no label stands in more than one table"));
}

TEST(CliClassify, OddLabelsAreAcceptedOrRefusedClearly) {
  const std::string clip = bundled("wave");
  const auto code = [&](const std::string& labels) {
    return run_program({"classify", clip, "--labels", labels, "--json"}).code;
  };
  EXPECT_EQ(code("wave,,clap"), 2);
  EXPECT_EQ(code("wave,clap, wave"), 2);
  EXPECT_EQ(code(" , "), 2);
  EXPECT_EQ(code("\xff\xfe"), 2);
  const Outcome endless = run_program({"classify", clip, "--labels", std::string(10000, 'x'), "--json"});
  EXPECT_EQ(endless.code, 2);
  EXPECT_LT(endless.err.size(), 1000U) << "the message repeats the whole label";
  EXPECT_THAT(endless.err, HasSubstr("10000"));
  const Outcome emoji = run_program({"classify", clip, "--labels", "wave \xF0\x9F\x91\x8B,clap", "--json"});
  EXPECT_EQ(emoji.code, 0) << emoji.err;
  EXPECT_THAT(emoji.out, HasSubstr("wave \xF0\x9F\x91\x8B"));
}

TEST(CliClassify, WritesATableForAFolder) {
  const TempDir folder;
  for (const char* name : {"wave", "clap"}) {
    std::filesystem::copy_file(bundled(name), folder.path() / (std::string(name) + ".skeleton"));
  }
  const auto csv = folder.path() / "out" / "scores.csv";
  const Outcome run =
      run_program({"classify", folder.path().string(), "--labels", "wave,clap, say \"hi\"", "--out", csv.string()});
  ASSERT_EQ(run.code, 0) << run.err;
  std::istringstream lines(read_text(csv));
  std::string header, first, second, rest;
  std::getline(lines, header);
  std::getline(lines, first);
  std::getline(lines, second);
  EXPECT_EQ(header,
            "file,error,best,none_of_these,score: wave,score: clap,\"score: say \"\"hi\"\"\",probability: "
            "wave,probability: clap,\"probability: say \"\"hi\"\"\"");
  EXPECT_THAT(first + second, ::testing::AllOf(HasSubstr("wave.skeleton"), HasSubstr("clap.skeleton")));
  EXPECT_FALSE(std::getline(lines, rest));
}

TEST(CliClassify, MissingModelsAndWeightsAreNamed) {
  const Outcome model = run_program({"classify", bundled("wave"), "--labels", "a", "--model", "no/such.safetensors"});
  EXPECT_EQ(model.code, 1);
  EXPECT_THAT(model.err, HasSubstr("no/such.safetensors"));
  const Outcome weights = run_program({"classify", bundled("wave"), "--closed-set", "--weights", "no/w.safetensors"});
  EXPECT_EQ(weights.code, 1);
  EXPECT_THAT(weights.err, HasSubstr("no/w.safetensors"));
}

TEST(CliClassify, APersonOutsideTheClipIsNamed) {
  const Outcome run = run_program({"classify", bundled("wave"), "--labels", "a,b", "--person", "7", "--json"});
  EXPECT_EQ(run.code, 1);
  EXPECT_THAT(run.err, HasSubstr("7"));
}

}  // namespace
}  // namespace purlscope::test
