// Small parts of the studio that need no window.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QPalette>
#include <cmath>

#include "app/studio/commands/fuzzy.h"
#include "app/studio/panels/attention/joint_groups.h"
#include "app/studio/panels/timeline/timeline_strip.h"
#include "app/studio/session/label_store.h"
#include "app/studio/session/motion_energy.h"
#include "app/studio/session/session.h"
#include "app/studio/theme/lane_colours.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/words.h"
#include "core/text/descriptions.h"

namespace purlscope::app {
namespace {

TEST(FuzzySearch, FindsLettersInOrderAndNothingElse) {
  EXPECT_TRUE(fuzzy_score("opfo", "Open folder...").has_value());
  EXPECT_FALSE(fuzzy_score("foop", "Open folder...").has_value());
  EXPECT_FALSE(fuzzy_score("openx", "Open folder...").has_value());
  EXPECT_EQ(fuzzy_score("", "anything"), 0);
}

TEST(FuzzySearch, PrefersStartsOfWordsAndUnbrokenRuns) {
  EXPECT_GT(fuzzy_score("sf", "Step forward"), fuzzy_score("sf", "Transform"));
  EXPECT_GT(fuzzy_score("loop", "Loop"), fuzzy_score("loop", "Let our own people"));
}

TEST(Words, WriteNumbersForPeople) {
  EXPECT_EQ(signed_number(0.414), "+0.41");
  EXPECT_EQ(signed_number(-0.05), "−0.05");
  EXPECT_EQ(signed_number(-0.001), "0.00");
  EXPECT_EQ(per_cent(0.456), "46 %");
  EXPECT_EQ(per_cent(0.004), "<1 %");
  EXPECT_EQ(per_cent(0.0), "0 %");
  EXPECT_EQ(clock_time(1.27), "00:01.27");
  EXPECT_EQ(clock_time(75.5), "01:15.50");
}

TEST(Words, TooltipsShowFileNamesAsTheyAre) {
  EXPECT_EQ(plain_tooltip("a & <b>.skeleton"), "<span>a &amp; &lt;b&gt;.skeleton</span>");
}

TEST(LabelStore, GivesBackLabelsSentencesAndOrigins) {
  core::LabelSet labels = core::make_label_set({"wave", "👋 \"winken\""});
  labels.labels.push_back(core::describe_as("chuck a ball", "throw a ball"));
  labels.labels[1].sentences[2] = {"the torso\tleans", core::Origin::edited};
  const auto read = read_labels(write_labels(labels));
  ASSERT_TRUE(read.has_value());
  ASSERT_EQ(read->labels.size(), 3U);
  for (std::size_t label = 0; label < 3; ++label) {
    EXPECT_EQ(read->labels[label].nearest, labels.labels[label].nearest);
    EXPECT_EQ(read->labels[label].text, labels.labels[label].text);
    for (std::size_t i = 0; i < core::kSentenceCount; ++i) {
      EXPECT_EQ(read->labels[label].sentences[i].text, labels.labels[label].sentences[i].text);
      EXPECT_EQ(read->labels[label].sentences[i].origin, labels.labels[label].sentences[i].origin);
    }
  }
}

TEST(LabelStore, RefusesWhatCannotBeRead) {
  const QByteArray good = write_labels(core::make_label_set({"wave"}));
  ASSERT_TRUE(read_labels(good).has_value());
  for (const QByteArray& bad :
       {QByteArray(), QByteArray("{}"), QByteArray("[1, 2]"), QByteArray("[{\"text\": \"wave\"}]"),
        good.left(good.size() / 2), QByteArray(good).replace("\"origin\"", "\"orgn\""),
        QByteArray("[") + good.mid(1, good.size() - 2) + "," + good.mid(1)}) {  // twice the same label
    EXPECT_FALSE(read_labels(bad).has_value()) << bad.toStdString();
  }
}

TEST(Session, TakesSentencesForLabelsThatNobodyDescribedAlone) {
  Session session;
  session.load_labels(std::vector<std::string>{"chuck a ball", "wave", "lob a ball"});
  session.edit_sentence(2, 0, "the head looks up");
  const core::LabelSet described{{core::describe_as("chuck a ball", "throw a ball"), core::describe_as("wave", "clap"),
                                  core::describe_as("lob a ball", "throw a ball")}};
  session.take_described(described);
  EXPECT_EQ(origin_name(session.labels().labels[0], 1), "nearest: throw a ball");
  EXPECT_EQ(session.labels().labels[0].text, "chuck a ball");
  EXPECT_EQ(session.labels().labels[1].nearest, "") << "the bank knows it";
  EXPECT_EQ(session.labels().labels[2].nearest, "") << "the user wrote a sentence of it";
  EXPECT_EQ(session.undo_stack()->count(), 1) << "no step of its own";
  session.edit_sentence(0, 1, "the hands let go");
  session.edit_sentence(0, 1, "");
  EXPECT_EQ(session.labels().labels[0].sentences[1].origin, core::Origin::nearest);
}

TEST(Session, TypingTheSuggestedSentenceAgainIsNoEdit) {
  Session session;
  session.load_labels(std::vector<std::string>{"wave"});
  const core::Sentence before = session.labels().labels[0].sentences[1];
  session.edit_sentence(0, 1, "both hands circle");
  ASSERT_TRUE(session.edited(0));
  session.edit_sentence(0, 1, before.text);
  EXPECT_FALSE(session.edited(0));
  EXPECT_EQ(session.labels().labels[0].sentences[1].origin, before.origin);
}

double luminance(const QColor& c) {
  const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
  return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}

/// WCAG 2.1 contrast ratio.
double contrast(const QColor& a, const QColor& b) {
  const double la = luminance(a);
  const double lb = luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

TEST(ThemeTokens, TextHasAContrastOfAtLeastFourAndAHalf) {
  for (const Scheme scheme : {Scheme::dark, Scheme::light}) {
    const Tokens& t = tokens(scheme);
    for (const QColor& back : {t.ground, t.panel, t.raised, t.selection}) {
      for (const QColor& front : {t.text, t.muted, t.warning}) {
        EXPECT_GE(contrast(front, back), 4.5) << front.name().toStdString() << " on " << back.name().toStdString();
      }
    }
    for (const QColor& front : {t.accent, t.good, t.live}) EXPECT_GE(contrast(front, t.panel), 4.5);
    for (int slot = 0; slot < app::kLaneColours; ++slot) {
      EXPECT_GE(contrast(app::lane_colour(slot, scheme), t.panel), 3.0) << slot;
    }
  }
}

TEST(ThemeTokens, APaletteTellsItsScheme) {
  EXPECT_EQ(scheme_of(make_palette(Scheme::dark)), Scheme::dark);
  EXPECT_EQ(scheme_of(make_palette(Scheme::light)), Scheme::light);
}

TEST(JointGroups, PutLimbsTogetherWhateverTheLayout) {
  const auto layout = core::joint_layout("ntu25");
  const auto order = joints_by_part(*layout);
  ASSERT_EQ(order.size(), 25U);
  for (std::size_t i = 1; i < order.size(); ++i) {
    EXPECT_LE(body_part(layout->joints[order[i - 1]]), body_part(layout->joints[order[i]]));
  }
  EXPECT_EQ(body_part("left hand tip"), BodyPart::left_arm);
  EXPECT_EQ(body_part("right foot"), BodyPart::right_leg);
  EXPECT_EQ(body_part("spine mid"), BodyPart::trunk);
}

TEST(MotionEnergy, IsTheMeanSpeedOfTheJoints) {
  core::Clip clip;
  clip.layout = core::joint_layout("kinect20");
  clip.frames = 3;
  clip.times = {0.0, 0.5, 1.0};
  core::Person person;
  person.joints.resize(3 * 20);
  person.state.resize(3 * 20, core::JointState::given);
  for (std::size_t j = 0; j < 20; ++j) person.joints[40 + j] = {1.0F, 0.0F, 0.0F};  // all move 1 m in 0.5 s, then
  clip.persons.push_back(person);
  const std::vector<float> energy = motion_energy(clip);
  ASSERT_EQ(energy.size(), 3U);
  EXPECT_FLOAT_EQ(energy[1], 0.0F);
  EXPECT_FLOAT_EQ(energy[2], 2.0F);
}

TEST(MotionEnergy, SparklineKeepsThePeaks) {
  EXPECT_THAT(sparkline({0, 1, 0, 4, 0, 2}, 3), testing::ElementsAre(0.25F, 1.0F, 0.5F));
  EXPECT_THAT(sparkline({2}, 3), testing::ElementsAre(1.0F, 1.0F, 1.0F));
  EXPECT_THAT(sparkline({}, 2), testing::ElementsAre(0.0F, 0.0F));
}

TEST(AttentionLane, SumsNodesThatCoverTheSameMoment) {
  // Two halves and the whole: as on the skeleton, each half shows its own share plus that of the whole.
  const AttentionLane lane = overlay_spans({{0, 1}, {1, 2}, {0, 2}}, {0.2F, 0.5F, 0.3F});
  ASSERT_EQ(lane.spans.size(), 2U);
  EXPECT_DOUBLE_EQ(lane.spans[0].end, 1.0);
  EXPECT_THAT(lane.values, testing::ElementsAre(testing::FloatEq(0.5F), testing::FloatEq(0.8F)));
}

}  // namespace
}  // namespace purlscope::app
