#include <ATen/Parallel.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <stop_token>

#include "core/base/error.h"
#include "models/purls/lab.h"
#include "models/purls/model/config.h"
#include "models/purls/model/model.h"
#include "tests/models/purls/purls_fixture.h"
#include "tests/support/scoped_env.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::models {
namespace {

using nlohmann::json;
using testing::HasSubstr;

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

core::TrainOptions options_for(const std::filesystem::path& out) {
  core::TrainOptions options;
  options.out = out;
  options.config = test::tiny_config();
  options.seed = 5;
  return options;
}

std::string config_error(const json& config) {
  try {
    purls::Config::parse(config);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::bad_argument);
    return error.what();
  }
  return "accepted";
}

// One thread: results are the same for the same number of threads, and small networks gain nothing from more.
class PurlsTraining : public testing::Test {
 protected:
  void SetUp() override { at::set_num_threads(1); }
};

class PurlsEvaluation : public PurlsTraining {
 private:
  test::TempDir cache_;  // evaluations keep their backbones in the user's cache
  test::ScopedEnv own_cache_{"XDG_CACHE_HOME", cache_.path().string()};
};

TEST(PurlsConfig, DefaultsAreNamedAndReadBack) {
  const json defaults = purls::Config::parse(nullptr).to_json();
  EXPECT_EQ(defaults["head"]["objective"], "per-candidate");
  EXPECT_EQ(defaults["head"]["key_dim"], 150);
  EXPECT_EQ(defaults["nodes"]["slots"], 3);
  EXPECT_EQ(purls::Config::parse(defaults).to_json(), defaults);
}

TEST(PurlsConfig, RefusesByName) {
  EXPECT_THAT(config_error({{"head", {{"epoch", 3}}}}), HasSubstr("'head.epoch'"));
  EXPECT_THAT(config_error({{"speed", 3}}), HasSubstr("'speed'"));
  EXPECT_THAT(config_error({{"head", {{"epochs", "many"}}}}), HasSubstr("'head.epochs'"));
  EXPECT_THAT(config_error({{"head", {{"epochs", 0}}}}), HasSubstr("'epochs'"));
  EXPECT_THAT(config_error({{"head", {{"objective", "leaky"}}}}), HasSubstr("per-candidate"));
  EXPECT_THAT(config_error({{"backbone", {{"widths", {64, 32}}}}}), HasSubstr("strides"));
  EXPECT_THAT(config_error({{"backbone", {{"widths", {64, -1, 3, 2}}}}}), HasSubstr("-1"));
  EXPECT_THAT(config_error(json::array()), HasSubstr("object"));
}

TEST(PurlsConfig, TakesTheBackboneByNameAndRefusesOthers) {
  core::EvaluateOptions options;
  options.backbone = "small-gcn";
  check_purls(options);
  options.backbone = "resnet";
  EXPECT_THAT([&] { check_purls(options); }, test::ThrowsError(Code::bad_argument, HasSubstr("small-gcn")));
}

TEST_F(PurlsTraining, WritesModelCardAndReport) {
  const test::TemporaryFolder folder("purls_train");
  test::WordHashEncoder encoder;
  int reports = 0;
  const json report = train_purls(test::swing_data(6), options_for(folder.path()), encoder,
                                  [&](const core::Progress& step) {
                                    ++reports;
                                    EXPECT_LE(step.fraction, 1.0);
                                  },
                                  {});
  EXPECT_EQ(report.at("epochs"), 6);
  EXPECT_TRUE(std::isfinite(report.at("seen_loss").get<double>()));
  EXPECT_GE(report.at("seconds").get<double>(), 0);
  EXPECT_EQ(report.at("model"), (folder.path() / "model.safetensors").string());
  EXPECT_GE(reports, 6);
  EXPECT_THAT(bytes_of(folder.path() / "card.md"), HasSubstr("swing the left hand to the side"));
  EXPECT_EQ(json::parse(bytes_of(folder.path() / "train.json")).at("epochs"), 6);
  const purls::PurlsModel model = purls::load_model(folder.path() / "model.safetensors");
  EXPECT_EQ(model.provenance.classes.size(), 4U);
  EXPECT_EQ(model.provenance.unseen,
            (std::vector<std::string>{"swing the left hand to the side", "swing the right foot to the side"}));
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "checkpoint-head.safetensors"));
}

