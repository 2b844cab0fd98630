#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <random>
#include <sstream>

#include "tests/core/live/protocols/packets.h"
#include "tests/support/source_dir.h"
#include "tests/support/temp_dir.h"

namespace purlscope::core {
namespace {

using test::feed;
using test::LiveSample;
using Packets = std::vector<std::string>;

/// What every parser owes, whatever comes: a consistent frame, nothing, or an Error.
class AnyParser : public testing::TestWithParam<LiveSample> {
 protected:
  const std::string& parser() const { return GetParam().parser; }
  const Packets& packets() const { return GetParam().packets; }
};

std::string& any_of(Packets& packets, std::mt19937& random) { return packets[random() % packets.size()]; }

TEST_P(AnyParser, SurvivesEveryTruncation) {
  for (std::size_t i = 0; i < packets().size(); ++i) {
    for (std::size_t size = 0; size < packets()[i].size(); ++size) {
      Packets cut = packets();
      cut[i].resize(size);
      ASSERT_EQ(feed(parser(), cut), "") << "packet " << i << " cut to " << size;
    }
  }
}

TEST_P(AnyParser, SurvivesFlippedBytes) {
  std::mt19937 random(9);
  for (int round = 0; round < 2000; ++round) {
    Packets flipped = packets();
    for (int flips = 1 + round % 6; flips > 0; --flips) {
      std::string& bytes = any_of(flipped, random);
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    ASSERT_EQ(feed(parser(), flipped), "") << "round " << round;
  }
}

TEST_P(AnyParser, SurvivesPiecesLeftOutOrDoubled) {
  std::mt19937 random(13);
  for (int round = 0; round < 500; ++round) {
    Packets changed = packets();
    std::string& bytes = any_of(changed, random);
    const std::size_t from = random() % bytes.size();
    const std::size_t count = random() % std::min<std::size_t>(bytes.size() - from, 64) + 1;
    if (round % 2 == 0)
      bytes.erase(from, count);
    else
      bytes.insert(random() % bytes.size(), bytes.substr(from, count));
    ASSERT_EQ(feed(parser(), changed), "") << "round " << round;
  }
}

TEST_P(AnyParser, SurvivesPacketsInAnyOrder) {
  std::mt19937 random(17);
  for (int round = 0; round < 50; ++round) {
    Packets shuffled = packets();
    shuffled.insert(shuffled.end(), packets().begin(), packets().end());
    std::ranges::shuffle(shuffled, random);
    ASSERT_EQ(feed(parser(), shuffled), "") << "round " << round;
  }
}

TEST_P(AnyParser, SurvivesDeepNesting) {
  for (const std::string bracket : {"[", "{\"a\":"}) {
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += bracket;
    EXPECT_EQ(feed(parser(), {deep}), "");
  }
}

TEST_P(AnyParser, HasAFuzzTest) {
  std::istringstream fuzzed(test::read_text(test::source_dir() / "tests" / "fuzz" / "parsers.txt"));
  const std::vector<std::string> names{std::istream_iterator<std::string>(fuzzed), {}};
  EXPECT_THAT(names, testing::Contains(parser()));
}

INSTANTIATE_TEST_SUITE_P(Protocols, AnyParser, testing::ValuesIn(test::live_samples()), [](const auto& parameter) {
  std::string name = parameter.param.parser;
  std::erase(name, '-');
  return name;
});

}  // namespace
}  // namespace purlscope::core
