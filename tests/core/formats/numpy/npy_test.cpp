#include "core/formats/numpy/npy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>

#include "core/formats/numpy/npz_reader.h"
#include "tests/core/formats/samples/samples.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

NpyArray parse(const std::string& file) { return parse_npy("a.npy", file); }

std::string bytes(std::initializer_list<unsigned> values) {
  std::string text;
  for (const unsigned value : values) text += static_cast<char>(value);
  return text;
}

TEST(Npy, ReadsEveryVersion) {
  for (const int version : {1, 2, 3}) {
    const NpyArray array = parse(test::npy_file("<i4", {2}, bytes({1, 0, 0, 0, 254, 255, 255, 255}), false, version));
    EXPECT_THAT(array.floats(), ElementsAre(1.0F, -2.0F)) << version;
  }
}

TEST(Npy, ReadsEveryTypeInEitherByteOrder) {
  const struct {
    const char* type;
    std::string one_and_a_half_or_three;
    double value;
  } cases[] = {{"<f2", bytes({0x00, 0x3E}), 1.5},
               {">f2", bytes({0x3E, 0x00}), 1.5},
               {"<f4", bytes({0, 0, 0xC0, 0x3F}), 1.5},
               {">f4", bytes({0x3F, 0xC0, 0, 0}), 1.5},
               {"<f8", bytes({0, 0, 0, 0, 0, 0, 0xF8, 0x3F}), 1.5},
               {">f8", bytes({0x3F, 0xF8, 0, 0, 0, 0, 0, 0}), 1.5},
               {"|i1", bytes({0xFD}), -3.0},
               {"<i2", bytes({0xFD, 0xFF}), -3.0},
               {">i4", bytes({0xFF, 0xFF, 0xFF, 0xFD}), -3.0},
               {"<i8", bytes({0xFD, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}), -3.0},
               {"|u1", bytes({0xFD}), 253.0},
               {">u2", bytes({1, 2}), 258.0},
               {"<u4", bytes({0, 0, 0, 0x80}), 2147483648.0},
               {"|b1", bytes({1}), 1.0}};
  for (const auto& item : cases) {
    const NpyArray array = parse(test::npy_file(item.type, {}, item.one_and_a_half_or_three));
    EXPECT_THAT(array.doubles(), ElementsAre(item.value)) << item.type;
    EXPECT_THAT(array.floats(), ElementsAre(static_cast<float>(item.value))) << item.type;
  }
}

TEST(Npy, TooLargeForAFloatIsInfinite) {
  const double huge = -1e300;
  const NpyArray array = parse(test::npy_file("<f8", {1}, {reinterpret_cast<const char*>(&huge), 8}));
  EXPECT_TRUE(std::isinf(array.floats()[0]));
  EXPECT_LT(array.floats()[0], 0.0F);
}

TEST(Npy, ReadsTexts) {
  EXPECT_THAT(parse(test::npy_text("ntu25")).texts(9), ElementsAre("ntu25"));
  EXPECT_THAT(parse(test::npy_file("|S4", {2}, std::string("ab\0\0wave", 8))).texts(9), ElementsAre("ab", "wave"));
  const std::string wide = bytes({0, 0, 0, 0xFC, 0, 1, 0xF6, 0});  // big endian: u umlaut, a smiley
  EXPECT_THAT(parse(test::npy_file(">U2", {}, wide)).texts(9), ElementsAre("ü😀"));
  EXPECT_THAT(parse(test::npy_file("<U1", {}, bytes({0, 0xD8, 0, 0}))).texts(9), ElementsAre("\xEF\xBF\xBD"));
  EXPECT_THAT([] { parse(test::npy_text("a")).floats(); }, test::ThrowsError(Code::bad_format, HasSubstr("texts")));
}

TEST(Npy, FewBytesDoNotBecomeManyTexts) {
  EXPECT_THAT(parse(test::npy_file("|S1", {5}, "abcde")).texts(2), ElementsAre("a", "b"));
  EXPECT_THAT(parse(test::npy_file("<U0", {std::size_t{1} << 39}, "")).texts(9), testing::IsEmpty());
}

