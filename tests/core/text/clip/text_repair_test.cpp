#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "core/text/clip/bpe.h"

namespace purlscope::core {
namespace {

// Expected: ftfy 6.3.1, html.unescape twice, white space collapsed, str.lower(), by Python 3.11.
TEST(ClipText, IsRepairedAsTheReferenceDoes) {
  const std::vector<std::pair<const char*, const char*>> samples = {
      {"sÃ£o paulo", "são paulo"},
      {"Ð¿Ñ€Ð¸Ð²ÐµÑ‚ Ð¼Ð¸Ñ€", "привет мир"},
      {"ÃƒÂ©tude", "étude"},
      {"price: Â£5 Â°", "price: £5 °"},
      {"Ãºltimo â€¦ â€“ â€”", "último … – —"},
      {"Ã¼ber straÃŸe", "über straße"},
      {"¿QuÃ© pasa?", "¿qué pasa?"},
      {"CAFÉ… and CAFÉ’S", "café… and café's"},
      {"é…é”", "é…é\""},
      {"l’Été à 20 °C", "l'été à 20 °c"},
      {"ÀÈÌ ÃÂ", "àèì ãâ"},
      {"&notit; &amp;amp;amp;lt;", "¬it; <"},
      {"&copy 2020 &copy; <b>", "© 2020 © <b>"},
      {"&#128512; &#x41; &#150;", "😀 a –"},
      {"&eacute &ouml;", "é ö"},
      {"ΟΔΥΣΣΕΥΣ", "οδυσσευς"},
      {"ﾊﾝｶｸｶﾞ", "ハンカクガ"},
      {"ﬃ ŉ Ǆ", "ffi 'n dž"},
      {"\341\204\200\341\205\241\341\206\250", "각"},
      {"a\u0323\u0308 a\u0308\u0323", "ạ̈ ạ̈"},
      {"fullＷＩＤＴＨ！", "fullwidth!"},
      {"İİ ı I", "i̇i̇ ı i"},
      {"x\x7Fy\x01z", "xyz"},
  };
  for (const auto& [text, expected] : samples) EXPECT_EQ(clip_text(text), expected) << "text: " << text;
}

TEST(ClipText, BytesThatAreNotUtf8AreReplaced) { EXPECT_EQ(clip_text("wa\xFFve"), "wa\uFFFDve"); }

TEST(ClipText, ReferencesThatNameNoCharacterStay) {
  EXPECT_EQ(clip_text("a & b &; &#; &#x; &nosuchname; &"), "a & b &; &#; &#x; &nosuchname; &");
  EXPECT_EQ(clip_text("&#0; &#xD800; &#99999999999;"), "\uFFFD \uFFFD \uFFFD");
}

}  // namespace
}  // namespace purlscope::core
