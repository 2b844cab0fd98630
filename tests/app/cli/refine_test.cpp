#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>

#include "tests/app/cli/program.h"

namespace purlscope::test {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;

/// Clips of three actions of UTD-MHAD, eight subjects with two trials each, in the order of the subjects.
std::vector<std::string> utd_clips(int subjects = 8) {
  std::vector<std::string> out;
  for (int subject = 1; subject <= subjects; ++subject) {
    for (const int action : {1, 17, 26}) {
      for (const int trial : {1, 2}) {
        const std::string name = fmt::format("a{}_s{}_t{}_skeleton.mat", action, subject, trial);
        out.push_back((shared_dir() / "data/utd-mhad" / name).string());
      }
    }
  }
  return out;
}

std::vector<std::string> refine(const std::vector<std::string>& files, const std::vector<std::string>& more) {
  std::vector<std::string> out = {"refine", "--json", "--labels", "swipe left, tennis serve, lunge"};
  out.insert(out.end(), more.begin(), more.end());
  out.insert(out.end(), files.begin(), files.end());
  return out;
}

TEST(CliRefine, StreamsRecordingsAndCountsWhatIsRight) {
  PURLSCOPE_NEEDS_SHARED();
  const std::vector<std::string> files = utd_clips();
  const Outcome run = run_program(refine(files, {}));
  ASSERT_EQ(run.code, 0) << run.err;
  const json result = run.json();
  EXPECT_EQ(result.at("refinement"), "em");
  ASSERT_EQ(result.at("files").size(), files.size());
  ASSERT_EQ(result.at("curve").size(), files.size());
  double right = 0;
  double before = 0;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const json& row = result.at("files")[i];
    EXPECT_EQ(row.at("file"), files[i]);
    std::string truth = row.at("label");
    std::ranges::transform(truth, truth.begin(), [](char c) { return static_cast<char>(std::tolower(c)); });
    right += row.at("arrival") == truth ? 1 : 0;
    before += row.at("before") == truth ? 1 : 0;
    EXPECT_NEAR(result.at("curve")[i].get<double>(), right / static_cast<double>(i + 1), 1e-6);
  }
  const auto count = static_cast<double>(files.size());
  EXPECT_NEAR(result.at("after").at("accuracy").get<double>(), right / count, 1e-6);
  EXPECT_NEAR(result.at("before").at("accuracy").get<double>(), before / count, 1e-6);
  EXPECT_GE(result.at("after").at("rescored").get<double>(), 0.5);
  int kept = 0;
  for (const auto& [label, windows] : result.at("bank").items()) {
    EXPECT_GT(windows, 0) << label;
    EXPECT_LE(windows, 16) << label;
    kept += windows.get<int>();
  }
  EXPECT_GT(kept, 20);
  EXPECT_GT(result.at("steps"), 20);
}

TEST(CliRefine, RepeatsExactlyAndGoesOnFromAFile) {
  PURLSCOPE_NEEDS_SHARED();
  const TempDir folder;
  const std::string state = (folder.path() / "state.safetensors").string();
  const std::vector<std::string> files = utd_clips(3);
  const Outcome once = run_program(refine(files, {"--shuffle", "4", "--save", state}));
  ASSERT_EQ(once.code, 0) << once.err;
  const Outcome again = run_program(refine(files, {"--shuffle", "4"}));
  json one = once.json();
  json two = again.json();
  for (json* document : {&one, &two}) document->erase("step_ms");
  EXPECT_EQ(one, two);
  EXPECT_NE(one.at("files")[0].at("file"), files[0]) << "shuffled";

  const Outcome more = run_program(refine({files[0]}, {"--load", state}));
  ASSERT_EQ(more.code, 0) << more.err;
  EXPECT_GT(more.json().at("steps"), one.at("steps").get<int>());

  std::vector<std::string> other = {"refine", "--json", "--labels", "swipe left, lunge", "--load", state, files[0]};
  const Outcome refused = run_program(other);
  EXPECT_EQ(refused.code, 1);
  EXPECT_THAT(refused.err, AllOf(HasSubstr("state.safetensors"), HasSubstr("swipe left, tennis serve, lunge")));
}

