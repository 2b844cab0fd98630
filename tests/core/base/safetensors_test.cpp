#include "core/base/safetensors.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>
#include <limits>
#include <random>

#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::ThrowsError;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// A file spelled by hand, as the format's description says.
std::string file_bytes(const std::string& header, const std::string& data) {
  const std::uint64_t length = header.size();
  std::string bytes(reinterpret_cast<const char*>(&length), sizeof(length));
  return bytes + header + data;
}

std::string floats(std::initializer_list<float> values) {
  return {reinterpret_cast<const char*>(values.begin()), values.size() * sizeof(float)};
}

class SafeTensorsTest : public ::testing::Test {
 protected:
  std::filesystem::path write(const std::string& bytes) {
    const auto file = dir.path() / "weights.safetensors";
    std::ofstream(file, std::ios::binary) << bytes;
    return file;
  }
  void expect_refused(const std::string& bytes, const std::string& reason) {
    const auto file = write(bytes);
    EXPECT_THAT([&] { SafeTensors::open(file); },
                ThrowsError(Code::bad_format, AllOf(HasSubstr("weights.safetensors"), HasSubstr(reason))));
  }
  void expect_header_refused(const std::string& header, const std::string& data, const std::string& reason) {
    SCOPED_TRACE(header);
    expect_refused(file_bytes(header, data), reason);
  }
  std::string read(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  test::TempDir dir;
};

TEST_F(SafeTensorsTest, ReadsAFileWrittenByHand) {
  const auto file = SafeTensors::open(write(file_bytes(
      R"({"__metadata__":{"architecture":"shift-gcn"},"b":{"dtype":"I64","shape":[2],"data_offsets":[8,24]},)"
      R"("a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}})",
      floats({1.5F, -2.0F}) + std::string("\x07\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff", 16))));
  EXPECT_EQ(file.metadata().at("architecture"), "shift-gcn");
  EXPECT_THAT(file.at("a").shape, ElementsAre(1, 2));
  EXPECT_THAT(file.floats("a"), ElementsAre(1.5F, -2.0F));
  EXPECT_THAT(file.floats("b"), ElementsAre(7.0F, -1.0F));
  EXPECT_TRUE(file.contains("a"));
  EXPECT_FALSE(file.contains("c"));
}

TEST_F(SafeTensorsTest, WidensEveryElementType) {
  const auto value = [&](const std::string& dtype, const std::string& bytes) {
    const std::string header =
        R"({"x":{"dtype":")" + dtype + R"(","shape":[],"data_offsets":[0,)" + std::to_string(bytes.size()) + "]}}";
    return SafeTensors::open(write(file_bytes(header, bytes))).floats("x").at(0);
  };
  EXPECT_EQ(value("F16", std::string("\x00\x3e", 2)), 1.5F);
  EXPECT_EQ(value("F16", std::string("\x01\x00", 2)), std::ldexp(1.0F, -24));
  EXPECT_EQ(value("F16", std::string("\x00\xfc", 2)), -std::numeric_limits<float>::infinity());
  EXPECT_EQ(value("BF16", std::string("\xc0\x3f", 2)), 1.5F);
  EXPECT_EQ(value("F64", std::string("\0\0\0\0\0\0\xf8\x3f", 8)), 1.5F);
  EXPECT_EQ(value("I32", std::string("\xfe\xff\xff\xff", 4)), -2.0F);
  EXPECT_EQ(value("I16", std::string("\x00\x01", 2)), 256.0F);
  EXPECT_EQ(value("I8", "\xff"), -1.0F);
  EXPECT_EQ(value("U8", "\xff"), 255.0F);
  EXPECT_EQ(value("BOOL", "\x01"), 1.0F);
}

TEST_F(SafeTensorsTest, NamesTheTensorThatIsNotThere) {
  const auto file = SafeTensors::open(write(file_bytes("{}", "")));
  EXPECT_THAT([&] { file.at("fc.weight"); },
              ThrowsError(Code::not_found, AllOf(HasSubstr("weights.safetensors"), HasSubstr("fc.weight"))));
}

TEST_F(SafeTensorsTest, SaysWhenThereIsNoFile) {
  EXPECT_THAT([&] { SafeTensors::open(dir.path() / "none.safetensors"); },
              ThrowsError(Code::not_found, HasSubstr("none.safetensors")));
  EXPECT_THAT([&] { SafeTensors::open(dir.path()); }, ThrowsError(Code::io, HasSubstr("regular file")));
}

