#include <gmock/gmock.h>

#include <filesystem>
#include <set>
#include <string>

#include "tests/app/cli/program.h"

namespace purlscope::test {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;

json stage(const json& document, const std::string& name) {
  for (const json& row : document.at("stages")) {
    if (row.at("name") == name) return row;
  }
  ADD_FAILURE() << "no stage " << name;
  return {};
}

TEST(CliBench, EveryStageHasTimesOrAReason) {
  const json document = run_program({"bench", "--json", "--repeat", "1"}).json();
  for (const char* field : {"cpu", "cores", "threads", "engine"}) EXPECT_TRUE(document.at("machine").contains(field));
  EXPECT_GE(document.at("machine").at("threads"), 1);

  std::set<std::string> names;
  for (const json& row : document.at("stages")) {
    names.insert(row.at("name"));
    if (row.contains("unavailable")) {
      EXPECT_FALSE(row.at("unavailable").get<std::string>().empty());
      EXPECT_TRUE(row.at("median_ms").is_null());
      continue;
    }
    EXPECT_EQ(row.at("n"), 1) << row;
    EXPECT_GT(row.at("median_ms"), 0) << row;
    EXPECT_EQ(row.at("p95_ms"), row.at("median_ms")) << "of one run: " << row;
  }
  EXPECT_THAT(names, IsSupersetOf({"load_clip", "shift_gcn_window", "shift_gcn_frame", "recognise", "encode_label",
                                   "new_label", "score_120", "explain_120", "refine_step", "render_1", "render_100"}));
  const double window = stage(document, "shift_gcn_window").at("median_ms");
  const double frame = stage(document, "shift_gcn_frame").at("median_ms");
  EXPECT_NEAR(document.at("ratios").at("window_to_frame"), window / frame, 1e-6 * window / frame);
  EXPECT_FALSE(document.at("ratios").contains("reference_to_window")) << "no reference was given";
}

TEST(CliBench, TheChosenStagesAloneAreRun) {
  const json document =
      run_program({"bench", "--json", "--repeat", "3", "--stages", "ntu_preprocess, load_clip"}).json();
  ASSERT_EQ(document.at("stages").size(), 2U);
  EXPECT_EQ(document.at("stages")[0].at("name"), "ntu_preprocess");
  EXPECT_EQ(document.at("stages")[1].at("name"), "load_clip");
  EXPECT_EQ(document.at("stages")[1].at("n"), 3);
  EXPECT_GE(document.at("stages")[1].at("p95_ms"), document.at("stages")[1].at("median_ms"));
}

TEST(CliBench, StagesOfTheGpuAreRunWhereOneAnswersAndSayWhyElsewhere) {
  const json document =
      run_program({"bench", "--json", "--repeat", "1", "--stages", "shift_gcn_gpu,shift_gcn_gpu_64"}).json();
  ASSERT_EQ(document.at("stages").size(), 2U);
  for (const json& row : document.at("stages")) {
    if (row.contains("unavailable")) {
      EXPECT_THAT(row.at("unavailable").get<std::string>(), HasSubstr("runs on the processor"));
      continue;
    }
    EXPECT_GT(row.at("windows_per_second"), 0);
    EXPECT_LT(row.at("logits_difference_to_cpu"), 1e-3);
  }
}

TEST(CliBench, PeopleGetATable) {
  const Outcome run = run_program({"bench", "--repeat", "1", "--stages", "shift_gcn_window"});
  EXPECT_EQ(run.code, 0);
  EXPECT_THAT(run.out, HasSubstr("shift_gcn_window"));
  EXPECT_THAT(run.out, HasSubstr("median ms"));
  EXPECT_THAT(run.out, HasSubstr("weights: ")) << "whose weights were run";
}

TEST(CliBench, BadUsageIsRefused) {
  const struct {
    std::vector<std::string> arguments;
    int code;
    std::string complaint;
  } cases[] = {
      {{"--stages", "load_clip,teleport"}, 2, "teleport"},
      {{"--stages", ","}, 2, "expected some of"},
      {{"--repeat", "0"}, 2, "--repeat"},
      {{"--threads", "-1"}, 2, "--threads"},
      {{"--stages", "load_clip", "--reference", "python3"}, 2, "shift_gcn_window"},
      {{"--stages", "shift_gcn_window", "--weights", "nowhere.safetensors"}, 1, "nowhere.safetensors"},
      {{"--stages", "shift_gcn_window", "--reference", "/bin/false"}, 1, "requirements.txt"},
      {{"--stages", "shift_gcn_window", "--reference", "/bin/echo"}, 1, "expected a line of JSON"},
  };
  for (const auto& [arguments, code, complaint] : cases) {
    std::vector<std::string> all = {"bench", "--repeat", "1"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    const Outcome run = run_program(all);
    EXPECT_EQ(run.code, code) << complaint;
    EXPECT_THAT(run.err, HasSubstr(complaint));
  }
}

TEST(CliBench, TheUsersCacheIsLeftAlone) {
  const TempDir cache, temporary;
  run_program({"bench", "--repeat", "1", "--stages", "new_label"},
              {{"XDG_CACHE_HOME", cache.path().string()}, {"TMPDIR", temporary.path().string()}});
  EXPECT_TRUE(std::filesystem::is_empty(cache.path()));
  EXPECT_TRUE(std::filesystem::is_empty(temporary.path())) << "what it needed meanwhile is gone";
}

}  // namespace
}  // namespace purlscope::test
