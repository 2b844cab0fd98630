#include "core/engine/nearest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/mock_engine.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

/// Knows what two texts mean: every text with "throw" or "chuck" lies on one axis, the others on another.
class MeaningEngine final : public test::MockEngine {
 public:
  explicit MeaningEngine(std::string encoder = "all-MiniLM-L6-v2") : encoder_(std::move(encoder)) {}
  EngineInfo describe() const override {
    EngineInfo info = MockEngine::describe();
    info.text_encoder = encoder_;
    return info;
  }
  NdArray encode(const std::vector<std::string>& texts) override {
    ++encoded;
    NdArray features({texts.size(), 2});
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const bool throws = texts[i] == "throw a ball" || texts[i].find("chuck") != std::string::npos;
      features.data[2 * i + (throws ? 0 : 1)] = 1.0F;
      if (texts[i].find("frobnicate") != std::string::npos) features.data[2 * i + 1] = 0.0F;
    }
    return features;
  }
  int encoded = 0;

 private:
  std::string encoder_;
};

Label labelled(const std::string& text, const std::string& global) {
  Label label = template_label(text);
  label.sentences[7] = {global, Origin::bank};
  return label;
}

TEST(NearestInBank, WeighsTheLabelAndItsGlobalSentence) {
  MeaningEngine engine;
  const DescriptionBank bank({labelled("wave", "a person chucks"), labelled("throw a ball", "a person swings")});
  const Neighbour nearest = nearest_in_bank("Chuck it", bank, engine);
  EXPECT_EQ(nearest.label, "throw a ball");
  EXPECT_FLOAT_EQ(nearest.nearness, 0.6F);
  EXPECT_THAT([&] { nearest_in_bank("chuck", DescriptionBank({}), engine); },
              test::ThrowsError(Code::not_found, ::testing::HasSubstr("empty")));
}

TEST(WithNearest, DescribesWhatNobodyDescribedAndKeepsTheUsersText) {
  MeaningEngine engine;
  const LabelSet set = with_nearest(make_label_set({"Chuck it", "wave", "frobnicate"}), engine);
  const Label& described = set.labels[0];
  EXPECT_EQ(described.text, "Chuck it");
  EXPECT_EQ(described.nearest, "throw a ball");
  EXPECT_EQ(described.sentences[1].text, describe_label("throw a ball").sentences[1].text);
  for (std::size_t s = 0; s < kSentenceCount; ++s) EXPECT_EQ(origin_text(described, s), "nearest: throw a ball");
  EXPECT_EQ(set.labels[1].sentences[0].origin, Origin::bank);
  EXPECT_EQ(origin_text(set.labels[2], 0), "template") << "nothing is near";
  EXPECT_TRUE(set.labels[2].nearest.empty());
}

TEST(WithNearest, KnownOrEditedLabelsAndUnmeasuredEncodersCostNothing) {
  MeaningEngine engine;
  LabelSet set = make_label_set({"wave", "chuck it"});
  set.labels[1].sentences[3] = {"the legs do nothing", Origin::edited};
  EXPECT_EQ(with_nearest(set, engine).labels[1].nearest, "");
  EXPECT_EQ(engine.encoded, 0);
  MeaningEngine other("some other encoder");
  EXPECT_EQ(origin_text(with_nearest(make_label_set({"chuck it"}), other).labels[0], 0), "template");
  EXPECT_EQ(other.encoded, 0);
}

TEST(SuggestedLabel, StaysWithTheBankEntryThatWasFound) {
  const Label near = describe_as("chuck it", "throw a ball");
  Label edited = near;
  edited.sentences[0] = {"the head nods", Origin::edited};
  EXPECT_EQ(suggested_label(edited).sentences[0].text, near.sentences[0].text);
  EXPECT_EQ(suggested_label(edited).text, "chuck it");
  edited.nearest = "a label that the bank has lost";
  EXPECT_EQ(origin_text(suggested_label(edited), 0), "template");
  EXPECT_THAT([] { describe_as("x", "no such entry"); },
              test::ThrowsError(Code::not_found, ::testing::HasSubstr("no such entry")));
}

}  // namespace
}  // namespace purlscope::core
