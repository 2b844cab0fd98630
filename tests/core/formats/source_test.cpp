#include "core/formats/parse/source.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cstdlib>
#include <limits>
#include <random>

#include "tests/support/shared.h"
#include "tests/support/temp_dir.h"

namespace purlscope::core {
namespace {

/// The nearest double by the C library, which rounds correctly, as a float.
float reference(const std::string& token) {
  const double value = std::strtod(token.c_str(), nullptr);
  return std::abs(value) > std::numeric_limits<float>::max() ? std::numeric_limits<float>::infinity()
                                                             : static_cast<float>(value);
}

void expect_same(const std::string& token) {
  const auto value = Fields(token).real();
  ASSERT_TRUE(value) << token;
  EXPECT_EQ(std::bit_cast<std::uint32_t>(*value), std::bit_cast<std::uint32_t>(reference(token))) << token;
}

TEST(NumberFields, AreTheNearestToWhatIsWritten) {
  for (const char* token : {"0",
                            "-0",
                            "-0.0",
                            "0.1",
                            "1.",
                            ".5",
                            "-.5",
                            "007.5",
                            "9007199254740993",
                            "9007199254740992.5",
                            "0.000000000001",
                            "123456789012345678",
                            "1234567890123456789012",
                            "0.30000000000000004",
                            "16777217",
                            "1e-3",
                            "-1.5E+2",
                            "3e38",
                            "1.17549435e-38",
                            "1e-45",
                            "99999999999999999.9",
                            "4.35"}) {
    expect_same(token);
  }
  std::mt19937_64 random(7);
  for (int i = 0; i < 300'000; ++i) {
    std::string token = random() % 2 == 0 ? "-" : "";
    for (auto digits = random() % 9; digits > 0; --digits) token += static_cast<char>('0' + random() % 10);
    token += fmt::format("{}.", random() % 10);
    for (auto digits = random() % 12; digits > 0; --digits) token += static_cast<char>('0' + random() % 10);
    expect_same(token);
  }
}

TEST(NumberFields, OtherTokensAreNone) {
  for (const char* token : {"", "-", "+", ".", "-.", "1.2.3", "1,5", "0x10", "12a", "--1", "1-", "e5", "1e"}) {
    EXPECT_FALSE(Fields(token).real()) << token;
  }
  EXPECT_EQ(Fields("+2.5").real(), 2.5F);
  EXPECT_TRUE(std::isinf(Fields("1e39").real().value()));
  EXPECT_TRUE(std::isinf(Fields("inf").real().value()));
  EXPECT_TRUE(std::isnan(Fields("nan").real().value()));
}

TEST(NumberFields, LinesAreTakenApartAtBlanksAndTabs) {
  EXPECT_EQ(count_fields(""), 0U);
  EXPECT_EQ(count_fields(" \t "), 0U);
  EXPECT_EQ(count_fields("a"), 1U);
  EXPECT_EQ(count_fields("  a\tb \v c\f"), 3U);
  EXPECT_EQ(last_field("  a\tb \v c\f"), "c");
  EXPECT_EQ(last_field("one"), "one");
  EXPECT_EQ(last_field(" \t"), "");
  // However long the line and wherever the blanks: as many as one by one.
  std::mt19937 random(11);
  for (int i = 0; i < 2000; ++i) {
    std::string line(random() % 150, ' ');
    for (char& c : line) c = "  \t\v\f1a.-\r\n\xff"[random() % 12];
    std::size_t count = 0;
    std::string_view last;
    Fields fields(line);
    for (std::string_view token = fields.next(); !token.empty(); token = fields.next(), ++count) last = token;
    EXPECT_EQ(count_fields(line), count);
    EXPECT_EQ(last_field(line), last);
  }
}

TEST(NumberFieldsData, EveryNumberOfTheNtuClipsIsReadAsBefore) {
  PURLSCOPE_NEEDS_SHARED();
  std::size_t numbers = 0;
  for (const auto& entry : std::filesystem::directory_iterator(test::shared_dir() / "data" / "ntu-rgbd-samples")) {
    if (entry.path().extension() != ".skeleton") continue;
    const std::string text = test::read_text(entry.path());
    LineReader lines(text);
    while (const auto line = lines.next()) {
      Fields fields(*line);
      for (std::string_view token = fields.next(); !token.empty(); token = fields.next(), ++numbers) {
        expect_same(std::string(token));
      }
    }
  }
  EXPECT_GT(numbers, 100'000U);
}

}  // namespace
}  // namespace purlscope::core
