#include "core/formats/tables/label_wordings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/text/descriptions.h"
#include "tests/core/formats/dataset/made_sets.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::table_of;
using test::ThrowsError;
using testing::HasSubstr;

class LabelWordingsTest : public testing::Test {
 protected:
  test::TempDir folder_;
  std::filesystem::path first_ = folder_.write("first.tsv", table_of({"wave", "hop"}, "once"));
  std::filesystem::path second_ = folder_.write("second.tsv", table_of({"sneeze", "wave"}, "again"));
};

TEST_F(LabelWordingsTest, TablesGoBeforeTheBankAndTheFirstThatHasTheLabelAnswers) {
  const LabelSet labels = describe_from(make_label_set({"Waving", "clap"}), {first_, second_}, Wordings::first);
  EXPECT_EQ(labels.labels[0].text, "Waving") << "the label keeps its name";
  EXPECT_EQ(labels.labels[0].sentences[0].text, "h of wave, once");
  EXPECT_EQ(labels.labels[0].sentences[0].origin, Origin::file);
  EXPECT_EQ(labels.labels[0].wordings(), 1U);
  EXPECT_EQ(labels.labels[1].sentences[0].origin, Origin::bank);
}

TEST_F(LabelWordingsTest, EachTableThatHasTheLabelAddsAWording) {
  const LabelSet labels = describe_from(make_label_set({"wave", "hop", "clap"}), {second_, first_}, Wordings::all);
  ASSERT_EQ(labels.labels[0].wordings(), 2U);
  EXPECT_EQ(labels.labels[0].sentences[0].text, "h of wave, again");
  EXPECT_EQ(labels.labels[0].further[0][0].text, "h of wave, once");
  EXPECT_EQ(labels.labels[1].wordings(), 1U);
  EXPECT_EQ(labels.labels[2].sentences[0].origin, Origin::bank);
}

TEST_F(LabelWordingsTest, SentencesOfAFileStayTheFirstWording) {
  const LabelSet own = {read_description_table(first_)};
  const LabelSet labels = describe_from(own, {second_}, Wordings::all);
  EXPECT_EQ(labels.labels[0].sentences[0].text, "h of wave, once");
  EXPECT_EQ(labels.labels[0].further.at(0)[0].text, "h of wave, again");
}

TEST_F(LabelWordingsTest, WhatWouldBeWithoutEffectIsRefused) {
  EXPECT_NO_THROW(describe_from(make_label_set({"wave", "hop"}), {first_, second_}, Wordings::first));
  EXPECT_THAT(
      [&] {
        describe_from(make_label_set({"hop"}), {first_, second_}, Wordings::first);
      },
      ThrowsError(Code::bad_argument, HasSubstr("second.tsv: the table has none of the 1 labels")));
  EXPECT_THAT(
      [&] {
        describe_from(make_label_set({"hop", "sneeze"}), {first_, second_}, Wordings::all);
      },
      ThrowsError(Code::bad_argument, HasSubstr("no label stands in more than one table")));
}

}  // namespace
}  // namespace purlscope::core
