#include "models/purls/model/model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/safetensors.h"
#include "core/report/paper_tables.h"
#include "models/purls/data/motion.h"
#include "models/purls/model/config.h"
#include "models/purls/model/explain.h"
#include "models/purls/net/nodes.h"
#include "models/purls/recogniser.h"
#include "models/purls/train/calibration.h"
#include "tests/models/purls/purls_fixture.h"

namespace purlscope::models::purls {
namespace {

using test::swing_clip;
using test::swing_label;
using testing::HasSubstr;

Config tiny(nlohmann::json changes = nlohmann::json::object()) {
  nlohmann::json json = test::tiny_config();
  json.merge_patch(changes);
  Config config = Config::parse(json);
  config.head.text_dim = test::WordHashEncoder().dim();
  return config;
}

/// A model with drawn weights: untrained, but nothing about it is zero.
PurlsModel drawn_model(const Config& config) {
  PurlsModel model = make_model(config, {4});
  model.backbone->initialise(make_generator(1, 0));
  model.head->initialise(make_generator(2, 0));
  test::WordHashEncoder encoder;
  model.provenance = {"purls-test",   "swings",       "last2", {"a"}, {{"swings", 1, "b"}},
                      encoder.name(), encoder.hash(), 3,       {}};
  std::vector<core::Label> labels;
  std::vector<at::Tensor> motions;
  for (int i = 0; i < 4; ++i) {
    labels.push_back(swing_label(i));
    motions.push_back(canonical_motion(core::make_window(swing_clip(i, 0), {})));
  }
  model.text_mean = sentence_features(labels, config.wording, config.global_text, encoder).mean(0);
  model.node_mean = model.nodes(at::stack(motions)).mean(0);
  model.calibration = {0.05, 0.1};
  model.card = "# test";
  return model;
}

core::LabelSet label_set(int count) {
  core::LabelSet labels;
  for (int i = 0; i < count; ++i) labels.labels.push_back(swing_label(i));
  return labels;
}

TEST(PurlsNodes, ThirdsOfTimeAreEqualAndOverlapExactly) {
  // Eight steps in three slots: 8/3 steps each, so step 2 counts by 2/3 in the first and by 1/3 in the second.
  at::Tensor features = at::zeros({1, 8, 1, 2});
  features.select(3, 0).copy_(at::tensor({0.F, 0.F, 8.F, 0.F, 0.F, 0.F, 0.F, 0.F}).view({1, 8, 1}));
  features.select(3, 1).fill_(1);
  const at::Tensor nodes = pool_nodes(features, 3);  // unit norm: the ratio of the channels is the mean of the first
  EXPECT_NEAR((nodes[0][0][0] / nodes[0][0][1]).item<float>(), 8.0 * (2.0 / 3) / (8.0 / 3), 1e-5);
  EXPECT_NEAR((nodes[0][1][0] / nodes[0][1][1]).item<float>(), 8.0 * (1.0 / 3) / (8.0 / 3), 1e-5);
  EXPECT_NEAR(nodes[0][2][0].item<float>(), 0, 1e-6);
}

TEST(PurlsModel, ScoresAreThoseOfTheCandidatesAlone) {
  // similarities() is given no label; the same clips in another order give the same scores in that order.
  const PurlsModel model = drawn_model(tiny());
  test::WordHashEncoder encoder;
  const at::Tensor texts = model.texts(label_set(4).labels, encoder);
  std::vector<at::Tensor> motions;
  for (int i = 0; i < 4; ++i) motions.push_back(canonical_motion(core::make_window(swing_clip(i, 1), {})));
  const at::Tensor nodes = model.nodes(at::stack(motions));
  const at::Tensor straight = model.similarities(nodes, texts), reversed = model.similarities(nodes.flip(0), texts);
  EXPECT_TRUE(at::allclose(straight, reversed.flip(0), 1e-4, 1e-6));
}

TEST(PurlsModel, TablesMeasureTheLeakOnThePublishedHead) {
  const core::PaperTables paper = core::bundled_paper_tables();
  int rows = 0;
  for (const core::PaperRow& row : paper.tables.front().rows) {
    if (row.protocol != "published" && row.name != "PURLS, published head") continue;
    EXPECT_EQ(row.config, published_config()) << row.name;
    ++rows;
  }
  EXPECT_EQ(rows, 2);
}

TEST(PurlsModel, ThePublishedProtocolLeaksTheTrueLabelAndOursDoesNot) {
  const PurlsModel model = drawn_model(tiny());
  test::WordHashEncoder encoder;
  const at::Tensor texts = model.texts(label_set(4).labels, encoder);
  const at::Tensor motion = canonical_motion(core::make_window(swing_clip(0, 1), {}));
  const at::Tensor nodes = model.nodes(at::stack({motion, motion}));  // one clip twice
  const at::Tensor truth = at::tensor(std::vector<std::int64_t>{0, 3});
  const at::Tensor leaky = model.published_similarities(nodes, texts, truth);
  EXPECT_FALSE(at::allclose(leaky[0], leaky[1], 1e-3, 1e-4));  // the label changed the scores of the same clip
  const at::Tensor ours = model.similarities(nodes, texts);
  EXPECT_TRUE(at::allclose(ours[0], ours[1], 1e-5, 1e-6));
}

TEST(PurlsModel, ComesBackFromItsFile) {
  const test::TemporaryFolder folder("purls_model");
  const PurlsModel model = drawn_model(tiny({{"scoring", {{"levels", "global"}}}}));
  save_model(model, folder.path() / "model.safetensors");
  const PurlsModel loaded = load_model(folder.path() / "model.safetensors");
  nlohmann::json expected = model.config.to_json();
  expected["device"] = "auto";  // the machine's business, not the model's
  EXPECT_EQ(loaded.config.to_json(), expected);
  EXPECT_EQ(loaded.provenance.name, "purls-test");
  EXPECT_EQ(loaded.provenance.unseen, std::vector<std::string>{"a"});
  EXPECT_EQ(loaded.calibration.none_score, 0.1);
  EXPECT_EQ(loaded.card, "# test");
  const at::Tensor motion = canonical_motion(core::make_window(swing_clip(1, 1), {})).unsqueeze(0);
  EXPECT_TRUE(at::equal(loaded.nodes(motion), model.nodes(motion)));
  test::WordHashEncoder encoder;
  const at::Tensor texts = model.texts(label_set(3).labels, encoder);
  EXPECT_TRUE(
      at::equal(loaded.similarities(loaded.nodes(motion), texts), model.similarities(model.nodes(motion), texts)));
}

TEST(PurlsModel, RefusesFilesOfAnotherKindByName) {
  const test::TemporaryFolder folder("purls_wrong");
  const auto file = folder.path() / "other.safetensors";
  const std::vector<float> one = {1.0F};
  core::save_safetensors(file, {{"x", core::to_safetensor(one, {1})}}, {{"architecture", "shift-gcn"}});
  try {
    load_model(file);
    FAIL() << "a file of another architecture was accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::bad_format);
    EXPECT_THAT(error.what(), HasSubstr("shift-gcn"));
  }
  core::save_safetensors(file, {{"x", core::to_safetensor(one, {1})}},
                         {{"architecture", "purls"}, {"purls", "{\"config\": 3}"}});
  EXPECT_THROW(load_model(file), Error);
}

/// The file of a drawn model with one thing changed.
class PurlsDamagedModel : public testing::Test {
 protected:
  PurlsDamagedModel() { save_model(drawn_model(tiny()), file_); }

