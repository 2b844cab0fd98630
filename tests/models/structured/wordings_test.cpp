#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/baselines/lab.h"
#include "models/purls/lab.h"
#include "models/structured/lab.h"
#include "models/structured/label_cache.h"
#include "tests/models/structured/small_model.h"
#include "tests/support/throws_error.h"

namespace purlscope::models::structured {
namespace {

using test::ThrowsError;
using testing::HasSubstr;

double largest_difference(const at::Tensor& a, const at::Tensor& b) { return (a - b).abs().max().item<double>(); }

void expect_equal(const LabelTexts& a, const LabelTexts& b, double tolerance) {
  EXPECT_LE(largest_difference(a.features, b.features), tolerance);
  EXPECT_LE(largest_difference(a.words, b.words), tolerance);
  EXPECT_LE(largest_difference(a.said, b.said), tolerance);
}

core::Label hop() { return test::label_of("hop", "the left hand moves up", "the knees bend"); }
core::Label hop_otherwise() { return test::label_of("hop", "both arms swing forward", "the feet step up fast"); }

core::Label in_both(core::Label label, const core::Label& further) {
  label.further.push_back(further.sentences);
  return label;
}

LabelTexts encoded(const std::vector<core::Label>& labels) {
  test::WordEncoder encoder;
  return encode_labels(labels, encoder);
}

TEST(Wordings, TheSameTwiceIsTheSameOnce) { expect_equal(encoded({in_both(hop(), hop())}), encoded({hop()}), 1e-6); }

TEST(Wordings, TwoGiveTheMeanOfBothSentenceBySentence) {
  const LabelTexts both = encoded({in_both(hop(), hop_otherwise())});
  const LabelTexts first = encoded({hop()});
  const LabelTexts second = encoded({hop_otherwise()});
  EXPECT_GT(largest_difference(both.features, first.features), 0.1);
  EXPECT_GT(largest_difference(both.words, first.words), 0.1);
  EXPECT_GT(largest_difference(both.said, first.said), 0.01);
  EXPECT_LT(largest_difference(both.words, (first.words + second.words) / 2), 1e-6);
  EXPECT_LT(largest_difference(both.said, (first.said + second.said) / 2), 1e-6);
  EXPECT_LT(largest_difference(both.features.norm(2, -1), at::ones({1, kTextsPerLabel})), 1e-5);
  const at::Tensor between = (both.features * (first.features + second.features)).sum(-1);
  const at::Tensor length = (first.features + second.features).norm(2, -1);
  EXPECT_LT(largest_difference(between, length), 1e-5) << "the direction is that of the sum";
}

TEST(Wordings, TheirOrderDoesNotMatter) {
  const core::Label three = in_both(in_both(hop(), hop_otherwise()), test::four_labels()[2]);
  core::Label turned = in_both(in_both(test::four_labels()[2], hop()), hop_otherwise());
  turned.text = three.text;
  expect_equal(encoded({three}), encoded({turned}), 1e-6);
}

TEST(Wordings, LabelsBesideOneOfSeveralStayAsTheyAreAlone) {
  const std::vector<core::Label> four = test::four_labels();
  const LabelTexts among = encoded({four[0], in_both(hop(), hop_otherwise()), four[1]});
  expect_equal(among.one(0), encoded({four[0]}), 0);
  expect_equal(among.one(1), encoded({in_both(hop(), hop_otherwise())}), 0);
  expect_equal(among.one(2), encoded({four[1]}), 0);
}

TEST(Wordings, EachIsTurnedRoundInTime) {
  core::Label label = in_both(hop(), hop_otherwise());
  label.further[0][core::sentence_index("start")].text = "stand";
  label.further[0][core::sentence_index("end")].text = "the knees bend down";
  const core::Label reversed = ReversalWords::bundled().reversed(label);
  ASSERT_EQ(reversed.wordings(), 2U);
  EXPECT_EQ(reversed.further[0][core::sentence_index("end")].text, "sit");
  EXPECT_THAT(reversed.further[0][core::sentence_index("start")].text, HasSubstr("up"));
  EXPECT_EQ(reversed.sentences[1].text, "the right hand moves down");
}

TEST(Wordings, AnotherFurtherWordingIsAnotherLabelForTheCache) {
  LabelCache cache;
  const std::vector<core::Label> labels = {hop(), in_both(hop(), hop_otherwise()), in_both(hop(), hop())};
  EXPECT_EQ(cache.missing(labels).size(), 3U);
  cache.get(labels[0], [] { return Candidate(); });
  EXPECT_EQ(cache.missing(labels).size(), 2U);
}

TEST(Wordings, MethodsThatTakeOneRefuseSeveralByName) {
  core::EvaluateOptions options;
  options.paraphrases = true;
  EXPECT_NO_THROW(check_structured(options));
  options.method = "purls";
  EXPECT_THAT([&] { check_purls(options); }, ThrowsError(Code::bad_argument, HasSubstr("method purls takes one")));
  for (const char* name : {"revise", "devise", "jpose", "cada-vae", "synse", "smie", "global"}) {
    options.method = name;
    EXPECT_THAT([&] { check_baseline(options); },
                ThrowsError(Code::bad_argument, HasSubstr(std::string("method ") + name)));
  }
  core::TrainOptions training;
  training.config = nlohmann::json::object();
  training.paraphrases = true;
  EXPECT_THAT([&] { check_purls(training); }, ThrowsError(Code::bad_argument, HasSubstr("method purls takes one")));
}

}  // namespace
}  // namespace purlscope::models::structured
