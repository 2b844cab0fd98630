#include "models/structured/recogniser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <functional>
#include <limits>
#include <utility>

#include "core/base/error.h"
#include "models/structured/label_cache.h"
#include "tests/models/structured/small_model.h"
#include "tests/support/throws_error.h"

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

/// What the recogniser says of a motion and of its mirror image, for labels without sides.
TEST_F(StructuredRecogniserTest, AMirrorImageScoresTheSameAndItsAttentionIsMirrored) {
  recogniser_->set_labels({{test::label_of("reach up", "a hand moves up", "the legs stand still"),
                            test::label_of("squat", "the hands hang down", "the knees bend")}},
                          encoder_, {});
  const core::Recognition right = recogniser_->recognise(test::window_of(test::raise_right_hand), true, {});
  const core::Recognition left = recogniser_->recognise(test::window_of(test::raise_left_hand), true, {});
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_NEAR(right.labels[i].score, left.labels[i].score, 1e-4);
    for (std::size_t l = 0; l < core::kSentenceCount; ++l) {
      for (std::size_t slot = 0; slot < kSlots; ++slot) {
        for (std::size_t j = 0; j < kJoints; ++j) {
          EXPECT_NEAR(right.attention[i].attention.at(l, slot, j), left.attention[i].attention.at(l, slot, kMirror[j]),
                      1e-5);
          EXPECT_NEAR(right.attention[i].contribution.at(l, slot, j),
                      left.attention[i].contribution.at(l, slot, kMirror[j]), 1e-5);
        }
      }
    }
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

void expect_spans(const std::vector<core::TimeSpan>& spans, const std::vector<core::TimeSpan>& expected) {
  ASSERT_EQ(spans.size(), expected.size());
  for (std::size_t i = 0; i < spans.size(); ++i) {
    EXPECT_NEAR(spans[i].begin, expected[i].begin, 1e-9) << i;
    EXPECT_NEAR(spans[i].end, expected[i].end, 1e-9) << i;
  }
}

TEST_F(StructuredRecogniserTest, TheSpansAreThoseOfThePooledFramesAndTheWhole) {
  // The slots pool frames 0 to 20, 21 to 42 and 43 to 63 of 64.
  const auto spans = recogniser_->recognise(test::window_of(test::walk, 128), false, {}).spans;
  const double border = 42 / 30.0, second = 86 / 30.0, end = 128 / 30.0;
  expect_spans(spans, {{0, border}, {border, second}, {second, end}, {0, end}});
}

/// The walk as a recording of 30 Hz in which nobody is there in some of the frames.
core::ClipPtr walk_with_gaps(std::size_t frames, const std::function<bool(std::size_t)>& gone) {
  auto clip = std::make_shared<core::Clip>();
  clip->layout = core::joint_layout("kinect20");
  clip->frames = frames;
  clip->fps = 30.0;
  core::Person person = {"1", test::window_of(test::walk, frames).persons[0].joints, {}};
  for (std::size_t t = 0; t < frames; ++t) {
    clip->times.push_back(static_cast<double>(t) / 30);
    person.state.insert(person.state.end(), kJoints, gone(t) ? core::JointState::missing : core::JointState::given);
  }
  clip->persons.push_back(std::move(person));
  return clip;
}

TEST_F(StructuredRecogniserTest, SpansStandWhereThePersonWasAndTheWholeIsTheClip) {
  // Seen in 64 of 120 frames: 10 to 40 (31), 71 to 103 (33). Slots pool 21, 22 and 21 of them: 10 to 30, 31 to 40 with
  // 71 to 82, 83 to 103. The clip lasts 4 s.
  const auto gone = [](std::size_t t) { return t < 10 || (t > 40 && t < 71) || t > 103; };
  const core::Window window = core::make_window(walk_with_gaps(120, gone), recogniser_->window());
  ASSERT_EQ(window.frames, 64U);
  const auto spans = recogniser_->recognise(window, false, {}).spans;
  expect_spans(spans, {{10 / 30.0, 31 / 30.0}, {31 / 30.0, 83 / 30.0}, {83 / 30.0, 104 / 30.0}, {0, 4}});
}

TEST_F(StructuredRecogniserTest, SpansOfAStretchStayInsideIt) {
  core::WindowOptions options = recogniser_->window();
  options.begin = 1;
  options.end = 3;
  const core::Window window = core::make_window(walk_with_gaps(120, [](std::size_t t) { return t < 45; }), options);
  const auto spans = recogniser_->recognise(window, false, {}).spans;
  EXPECT_NEAR(spans[0].begin, 1.5, 1e-9);
  EXPECT_NEAR(spans[2].end, 3, 1e-9);
  EXPECT_NEAR(spans[3].begin, 1, 1e-9);
  EXPECT_NEAR(spans[3].end, 3, 1e-9);
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

/// An encoder with features of its own, under any name.
struct OtherEncoder final : models::TextEncoder {
  OtherEncoder(std::string called, std::int64_t length) : name_(std::move(called)), dim_(length) {}
  std::string name() const override { return name_; }
  std::string hash() const override { return "other-1"; }
  std::int64_t dim() const override { return dim_; }
  at::Tensor encode(std::span<const std::string> texts) override {
    return at::full({static_cast<std::int64_t>(texts.size()), dim_}, 1 / std::sqrt(static_cast<double>(dim_)));
  }
  std::string name_;
  std::int64_t dim_;
};

TEST_F(StructuredRecogniserTest, AnotherEncoderOrNoLabelsAreRefused) {
  const auto refused = [&](const std::string& name, std::int64_t dim, const auto& why) {
    OtherEncoder other(name, dim);
    EXPECT_THAT([&] { recogniser_->set_labels({test::four_labels()}, other, {}); },
                test::ThrowsError(Code::unsupported, why));
  };
  using testing::AllOf;
  using testing::HasSubstr;
  refused("other", test::WordEncoder::kDim, AllOf(HasSubstr("words"), HasSubstr("other")));
  refused("words", 48, AllOf(HasSubstr("32"), HasSubstr("48")));
  refused("words", test::WordEncoder::kDim, AllOf(HasSubstr("hip centre"), HasSubstr("other-1")));
  EXPECT_THROW(load_structured(file_)->recognise(test::window_of(test::walk), false, {}), Error);
}

/// Counts the calls and the texts that it is asked for.
struct CountingEncoder final : models::TextEncoder {
  std::string name() const override { return words.name(); }
  std::string hash() const override { return words.hash(); }
  std::int64_t dim() const override { return words.dim(); }
  at::Tensor encode(std::span<const std::string> asked) override {
    ++calls;
    texts += asked.size();
    return words.encode(asked);
  }
  test::WordEncoder words;
  std::size_t calls = 0, texts = 0;
};

core::LabelSet numbered_labels(std::size_t count) {
  core::LabelSet out;
  for (std::size_t i = 0; i < count; ++i) {
    out.labels.push_back(test::label_of("action " + std::to_string(i), "the hands do " + std::to_string(i), "stand"));
  }
  return out;
}

TEST_F(StructuredRecogniserTest, ManyLabelsAreEncodedTogetherAndOnlyOnce) {
  CountingEncoder encoder;
  const std::size_t many = LabelCache::kKept + 72;
  recogniser_->set_labels(numbered_labels(many), encoder, {});
  EXPECT_EQ(encoder.texts, many * kTextsPerLabel);
  EXPECT_LE(encoder.calls, many / 16) << "not one call a label";
  encoder.texts = 0;
  core::LabelSet more = numbered_labels(many + 1);
  more.labels.push_back(more.labels.back());
  recogniser_->set_labels(more, encoder, {});
  EXPECT_EQ(encoder.texts, static_cast<std::size_t>(kTextsPerLabel)) << "of all labels one is new";
}

TEST_F(StructuredRecogniserTest, ALabelScoresTheSameAmongManyAndAlone) {
  recogniser_->set_labels({test::four_labels()}, encoder_, {});
  const auto alone = recogniser_->recognise(test::window_of(test::squat), false, {});
  core::LabelSet many = numbered_labels(70);
  for (const core::Label& label : test::four_labels()) many.labels.push_back(label);
  const auto fresh = load_structured(file_);
  fresh->set_labels(many, encoder_, {});
  const auto among = fresh->recognise(test::window_of(test::squat), false, {});
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(among.labels[70 + i].score, alone.labels[i].score, 1e-5);
}

TEST_F(StructuredRecogniserTest, AClipIsStandardisedByTheStatisticsOfItsDataSet) {
  Model model = test::small_model();
  model.training.sources[0].source = "ntu-rgbd";
  model.training.sources.push_back(model.training.sources[0]);
  model.training.sources[1].source = "utd-mhad";
  model.training.sources[1].mean = model.training.sources[0].mean + 1;
  save_model(model, file_);
  const auto recogniser = load_structured(file_);
  recogniser->set_labels({test::four_labels()}, encoder_, {});
  const auto scores = [](Recogniser& scorer, const char* format) {
    auto clip = std::make_shared<core::Clip>();
    clip->format = format;
    core::Window window = test::window_of(test::squat);
    window.clip = clip;
    std::vector<float> out;
    for (const core::LabelScore& label : scorer.recognise(window, false, {}).labels) out.push_back(label.score);
    return out;
  };
  const auto alone = scores(*recogniser_, "whatever");  // of one source, so pooled is the same
  const auto as_alone = testing::Pointwise(testing::FloatNear(1e-3F), alone);
  EXPECT_THAT(scores(*recogniser, "ntu-skeleton"), as_alone);
  EXPECT_THAT(scores(*recogniser, "utd-mhad"), testing::Not(as_alone));
  EXPECT_THAT(scores(*recogniser, "unknown"), testing::Not(as_alone)) << "pooled";
}

TEST_F(StructuredRecogniserTest, OptionsThatNoFileCanHoldAreTheFilesFault) {
  Model model = test::small_model();
  model.options.ridge = -5;
  save_model(model, file_);
  EXPECT_THAT([&] { load_structured(file_); },
              test::ThrowsError(Code::bad_format,
                                testing::AllOf(testing::HasSubstr(file_.string()), testing::HasSubstr("ridge"))));
}

TEST_F(StructuredRecogniserTest, WeightsThatAreNotFiniteAreNamed) {
  Model model = test::small_model();
  model.training.joint_phrases[3][2] = std::numeric_limits<float>::quiet_NaN();
  save_model(model, file_);
  EXPECT_THAT([&] { load_structured(file_); },
              test::ThrowsError(Code::bad_format, testing::AllOf(testing::HasSubstr(file_.string()),
                                                                 testing::HasSubstr("joint_phrases"))));
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