TEST(Npy, FortranOrderIsStated) {
  const NpyArray array = parse(test::npy_file("|u1", {2, 3}, bytes({1, 2, 3, 4, 5, 6}), true));
  EXPECT_TRUE(array.header.fortran);
  EXPECT_THAT(array.header.shape, ElementsAre(2, 3));
}

TEST(Npy, ObjectsAndStructuresAreRefusedWithARemedy) {
  EXPECT_THAT([] { parse(test::npy_file("|O", {1}, "12345678")); },
              test::ThrowsError(Code::unsupported, HasSubstr("objects are stored as programs")));
  std::string structured = test::npy_file("<f4", {}, "1234");
  structured.replace(structured.find("'<f4'"), 5, "[('a'");
  EXPECT_THAT([&] { parse(structured); }, test::ThrowsError(Code::unsupported, HasSubstr("structured array")));
  EXPECT_THAT([] { parse(test::npy_file("<c8", {1}, "12345678")); },
              test::ThrowsError(Code::unsupported, HasSubstr("c8")));
}

TEST(Npy, ShapesThatDoNotFitTheBytesAreRefused) {
  EXPECT_THAT([] { parse(test::npy_file("<f4", {3}, "12345678")); },
              test::ThrowsError(Code::bad_format, HasSubstr("8 bytes for the shape [3], expected 12")));
  const std::size_t huge = std::size_t{1} << 40;
  EXPECT_THAT(
      [&] {
        parse(test::npy_file("<f4", {huge, huge}, "1234"));
      },
      test::ThrowsError(Code::bad_format, HasSubstr("claims")));
  std::string version = test::npy_file("<f4", {}, "1234");
  version[6] = 4;
  EXPECT_THAT([&] { parse(version); }, test::ThrowsError(Code::unsupported, HasSubstr("version 4")));
}

TEST(NpzArchive, ListsAndReadsStoredAndDeflatedMembers) {
  const test::TempDir folder;
  for (const bool deflated : {false, true}) {
    const auto file = folder.write(
        "a.npz", test::npz_file({{"b", test::npy_floats({2}, {1.0F, 2.0F})}, {"a", test::npy_text("x")}}, deflated));
    NpzArchive archive(file, {});
    EXPECT_THAT(archive.names(), ElementsAre("b", "a"));
    EXPECT_THAT(archive.read("b").floats(), ElementsAre(1.0F, 2.0F));
    EXPECT_THAT(archive.read("a").texts(9), ElementsAre("x"));
    EXPECT_THAT([&] { archive.read("c"); }, test::ThrowsError(Code::bad_format, HasSubstr("no array 'c'")));
  }
}

TEST(NpzArchive, AZipBombIsStopped) {
  const test::TempDir folder;
  const std::size_t expanded = std::size_t{150} << 20;
  const auto file = folder.write(
      "a.npz", test::npz_file({{"x", test::npy_file("|u1", {expanded}, std::string(expanded, '\0'))}}, true));
  ASSERT_GT(expanded, (std::size_t{64} << 20) + 100 * std::filesystem::file_size(file)) << "packed well enough";
  NpzArchive archive(file, {});
  EXPECT_THAT([&] { archive.read("x"); }, test::ThrowsError(Code::limit, HasSubstr("expands beyond")));
}

TEST(NpzArchive, ADamagedMemberIsNamed) {
  const test::TempDir folder;
  std::string bytes = test::npz_file({{"joints", test::npy_floats({4}, {1.0F, 2.0F, 3.0F, 4.0F})}});
  bytes[bytes.find("PK\1\2") - 3] ^= 1;  // in the last element; the checksum no longer fits
  NpzArchive archive(folder.write("a.npz", bytes), {});
  EXPECT_THAT([&] { archive.read("joints"); },
              test::ThrowsError(Code::bad_format, testing::AllOf(HasSubstr("a.npz: joints"), HasSubstr("CRC"))));
}

}  // namespace
}  // namespace purlscope::core
