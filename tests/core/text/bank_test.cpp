#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>

#include "core/text/descriptions.h"
#include "core/text/label_key.h"

namespace purlscope::core {
namespace {

constexpr std::size_t kWantedLabels = 220;

std::vector<Label> all_labels() {
  const DescriptionBank& bank = DescriptionBank::bundled();
  std::vector<Label> labels;
  for (const std::string& name : bank.labels()) labels.push_back(bank.find(name).value());
  return labels;
}

std::vector<std::string> texts_of(const Label& label) {
  std::vector<std::string> texts;
  for (const Sentence& sentence : label.sentences) texts.push_back(sentence.text);
  return texts;
}

void expect_known(const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    EXPECT_EQ(describe_label(name).sentences[0].origin, Origin::bank) << "no entry for \"" << name << '"';
  }
}

TEST(BundledBank, IsLargeAndEachEntryIsFoundUnderItsOwnName) {
  const DescriptionBank& bank = DescriptionBank::bundled();
  EXPECT_GE(bank.labels().size(), kWantedLabels);
  for (const std::string& name : bank.labels()) {
    const auto found = bank.find(name);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->text, name);
    for (const Sentence& sentence : found->sentences) EXPECT_EQ(sentence.origin, Origin::bank);
  }
}

TEST(BundledBank, NoTwoLabelsMeetInOneKey) {
  std::map<std::string, std::string> seen;
  for (const std::string& name : DescriptionBank::bundled().labels()) {
    const auto [first, added] = seen.emplace(label_key(name), name);
    EXPECT_TRUE(added) << '"' << name << "\" and \"" << first->second << "\" are the same label to a search";
  }
}

TEST(BundledBank, EverySentenceReadsAsOne) {
  for (const Label& label : all_labels()) {
    for (const Sentence& sentence : label.sentences) {
      const auto words = std::count(sentence.text.begin(), sentence.text.end(), ' ') + 1;
      EXPECT_TRUE(words >= 4 && words <= 26) << label.text << ": " << sentence.text;
      EXPECT_TRUE(std::islower(static_cast<unsigned char>(sentence.text.front())))
          << label.text << ": " << sentence.text;
      EXPECT_TRUE(std::isalpha(static_cast<unsigned char>(sentence.text.back())))
          << label.text << ": " << sentence.text;
      EXPECT_EQ(sentence.text.find("  "), std::string::npos) << label.text << ": " << sentence.text;
    }
  }
}

TEST(BundledBank, NoTwoLabelsAreDescribedAlike) {
  std::map<std::vector<std::string>, std::string> all;
  std::map<std::string, std::string> globals;
  for (const Label& label : all_labels()) {
    EXPECT_TRUE(all.emplace(texts_of(label), label.text).second) << label.text;
    const auto [first, added] = globals.emplace(label.sentences[7].text, label.text);
    EXPECT_TRUE(added) << '"' << label.text << "\" and \"" << first->second << "\" share the global sentence";
    const auto texts = texts_of(label);
    EXPECT_EQ(std::set<std::string>(texts.begin(), texts.end()).size(), kSentenceCount) << label.text;
  }
}

TEST(BundledBank, OppositesDifferInHandsPhasesAndWhole) {
  const std::vector<std::array<const char*, 2>> opposites = {
      {"swipe left", "swipe right"},
      {"draw circle (clockwise)", "draw circle (counter clockwise)"},
      {"sit to stand", "stand to sit"},
      {"sit down", "stand up"},
      {"push", "pull"},
      {"pick up", "put down"},
      {"throw", "catch"},
      {"thumb up", "thumb down"},
      {"wear jacket", "take off jacket"},
      {"put on a hat/cap", "take off a hat/cap"},
      {"put on bag", "take off bag"},
      {"walking towards each other", "walking apart from each other"},
      {"nod head/bow", "shake head"},
      {"donning", "doffing"},
      {"turn left", "turn right"},
      {"step forward", "step backward"},
      {"step left", "step right"},
      {"lean left", "lean right"},
      {"wave with the left hand", "wave with the right hand"}};
  for (const auto& [one, other] : opposites) {
    const Label a = describe_label(one);
    const Label b = describe_label(other);
    ASSERT_EQ(a.sentences[0].origin, Origin::bank) << one;
    ASSERT_EQ(b.sentences[0].origin, Origin::bank) << other;
    std::size_t different = 0;
    for (std::size_t s = 0; s < kSentenceCount; ++s) different += a.sentences[s].text != b.sentences[s].text ? 1 : 0;
    EXPECT_GE(different, 4U) << one << " / " << other;
    EXPECT_NE(a.sentences[5].text, b.sentences[5].text) << one << " / " << other;
    EXPECT_NE(a.sentences[7].text, b.sentences[7].text) << one << " / " << other;
  }
}