TEST(CliRefine, WithoutKnownLabelsThereIsNoAccuracy) {
  const Outcome run = run_program({"refine", "--json", "--labels", "wave, clap", bundled("wave")});
  ASSERT_EQ(run.code, 0) << run.err;
  const json result = run.json();
  EXPECT_EQ(result.at("bank").size(), 1U);
  EXPECT_EQ(result.at("steps"), 0) << "one recording is not enough to learn from";
}

TEST(CliRefine, SaysWhatCannotBe) {
  const auto expect = [](const std::vector<std::string>& arguments, int code, const char* words) {
    std::vector<std::string> all = {"refine"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    const Outcome run = run_program(all);
    EXPECT_EQ(run.code, code) << words << "\n" << run.err;
    EXPECT_EQ(run.out, "");
    EXPECT_THAT(run.err, HasSubstr(words));
  };
  expect({bundled("wave")}, 2, "no labels");
  expect({bundled("wave"), "--labels", "wave", "--refinement", "magic"}, 2, "known: em");
  expect({bundled("wave"), "--labels", "wave", "--refinement", "none.json"}, 1, "none.json");
  expect({bundled("wave"), "--labels", "wave", "--load", "no.safetensors"}, 1, "no.safetensors");
  expect({bundled("wave"), "--labels", "wave", "--load", "a", "--refinement", "em"}, 2, "--refinement");
  expect({"nowhere.skeleton", "--labels", "wave", "--json"}, 1, "nowhere.skeleton");
}

/// Two unseen classes of UTD-MHAD as a stream, in two orders.
TEST(CliRefineSlow, EvaluateScoresAStreamOnArrival) {
  PURLSCOPE_NEEDS_SHARED();
  const std::string data = (shared_dir() / "data/utd-mhad").string();
  const Outcome run =
      run_program({"evaluate", "--dataset", data, "--split", "random:2:1", "--stream", "--orders", "2", "--json"});
  ASSERT_EQ(run.code, 0) << run.err;
  const json result = run.json();
  const json& stream = result.at("stream");
  EXPECT_EQ(stream.at("orders"), 2);
  EXPECT_EQ(stream.at("refinement").at("method"), "em");
  ASSERT_EQ(result.at("accuracy").at("per_seed").size(), 1U);
  const double gain = result.at("accuracy").at("mean").get<double>() - stream.at("before").at("mean").get<double>();
  EXPECT_NEAR(stream.at("gain").get<double>(), gain, 1e-9);
  EXPECT_LE(stream.at("worst_gain").get<double>(), gain + 1e-9);
  double counted = 0;
  double right = 0;
  for (std::size_t i = 0; i < result.at("confusion").size(); ++i) {
    for (std::size_t j = 0; j < result.at("confusion")[i].size(); ++j) {
      counted += result.at("confusion")[i][j].get<double>();
      if (i == j) right += result.at("confusion")[i][j].get<double>();
    }
  }
  EXPECT_EQ(counted, 2 * result.at("samples").get<double>());
  EXPECT_NEAR(right / counted, result.at("accuracy").at("mean").get<double>(), 1e-9);
}

TEST(CliRefine, EvaluateRefusesStreamsThatCannotBe) {
  const auto expect = [](const std::vector<std::string>& arguments, const char* words) {
    std::vector<std::string> all = {"evaluate", "--dataset", "no/such/folder", "--split", "ru5"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    const Outcome run = run_program(all);
    EXPECT_EQ(run.code, 2) << words << "\n" << run.err;
    EXPECT_THAT(run.err, HasSubstr(words));
  };
  expect({"--refinement", "em"}, "stream");
  expect({"--stream", "--refinement", "magic"}, "known: em");
  expect({"--stream", "--method", "smie"}, "cannot refine itself");
  expect({"--orders", "0"}, "--orders");
}

}  // namespace
}  // namespace purlscope::test
