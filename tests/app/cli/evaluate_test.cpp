#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <utility>

#include "tests/app/cli/program.h"

namespace purlscope::test {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;

std::string content(const std::string& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(CliEvaluate, AMissingDataSetIsNamed) {
  const Outcome run = run_program({"evaluate", "--dataset", "no/such/folder", "--split", "ru5", "--json"});
  EXPECT_EQ(run.code, 1);
  EXPECT_THAT(run.err, HasSubstr("no/such/folder"));
  EXPECT_EQ(run.out, "");
}

/// What `evaluate` and `train` say to settings that no data could serve. The folder does not exist: had they looked at
/// the data, they would name that.
Outcome run_on_no_data(const std::string& command, const std::vector<std::string>& settings) {
  std::vector<std::string> arguments = {command, "--dataset", "no/such/folder", "--split", "ru5"};
  if (command == "train") arguments.insert(arguments.end(), {"--out", "never-made"});
  arguments.insert(arguments.end(), settings.begin(), settings.end());
  return run_program(arguments);
}

TEST(CliEvaluate, UnknownSettingsAreRefusedBeforeTheDataAreRead) {
  const struct {
    std::vector<std::string> settings;
    std::string known;
  } cases[] = {{{"--method", "magic"}, "structured, purls"},
               {{"--backbone", "resnet"}, "kinematic nodes"},
               {{"--method", "purls", "--backbone", "resnet"}, "small-gcn"},
               {{"--protocol", "honest"}, "leak-free"},
               {{"--method", "structured", "--protocol", "published"}, "leak-free alone"},
               {{"--method", "cada-vae", "--protocol", "published"}, "leak-free alone"},
               {{"--method", "smie", "--backbone", "resnet"}, "small-gcn"}};
  for (const auto& bad : cases) {
    const Outcome run = run_on_no_data("evaluate", bad.settings);
    EXPECT_EQ(run.code, 2) << run.err;
    EXPECT_THAT(run.err, AllOf(HasSubstr(bad.settings.back()), HasSubstr(bad.known)));
    EXPECT_EQ(run.out, "");
  }
}

TEST(CliEvaluate, ParaphrasesAreRefusedBeforeTheDataAreReadByMethodsThatTakeOneWording) {
  const std::vector<std::string> option = {"--texts", "a.tsv", "b.tsv", "--paraphrases"};
  for (const std::string method : {"purls", "devise"}) {
    std::vector<std::string> settings = option;
    settings.insert(settings.end(), {"--method", method});
    const Outcome run = run_on_no_data("evaluate", settings);
    EXPECT_EQ(run.code, 2) << run.err;
    EXPECT_THAT(run.err, HasSubstr("method " + method + " takes one wording of each sentence"));
  }
  EXPECT_THAT(run_on_no_data("train", option).err, HasSubstr("method purls takes one wording"));
  EXPECT_THAT(run_on_no_data("evaluate", option).err, HasSubstr("no/such/folder")) << "the shipped method takes them";
  EXPECT_EQ(run_on_no_data("evaluate", {"--paraphrases"}).code, 2) << "of which tables?";
}

TEST(CliEvaluate, AConfigThatCannotServeIsNamedBeforeTheDataAreRead) {
  const TempDir folder;
  const std::string config = (folder.path() / "settings.json").string();
  const struct {
    const char* text;
    const char* complaint;
  } cases[] = {{"{\"ridge\": }", "not valid JSON"},
               {"[1, 2]", "expected a JSON object"},
               {"{\"slots\": 3}", "unknown"},
               {"{\"ridge\": -1, \"validation\": 7}", "expected"}};
  for (const auto& bad : cases) {
    folder.write("settings.json", bad.text);
    for (const auto& [command, settings] : std::vector<std::pair<std::string, std::vector<std::string>>>{
             {"evaluate", {"--config", config}},
             {"evaluate", {"--method", "purls", "--config", config}},
             {"evaluate", {"--method", "jpose", "--config", config}},
             {"train", {"--config", config}}}) {
      const Outcome run = run_on_no_data(command, settings);
      EXPECT_EQ(run.code, 2) << command << ": " << run.err;
      EXPECT_THAT(run.err, AllOf(HasSubstr(config), HasSubstr(bad.complaint)));
    }
  }
}

TEST(CliEvaluate, AConfigThatIsNotThereIsNamedBeforeTheDataAreRead) {
  for (const char* command : {"evaluate", "train"}) {
    const Outcome run = run_on_no_data(command, {"--config", "no/such/settings.json"});
    EXPECT_EQ(run.code, 1) << "as every missing file";
    EXPECT_THAT(run.err, HasSubstr("no/such/settings.json: cannot be read"));
  }
}

TEST(CliEvaluateData, AnUnknownSplitNamesTheKnownOnes) {
  PURLSCOPE_NEEDS_SHARED();
  const Outcome run =
      run_program({"evaluate", "--dataset", (shared_dir() / "data" / "nw-ucla").string(), "--split", "ru77", "--json"});
  EXPECT_EQ(run.code, 2) << run.err;
  EXPECT_THAT(run.err, HasSubstr("ru2"));
}

/// A folder of NW-UCLA names whose files nobody may read: what is refused is refused before.
void write_names(const TempDir& folder) {
  for (const char* name : {"a01_s01_e00_v01.json", "a02_s01_e00_v02.json", "a05_s02_e00_v03.json"}) {
    folder.write(name, "x");
  }
}

TEST(CliEvaluate, AnUnknownRecordingSplitNamesTheKnownOnes) {
  const TempDir folder;
  write_names(folder);
  const TempDir mixed;
  mixed.write("wave.skeleton", read_text(bundled("wave")));
  for (const std::string command : {"evaluate", "train"}) {
    std::vector<std::string> arguments = {command, "--split", "random:1:0", "--recordings", "xsub"};
    if (command == "train") arguments.insert(arguments.end(), {"--out", (folder.path() / "never-made").string()});
    arguments.emplace_back("--dataset");
    arguments.push_back(folder.path().string());
    const Outcome run = run_program(arguments);
    EXPECT_EQ(run.code, 2) << run.err;
    EXPECT_THAT(run.err, AllOf(HasSubstr("'xsub'"), HasSubstr("xview-2")));
    arguments.back() = mixed.path().string();
    EXPECT_THAT(run_program(arguments).err, HasSubstr("has no published ones"));
  }
}

TEST(CliEvaluate, ARecordingSplitThatLeavesNothingIsToldWithItsSides) {
  const TempDir folder;
  write_names(folder);
  const TempDir lists;
  const auto seen_alone = lists.write("split.txt", "pick up with one hand\npick up with two hands\n");
  const Outcome run = run_program(
      {"evaluate", "--dataset", folder.path().string(), "--split", seen_alone.string(), "--recordings", "xview"});
  EXPECT_EQ(run.code, 2) << run.err;
  EXPECT_THAT(run.err, AllOf(HasSubstr("split.txt+xview leaves none of its 3"), HasSubstr("test side 3")));
}

TEST(CliEvaluate, ASkipListThatCannotServeIsNamed) {
  const TempDir folder;
  write_names(folder);
  const auto all = folder.write("skip.txt", "a01_s01_e00_v01\na02_s01_e00_v02\na05_s02_e00_v03\n");
  for (const auto& [list, complaint] : {std::pair<std::string, std::string>{"no/such/list.txt", "no/such/list.txt"},
                                        {all.string(), "names every one of its 3 recordings"}}) {
    for (const std::string command : {"evaluate", "train"}) {
      std::vector<std::string> arguments = {command,       "--dataset", folder.path().string(), "--split", "ru2",
                                            "--skip-list", list};
      if (command == "train") arguments.insert(arguments.end(), {"--out", (folder.path() / "never-made").string()});
      const Outcome run = run_program(arguments);
      EXPECT_EQ(run.code, 1) << run.err;
      EXPECT_THAT(run.err, HasSubstr(complaint));
    }
  }
}

TEST(CliEvaluateSlow, ARecordingSplitAndASkipListLeaveTheirClipsOut) {
  PURLSCOPE_NEEDS_SHARED();
  const std::filesystem::path data = shared_dir() / "data" / "nw-ucla";
  // Unseen in ru2 are the actions 2 and 5; camera 3 is the test side of xview.
  std::vector<std::string> unseen;
  for (const auto& file : std::filesystem::recursive_directory_iterator(data)) {
    const std::string name = file.path().stem().string();
    if ((name.starts_with("a02_") || name.starts_with("a05_")) && name.ends_with("_v03")) unseen.push_back(name);
  }
  ASSERT_GT(unseen.size(), 10U);
  const TempDir folder;
  const auto list = folder.write("skip.txt", "Samples to leave out\n" + unseen[0] + ".json\n" + unseen[1] + "\n");
  const Outcome run = run_program({"evaluate", "--dataset", data.string(), "--split", "ru2", "--recordings", "xview",
                                   "--skip-list", list.string(), "--json"});
  ASSERT_EQ(run.code, 0) << run.err;
  const json document = run.json();
  EXPECT_EQ(document["split"], "ru2+xview");
  EXPECT_EQ(document["recordings"], "xview");
  const std::string problems = document["problems"].dump();
  EXPECT_THAT(problems, HasSubstr("2 recording(s) left out by the skip list"));
  std::size_t short_ones = 0;
  for (const std::string& name : unseen) {
    if (problems.find(name + ".json: 1 frame(s)") != std::string::npos) ++short_ones;
  }
  EXPECT_EQ(document["samples"], unseen.size() - 2 - short_ones) << "v03 counts: v02, which it repeats, is not tested";
}

TEST(CliEvaluateSlow, ABaselineGivesItsSettingsAndKeepsItsBackbone) {
  PURLSCOPE_NEEDS_SHARED();
  const TempDir folder;
  const auto config = folder.write("settings.json", R"({"backbone": {"widths": [8, 12], "strides": [2, 2], "epochs": 1},
                                                       "speed_up": 200})");
  const Outcome run = run_program({"evaluate", "--dataset", (shared_dir() / "data" / "nw-ucla").string(), "--split",
                                   "ru2", "--method", "devise", "--config", config.string(), "--json"},
                                  {{"XDG_CACHE_HOME", (folder.path() / "cache").string()}});
  ASSERT_EQ(run.code, 0) << run.err;
  const json document = run.json();
  EXPECT_EQ(document["method"], "devise");
  EXPECT_EQ(document["protocol"], "leak-free");
  EXPECT_EQ(document["backbone"], "small-gcn");
  EXPECT_EQ(document["settings"]["margin"], 0.1);
  EXPECT_EQ(document["settings"]["speed_up"], 200);
  EXPECT_EQ(document["samples"], 249);
  EXPECT_FALSE(std::filesystem::is_empty(folder.path() / "cache" / "purlscope" / "backbones"));
}

TEST(CliEvaluateSlow, CountsTheWordingsOfTwoTables) {
  PURLSCOPE_NEEDS_SHARED();
  const std::string bank = (source_dir() / "resources" / "descriptions" / "bank.tsv").string();
  const std::string published = (shared_dir() / "texts" / "gpt3_nw-ucla.tsv").string();
  const auto evaluate = [](const std::vector<std::string>& texts) {
    std::vector<std::string> arguments = {
        "evaluate", "--dataset", (shared_dir() / "data" / "nw-ucla").string(), "--split", "ru2", "--json", "--texts"};
    arguments.insert(arguments.end(), texts.begin(), texts.end());
    const Outcome run = run_program(arguments);
    EXPECT_EQ(run.code, 0) << run.err;
    return run.json();
  };
  EXPECT_EQ(evaluate({bank})["wordings"], 1);
  const json both = evaluate({bank, published, "--paraphrases"});
  EXPECT_EQ(both["wordings"], 2);
  EXPECT_EQ(both["samples"], 249);
}

TEST(CliEvaluateSlow, GivesEveryFieldOfTheContract) {
  PURLSCOPE_NEEDS_SHARED();
  const Outcome run =
      run_program({"evaluate", "--dataset", (shared_dir() / "data" / "nw-ucla").string(), "--split", "ru2", "--json"});
  ASSERT_EQ(run.code, 0) << run.err;
  const json document = run.json();
  EXPECT_EQ(document["dataset"], "nw-ucla");
  EXPECT_EQ(document["split"], "ru2");
  EXPECT_EQ(document["method"], "structured");
  EXPECT_EQ(document["protocol"], "leak-free");
  for (const char* field : {"backbone", "text", "seconds"}) EXPECT_TRUE(document.contains(field)) << field;
  ASSERT_EQ(document["unseen"].size(), 2U);
  EXPECT_EQ(document["accuracy"]["per_seed"].size(), 1U);
  EXPECT_EQ(document["per_class"].size(), 2U);
  ASSERT_EQ(document["confusion"].size(), 2U);
  double right = 0;
  double all = 0;
  for (std::size_t i = 0; i < 2; ++i) {
    for (std::size_t j = 0; j < 2; ++j) {
      const double count = document["confusion"][i][j];
      all += count;
      if (i == j) right += count;
    }
  }
  EXPECT_EQ(all, document["samples"].get<double>());
  EXPECT_NEAR(right / all, document["accuracy"]["mean"].get<double>(), 1e-6);
}

TEST(CliEvaluateSlow, WritesAPageAndATableAndPrintsTheSame) {
  PURLSCOPE_NEEDS_SHARED();
  const TempDir folder;
  const std::string page = (folder.path() / "new" / "page.html").string();
  const std::string table = (folder.path() / "said.csv").string();
  const Outcome run = run_program({"evaluate", "--dataset", (shared_dir() / "data" / "utd-mhad").string(), "--split",
                                   "ru5", "--json", "--html", page, "--predictions", table});
  ASSERT_EQ(run.code, 0) << run.err;
  const json document = run.json();
  EXPECT_FALSE(document.contains("predictions"));
  EXPECT_THAT(content(page), HasSubstr(fmt::format("{:.1f} %", 100 * document["accuracy"]["mean"].get<double>())));
  EXPECT_THAT(content(page), HasSubstr("<td>57.50</td><td>published, table 3</td>"));
  const std::string lines = content(table);
  EXPECT_EQ(std::ranges::count(lines, '\n'), 1 + document["samples"].get<int>());
}

TEST(CliEvaluate, AReportThatCannotBeWrittenIsToldBeforeTheDataAreRead) {
  const TempDir folder;
  const std::string file = folder.write("taken", "").string();
  const Outcome run = run_on_no_data("evaluate", {"--html", file + "/page.html"});
  EXPECT_EQ(run.code, 1);
  EXPECT_THAT(run.err, HasSubstr("taken"));
}

}  // namespace
}  // namespace purlscope::test
