#include <gmock/gmock.h>

#include <cmath>

#include "tests/app/cli/program.h"

namespace purlscope::test {
namespace {

using nlohmann::json;

TEST(CliDescribe, GivesEightSentencesWithTheirOrigin) {
  const json known = run_program({"describe", "throw"}).json();
  EXPECT_EQ(known["label"], "throw");
  EXPECT_EQ(known["sentences"].size(), 8U);
  for (const char* name : {"head", "hands", "torso", "legs", "start", "middle", "end", "global"}) {
    EXPECT_FALSE(known["sentences"][name].get<std::string>().empty()) << name;
    EXPECT_EQ(known["origin"][name], "bank") << name;
  }
  const json unknown = run_program({"describe", "defenestrate a gnu"}).json();
  EXPECT_EQ(unknown["origin"]["hands"], "template");
}

TEST(CliDescribe, AParaphraseHasTheSentencesOfTheBanksNearestLabel) {
  const json found = run_program({"describe", "chuck a ball"}).json();
  EXPECT_EQ(found["label"], "chuck a ball");
  EXPECT_EQ(found["origin"]["hands"], "nearest: throw a ball");
  EXPECT_EQ(found["sentences"], run_program({"describe", "throw a ball"}).json()["sentences"]);
}

TEST(CliDescribe, SourcesAreKeptApart) {
  EXPECT_EQ(run_program({"describe", "throw", "--source", "template"}).json()["origin"]["head"], "template");
  EXPECT_EQ(run_program({"describe", "defenestrate a gnu", "--source", "bank"}).code, 1);
  EXPECT_EQ(run_program({"describe", "throw", "--source", "endpoint"}).code, 1);
  EXPECT_EQ(run_program({"describe", ""}).code, 2);
}

TEST(CliEncode, GivesOneUnitRowATextWhateverTheText) {
  const Outcome run =
      run_program({"encode", "--json", "--", "a person waves", "", "[a, b]", "--json", "\xF0\x9F\x91\x8B"});
  ASSERT_EQ(run.code, 0) << run.err;
  const json document = run.json();
  EXPECT_EQ(document["encoder"], "all-MiniLM-L6-v2");
  EXPECT_EQ(document["dim"], 384);
  ASSERT_EQ(document["features"].size(), 5U);
  for (const json& row : document["features"]) {
    ASSERT_EQ(row.size(), 384U);
    double norm = 0;
    for (const json& value : row) norm += value.get<double>() * value.get<double>();
    EXPECT_NEAR(std::sqrt(norm), 1.0, 1e-4);
  }
}

}  // namespace
}  // namespace purlscope::test
