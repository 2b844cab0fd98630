#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/text/labels.h"
#include "tests/models/refinement/fake_scorer.h"
#include "tests/support/throws_error.h"

namespace purlscope::models::refinement {
namespace {

using test::Blobs;
using ::testing::AllOf;
using ::testing::HasSubstr;

Options options_of(const std::string& method) {
  Options out;
  out.method = method;
  out.guard = false;
  return out;
}

TEST(RefinementMethods, ExpectationMaximisationFindsWhatTheTextsTellRoughly) {
  const Blobs blobs(200);
  Refiner refiner(options_of("em"));
  refiner.set_scorer(blobs.scorer);
  const test::StreamResult result = run_stream(refiner, blobs);
  EXPECT_LT(result.plain, 0.95);
  EXPECT_GT(result.arrival, result.plain + 0.03);
}

TEST(RefinementMethods, EveryMethodLearnsSomethingAndLosesLittle) {
  const Blobs blobs(120);
  for (const MethodName& name : method_names()) {
    SCOPED_TRACE(name.name);
    Refiner refiner(options_of(name.name));
    refiner.set_scorer(blobs.scorer);
    const bool with_said = make_method(refiner.options())->needs_said();
    const test::StreamResult result = run_stream(refiner, blobs, with_said);
    EXPECT_GT(result.arrival, result.plain - 0.1);
    ASSERT_NE(refiner.learned(), nullptr);
    const Observation window = blobs.window(3, with_said);
    const Corrections corrections = refiner.refined().corrections(window.features, window.evidence);
    EXPECT_TRUE(corrections.total(window.evidence.scores).isfinite().all().item<bool>());
    EXPECT_GT(corrections.total(window.evidence.scores).abs().max().item<double>(), 1e-7);
  }
}

/// The definition written out: prototypes of soft assignments, five times in turn.
TEST(RefinementMethods, ExpectationMaximisationIsItsDefinition) {
  const Blobs blobs(30);
  const Options options = options_of("em");
  Bank bank(options.bank);
  Stream stream;
  stream.windows = 30;
  stream.visual = blobs.features.sum(0, true);
  for (std::int64_t i = 0; i < 30; ++i) {
    const Observation window = blobs.window(i);
    auto entry = std::make_shared<Entry>();
    entry->features = window.features;
    entry->evidence = window.evidence;
    entry->slot = i % 2 == 0 ? "wave" : "kick";
    entry->confidence = 1;
    bank.offer(std::move(entry));
  }
  const Learned learned = make_method(options)->learn(*blobs.scorer, bank, stream, nullptr);

  const Evidence kept = bank.evidence();
  const at::Tensor centre = blobs.features.sum(0) / 50;
  const at::Tensor x = (kept.visual - centre) / (kept.visual - centre).norm(2, 1, true);
  at::Tensor refined = kept.scores;
  at::Tensor prototypes;
  for (int i = 0; i < 5; ++i) {
    const at::Tensor likely = (refined / 0.7).softmax(1);
    prototypes = likely.t().mm(x);
    prototypes = prototypes / prototypes.norm(2, 1, true);
    refined = kept.scores + 4 * x.mm(prototypes.t());
  }
  EXPECT_TRUE(at::allclose(learned.by_slot.at("prototypes"), prototypes, 1e-4, 1e-5));
  EXPECT_TRUE(at::allclose(learned.shared.at("centre").flatten(), centre, 1e-5, 1e-6));
}

TEST(RefinementMethods, ScaleAndShiftGoDownTheBanksLoss) {
  const Blobs blobs(60);
  Options options = options_of("scale-shift");
  Bank bank(options.bank);
  for (std::int64_t i = 0; i < 60; ++i) {
    const Observation window = blobs.window(i, true);
    auto entry = std::make_shared<Entry>();
    entry->evidence = window.evidence;
    entry->slot = blobs.truth[static_cast<std::size_t>(i)] == 0 ? "wave" : "kick";
    entry->confidence = 1;
    bank.offer(std::move(entry));
  }
  const auto method = make_method(options);
  const Evidence kept = bank.evidence();
  const auto loss = [&](const at::Tensor& scores) {
    std::vector<std::int64_t> truth;
    for (const EntryPtr& entry : bank.entries()) truth.push_back(entry->slot == "wave" ? 0 : 1);
    const at::Tensor log_likely = (scores / options.temperature).log_softmax(1);
    return -log_likely.gather(1, at::tensor(truth, at::kLong).unsqueeze(1)).mean().item<double>();
  };
  LearnedPtr learned;
  const double before = loss(kept.scores);
  for (int i = 0; i < 50; ++i) learned = std::make_shared<Learned>(method->learn(*blobs.scorer, bank, {}, learned));
  const double after = loss(kept.scores + method->corrections(*blobs.scorer, kept, *learned).total(kept.scores));
  EXPECT_LT(after, before - 0.02);
  const at::Tensor scale = learned->by_slot.at("scale");
  EXPECT_TRUE(at::equal(scale.slice(1, 0, 7), at::ones_like(scale.slice(1, 0, 7))))
      << "unused sentences stay as they are";
  const std::vector<core::TextChange> change = method->text_change(*learned);
  ASSERT_EQ(change.size(), core::kSentenceCount);
  EXPECT_EQ(change.front().scale, 0);
  EXPECT_EQ(change.front().shift, 0);
  EXPECT_FLOAT_EQ(change.back().scale, (scale - 1).norm(2, -1).mean(0)[7].item<float>());
  EXPECT_GT(change.back().shift, 0);
}

TEST(RefinementMethods, TheOfficialDecayPullsUntouchedScalesDown) {
  const Blobs blobs(8);
  Options options = options_of("official");
  Bank bank(options.bank);
  const Observation window = blobs.window(0, true);
  auto entry = std::make_shared<Entry>();
  entry->evidence = window.evidence;
  entry->slot = "wave";
  bank.offer(std::move(entry));
  const Learned learned = make_method(options)->learn(*blobs.scorer, bank, {}, nullptr);
  // Adam's first step is as long as the rate, whatever the gradient's size.
  EXPECT_NEAR(learned.by_slot.at("scale")[0][0][0].item<double>(), 0.99, 1e-4);
}

TEST(RefinementMethods, SettingsAreRefusedByName) {
  EXPECT_THAT(
      [] {
        options_from_json({{"method", "magic"}});
      },
      test::ThrowsError(Code::bad_argument, AllOf(HasSubstr("'magic'"), HasSubstr("em, prototypes"))));
  EXPECT_THAT(
      [] {
        options_from_json({{"bank", 0}});
      },
      test::ThrowsError(Code::bad_argument, AllOf(HasSubstr("'bank'"), HasSubstr("from 1"))));
  EXPECT_THAT(
      [] {
        options_from_json({{"wait", 1}});
      },
      test::ThrowsError(Code::bad_argument, AllOf(HasSubstr("'wait'"), HasSubstr("warm_up"))));
  EXPECT_THAT([] { options_from_json({{"guard", 3}}); }, test::ThrowsError(Code::bad_argument, HasSubstr("'guard'")));
  const Options changed = options_from_json({{"method", "cache"}, {"weight", 2.5}, {"bank", 8}});
  EXPECT_EQ(options_from_json(to_json(changed)), changed);
}

TEST(RefinementMethods, NormalisationNeedsMeasures) {
  Refiner refiner(options_of("normalisation"));
  const auto without = std::make_shared<const test::FakeScorer>(std::vector<std::string>{"wave"},
                                                                std::vector<std::vector<double>>{{1, 0, 0, 0}}, 0);
  EXPECT_THAT([&] { refiner.set_scorer(without); },
              test::ThrowsError(Code::bad_argument, HasSubstr("'normalisation' needs")));
}

}  // namespace
}  // namespace purlscope::models::refinement
