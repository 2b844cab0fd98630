#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "models/text/encoder.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::models {
namespace {

using test::ThrowsError;
using ::testing::AllOf;
using ::testing::HasSubstr;

core::TextFeatures table() {
  core::TextFeatures features{"made.npz", "made up", {"wave", ""}, core::NdArray({2, 3})};
  features.features.data = {3, 4, 0, 0, 0, 2};
  return features;
}

TEST(TableEncoder, LooksTextsUpAndNormalisesThem) {
  const auto encoder = make_table_encoder(table());
  EXPECT_EQ(encoder->name(), "made up");
  EXPECT_EQ(encoder->dim(), 3);
  const at::Tensor rows = encoder->encode(std::vector<std::string>{"", "wave", ""});
  EXPECT_TRUE(at::allclose(rows, at::tensor({0.F, 0.F, 1.F, .6F, .8F, 0.F, 0.F, 0.F, 1.F}).view({3, 3})));
  EXPECT_EQ(encoder->encode({}).size(0), 0);
  EXPECT_THAT(
      [&] {
        encoder->encode(std::vector<std::string>{"wave", "clap"});
      },
      ThrowsError(Code::not_found, AllOf(HasSubstr("made.npz"), HasSubstr("\"clap\""))));
}

TEST(TableEncoder, RefusesFeaturesThatMeanNothing) {
  for (const float bad : {0.0F, std::numeric_limits<float>::quiet_NaN()}) {
    core::TextFeatures broken = table();
    broken.features.data[5] = bad;
    EXPECT_THAT([&] { make_table_encoder(broken); },
                ThrowsError(Code::bad_format, AllOf(HasSubstr("made.npz"), HasSubstr("\"\""))));
  }
  core::TextFeatures short_one = table();
  short_one.texts.pop_back();
  EXPECT_THAT([&] { make_table_encoder(short_one); }, ThrowsError(Code::bad_format, HasSubstr("its 1 texts")));
}

TEST(TableEncoder, IsToldApartByTheNameOfWhatMadeIt) {
  core::TextFeatures more = table(), other = table();
  more.texts[1] = "clap";
  other.encoder = "something else";
  EXPECT_EQ(make_table_encoder(more)->hash(), make_table_encoder(table())->hash());
  EXPECT_NE(make_table_encoder(other)->hash(), make_table_encoder(table())->hash());
}

TEST(EncoderChoice, AnUnknownOrMissingOneNamesTheRemedy) {
  const test::TempDir dir;
  const char* before = std::getenv("XDG_DATA_HOME");
  const std::string home = before == nullptr ? "" : before;
  ::setenv("XDG_DATA_HOME", dir.path().c_str(), 1);
  EXPECT_THAT([] { make_text_encoder("clip"); },
              ThrowsError(Code::not_found, HasSubstr("weights import FILE --vocab")));
  EXPECT_THAT([] { make_text_encoder("bert"); },
              ThrowsError(Code::not_found, AllOf(HasSubstr("'bert'"), HasSubstr("weights list"))));
  dir.write("purlscope/weights/net/weights.json",
            R"({"name": "net", "kind": "purls", "parameters": 1, "sha256": "", "licence": null})");
  EXPECT_THAT([] { make_text_encoder("net"); }, ThrowsError(Code::bad_argument, HasSubstr("kind purls")));
  if (home.empty())
    ::unsetenv("XDG_DATA_HOME");
  else
    ::setenv("XDG_DATA_HOME", home.c_str(), 1);
}

}  // namespace
}  // namespace purlscope::models