TEST_F(PurlsTraining, AStoppedTrainingEndsWithTheSameBytesAsAnUninterruptedOne) {
  const test::TemporaryFolder whole("purls_whole"), stopped("purls_stopped");
  test::WordHashEncoder encoder;
  const core::LabData data = test::swing_data(6);
  train_purls(data, options_for(whole.path()), encoder, {}, {});
  // Stopped after every epoch, six times over both networks.
  for (int runs = 1;; ++runs) {
    ASSERT_LE(runs, 8);
    std::stop_source source;
    const auto stop_after_epoch = [&](const core::Progress& step) {
      if (step.detail.starts_with("epoch")) source.request_stop();
    };
    try {
      train_purls(data, options_for(stopped.path()), encoder, stop_after_epoch, source.get_token());
      EXPECT_GT(runs, 3);
      break;
    } catch (const Error& error) {
      ASSERT_EQ(error.code(), Code::cancelled) << error.what();
    }
  }
  EXPECT_EQ(bytes_of(whole.path() / "model.safetensors"), bytes_of(stopped.path() / "model.safetensors"));
}

TEST_F(PurlsTraining, ADamagedCheckpointNamesTheWayOut) {
  const test::TemporaryFolder folder("purls_damaged_checkpoint");
  test::WordHashEncoder encoder;
  const core::LabData data = test::swing_data(4);
  core::TrainOptions options = options_for(folder.path());
  std::stop_source source;
  const auto stop_after_epoch = [&](const core::Progress& step) {
    if (step.detail.starts_with("epoch")) source.request_stop();
  };
  EXPECT_THROW(train_purls(data, options, encoder, stop_after_epoch, source.get_token()), Error);
  const auto checkpoint = folder.path() / "checkpoint-backbone.safetensors";
  const std::string whole = bytes_of(checkpoint);
  for (const std::size_t kept : {std::size_t{0}, std::size_t{100}, whole.size() - 1}) {
    std::ofstream(checkpoint, std::ios::binary) << whole.substr(0, kept);
    try {
      train_purls(data, options, encoder, {}, {});
      ADD_FAILURE() << "a checkpoint cut to " << kept << " bytes was accepted";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Code::bad_format);
      EXPECT_THAT(error.what(), testing::AllOf(HasSubstr(checkpoint.string()), HasSubstr("--fresh starts")));
    }
  }
  options.resume = false;  // what --fresh sets
  EXPECT_EQ(train_purls(data, options, encoder, {}, {}).at("epochs"), 6);
}

TEST_F(PurlsTraining, RefusesTheFolderOfAnotherTrainingAndNamesTheDifference) {
  const test::TemporaryFolder folder("purls_other");
  test::WordHashEncoder encoder;
  const core::LabData data = test::swing_data(4);
  core::TrainOptions options = options_for(folder.path());
  train_purls(data, options, encoder, {}, {});
  const auto written = std::filesystem::last_write_time(folder.path() / "model.safetensors");
  train_purls(data, options, encoder, {}, {});  // finished already: nothing is trained again
  EXPECT_EQ(std::filesystem::last_write_time(folder.path() / "model.safetensors"), written);
  options.config["head"]["hidden"] = 24;
  try {
    train_purls(data, options, encoder, {}, {});
    FAIL() << "a folder of another training was accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::bad_argument);
    EXPECT_THAT(error.what(), HasSubstr("config.head.hidden: 16 in the checkpoint, 24 now"));
  }
  options.resume = false;
  EXPECT_EQ(train_purls(data, options, encoder, {}, {}).at("epochs"), 6);
}

TEST_F(PurlsTraining, LearnsTheSeenClassesOfMadeUpMotions) {
  const test::TemporaryFolder folder("purls_learns");
  test::WordHashEncoder encoder;
  core::TrainOptions options = options_for(folder.path());
  options.config["backbone"]["epochs"] = 25;
  options.config["backbone"]["learning_rate"] = 0.01;
  options.config["head"]["epochs"] = 20;
  options.config["head"]["learning_rate"] = 0.01;
  const json report = train_purls(test::swing_data(10), options, encoder, {}, {});
  EXPECT_GE(report.at("held_accuracy").get<double>(), 0.75);  // chance is 0.25
}