  /// Loads the model once `change` has changed facts and tensors; both are as before afterwards.
  template <typename Change>
  void expect_refused(Code code, const std::vector<std::string>& words, Change&& change) const {
    std::map<std::string, core::SafeTensorOut> tensors;
    const auto whole = core::SafeTensors::open(file_);
    for (const auto& [name, tensor] : whole.tensors()) {
      tensors[name] = {tensor.dtype, tensor.shape, {tensor.bytes.begin(), tensor.bytes.end()}};
    }
    auto metadata = whole.metadata();
    auto facts = nlohmann::json::parse(metadata.at("purls"));
    change(facts, tensors);
    metadata["purls"] = facts.dump();
    const auto changed = folder_.path() / "changed.safetensors";
    core::save_safetensors(changed, tensors, metadata);
    try {
      load_model(changed);
      ADD_FAILURE() << "accepted: " << words.front();
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), code) << error.what();
      EXPECT_THAT(error.what(), HasSubstr(changed.string()));
      for (const std::string& word : words) EXPECT_THAT(error.what(), HasSubstr(word));
    }
  }

  test::TemporaryFolder folder_{"purls_damaged"};
  std::filesystem::path file_ = folder_.path() / "model.safetensors";
};

TEST_F(PurlsDamagedModel, SizesThatTheTensorsDoNotHaveTakeNoMemory) {
  static constexpr std::int64_t kHuge = 1'000'000'000'000'000;
  const auto refused = [&](const char* tensor, const std::string& size, auto&& change) {
    expect_refused(Code::shape_mismatch, {tensor, size}, [&](nlohmann::json& facts, auto&) { change(facts); });
  };
  refused("backbone.head0.weight", "1000000000000000",
          [](nlohmann::json& facts) { facts["classes_per_set"] = {kHuge}; });
  refused("text_mean", "1000000000000000", [](nlohmann::json& facts) { facts["text_dim"] = kHuge; });
  refused("head.skel_encoder.0.weight", "65536",
          [](nlohmann::json& facts) { facts["config"]["head"]["hidden"] = 65536; });
  refused("head.attention.linear_q.weight", "262144", [](nlohmann::json& facts) {
    facts["config"]["head"].update({{"key_dim", 4096}, {"heads", 64}});
  });
  refused("backbone.block0.mix.weight", "4096", [](nlohmann::json& facts) {
    facts["config"]["backbone"]["widths"] = {4096, 12};
  });
}

