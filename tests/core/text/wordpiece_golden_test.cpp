#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/paths.h"
#include "core/text/wordpiece.h"
#include "tests/support/shared.h"

namespace purlscope::core {
namespace {

using Ids = std::vector<std::int64_t>;

const WordPiece& tokenizer() {
  static const WordPiece pieces(minilm_dir() / "vocab.txt");
  return pieces;
}

TEST(WordPieceGolden, IdsEqualTheReferenceTokenizer) {
  PURLSCOPE_NEEDS_SHARED();
  std::ifstream in(test::shared_dir() / "golden" / "minilm" / "minilm.json");
  const nlohmann::json golden = nlohmann::json::parse(in);
  ASSERT_EQ(golden.size(), 126U);
  for (const auto& entry : golden) {
    const auto text = entry.at("text").get<std::string>();
    EXPECT_EQ(tokenizer().encode(text), entry.at("input_ids").get<Ids>()) << "text: " << text;
  }
}

struct Sample {
  const char* text;
  Ids ids;
};

// Ids by Hugging Face tokenizers 0.23 with the tokenizer.json of all-MiniLM-L6-v2, truncation 256, no padding.
TEST(WordPieceGolden, IdsOfUnusualWritingEqualTheReferenceTokenizer) {
  const std::vector<Sample> samples = {
      {"İstanbul IŞIK", {101, 9960, 2003, 5480, 102}},
      {"한국어 손 흔들기", {101,   1469, 30006, 30021, 29991, 30014, 30020, 29999, 30008, 1461, 30011,
                            30021, 1469, 30017, 30021, 29993, 30017, 30022, 29991, 30019, 102}},
      {"ǅ ﬁsh ΑΣ Ω", {101, 100, 1984, 4095, 1155, 29733, 1179, 102}},
      {"a\302\205b\013c\302\240d", {101, 5925, 1040, 102}},
      {"\342\200\256abc\342\201\246", {101, 5925, 102}},
      {"vertical\011tab\015return", {101, 7471, 21628, 2709, 102}},
      {"日本語の投げる", {101, 1864, 1876, 1950, 1671, 100, 1654, 30213, 102}},
      {"豈 更 丽", {101, 100, 100, 100, 102}},
      {"Ελλάδα ΚΊΝΗΣΗ", {101, 1159, 29727, 29727, 14608, 29722, 14608, 1164, 18199, 16177, 24824, 29733, 24824, 102}},
      {"приве\314\201т Ёлка", {101, 1194, 16856, 10325, 25529, 15290, 22919, 1185, 29436, 28598, 102}},
      {"\327\251\326\270\327\201\327\234\327\225\326\271\327\235", {101, 1266, 29799, 29792, 29800, 102}},
      {"\331\205\331\216\330\261\331\222\330\255\331\216\330\250\331\213\330\247",
       {101, 1295, 17149, 29820, 29816, 25573, 102}},
      {"नमस\340\245\215त\340\245\207 द\340\245\201न\340\244\277य\340\244\276",
       {101, 1327, 29867, 29874, 29859, 1325, 29863, 29877, 29868, 29876, 102}},
      {"क\340\244\274 ড\340\246\274", {101, 1315, 1360, 102}},
      {"½ ² ① ™", {101, 1092, 1082, 100, 1580, 102}},
      {"$5+3=8 <a|b>~`^",
       {101, 1002, 1019, 1009, 1017, 1027, 1022, 1026, 1037, 1064, 1038, 1028, 1066, 1036, 1034, 102}},
      {"👨\342\200\215👩\342\200\215👧 family", {101, 100, 2155, 102}},
      {"x[MASK]y [mask] [PAD]", {101, 1060, 103, 1061, 1031, 7308, 1033, 0, 102}},
      {"“quoted” — dash… ·", {101, 1523, 9339, 1524, 1517, 11454, 1529, 1087, 102}},
      {"Ω≈ç√∫˜µ≤", {101, 100, 102}},
      {"Å ế ộ ữ", {101, 1037, 1041, 1051, 1057, 102}},
      {"ÀÉÎÕÜ ÿ ß ẞ ø Ł đ", {101, 29347, 3695, 2226, 1061, 1096, 1096, 1100, 1105, 1102, 102}},
      {"\356\200\200private\315\270", {101, 100, 102}},
      {"don’t do-it_now", {101, 2123, 1521, 1056, 2079, 1011, 2009, 1035, 2085, 102}},
      {"\357\273\277bom", {101, 8945, 2213, 102}},
      {"ꮳꮃꭹ Ꭰ", {101, 100, 100, 102}},
      {"𝐁old 𐐀𐐨", {101, 100, 100, 102}},
  };
  for (const Sample& sample : samples)
    EXPECT_EQ(tokenizer().encode(sample.text), sample.ids) << "text: " << sample.text;
}

TEST(WordPieceGolden, WordsOfMoreThanAHundredCharactersAreUnknown) {
  const Ids unknown = {101, 100, 102};
  std::string accented;
  for (int i = 0; i < 101; ++i) accented += "\303\251";
  EXPECT_NE(tokenizer().encode(std::string(100, 'a')), unknown);
  EXPECT_EQ(tokenizer().encode(std::string(101, 'a')), unknown);
  EXPECT_EQ(tokenizer().encode(accented), unknown) << "characters count, not bytes";
}

TEST(WordPieceGolden, BytesThatAreNotUtf8AreDropped) {
  EXPECT_EQ(tokenizer().encode("wa\xFFve \xC3"), tokenizer().encode("wave"));
  EXPECT_EQ(tokenizer().encode("\xED\xA0\x80 \xC0\xAF wave"), tokenizer().encode("wave")) << "surrogate, overlong";
}

TEST(WordPieceGolden, LongTextsKeepBothEnds) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "word ";
  const Ids ids = tokenizer().encode(text);
  ASSERT_EQ(ids.size(), 256U);
  EXPECT_EQ(ids.front(), 101);
  EXPECT_EQ(ids.back(), 102);
}

}  // namespace
}  // namespace purlscope::core
