#pragma once

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

#include "tests/support/inflate.h"
#include "tests/support/shared.h"

namespace purlscope::test {

/// The merges of CLIP's published vocabulary, unpacked. Needs the shared folder. @throws std::runtime_error
inline std::string clip_merges() {
  const auto file = shared_dir() / "texts" / "bpe_simple_vocab_16e6.txt.gz";
  std::ifstream in(file, std::ios::binary);
  const std::string packed{std::istreambuf_iterator<char>(in), {}};
  constexpr std::size_t kHead = 10, kTail = 8, kNameFlag = 8, kLimit = 8U << 20U;
  if (packed.size() < kHead + kTail) throw std::runtime_error("cannot read " + file.string());
  const std::size_t name_end = (packed[3] & kNameFlag) != 0 ? packed.find('\0', kHead) + 1 : kHead;
  return Inflater(std::string_view(packed).substr(name_end, packed.size() - name_end - kTail), kLimit).run();
}

/// A list of merges in the published form that joins pairs of plain lower-case bytes first ("aa", "ab", ...), and then
/// as many other pairs as the form asks for. For tests that need no real words.
inline std::string made_up_merges() {
  std::string list = "#version: made up\n";
  std::string symbols;
  for (char c = 'a'; c <= 'z'; ++c) symbols += c;
  for (char c = '!'; c <= '~'; ++c) {
    if (c < 'a' || c > 'z') symbols += c;
  }
  std::size_t left = 48894;
  for (const char* end : {"", "</w>"}) {
    for (const char first : symbols) {
      for (const char second : symbols) {
        if (left == 0) return list;
        list.append({first, ' ', second}).append(end).append("\n");
        --left;
      }
    }
  }
  for (const char first : symbols) {  // three characters: a pair that was made above and one more
    for (const char second : symbols) {
      for (const char third : symbols) {
        if (left == 0) return list;
        list.append({first, second, ' ', third}).append("\n");
        --left;
      }
    }
  }
  return list;
}

}  // namespace purlscope::test
