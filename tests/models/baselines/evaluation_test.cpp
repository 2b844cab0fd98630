#include <ATen/Parallel.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "core/base/error.h"
#include "models/baselines/baseline.h"
#include "models/baselines/lab.h"
#include "models/purls/lab.h"
#include "tests/models/purls/purls_fixture.h"
#include "tests/support/scoped_env.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::models {
namespace {

using nlohmann::json;
using testing::HasSubstr;

class BaselineEvaluation : public testing::Test {
 protected:
  void SetUp() override { at::set_num_threads(1); }

  static core::EvaluateOptions options_for(const std::string& method) {
    core::EvaluateOptions options;
    options.method = method;
    options.config = {{"backbone", test::tiny_config()["backbone"]}, {"validation", 0.25}, {"speed_up", 1000}};
    return options;
  }

  std::ptrdiff_t kept_backbones() const {
    std::error_code none;
    const std::filesystem::directory_iterator folder(cache_.path() / "purlscope" / "backbones", none);
    return std::distance(begin(folder), end(folder));
  }

  test::TempDir cache_;
  test::ScopedEnv own_cache_{"XDG_CACHE_HOME", cache_.path().string()};
  test::WordHashEncoder encoder_;
};

TEST_F(BaselineEvaluation, EveryMethodReportsEveryFieldOfTheContract) {
  const core::LabData data = test::swing_data(4);
  for (const std::string& method : baselines::baseline_names()) {
    core::EvaluateOptions options = options_for(method);
    options.seeds = 2;
    const json report = evaluate_baseline(data, options, encoder_, {}, {});
    for (const char* key : {"dataset", "split", "unseen", "method", "backbone", "text", "protocol", "accuracy",
                            "per_class", "confusion", "samples", "seconds", "settings"}) {
      EXPECT_TRUE(report.contains(key)) << method << " without " << key;
    }
    EXPECT_EQ(report["method"], method);
    EXPECT_EQ(report["protocol"], "leak-free");
    EXPECT_EQ(report["samples"], 8);
    EXPECT_EQ(report["accuracy"]["per_seed"].size(), 2U);
    EXPECT_EQ(report["settings"]["speed_up"], 1000);
  }
}

TEST_F(BaselineEvaluation, AllMethodsOfASeedShareOneBackbone) {
  const core::LabData data = test::swing_data(4);
  bool trained = false;
  const auto watch_training = [&](const core::Progress& step) {
    trained = trained || step.stage == "Training the backbone";
  };
  const auto trains = [&](const core::EvaluateOptions& options) {
    trained = false;
    const auto evaluate = options.method == "purls" ? evaluate_purls : evaluate_baseline;
    evaluate(data, options, encoder_, watch_training, {});
    return trained;
  };
  core::EvaluateOptions purls = options_for("purls");
  purls.config = test::tiny_config();
  EXPECT_TRUE(trains(purls));
  for (const std::string& method : baselines::baseline_names()) EXPECT_FALSE(trains(options_for(method))) << method;
  purls.protocol = "published";
  EXPECT_FALSE(trains(purls));
  EXPECT_EQ(kept_backbones(), 1);
  core::EvaluateOptions other = options_for("devise");
  other.config["backbone"]["epochs"] = 4;
  EXPECT_TRUE(trains(other));
  EXPECT_EQ(kept_backbones(), 2);
}

TEST_F(BaselineEvaluation, TheBackboneNeverSeesAClipOfAnUnseenClass) {
  core::LabData data = test::swing_data(4);
  evaluate_baseline(data, options_for("devise"), encoder_, {}, {});
  for (core::ClipPtr& clip : data.target.clips) {
    if (clip->label_index.value_or(-1) < 4) continue;  // classes 4 and 5 are unseen
    auto changed = std::make_shared<core::Clip>(*clip);
    for (core::Vec3& joint : changed->persons[0].joints) joint[0] *= 1.1F;
    clip = changed;
  }
  evaluate_baseline(data, options_for("devise"), encoder_, {}, {});
  EXPECT_EQ(kept_backbones(), 1) << "what unseen clips hold has changed what was learned";
}

TEST_F(BaselineEvaluation, StopsWhenAskedTo) {
  std::stop_source source;
  const auto stop_in_fit = [&](const core::Progress& step) {
    if (step.stage.starts_with("Learning")) source.request_stop();
  };
  core::EvaluateOptions options = options_for("devise");
  options.config["speed_up"] = 1;
  EXPECT_THAT([&] { evaluate_baseline(test::swing_data(4), options, encoder_, stop_in_fit, source.get_token()); },
              test::ThrowsError(Code::cancelled, testing::_));
}

TEST_F(BaselineEvaluation, RefusesWhatNoDataCouldServe) {
  const auto refusal = [](const core::EvaluateOptions& given) {
    try {
      check_baseline(given);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Code::bad_argument);
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  core::EvaluateOptions options = options_for("smie");
  EXPECT_EQ(refusal(options), "accepted");
  options.protocol = "published";
  EXPECT_THAT(refusal(options), testing::AllOf(HasSubstr("leak-free alone"), HasSubstr("published")));
  options = options_for("smie");
  options.backbone = "resnet";
  EXPECT_THAT(refusal(options), HasSubstr("small-gcn"));
  options = options_for("smie");
  options.model = "somewhere";
  EXPECT_THAT(refusal(options), HasSubstr("leave the model out"));
  options = options_for("smie");
  options.seeds = 0;
  EXPECT_THAT(refusal(options), HasSubstr("seeds"));
  options = options_for("smie");
  options.config["backbone"]["epoch"] = 3;
  EXPECT_THAT(refusal(options), HasSubstr("'backbone.epoch'"));
  options = options_for("smie");
  options.config["latent"] = 3;
  EXPECT_THAT(refusal(options), HasSubstr("'latent'"));
}

}  // namespace
}  // namespace purlscope::models
