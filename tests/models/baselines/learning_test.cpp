#include <ATen/Parallel.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "core/base/error.h"
#include "models/baselines/baseline.h"
#include "models/baselines/learn/layers.h"
#include "models/training/random.h"
#include "tests/support/throws_error.h"

namespace purlscope::models::baselines {
namespace {

using nlohmann::json;
using testing::HasSubstr;

constexpr std::int64_t kWords = 4;  // verbs and nouns each; every pair is a class
constexpr std::int64_t kTextDim = 12, kVisualDim = 24, kClipsPerClass = 12;

/// A made-up zero-shot problem: classes are pairs of a verb and a noun; a clip's feature is a fixed map of its class's
/// words, with noise. Four of the sixteen pairs, each verb and noun once, are unseen.
struct Made {
  SeenClips seen;
  ClassTexts seen_texts, unseen_texts;
  at::Tensor unseen_features, truth;
};

at::Tensor clips_of(const ClassTexts& texts, const at::Tensor& targets, const at::Tensor& map,
                    const at::Generator& draw) {
  const at::Tensor clean =
      at::relu(at::matmul(at::cat({texts.verb, texts.noun}, 1).index_select(0, targets), map) + 0.3);
  return at::relu(clean + 0.1 * at::randn(clean.sizes(), draw));
}

Made make_problem() {
  const at::Generator draw = make_generator(11, 0);
  const at::Tensor verbs = unit_rows(at::randn({kWords, kTextDim}, draw));
  const at::Tensor nouns = unit_rows(at::randn({kWords, kTextDim}, draw));
  const at::Tensor map = at::randn({2 * kTextDim, kVisualDim}, draw);
  const at::Tensor pairs = at::arange(kWords * kWords, at::kLong);
  const at::Tensor verb = pairs.floor_divide(kWords), noun = pairs.remainder(kWords);
  const at::Tensor of_verb = verbs.index_select(0, verb), of_noun = nouns.index_select(0, noun);
  const ClassTexts texts = {unit_rows(of_verb + of_noun), of_verb, of_noun};
  const at::Tensor is_unseen = verb.eq(noun);
  Made made;
  made.seen_texts = texts.rows(is_unseen.logical_not().nonzero().squeeze(1));
  made.unseen_texts = texts.rows(is_unseen.nonzero().squeeze(1));
  made.seen.targets = at::arange(made.seen_texts.count(), at::kLong).repeat({kClipsPerClass});
  made.seen.features = clips_of(made.seen_texts, made.seen.targets, map, draw);
  made.seen.masked = 0.5 * (made.seen.features + made.seen.features.mean(0, true));
  made.truth = at::arange(made.unseen_texts.count(), at::kLong).repeat({kClipsPerClass});
  made.unseen_features = clips_of(made.unseen_texts, made.truth, map, draw);
  return made;
}

/// A training that takes a second at most.
json short_config(const std::string& method) {
  static const std::map<std::string, json> configs = {
      {"revise", {{"steps", 400}, {"learning_rate", 3e-3}, {"speed_up", 1}, {"batch", 72}}},
      {"devise", {{"steps", 400}, {"learning_rate", 3e-3}, {"speed_up", 1}, {"batch", 72}}},
      {"jpose", {{"steps", 300}, {"learning_rate", 3e-3}, {"speed_up", 1}, {"batch", 72}, {"text_layer", 64}}},
      {"cada-vae", {{"learning_rate", 1e-4}, {"speed_up", 30}, {"latent", 20}, {"classifier_latents", 50}}},
      {"synse", {{"learning_rate", 1e-4}, {"speed_up", 30}, {"latent", 20}, {"classifier_latents", 50}}},
      {"smie",
       {{"steps", 400}, {"learning_rate", 2e-3}, {"speed_up", 1}, {"batch", 72}, {"first", 64}, {"second", 32}}},
      {"global", {{"steps", 200}, {"learning_rate", 3e-3}, {"speed_up", 1}, {"batch", 72}, {"hidden", 64}}}};
  return configs.at(method);
}

class BaselineLearning : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { at::set_num_threads(1); }
  std::unique_ptr<Baseline> make() const { return make_baseline(GetParam(), short_config(GetParam())); }
};

TEST_P(BaselineLearning, RecognisesUnseenPairsOfWordsFarAboveChance) {
  const Made made = make_problem();
  const auto method = make();
  int reports = 0;
  method->fit(made.seen, made.seen_texts, 0,
              [&](const core::Progress& step) {
                ++reports;
                EXPECT_LE(step.fraction, 1.0);
              },
              {});
  EXPECT_GT(reports, 10);
  const at::Tensor scores = method->scores(made.unseen_features, made.unseen_texts, {});
  const double accuracy = scores.argmax(1).eq(made.truth).to(at::kDouble).mean().item<double>();
  RecordProperty("accuracy", std::to_string(accuracy));
  EXPECT_GE(accuracy, 0.5) << "chance is 0.25";
  const at::Tensor all = method->scores(made.unseen_features,
                                        {at::cat({made.seen_texts.label, made.unseen_texts.label}),
                                         at::cat({made.seen_texts.verb, made.unseen_texts.verb}),
                                         at::cat({made.seen_texts.noun, made.unseen_texts.noun})},
                                        {});
  EXPECT_EQ(all.sizes(), at::IntArrayRef({made.truth.size(0), kWords * kWords})) << "seen and unseen together";
}

TEST_P(BaselineLearning, ASeedGivesTheSameScoresAndAClipIsScoredAlone) {
  const Made made = make_problem();
  json config = short_config(GetParam());
  config["speed_up"] = 10 * config["speed_up"].get<int>();  // whatever is learned will do
  const auto fitted = [&](std::uint64_t seed) {
    auto method = make_baseline(GetParam(), config);
    method->fit(made.seen, made.seen_texts, seed, {}, {});
    return method;
  };
  const auto method = fitted(1);
  const at::Tensor first = method->scores(made.unseen_features, made.unseen_texts, {});
  EXPECT_TRUE(at::equal(fitted(1)->scores(made.unseen_features, made.unseen_texts, {}), first));
  EXPECT_FALSE(at::equal(fitted(2)->scores(made.unseen_features, made.unseen_texts, {}), first));
  const at::Tensor alone = method->scores(made.unseen_features.slice(0, 2, 3), made.unseen_texts, {});
  EXPECT_TRUE(at::allclose(first.slice(0, 2, 3), alone, 1e-4, 1e-5));
}

TEST_P(BaselineLearning, StopsWhenAskedTo) {
  const Made made = make_problem();
  std::stop_source source;
  const auto stop_at_once = [&](const core::Progress&) { source.request_stop(); };
  EXPECT_THAT([&] { make()->fit(made.seen, made.seen_texts, 0, stop_at_once, source.get_token()); },
              test::ThrowsError(Code::cancelled, testing::_));
}

TEST_P(BaselineLearning, RefusesWhatItCannotLearnFrom) {
  const Made made = make_problem();
  const auto method = make();
  EXPECT_THAT([&] { method->scores(made.unseen_features, made.unseen_texts, {}); },
              test::ThrowsError(Code::bad_argument, HasSubstr("fit()")));
  SeenClips wrong = made.seen;
  wrong.targets = made.seen.targets + 3;
  EXPECT_THAT([&] { method->fit(wrong, made.seen_texts, 0, {}, {}); },
              test::ThrowsError(Code::bad_argument, HasSubstr("3 to 14, but there are 12")));
  wrong.targets = made.seen.targets.slice(0, 1);
  EXPECT_THAT([&] { method->fit(wrong, made.seen_texts, 0, {}, {}); },
              test::ThrowsError(Code::shape_mismatch, HasSubstr("[N, n]")));
}

TEST_P(BaselineLearning, NamesEverySettingAndRefusesOthersByName) {
  const json settings = make_baseline(GetParam(), nullptr)->settings();
  EXPECT_EQ(make_baseline(GetParam(), settings)->settings(), settings) << "what it reports, it reads";
  EXPECT_THAT(
      [&] {
        make_baseline(GetParam(), {{"speed", 3}});
      },
      test::ThrowsError(Code::bad_argument,
                        testing::AllOf(HasSubstr("'speed'"), HasSubstr("speed_up"), HasSubstr(GetParam()))));
  EXPECT_THAT(
      [&] {
        make_baseline(GetParam(), {{"batch", 1}});
      },
      test::ThrowsError(Code::bad_argument, HasSubstr("'batch'")));
  EXPECT_THAT(
      [&] {
        make_baseline(GetParam(), {{"learning_rate", "fast"}});
      },
      test::ThrowsError(Code::bad_argument, HasSubstr("\"fast\"")));
  EXPECT_THAT([&] { make_baseline(GetParam(), json::array()); },
              test::ThrowsError(Code::bad_argument, HasSubstr("a JSON object")));
}

INSTANTIATE_TEST_SUITE_P(All, BaselineLearning, testing::ValuesIn(baseline_names()), [](const auto& row) {
  std::string name;
  for (const char c : row.param) name += c == '-' ? '_' : c;
  return name;
});

TEST(BaselineSettings, AnUnknownMethodAndAnOddLatentAreRefused) {
  EXPECT_THAT([] { make_baseline("resnet", nullptr); },
              test::ThrowsError(Code::bad_argument, testing::AllOf(HasSubstr("'resnet'"), HasSubstr("cada-vae"))));
  EXPECT_THAT(
      [] {
        make_baseline("synse", {{"latent", 7}});
      },
      test::ThrowsError(Code::bad_argument, HasSubstr("even")));
  EXPECT_THAT(
      [] {
        make_baseline("jpose", {{"triplet_negatives", "some"}});
      },
      test::ThrowsError(Code::bad_argument, HasSubstr("other-words")));
  EXPECT_THAT(
      [] {
        make_baseline("smie", {{"normalised_scores", 1}});
      },
      test::ThrowsError(Code::bad_argument, HasSubstr("true or false")));
}

TEST(BaselineSettings, SpeedUpMakesFewerStepsAtAHigherRate) {
  Settings settings("any", {{"speed_up", 4}});
  const Schedule schedule = Schedule::read(settings, {100, 8, 1e-3, 1});
  EXPECT_EQ(schedule.steps_made(), 25);
  EXPECT_DOUBLE_EQ(schedule.rate_used(), 4e-3);
}

}  // namespace
}  // namespace purlscope::models::baselines