TEST_F(PurlsEvaluation, ReportsEveryFieldOfTheContract) {
  test::WordHashEncoder encoder;
  core::EvaluateOptions options;
  options.method = "purls";
  options.seeds = 2;
  options.config = test::tiny_config();
  const json report = evaluate_purls(test::swing_data(4), options, encoder, {}, {});
  for (const char* key : {"dataset", "split", "unseen", "method", "backbone", "text", "protocol", "accuracy",
                          "per_class", "confusion", "samples", "seconds"}) {
    EXPECT_TRUE(report.contains(key)) << key;
  }
  EXPECT_EQ(report["protocol"], "leak-free");
  EXPECT_EQ(report["samples"], 8);
  const auto per_seed = report["accuracy"]["per_seed"].get<std::vector<double>>();
  ASSERT_EQ(per_seed.size(), 2U);
  EXPECT_NEAR(report["accuracy"]["mean"].get<double>(), (per_seed[0] + per_seed[1]) / 2, 1e-12);
  int counted = 0, correct = 0;
  for (std::size_t truth = 0; truth < 2; ++truth) {
    for (std::size_t predicted = 0; predicted < 2; ++predicted) {
      const int count = report["confusion"][truth][predicted].get<int>();
      counted += count;
      if (truth == predicted) correct += count;
    }
  }
  EXPECT_EQ(counted, 16);  // two seeds of eight clips
  EXPECT_NEAR(correct / 16.0, report["accuracy"]["mean"].get<double>(), 1e-12);
}

TEST_F(PurlsEvaluation, MarksThePublishedProtocol) {
  test::WordHashEncoder encoder;
  core::EvaluateOptions options;
  options.method = "purls";
  options.protocol = "published";
  options.config = test::tiny_config();
  const json report = evaluate_purls(test::swing_data(3), options, encoder, {}, {});
  EXPECT_EQ(report["protocol"], "published");
  EXPECT_EQ(report["objective"], "official") << "the head of the published code, where the config says nothing else";
  EXPECT_THAT(report["note"].get<std::string>(), HasSubstr("leak"));
  // tiny_config() changes one setting of the published code.
  EXPECT_THAT(report["differs"], testing::ElementsAre(HasSubstr("small-gcn"), HasSubstr(encoder.name()),
                                                      HasSubstr("AdamW"), "config head/hidden 16 (published: 1024)"));
  options.protocol = "honest";
  EXPECT_THROW(evaluate_purls(test::swing_data(3), options, encoder, {}, {}), Error);
}

TEST_F(PurlsEvaluation, RefusesAModelThatHasSeenAnUnseenClass) {
  const test::TemporaryFolder folder("purls_seen");
  test::WordHashEncoder encoder;
  core::LabData data = test::swing_data(4);
  train_purls(data, options_for(folder.path()), encoder, {}, {});
  core::EvaluateOptions options;
  options.model = folder.path();
  EXPECT_EQ(evaluate_purls(data, options, encoder, {}, {}).at("samples"), 8);
  data.unseen = {1, 5};  // class 1 was trained on
  try {
    evaluate_purls(data, options, encoder, {}, {});
    FAIL() << "a model was tested on a class that it was trained on";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::bad_argument);
    EXPECT_THAT(error.what(), HasSubstr("swing the left hand up and down"));
  }
  data.target.labels[1].text = "another name for it";  // other texts do not hide what was trained on
  EXPECT_THROW(evaluate_purls(data, options, encoder, {}, {}), Error);
}

TEST_F(PurlsEvaluation, RefusesAModelThatHasSeenAClassOfTheSameMeaning) {
  const test::TemporaryFolder folder("purls_same");
  test::WordHashEncoder encoder;
  core::LabData data = test::swing_data(4);
  core::ClipSet other = data.target;
  other.kind = "more-swings";
  data.others.push_back(other);
  data.left_out = {{0, 4}, {0, 5}};
  train_purls(data, options_for(folder.path()), encoder, {}, {});
  core::EvaluateOptions options;
  options.model = folder.path();
  EXPECT_EQ(evaluate_purls(data, options, encoder, {}, {}).at("samples"), 8);
  data.left_out.emplace_back(0, 2);  // a further class of the other set, trained on, means the same as an unseen one
  try {
    evaluate_purls(data, options, encoder, {}, {});
    FAIL() << "a model was tested on a class whose like it was trained on";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("more-swings"));
  }
}

}  // namespace
}  // namespace purlscope::models
