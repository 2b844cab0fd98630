#include "core/formats/dataset/set_texts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/formats/class_list.h"
#include "tests/core/formats/dataset/made_sets.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::table_of;
using test::ThrowsError;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::size_t kHands = 1;

/// Tables for MSR-Action3D: two with a row for every class in another order, one without the last class.
class SetTextsTest : public testing::Test {
 protected:
  static std::vector<std::string> classes() { return class_list("msr-action3d").classes; }
  static std::vector<std::string> backwards() {
    const std::vector<std::string> names = classes();
    return {names.rbegin(), names.rend()};
  }
  static std::vector<std::string> all_but_the_last() {
    std::vector<std::string> names = classes();
    names.pop_back();
    return names;
  }
  LabSource source(std::vector<std::filesystem::path> texts, Wordings wordings) const {
    LabSource out;
    out.dataset = test::write_msr_set(folder_);
    out.split = "random:3:0";
    out.texts = std::move(texts);
    out.wordings = wordings;
    return out;
  }

  test::TempDir folder_;
  std::filesystem::path first_ = folder_.write("first.tsv", table_of(classes(), "once"));
  std::filesystem::path second_ = folder_.write("second.tsv", table_of(backwards(), "again"));
  std::filesystem::path short_ = folder_.write("short.tsv", table_of(all_but_the_last(), "never"));
  Dataset dataset_ = [] {
    Dataset out;
    out.kind = "msr-action3d";
    out.path = "msr";
    out.classes = classes();
    return out;
  }();
};

TEST_F(SetTextsTest, TheFirstTableAloneServesUnlessAllAreAskedFor) {
  const SetTexts texts = texts_for(dataset_, {first_, second_});
  EXPECT_EQ(texts.labels[4].wordings(), 1U);
  EXPECT_EQ(texts.source, first_.string());
  EXPECT_THAT(texts.further_sources, IsEmpty());
}

TEST_F(SetTextsTest, EveryTableThatServesIsAWordingInTheOrderGiven) {
  const SetTexts texts = texts_for(dataset_, {second_, first_}, Wordings::all);
  EXPECT_EQ(texts.source, second_.string());
  EXPECT_THAT(texts.further_sources, ElementsAre(first_.string()));
  ASSERT_EQ(texts.labels.size(), classes().size());
  for (std::size_t c = 0; c < texts.labels.size(); ++c) {
    const Label& label = texts.labels[c];
    ASSERT_EQ(label.wordings(), 2U);
    EXPECT_EQ(label.text, classes()[c]);
    EXPECT_EQ(label.sentences[kHands].text, fmt::format("a of {}, again", label.text)) << "the first is shown";
    EXPECT_EQ(label.wording(1).sentences[kHands].text, fmt::format("a of {}, once", label.text));
    EXPECT_EQ(label.wording(1).text, label.text);
  }
}

TEST_F(SetTextsTest, ATableThatLacksALabelGivesNoWording) {
  const SetTexts texts = texts_for(dataset_, {short_, first_, second_}, Wordings::all);
  EXPECT_EQ(texts.source, first_.string());
  EXPECT_THAT(texts.further_sources, ElementsAre(second_.string()));
  EXPECT_EQ(texts.labels[0].wordings(), 2U) << "not even of the labels that it has";
}

TEST_F(SetTextsTest, ATableInOtherWordsOfTheClassesLeavesTheNamesOfTheFirst) {
  std::vector<std::string> names;
  for (const std::string& name : classes()) names.push_back(name + " now");
  const auto own = folder_.write("mine_msr-action3d.tsv", table_of(names));
  const SetTexts texts = texts_for(dataset_, {first_, own}, Wordings::all);
  EXPECT_EQ(texts.labels[2].text, classes()[2]);
  EXPECT_EQ(texts.labels[2].further.at(0)[kHands].text, fmt::format("a of {} now", classes()[2]));
}

TEST_F(SetTextsTest, AFurtherTableIsInUseAndOneAloneIsNoParaphrase) {
  const LabData data = load_lab_data(source({first_, second_}, Wordings::all));
  EXPECT_EQ(data.target.labels[7].wordings(), 2U);
  EXPECT_THAT(data.target.further_sources, ElementsAre(second_.string()));
  EXPECT_THAT(
      [&] {
        load_lab_data(source({first_, second_}, Wordings::first));
      },
      ThrowsError(Code::bad_argument, HasSubstr("second.tsv")));
  EXPECT_THAT([&] { load_lab_data(source({first_}, Wordings::all)); },
              ThrowsError(Code::bad_argument, HasSubstr("served by more than one table")));
}

}  // namespace
}  // namespace purlscope::core
