#include "models/structured/recogniser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "core/base/error.h"
#include "tests/models/structured/small_model.h"

namespace purlscope::models::structured {
namespace {

/// A recogniser read back from a file, with the four labels set.
class StructuredRecogniserTest : public testing::Test {
 protected:
  StructuredRecogniserTest() {
    save_model(test::small_model(), file_);
    recogniser_ = load_structured(file_);
    recogniser_->set_labels({test::four_labels()}, encoder_, {});
  }
  ~StructuredRecogniserTest() override { std::filesystem::remove(file_); }

  std::filesystem::path file_ =
      std::filesystem::temp_directory_path() /
      (std::string("purlscope_") + testing::UnitTest::GetInstance()->current_test_info()->name() + ".safetensors");
  test::WordEncoder encoder_;
  std::unique_ptr<Recogniser> recogniser_;
};

TEST_F(StructuredRecogniserTest, RanksTheRightActionFirst) {
  const std::vector<std::pair<test::Animate, std::size_t>> cases = {
      {test::raise_right_hand, 0}, {test::raise_left_hand, 1}, {test::squat, 2}, {test::walk, 3}};
  for (const auto& [action, index] : cases) {
    EXPECT_EQ(recogniser_->recognise(test::window_of(action), false, {}).ranking()[0], index);
  }
}

TEST_F(StructuredRecogniserTest, LevelsAndContributionsAddUpToTheScore) {
  const core::Recognition result = recogniser_->recognise(test::window_of(test::squat, 90), true, {});
  ASSERT_EQ(result.attention.size(), 4U);
  double probability = result.none_of_these;
  for (std::size_t i = 0; i < 4; ++i) {
    const core::LabelScore& label = result.labels[i];
    float sum = label.other;
    for (std::size_t l = 0; l < core::kSentenceCount; ++l) {
      double attention = 0;
      double contribution = 0;
      for (std::size_t slot = 0; slot < kSlots; ++slot) {
        for (std::size_t j = 0; j < kJoints; ++j) {
          attention += result.attention[i].attention.at(l, slot, j);
          contribution += result.attention[i].contribution.at(l, slot, j);
        }
      }
      EXPECT_NEAR(attention, 1, 1e-5);
      EXPECT_NEAR(contribution, label.levels[l], 1e-4);
      sum += label.levels[l];
    }
    EXPECT_NEAR(sum, label.score, 1e-5);
    probability += label.probability;
  }
  EXPECT_NEAR(probability, 1, 1e-5);
}

TEST_F(StructuredRecogniserTest, TheSpansAreTheThirdsAndTheWhole) {
  const auto spans = recogniser_->recognise(test::window_of(test::walk, 90), false, {}).spans;
  ASSERT_EQ(spans.size(), 4U);
  EXPECT_DOUBLE_EQ(spans[0].begin, 0);
  EXPECT_DOUBLE_EQ(spans[0].end, 1);
  EXPECT_DOUBLE_EQ(spans[2].end, 3);
  EXPECT_DOUBLE_EQ(spans[3].begin, 0);
  EXPECT_DOUBLE_EQ(spans[3].end, 3);
}

TEST_F(StructuredRecogniserTest, HandSentencesLookAtTheHandThatMoves) {
  const core::Recognition result = recogniser_->recognise(test::window_of(test::raise_right_hand), true, {});
  double right = 0;
  double left = 0;
  for (std::size_t slot = 0; slot < kSlots; ++slot) {
    right += result.attention[0].attention.at(1, slot, joint::right_hand);
    left += result.attention[0].attention.at(1, slot, joint::left_hand);
  }
  EXPECT_GT(right, 2 * left);
}

TEST_F(StructuredRecogniserTest, AnotherEncoderOrNoLabelsAreRefused) {
  struct Other final : models::TextEncoder {
    std::string name() const override { return "other"; }
    std::string hash() const override { return "other"; }
    std::int64_t dim() const override { return test::WordEncoder::kDim; }
    at::Tensor encode(std::span<const std::string> texts) override {
      return at::ones({static_cast<std::int64_t>(texts.size()), dim()});
    }
  } other;
  EXPECT_THROW(recogniser_->set_labels({test::four_labels()}, other, {}), Error);
  EXPECT_THROW(load_structured(file_)->recognise(test::window_of(test::walk), false, {}), Error);
}

TEST_F(StructuredRecogniserTest, AFileWithForeignContentsIsRefusedByName) {
  Model model = test::small_model();
  model.training.class_of[0] = 99;
  save_model(model, file_);
  try {
    load_structured(file_);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::bad_format);
    EXPECT_THAT(error.what(), testing::AllOf(testing::HasSubstr(file_.string()), testing::HasSubstr("99")));
  }
}

}  // namespace
}  // namespace purlscope::models::structured
