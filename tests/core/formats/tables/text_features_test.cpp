#include "core/formats/tables/text_features.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/formats/numpy/npz_writer.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::ThrowsError;
using ::testing::AllOf;
using ::testing::HasSubstr;
using Texts = std::vector<std::string>;

class TextFeaturesTest : public ::testing::Test {
 protected:
  static NdArray rows(std::size_t count) {
    NdArray array({count, 2});
    for (std::size_t i = 0; i < array.data.size(); ++i) array.data[i] = static_cast<float>(i + 1);
    return array;
  }
  std::filesystem::path write(const std::map<std::string, NpzValue>& arrays) {
    write_npz(dir.path() / "texts.npz", arrays);
    return dir.path() / "texts.npz";
  }
  test::TempDir dir;
};

TEST_F(TextFeaturesTest, AnArchiveGivesTextsRowsAndTheEncodersName) {
  const TextFeatures table =
      read_text_features(write({{"texts", Texts{"wave", "häh?"}}, {"features", rows(2)}, {"encoder", Texts{"clip"}}}));
  EXPECT_EQ(table.texts, (Texts{"wave", "häh?"}));
  EXPECT_EQ(table.encoder, "clip");
  EXPECT_EQ(table.features.shape, (std::vector<std::size_t>{2, 2}));
  EXPECT_EQ(table.features.data, (std::vector<float>{1, 2, 3, 4}));
  EXPECT_EQ(read_text_features(write({{"texts", Texts{"a"}}, {"features", rows(1)}})).encoder, "texts.npz");
}

TEST_F(TextFeaturesTest, WhatDoesNotFitIsNamed) {
  const auto refusal = [&](const std::map<std::string, NpzValue>& arrays, const char* words) {
    EXPECT_THAT([&] { read_text_features(write(arrays)); },
                ThrowsError(Code::bad_format, AllOf(HasSubstr("texts.npz"), HasSubstr(words))));
  };
  refusal({{"features", rows(2)}}, "texts");
  refusal({{"texts", Texts{"a", "b"}}}, "features");
  refusal({{"texts", Texts{"a", "b"}}, {"features", rows(3)}}, "expected an array [2, dim]");
  refusal({{"texts", Texts{"a", "a"}}, {"features", rows(2)}}, "the text \"a\" has two rows");
  EXPECT_THAT([&] { read_text_features(dir.path() / "none.npz"); },
              ThrowsError(Code::not_found, AllOf(HasSubstr("none.npz"), HasSubstr("--encoder"))));
  dir.write("alone.npy", "x");
  EXPECT_THAT([&] { read_text_features(dir.path() / "alone.npy"); },
              ThrowsError(Code::not_found, HasSubstr("alone.txt")));
}

}  // namespace
}  // namespace purlscope::core