TEST(BundledBank, KnowsTheClassesOfUtdMhad) {
  expect_known({"Swipe left",
                "Swipe right",
                "Wave",
                "Clap",
                "Throw",
                "Arm cross",
                "Basketball shoot",
                "Draw 'X'",
                "Draw circle (clockwise)",
                "Draw circle (counter clockwise)",
                "Draw triangle",
                "Bowling",
                "Boxing",
                "Baseball swing",
                "Tennis swing",
                "Arm curl",
                "Tennis serve",
                "Push",
                "Knock",
                "Catch",
                "Pickup and throw",
                "Jog",
                "Walk",
                "Sit to stand",
                "Stand to sit",
                "Lunge",
                "Squat"});
}

TEST(BundledBank, KnowsTheClassesOfNwUcla) {
  expect_known({"pick up with one hand", "pick up with two hands", "drop trash", "walk around", "sit down", "stand up",
                "donning", "doffing", "throw", "carry"});
}

TEST(BundledBank, KnowsTheClassesOfMsrAction3d) {
  expect_known({"high arm wave", "horizontal arm wave", "hammer",      "hand catch", "forward punch", "high throw",
                "draw x",        "draw tick",           "draw circle", "hand clap",  "two hand wave", "side boxing",
                "bend",          "forward kick",        "side kick",   "jogging",    "tennis swing",  "tennis serve",
                "golf swing",    "pick up and throw"});
}

TEST(BundledBank, KnowsTheClassesOfNtu120) {
  expect_known({"drink water",
                "eat meal/snack",
                "brushing teeth",
                "brushing hair",
                "drop",
                "pickup",
                "throw",
                "sitting down",
                "standing up (from sitting position)",
                "clapping",
                "reading",
                "writing",
                "tear up paper",
                "wear jacket",
                "take off jacket",
                "wear a shoe",
                "take off a shoe",
                "wear on glasses",
                "take off glasses",
                "put on a hat/cap",
                "take off a hat/cap",
                "cheer up",
                "hand waving",
                "kicking something",
                "reach into pocket",
                "hopping (one foot jumping)",
                "jump up",
                "make a phone call/answer phone",
                "playing with phone/tablet",
                "typing on a keyboard",
                "pointing to something with finger",
                "taking a selfie",
                "check time (from watch)",
                "rub two hands together",
                "nod head/bow",
                "shake head",
                "wipe face",
                "salute",
                "put the palms together",
                "cross hands in front (say stop)",
                "sneeze/cough",
                "staggering",
                "falling",
                "touch head (headache)",
                "touch chest (stomachache/heart pain)",
                "touch back (backache)",
                "touch neck (neckache)",
                "nausea or vomiting condition",
                "use a fan (with hand or paper)/feeling warm",
                "punching/slapping other person",
                "kicking other person",
                "pushing other person",
                "pat on back of other person",
                "point finger at the other person",
                "hugging other person",
                "giving something to other person",
                "touch other person's pocket",
                "handshaking",
                "walking towards each other",
                "walking apart from each other",
                "put on headphone",
                "take off headphone",
                "shoot at the basketball",
                "bounce ball",
                "tennis bat swing",
                "juggling table tennis balls",
                "hush (quite)",
                "flick hair",
                "thumb up",
                "thumb down",
                "make ok sign",
                "make victory sign",
                "staple book",
                "counting money",
                "cutting nails",
                "cutting paper (using scissors)",
                "snapping fingers",
                "open bottle",
                "sniff (smell)",
                "squat down",
                "toss a coin",
                "fold paper",
                "ball up paper",
                "play magic cube",
                "apply cream on face",
                "apply cream on hand back",
                "put on bag",
                "take off bag",
                "put something into a bag",
                "take something out of a bag",
                "open a box",
                "move heavy objects",
                "shake fist",
                "throw up cap/hat",
                "hands up (both hands)",
                "cross arms",
                "arm circles",
                "arm swings",
                "running on the spot",
                "butt kicks (kick backward)",
                "cross toe touch",
                "side kick",
                "yawn",
                "stretch oneself",
                "blow nose",
                "hit other person with something",
                "wield knife towards other person",
                "knock over other person (hit with body)",
                "grab other person’s stuff",
                "shoot at other person with a gun",
                "step on foot",
                "high-five",
                "cheers and drink",
                "carry something with other person",
                "take a photo of other person",
                "follow other person",
                "whisper in other person’s ear",
                "exchange things with other person",
                "support somebody with hand",
                "finger-guessing game (playing rock-paper-scissors)"});
}

TEST(BundledBank, KnowsEverydayWords) {
  expect_known({"wave",    "waving",   "clap",     "throw a ball", "squat",   "jump",       "jumping jacks", "walking",
                "running", "kick",     "sit",      "stand up",     "drink",   "drinking",   "phone call",    "punch",
                "bow",     "pointing", "stretch",  "dance",        "falling", "pick up",    "hop",           "crouch",
                "salute",  "shrug",    "lie down", "push-ups",     "sit-ups", "crawl",      "climb",         "swim",
                "eat",     "read",     "write",    "type",         "sweep",   "wash hands", "handshake",     "hug"});
}

}  // namespace
}  // namespace purlscope::core
