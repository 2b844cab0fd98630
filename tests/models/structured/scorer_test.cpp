#include "models/structured/scorer.h"

#include <gtest/gtest.h>

#include "models/structured/recogniser.h"
#include "tests/models/structured/small_model.h"

namespace purlscope::models::structured {
namespace {

class StructuredScorerTest : public testing::Test {
 protected:
  StructuredScorerTest() {
    save_model(test::small_model(), file_);
    recogniser_ = load_structured(file_);
    recogniser_->set_labels({test::four_labels()}, encoder_, {});
  }
  ~StructuredScorerTest() override { std::filesystem::remove(file_); }

  Sample sample_of(test::Animate action) {
    Sample out;
    out.with_said = true;
    recognition_ = recogniser_->recognise(test::window_of(action), false, {}, &out);
    return out;
  }

  std::filesystem::path file_ = std::filesystem::temp_directory_path() /
                                (std::string("purlscope_scorer_") +
                                 testing::UnitTest::GetInstance()->current_test_info()->name() + ".safetensors");
  test::WordEncoder encoder_;
  std::unique_ptr<Recogniser> recogniser_;
  core::Recognition recognition_;
};

TEST_F(StructuredScorerTest, ScoresWhatItKeepsAsTheRecogniserDid) {
  for (const test::Animate action : {test::raise_right_hand, test::raise_left_hand, test::squat, test::walk}) {
    const Sample sample = sample_of(action);
    const refinement::Evidence again = recogniser_->scorer()->evidence(sample.features, true);
    for (std::size_t i = 0; i < recognition_.labels.size(); ++i) {
      const auto row = static_cast<std::int64_t>(i);
      EXPECT_NEAR(again.scores[0][row].item<float>(), recognition_.labels[i].score, 1e-4);
      EXPECT_NEAR(again.levels[0][row].sum().item<float>() + recognition_.labels[i].other, recognition_.labels[i].score,
                  1e-4);
    }
    EXPECT_TRUE(at::allclose(again.visual, sample.evidence.visual, 1e-4, 1e-5));
    EXPECT_TRUE(at::allclose(again.said, sample.evidence.said, 1e-3, 1e-4));
    EXPECT_TRUE(at::equal(again.slots, sample.evidence.slots));
  }
}

TEST_F(StructuredScorerTest, SaidVectorsAndTargetsMakeUpTheirPartOfTheScore) {
  // Targets that point the other way turn the sign of exactly that part: what is left is twice the part lower.
  const Sample sample = sample_of(test::squat);
  const refinement::Scorer& scorer = *recogniser_->scorer();
  const at::Tensor targets = scorer.targets().index_select(0, sample.evidence.slots[0]);   // [L, 8, m]
  const at::Tensor part = (sample.evidence.said[0] * targets).sum(-1) * scorer.weights();  // [L, 8]
  EXPECT_TRUE((sample.evidence.said.norm(2, -1) - 1).abs().lt(1e-3).all().item<bool>());
  EXPECT_TRUE(targets.norm(2, -1).le(1 + 1e-3).all().item<bool>());
  EXPECT_GT(part.abs().max().item<double>(), 1e-3);
  // The right label's own text is nearest to what is read from the motion.
  EXPECT_EQ(part.sum(1).argmax().item<std::int64_t>(), 2);
}

TEST_F(StructuredScorerTest, AMotionInTheMirrorIsLearnedAsWhatItLooksLike) {
  const auto& slots = recogniser_->scorer()->slots();
  ASSERT_GE(slots.size(), 4U);
  const Sample right = sample_of(test::raise_right_hand);
  const Sample left = sample_of(test::raise_left_hand);
  const auto slot_of = [&](const Sample& sample, std::int64_t label) {
    return slots.at(static_cast<std::size_t>(sample.evidence.slots[0][label].item<std::int64_t>()));
  };
  const std::string raise_right = test::four_labels()[0].text;
  EXPECT_EQ(slot_of(right, 0), raise_right);
  // Seen in the mirror, the left hand's motion is the right hand's; "raise left" is learned there as "raise right".
  EXPECT_EQ(slot_of(left, 1), raise_right);
  EXPECT_TRUE(at::allclose(left.evidence.visual, right.evidence.visual, 1e-2, 1e-2));
}

}  // namespace
}  // namespace purlscope::models::structured
