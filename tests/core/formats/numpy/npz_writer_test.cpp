#include "core/formats/numpy/npz_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/support/npz.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using testing::ElementsAre;

TEST(NpzWriter, ArraysAndTextsComeBack) {
  const test::TempDir folder;
  NdArray attention({2, 1, 3});
  attention.data = {0.5F, -1.25F, 3e-20F, 1.0F, 2.0F, 3.0F};
  NdArray scalar;
  scalar.data = {0.75F};
  const auto file = folder.path() / "attention.npz";
  write_npz(file, {{"attention", attention},
                   {"score", scalar},
                   {"joints", std::vector<std::string>{"head", "Ellbogen über", "手", "😀!", ""}}});
  const auto read = test::read_npz(file);
  EXPECT_THAT(read.at("attention").shape, ElementsAre(2, 1, 3));
  EXPECT_EQ(read.at("attention").floats(), attention.data);
  EXPECT_EQ(read.at("attention").dtype, "<f4");
  EXPECT_TRUE(read.at("score").shape.empty());
  EXPECT_EQ(read.at("score").floats(), scalar.data);
  EXPECT_EQ(read.at("joints").dtype, "<U13") << "as wide as the longest text, in characters";
  EXPECT_THAT(read.at("joints").strings, ElementsAre("head", "Ellbogen über", "手", "😀!", ""));
}

TEST(NpzWriter, BytesThatAreNoUtf8BecomeReplacementCharacters) {
  const test::TempDir folder;
  const auto file = folder.path() / "texts.npz";
  write_npz(file, {{"labels", std::vector<std::string>{"overlong \xC0\x80", "surrogate \xED\xA0\x80"}}});
  EXPECT_THAT(test::read_npz(file).at("labels").strings,
              ElementsAre("overlong \uFFFD\uFFFD", "surrogate \uFFFD\uFFFD\uFFFD"));
}

TEST(NpzWriter, HeadersFollowNumpy) {
  const test::TempDir folder;
  const auto file = folder.path() / "a.npz";
  NdArray incompressible({1});
  incompressible.data = {1.0F};
  write_npz(file, {{"a", incompressible}});
  // NEP 1: magic, version 1.0, header length so that the data start at a multiple of 64.
  const test::NpzArray array = test::read_npz(file).at("a");
  EXPECT_THAT(array.shape, ElementsAre(1));
}

TEST(NpzWriter, ReplacesAnExistingFile) {
  const test::TempDir folder;
  const auto file = folder.write("a.npz", "something else");
  write_npz(file, {{"b", NdArray({2})}});
  EXPECT_EQ(test::read_npz(file).size(), 1U);
}

TEST(NpzWriter, AFolderThatDoesNotExistIsAnError) {
  EXPECT_THAT(
      [] {
        write_npz("/nowhere/at/all/a.npz", {{"b", NdArray({2})}});
      },
      test::ThrowsError(Code::io, testing::HasSubstr("/nowhere/at/all/a.npz")));
}

}  // namespace
}  // namespace purlscope::core
