#include <ATen/Parallel.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <limits>
#include <stop_token>

#include "core/base/error.h"
#include "models/purls/lab.h"
#include "models/purls/model/config.h"
#include "models/purls/model/model.h"
#include "models/purls/train/curve.h"
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

/// A rate so high that the network leaves its best epoch behind, and no cycle.
core::TrainOptions restless(const std::filesystem::path& out) {
  core::TrainOptions options = options_for(out);
  options.config["head"].update({{"epochs", 30}, {"learning_rate", 0.2}, {"schedule", "constant"}, {"patience", 4}});
  return options;
}

/// The curve in `train.json`, without the times.
json curve_of(const std::filesystem::path& folder) {
  json curve = json::parse(bytes_of(folder / "train.json")).at("curve");
  for (json& point : curve) point.erase("seconds");
  return curve;
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
  EXPECT_THAT(config_error({{"head", {{"keep", "first"}}}}), HasSubstr("best"));
  EXPECT_THAT(config_error({{"backbone", {{"patience", -1}}}}), HasSubstr("'patience'"));
  EXPECT_THAT(config_error({{"precision", "half"}}), HasSubstr("mixed"));
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
  EXPECT_EQ(report.at("device"), "cpu");
  EXPECT_THAT(bytes_of(folder.path() / "card.md"), HasSubstr("Computed on: cpu"));
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
  EXPECT_EQ(curve_of(whole.path()), curve_of(stopped.path()));
  EXPECT_EQ(curve_of(whole.path()).size(), 6U);
}

TEST_F(PurlsTraining, ABestEpochAndPatienceOutliveAStop) {
  const test::TemporaryFolder whole("purls_patience"), stopped("purls_patience_stopped");
  test::WordHashEncoder encoder;
  const core::LabData data = test::swing_data(6);
  const json report = train_purls(data, restless(whole.path()), encoder, {}, {});
  const auto kept = report.at("head_best_epoch").get<int>();
  ASSERT_EQ(report.at("head_epochs"), kept + 4) << "four epochs without gain end the training";
  ASSERT_LT(kept + 4, 30);
  // Stopped once while the best epoch lies behind, and once when the training was about to end.
  for (const int epoch : {kept + 2, kept + 4}) {
    std::stop_source source;
    const auto stop = [&](const core::Progress& step) {
      if (step.point && step.point->stage == "head" && step.point->epoch == epoch) source.request_stop();
    };
    try {
      train_purls(data, restless(stopped.path()), encoder, stop, source.get_token());
    } catch (const Error& error) {
      ASSERT_EQ(error.code(), Code::cancelled) << error.what();
    }
  }
  EXPECT_EQ(train_purls(data, restless(stopped.path()), encoder, {}, {}).at("head_best_epoch"), kept);
  EXPECT_EQ(bytes_of(whole.path() / "model.safetensors"), bytes_of(stopped.path() / "model.safetensors"));
  EXPECT_EQ(curve_of(whole.path()), curve_of(stopped.path()));
}

TEST_F(PurlsTraining, KeepsTheWeightsOfTheBestEpoch) {
  const test::TemporaryFolder best("purls_best"), shorter("purls_shorter");
  test::WordHashEncoder encoder;
  const core::LabData data = test::swing_data(6);
  const json report = train_purls(data, restless(best.path()), encoder, {}, {});
  const auto kept = report.at("head_best_epoch").get<int>();
  ASSERT_LT(kept, report.at("head_epochs"));
  // The rate does not depend on the number of epochs, so a training of that many ends with these weights.
  core::TrainOptions options = restless(shorter.path());
  options.config["head"].update({{"epochs", kept}, {"keep", "last"}, {"patience", 0}});
  train_purls(data, options, encoder, {}, {});
  const auto head_of = [](const std::filesystem::path& folder) {
    return purls::load_model(folder / "model.safetensors").head->named_parameters();
  };
  const auto expected = head_of(shorter.path());
  for (const auto& item : head_of(best.path()))
    EXPECT_TRUE(at::equal(item.value(), expected[item.key()])) << item.key();
  EXPECT_THAT(bytes_of(best.path() / "card.md"), HasSubstr(fmt::format("Head: epoch {} of ", kept)));
}