TEST_F(PurlsDamagedModel, FactsThatNoModelHasAreTheFilesFault) {
  const auto refused = [&](const char* word, auto&& change) {
    expect_refused(Code::bad_format, {word}, [&](nlohmann::json& facts, auto&) { change(facts); });
  };
  refused("classes_per_set", [](nlohmann::json& facts) { facts["classes_per_set"] = {-1}; });
  refused("text_dim", [](nlohmann::json& facts) { facts["text_dim"] = 0; });
  refused("temperature", [](nlohmann::json& facts) { facts["temperature"] = 0; });
  refused("'leaky'", [](nlohmann::json& facts) { facts["config"]["head"]["objective"] = "'leaky'"; });
  refused("'dropout'", [](nlohmann::json& facts) { facts["config"]["head"]["dropout"] = 2.0; });
}

TEST_F(PurlsDamagedModel, WeightsThatAreNotFiniteAreNamed) {
  for (const char* name : {"text_mean", "node_mean", "backbone.block1.taps", "head.skel_encoder.2.weight"}) {
    expect_refused(Code::bad_format, {name, "not finite"}, [&](nlohmann::json&, auto& tensors) {
      std::vector<float> values(tensors[name].bytes.size() / sizeof(float), 0.5F);
      values.back() = std::numeric_limits<float>::infinity();
      tensors[name] = core::to_safetensor(values, tensors[name].shape);
    });
  }
  expect_refused(Code::bad_format, {"backbone.input_norm.running_var", "negative"}, [](nlohmann::json&, auto& tensors) {
    auto& variance = tensors["backbone.input_norm.running_var"];
    variance = core::to_safetensor(std::vector<float>(variance.bytes.size() / sizeof(float), -0.5F), variance.shape);
  });
}