TEST_F(SafeTensorsTest, RefusesFilesThatAreNotSafetensors) {
  expect_refused("", "0 bytes");
  expect_refused("short", "5 bytes");
  expect_refused("PK\x03\x04 a zip archive, and some more bytes", "header length");
  expect_refused(file_bytes("{}", "").substr(0, 9), "truncated");
  std::string huge(8, '\x7f');
  expect_refused(huge + "{}", "over the limit");
}

TEST_F(SafeTensorsTest, RefusesBrokenHeaders) {
  expect_header_refused("{\"x\":", "", "broken JSON");
  expect_header_refused("[]", "", "expected an object");
  expect_header_refused(R"({"x":3})", "", "needs dtype, shape and data_offsets");
  expect_header_refused(R"({"__metadata__":{"a":1}})", "", "expected a string");
  expect_header_refused(R"({"__metadata__":[]})", "", "expected an object");
  expect_header_refused(std::string(200'000, '['), "", "nested");
  expect_header_refused("{\"\xff\":{}}", "", "broken JSON");
}

TEST_F(SafeTensorsTest, RefusesTensorsThatDoNotFitTheirBytes) {
  const auto one = [](const std::string& dtype, const std::string& shape, const std::string& offsets) {
    return R"({"x":{"dtype":)" + dtype + R"(,"shape":)" + shape + R"(,"data_offsets":)" + offsets + "}}";
  };
  const std::string data = floats({1, 2});
  expect_header_refused(one(R"("F8_E4M3")", "[8]", "[0,8]"), data, "dtype F8_E4M3; known are F64");
  expect_header_refused(one("7", "[2]", "[0,8]"), data, "dtype 7");
  expect_header_refused(one(R"("F32")", "[3]", "[0,8]"), data, "8 bytes, but F32 [3] needs 12");
  expect_header_refused(one(R"("F32")", "[-2]", "[0,8]"), data, "whole numbers not below 0");
  expect_header_refused(one(R"("F32")", "[2.0]", "[0,8]"), data, "whole numbers");
  expect_header_refused(one(R"("F32")", "[4294967296,4294967296,4]", "[0,8]"), data, "more than memory");
  expect_header_refused(one(R"("F32")", "[18446744073709551615]", "[0,8]"), data, "whole numbers");
  expect_header_refused(one(R"("F32")", "[2]", "[0,8,9]"), data, "expected [begin, end]");
  expect_header_refused(one(R"("F32")", "[2]", "[8,0]"), data, "expected [begin, end]");
  expect_header_refused(one(R"("F32")", "[3]", "[0,12]"), data, "truncated");
  const std::string deep = std::string(200'000, '[') + std::string(200'000, ']');
  expect_header_refused(one(R"("F32")", deep, "[0,8]"), data, "nested");
  expect_header_refused(one(deep, "[2]", "[0,8]"), data, "nested");
}

TEST_F(SafeTensorsTest, RefusesHolesOverlapsAndTrailingBytes) {
  const auto two = [](const std::string& a, const std::string& b) {
    return R"({"a":{"dtype":"F32","shape":[1],"data_offsets":)" + a +
           R"(},"b":{"dtype":"F32","shape":[1],"data_offsets":)" + b + "}}";
  };
  expect_header_refused(two("[0,4]", "[8,12]"), floats({1, 2, 3}), "4 unused bytes lie before tensor 'b'");
  expect_header_refused(two("[0,4]", "[0,4]"), floats({1}), "overlaps");
  expect_header_refused(two("[0,4]", "[2,6]"), floats({1, 2}).substr(0, 6), "overlaps");
  expect_header_refused(two("[0,4]", "[4,8]"), floats({1, 2, 3}), "4 bytes follow the last tensor");
  expect_header_refused(
      R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
      floats({1}), "'a' is listed twice");
}

std::map<std::string, SafeTensorOut> sample() {
  return {{"weight", to_safetensor(std::vector<float>{1, 2, 3, 4, 5, 6}, {2, 3})},
          {"half", to_safetensor(std::vector<float>{0.5F, -0.25F, 65504.0F}, {3}, "F16")},
          {"empty", to_safetensor({}, {0, 4})},
          {"flag", SafeTensorOut{"BOOL", {1}, {std::byte{1}}}}};
}

TEST_F(SafeTensorsTest, WritesWhatItReads) {
  const auto file = dir.path() / "out.safetensors";
  save_safetensors(file, sample(), {{"licence", "Apache-2.0"}, {"text", "„quoted“\n"}});
  const auto back = SafeTensors::open(file);
  EXPECT_EQ(back.metadata().at("text"), "„quoted“\n");
  EXPECT_EQ(back.tensors().size(), 4U);
  EXPECT_THAT(back.at("weight").shape, ElementsAre(2, 3));
  EXPECT_THAT(back.floats("weight"), ElementsAre(1, 2, 3, 4, 5, 6));
  EXPECT_THAT(back.floats("half"), ElementsAre(0.5F, -0.25F, 65504.0F));
  EXPECT_TRUE(back.floats("empty").empty());
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(back.at("weight").bytes.data()) % sizeof(float), 0U);
}

TEST_F(SafeTensorsTest, RoundsHalvesToNearestEven) {
  const auto rounded = [&](float value) {
    const auto file = dir.path() / "half.safetensors";
    save_safetensors(file, {{"x", to_safetensor(std::vector<float>{value}, {1}, "F16")}}, {});
    return SafeTensors::open(file).floats("x").at(0);
  };
  EXPECT_EQ(rounded(2049.0F), 2048.0F);
  EXPECT_EQ(rounded(2051.0F), 2052.0F);
  EXPECT_EQ(rounded(65519.0F), 65504.0F);
  EXPECT_EQ(rounded(65520.0F), std::numeric_limits<float>::infinity());
  EXPECT_EQ(rounded(std::ldexp(1.0F, -25)), 0.0F);
  EXPECT_EQ(rounded(std::ldexp(1.5F, -25)), std::ldexp(1.0F, -24));
  EXPECT_EQ(rounded(-std::ldexp(1.0F, -24)), -std::ldexp(1.0F, -24));
  EXPECT_TRUE(std::isnan(rounded(std::nanf(""))));
}

TEST_F(SafeTensorsTest, RefusesToWriteWhatWouldNotBeRead) {
  EXPECT_THAT(
      [&] {
        to_safetensor(std::vector<float>{1, 2}, {3});
      },
      ThrowsError(Code::shape_mismatch, HasSubstr("2 values")));
  EXPECT_THAT([&] { to_safetensor(std::vector<float>{1}, {1}, "I8"); },
              ThrowsError(Code::bad_argument, HasSubstr("I8")));
  EXPECT_THAT(
      [&] {
        save_safetensors(dir.path() / "x", {{"a", SafeTensorOut{"F32", {2}, {}}}}, {});
      },
      ThrowsError(Code::shape_mismatch, HasSubstr("'a'")));
  EXPECT_THAT(
      [&] {
        save_safetensors(dir.path() / "x", {{"__metadata__", SafeTensorOut{"F32", {0}, {}}}}, {});
      },
      ThrowsError(Code::shape_mismatch, HasSubstr("__metadata__")));
}

TEST_F(SafeTensorsTest, AFailedWriteLeavesNothingBehindAndTheOldFileWhole) {
  const auto file = dir.path() / "out.safetensors";
  save_safetensors(file, sample(), {});
  const std::string before = read(file);
  auto broken = sample();
  broken["weight"].bytes.pop_back();
  EXPECT_THROW(save_safetensors(file, broken, {}), Error);
  EXPECT_EQ(read(file), before);
  EXPECT_THAT([&] { save_safetensors(dir.path() / "no such folder/x.safetensors", sample(), {}); },
              ThrowsError(Code::io, HasSubstr("no such folder")));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(dir.path()), {}), 1);
}

TEST_F(SafeTensorsTest, EveryTruncationIsRefused) {
  save_safetensors(dir.path() / "out.safetensors", sample(), {{"a", "b"}});
  const std::string whole = read(dir.path() / "out.safetensors");
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const auto file = write(whole.substr(0, length));
    EXPECT_THROW(SafeTensors::open(file), Error) << length << " of " << whole.size() << " bytes";
  }
}

TEST_F(SafeTensorsTest, FlippedBytesAreRefusedOrReadWithinTheFile) {
  save_safetensors(dir.path() / "out.safetensors", sample(), {{"a", "b"}});
  const std::string whole = read(dir.path() / "out.safetensors");
  std::mt19937 random(7);
  int refused = 0;
  for (int i = 0; i < 1000; ++i) {
    std::string bytes = whole;
    for (int flips = 1 + static_cast<int>(random() % 3); flips > 0; --flips) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    const auto file = write(bytes);
    try {
      const auto opened = SafeTensors::open(file);
      for (const auto& [name, tensor] : opened.tensors()) opened.floats(name);
    } catch (const Error&) {
      ++refused;
    }
  }
  EXPECT_GT(refused, 300);
}

}  // namespace
}  // namespace purlscope::core
