#include <ATen/Parallel.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "models/purls/lab.h"
#include "tests/models/purls/purls_fixture.h"
#include "tests/support/scoped_env.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::models {
namespace {

using nlohmann::json;
using testing::HasSubstr;

class PublishedDynaPurls : public testing::Test {
 protected:
  void SetUp() override {
    at::set_num_threads(1);
    options_.method = "dynapurls";
    options_.protocol = "published";
    options_.config = test::tiny_config();
  }

  json evaluate() { return evaluate_dynapurls(test::swing_data(6), options_, encoder_, {}, {}); }

  test::TempDir cache_;
  test::ScopedEnv own_cache_{"XDG_CACHE_HOME", cache_.path().string()};
  test::WordHashEncoder encoder_;
  core::EvaluateOptions options_;
};

TEST_F(PublishedDynaPurls, SaysThatItLeaksAndHowItLearned) {
  const json report = evaluate();
  EXPECT_EQ(report["method"], "dynapurls");
  EXPECT_EQ(report["protocol"], "published");
  EXPECT_EQ(report["scoring"], "true label");
  EXPECT_THAT(report["note"].get<std::string>(), HasSubstr("leak"));
  EXPECT_THAT(report["refinement"].get<std::string>(), HasSubstr("as published"));
  EXPECT_EQ(report["samples"], 12);
}

TEST_F(PublishedDynaPurls, RunsOfOneSeedAreEqual) {
  const json first = evaluate();
  EXPECT_EQ(evaluate()["confusion"], first["confusion"]);
}

TEST_F(PublishedDynaPurls, HasNoStreamAndNoOtherRefinement) {
  options_.orders = 2;
  EXPECT_THAT([this] { evaluate(); }, test::ThrowsError(Code::bad_argument, HasSubstr("accuracy alone")));
  options_.orders = 0;
  options_.refinement = {{"method", "em"}};
  EXPECT_THAT([this] { evaluate(); }, test::ThrowsError(Code::bad_argument, HasSubstr("stream")));
}

}  // namespace
}  // namespace purlscope::models