TEST_F(PurlsDamagedModel, AnotherEncoderIsRefusedWithTheFilesName) {
  struct Other final : models::TextEncoder {
    std::string name() const override { return "other"; }
    std::string hash() const override { return "other-1"; }
    std::int64_t dim() const override { return 32; }
    at::Tensor encode(std::span<const std::string>) override { return {}; }
  } other;
  try {
    load_purls(file_)->set_labels(label_set(2), other, {});
    FAIL() << "another encoder was accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::bad_format);
    EXPECT_THAT(error.what(), testing::AllOf(HasSubstr(file_.string()), HasSubstr("other-1")));
  }
}

TEST_F(PurlsDamagedModel, SeveralWordingsAreRefused) {
  test::WordHashEncoder encoder;
  core::LabelSet labels = label_set(2);
  labels.labels[1].further.push_back(labels.labels[0].sentences);
  try {
    load_purls(file_)->set_labels(labels, encoder, {});
    FAIL() << "several wordings were accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::bad_argument);
    EXPECT_THAT(error.what(), HasSubstr("method purls takes one wording"));
  }
}

class PurlsForms : public testing::TestWithParam<const char*> {
 protected:
  Config config() const { return tiny({{"head", {{"form", GetParam()}}}}); }
};

TEST_P(PurlsForms, ContributionsAddUpToTheGainOverTheMeanClip) {
  const PurlsModel model = drawn_model(config());
  test::WordHashEncoder encoder;
  const at::Tensor texts = model.texts(label_set(4).labels, encoder);
  const at::Tensor motion = canonical_motion(core::make_window(swing_clip(2, 1), {})).unsqueeze(0);
  const at::Tensor nodes = model.nodes(motion);
  const Explanation explanation = explain(model, nodes[0], texts);
  const at::Tensor scores = model.scores(model.similarities(nodes, texts))[0];
  const at::Tensor start = model.scores(model.similarities(model.node_mean.unsqueeze(0), texts))[0];
  const at::Tensor sums = explanation.contribution.sum(at::IntArrayRef{1, 2}), gain = scores - start;
  const double scale = gain.abs().max().item<double>();
  ASSERT_GT(scale, 1e-3);
  EXPECT_LE((sums - gain).abs().max().item<double>(), 1e-5);
}

TEST_P(PurlsForms, RecognitionAddsUp) {
  const test::TemporaryFolder folder("purls_recogniser");
  save_model(drawn_model(config()), folder.path() / "model.safetensors");
  const auto recogniser = load_purls(folder.path());
  test::WordHashEncoder encoder;
  const c10::InferenceMode as_the_engine_does;
  recogniser->set_labels(label_set(3), encoder, {});
  const core::Window window = core::make_window(swing_clip(1, 2), recogniser->window());
  const core::Recognition result = recogniser->recognise(window, true, {});
  ASSERT_EQ(result.labels.size(), 3U);
  ASSERT_EQ(result.attention.size(), 3U);
  ASSERT_EQ(result.spans.size(), 3U);
  EXPECT_DOUBLE_EQ(result.spans.front().begin, window.begin);
  EXPECT_NEAR(result.spans.back().end, window.end, 1e-9);
  float probability = result.none_of_these;
  for (std::size_t i = 0; i < 3; ++i) {
    const core::LabelScore& label = result.labels[i];
    float sum = label.other;
    for (const float level : label.levels) sum += level;
    EXPECT_NEAR(sum, label.score, 1e-5);
    probability += label.probability;
    const auto& [attention, contribution] = result.attention[i];
    EXPECT_EQ(attention.shape, (std::vector<std::size_t>{8, 3, 20}));
    for (std::size_t level = 0; level < 8; ++level) {
      float attended = 0, contributed = 0;
      for (std::size_t slot = 0; slot < 3; ++slot) {
        for (std::size_t joint = 0; joint < 20; ++joint) {
          attended += attention.at(level, slot, joint);
          contributed += contribution.at(level, slot, joint);
        }
      }
      EXPECT_NEAR(attended, 1, 1e-4);
      EXPECT_NEAR(contributed, label.levels[level], 1e-5);
    }
  }
  EXPECT_NEAR(probability, 1, 1e-5);
  const core::Recognition quick = recogniser->recognise(window, false, {});
  EXPECT_TRUE(quick.attention.empty());
  EXPECT_FLOAT_EQ(quick.labels[2].score, result.labels[2].score);
  EXPECT_FLOAT_EQ(quick.labels[2].levels[3], result.labels[2].levels[3]);
}

