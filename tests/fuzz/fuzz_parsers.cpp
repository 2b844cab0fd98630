// Feeds one live parser with packets that libFuzzer makes up:
//   fuzz_parsers --parser=vmc -max_total_time=3 CORPUS SEEDS
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tests/core/live/protocols/packets.h"
#include "tests/fuzz/separators.h"

namespace {

using namespace purlscope;

std::string parser;

[[noreturn]] void give_up(const std::string& why) {
  fmt::print(stderr, "{}\n", why);
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments) {
  constexpr std::string_view kParser = "--parser=";
  for (int i = 1; i < *count; ++i) {
    const std::string_view argument = (*arguments)[i];
    if (argument.starts_with(kParser)) parser = argument.substr(kParser.size());
  }
  const auto samples = test::live_samples();
  if (std::ranges::find(samples, parser, &test::LiveSample::parser) == samples.end()) {
    give_up("usage: fuzz_parsers --parser=ID ...; no parser '" + parser + "'");
  }
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto packets = test::parts_of({reinterpret_cast<const char*>(data), size});
  if (const std::string broken = test::feed(parser, packets); !broken.empty()) give_up("inconsistent: " + broken);
  return 0;
}
