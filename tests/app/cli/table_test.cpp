#include <gmock/gmock.h>

#include <filesystem>
#include <map>

#include "tests/app/cli/program.h"

namespace purlscope::test {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

std::map<std::string, std::filesystem::file_time_type> write_times(const std::filesystem::path& folder) {
  std::map<std::string, std::filesystem::file_time_type> out;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    out[entry.path().filename().string()] = entry.last_write_time();
  }
  return out;
}

TEST(CliTable, RefusesWhatNoTableHas) {
  const Outcome run =
      run_program({"table", "--dataset", "gone", "--out", "t.md", "--splits", "nw-ucla/ru2", "nw-ucla/ru3"});
  EXPECT_EQ(run.code, 2);
  EXPECT_THAT(run.err, HasSubstr("no split 'nw-ucla/ru3' in the tables; known: "));
}

TEST(CliTable, ParaphrasesAreForTheShippedMethodAlone) {
  const TempDir folder;
  folder.write("a01_s01_e00_v01.json", "x");
  folder.write("a02_s01_e00_v02.json", "x");
  const Outcome run =
      run_program({"table", "--dataset", folder.path().string(), "--out", (folder.path() / "t.md").string(),
                   "--methods", "devise", "--texts", "a.tsv", "b.tsv", "--paraphrases"});
  EXPECT_EQ(run.code, 2) << run.err;
  EXPECT_THAT(run.err, HasSubstr("method devise takes one wording"));
}

TEST(CliTableSlow, MakesThePapersTableForTheSetAtHand) {
  PURLSCOPE_NEEDS_SHARED();
  const TempDir folder;
  const std::string out = (folder.path() / "t.md").string();
  const std::filesystem::path data = shared_dir() / "data";
  std::vector<std::string> arguments = {"table",
                                        "--out",
                                        out,
                                        "--tables",
                                        "3",
                                        "--methods",
                                        "structured",
                                        "--splits",
                                        "nw-ucla/ru2",
                                        "utd-mhad/ru5",
                                        "--seeds",
                                        "1",
                                        "--dataset",
                                        (data / "nw-ucla").string(),
                                        (data / "msr-action3d").string()};
  const Outcome run = run_program(arguments);
  ASSERT_EQ(run.code, 0) << run.err;
  EXPECT_THAT(run.err, HasSubstr("1 of 1: NW-UCLA 8/2, Structured attention (shipped): "));
  const json summary = json::parse(run.out);
  EXPECT_EQ(summary["tables"], json::array({3}));
  EXPECT_EQ(summary["problems"], json::array());
  ASSERT_EQ(summary["cells"].size(), 1U);
  EXPECT_EQ(summary["cells"][0]["split"], "nw-ucla/ru2");
  EXPECT_EQ(summary["cells"][0]["published"], nullptr);
  EXPECT_GT(summary["cells"][0]["seconds"].get<double>(), 0);
  const std::string text = read_text(out);
  EXPECT_THAT(text, HasSubstr("| PURLS | - (79.23) | - (40.99)"));
  EXPECT_THAT(text, HasSubstr("NW-UCLA 8/2"));
  EXPECT_THAT(text, HasSubstr("- NTU RGB+D 60: ask for"));
  EXPECT_THAT(text, HasSubstr("- MSR-Action3D ("));
  EXPECT_THAT(text, Not(HasSubstr("Unfinished")));
  const std::size_t row = text.find("| Structured attention (shipped) |");
  ASSERT_NE(row, std::string::npos);
  EXPECT_THAT(text.substr(row, text.find('\n', row) - row), MatchesRegex(".* [0-9]+\\.[0-9] \\|.*"));

  // What is finished is not run again: another page of the same figures.
  arguments[2] = (folder.path() / "t.html").string();
  arguments.insert(arguments.end(), {"--results", out + ".results"});
  const auto before = write_times(out + ".results");
  ASSERT_EQ(before.size(), 1U);
  const Outcome again = run_program(arguments);
  ASSERT_EQ(again.code, 0) << again.err;
  EXPECT_EQ(json::parse(again.out)["cells"], summary["cells"]);
  EXPECT_EQ(write_times(out + ".results"), before);
  EXPECT_THAT(read_text(arguments[2]), HasSubstr("<h2>Table 3: Zero-shot recognition</h2>"));
}

TEST(CliEvaluateSlow, ReportsEverythingThatIsAskedFor) {
  PURLSCOPE_NEEDS_SHARED();
  const Outcome run =
      run_program({"evaluate", "--dataset", (shared_dir() / "data" / "nw-ucla").string(), "--split", "ru2", "--gzsl",
                   "--calibration", "--faithfulness", "--disturb", "mirror", "rotate:180", "fps:15", "--json"});
  ASSERT_EQ(run.code, 0) << run.err;
  const json report = json::parse(run.out);
  for (const char* key : {"seen", "unseen", "harmonic"}) {
    const double value = report["gzsl"][key]["mean"].get<double>();
    EXPECT_GE(value, 0) << key;
    EXPECT_LE(value, 1) << key;
  }
  EXPECT_GT(report["calibration"]["temperature"][0].get<double>(), 0);
  const json& deletion = report["faithfulness"];
  EXPECT_GT(deletion["most_contribution"]["cost"].get<double>(), deletion["random"]["cost"].get<double>());
  EXPECT_EQ(deletion["all_nodes"]["accuracy"], report["accuracy"]["mean"]);
  // The person's own heading is taken out of every window.
  EXPECT_NEAR(report["robustness"]["rotate:180"]["accuracy"]["mean"].get<double>(),
              report["accuracy"]["mean"].get<double>(), 0.02);
  EXPECT_EQ(report["robustness"]["mirror"]["unusable"], 0);
}

}  // namespace
}  // namespace purlscope::test