TEST_F(PurlsTraining, TellsAndWritesItsCurve) {
  const test::TemporaryFolder folder("purls_curve");
  test::WordHashEncoder encoder;
  const core::LabData data = test::swing_data(6);
  core::TrainOptions options = options_for(folder.path());
  options.config["head"]["measure_every"] = 2;
  purls::Curve told;
  const auto listen = [&](const core::Progress& step) {
    if (step.point) told.push_back(*step.point);
  };
  train_purls(data, options, encoder, listen, {});
  const json report = json::parse(bytes_of(folder.path() / "train.json"));
  EXPECT_EQ(purls::curve_to_json(told), report.at("curve"));
  ASSERT_EQ(told.size(), 6U);
  EXPECT_EQ(told[2].stage, "backbone");
  EXPECT_EQ(told[3].stage, "head");
  EXPECT_EQ(told[3].epoch, 1);
  EXPECT_EQ(told[3].epochs, 3);
  EXPECT_FALSE(told[3].held_accuracy) << "only every second epoch";
  EXPECT_TRUE(told[4].held_accuracy);
  EXPECT_TRUE(told[5].held_accuracy) << "and the last one";
  for (const auto& point : told) EXPECT_GT(point.loss, 0);
  told.clear();
  train_purls(data, options, encoder, listen, {});
  EXPECT_EQ(purls::curve_to_json(told), report.at("curve")) << "a finished training tells its curve again";
}

TEST_F(PurlsTraining, WithoutClipsKeptOutTheLastEpochIsKept) {
  const test::TemporaryFolder folder("purls_none_held");
  test::WordHashEncoder encoder;
  core::TrainOptions options = options_for(folder.path());
  options.config["validation"] = 0;
  options.config["head"]["patience"] = 1;
  const json report = train_purls(test::swing_data(4), options, encoder, {}, {});
  EXPECT_EQ(report.at("head_best_epoch"), 3);
  EXPECT_TRUE(report.at("held_accuracy").is_null());
  for (const json& point : report.at("curve")) EXPECT_TRUE(point.at("held_accuracy").is_null());
}

TEST_F(PurlsTraining, MixedPrecisionLosesLittle) {
  const test::TemporaryFolder single("purls_single"), mixed("purls_mixed");
  test::WordHashEncoder encoder;
  const core::LabData data = test::swing_data(6);
  const json expected = train_purls(data, options_for(single.path()), encoder, {}, {}).at("curve");
  core::TrainOptions options = options_for(mixed.path());
  options.config["precision"] = "mixed";
  const json found = train_purls(data, options, encoder, {}, {}).at("curve");
  ASSERT_EQ(found.size(), expected.size());
  bool differs = false;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto loss = found[i].at("loss").get<double>(), exact = expected[i].at("loss").get<double>();
    EXPECT_NEAR(loss, exact, 0.05 * exact) << "epoch " << i;
    differs = differs || loss != exact;
  }
  EXPECT_TRUE(differs) << "products were computed in single precision";
  // The weights are in single precision: some of them have more digits than bfloat16.
  const purls::PurlsModel model = purls::load_model(mixed.path() / "model.safetensors");
  for (const auto& weight : model.head->parameters()) {
    if (weight.dim() != 2) continue;
    EXPECT_FALSE(at::equal(weight, weight.to(at::kBFloat16).to(at::kFloat)));
  }
}

TEST(TrainingCurve, ReadsBackWhatItWrites) {
  purls::Curve curve(2);
  curve[0] = {"head", 1, 2, 0.75, 0.5, std::nullopt, std::nullopt, 1.5};
  curve[1] = {"head", 2, 2, std::numeric_limits<double>::quiet_NaN(), 0.25, 0.1, 0.75, 3};
  const json written = json::parse(purls::curve_to_json(curve).dump());
  const purls::Curve read = purls::curve_from_json(written);
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read[0].loss, 0.75);
  EXPECT_FALSE(read[0].held_loss);
  EXPECT_TRUE(std::isnan(read[1].loss));
  EXPECT_EQ(read[1].held_accuracy, 0.75);
  EXPECT_EQ(read[1].seconds, 3);
  EXPECT_THROW(purls::curve_from_json({{{"stage", 3}}}), json::exception);
  EXPECT_THROW(purls::curve_from_json("curve"), json::exception);
}

TEST(TrainingCurve, TheBestEpochIsRightMostOftenThenHasTheLowestLossThenIsTheFirst) {
  const auto best = [](const std::vector<std::pair<double, double>>& accuracy_and_loss) {
    purls::Curve curve;
    for (const auto& [accuracy, loss] : accuracy_and_loss) {
      core::TrainingPoint point;
      point.epoch = static_cast<int>(curve.size()) + 1;
      point.held_accuracy = accuracy;
      point.held_loss = loss;
      curve.push_back(point);
    }
    return purls::best_epoch(curve);
  };
  EXPECT_EQ(best({}), 0);
  EXPECT_EQ(best({{0.5, 1}, {0.7, 2}, {0.6, 0.1}}), 2);
  EXPECT_EQ(best({{0.5, 1}, {0.7, 2}, {0.7, 1}, {0.7, 1}}), 3);
  EXPECT_EQ(purls::best_epoch(purls::Curve(3)), 0) << "none was measured";
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
  EXPECT_EQ(report["zero_shot"], true);
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
