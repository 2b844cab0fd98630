#include <gmock/gmock.h>

#include "tests/app/cli/program.h"

namespace purlscope::test {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

TEST(CliEvaluate, AMissingDataSetIsNamed) {
  const Outcome run = run_program({"evaluate", "--dataset", "no/such/folder", "--split", "ru5", "--json"});
  EXPECT_EQ(run.code, 1);
  EXPECT_THAT(run.err, HasSubstr("no/such/folder"));
  EXPECT_EQ(run.out, "");
}

TEST(CliEvaluateData, AnUnknownSplitNamesTheKnownOnes) {
  PURLSCOPE_NEEDS_SHARED();
  const Outcome run =
      run_program({"evaluate", "--dataset", (shared_dir() / "data" / "nw-ucla").string(), "--split", "ru77", "--json"});
  EXPECT_EQ(run.code, 2) << run.err;
  EXPECT_THAT(run.err, HasSubstr("ru2"));
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

}  // namespace
}  // namespace purlscope::test