TEST(PurlsRecogniser, SpansStandWhereThePersonWas) {
  const test::TemporaryFolder folder("purls_spans");
  save_model(drawn_model(tiny()), folder.path() / "model.safetensors");
  const auto recogniser = load_purls(folder.path());
  test::WordHashEncoder encoder;
  recogniser->set_labels(label_set(2), encoder, {});
  // Frames 0 to 3 and 16 to 21 of 40 are empty: 30 are left, ten a slot: 4 to 13, 14 to 15 with 22 to 29, 30 to 39.
  core::Clip clip = *swing_clip(1, 2);
  for (std::size_t t = 0; t < clip.frames; ++t) {
    if (t > 3 && (t < 16 || t > 21)) continue;
    for (std::size_t j = 0; j < 20; ++j) clip.persons[0].state[t * 20 + j] = core::JointState::missing;
  }
  const auto window = core::make_window(std::make_shared<core::Clip>(clip), recogniser->window());
  const auto spans = recogniser->recognise(window, false, {}).spans;
  ASSERT_EQ(spans.size(), 3U);
  const std::array<std::pair<double, double>, 3> frames = {{{4, 14}, {14, 30}, {30, 40}}};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(spans[i].begin * 30, frames[i].first, 1e-9) << i;
    EXPECT_NEAR(spans[i].end * 30, frames[i].second, 1e-9) << i;
  }
}

INSTANTIATE_TEST_SUITE_P(BothForms, PurlsForms, testing::Values("paper", "official"));

TEST(PurlsRecogniser, SaysWhatIsMissing) {
  const test::TemporaryFolder folder("purls_missing");
  try {
    load_purls(folder.path());
    FAIL() << "an empty folder was accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::not_found);
    EXPECT_THAT(error.what(), HasSubstr("model.safetensors"));
  }
  save_model(drawn_model(tiny()), folder.path() / "model.safetensors");
  const auto recogniser = load_purls(folder.path());
  const core::Window window = core::make_window(swing_clip(1, 2), recogniser->window());
  EXPECT_THROW(recogniser->recognise(window, true, {}), Error);
}

TEST(PurlsCalibration, RecoversTheTemperatureThatTheScoresWereDrawnWith) {
  // Labels drawn from softmax(scores / 0.25): the fitted temperature must come back, for any label sets drawn from
  // them.
  const at::Generator generator = make_generator(11, 0);
  const at::Tensor scores = at::randn({4000, 5}, generator);
  const at::Tensor target = at::multinomial((scores / 0.25).softmax(1), 1, true, generator).squeeze(1);
  const Calibration fitted = fit_calibration(scores, target, 1);
  EXPECT_NEAR(fitted.temperature, 0.25, 0.025);
}

TEST(PurlsCalibration, NoneOfTheseLiesBetweenTrueAndOtherScores) {
  const at::Tensor target = at::arange(40, at::kLong).remainder(4);
  const at::Tensor scores = at::full({40, 4}, 0.1).scatter(1, target.unsqueeze(1), 0.7);
  const Calibration fitted = fit_calibration(scores, target, 1);
  EXPECT_GT(fitted.none_score, 0.1);
  EXPECT_LT(fitted.none_score, 0.7);
}

}  // namespace
}  // namespace purlscope::models::purls
