// Writes the samples of the unit tests as seeds: fuzz_seeds FOLDER makes FOLDER/<format or parser>/<sample>.
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "tests/core/formats/samples/all_samples.h"
#include "tests/core/live/protocols/packets.h"
#include "tests/fuzz/separators.h"

namespace {

bool write(const std::filesystem::path& folder, const std::string& name, std::string_view bytes) {
  std::filesystem::create_directories(folder);
  std::ofstream out(folder / name, std::ios::binary | std::ios::trunc);
  return static_cast<bool>(out << bytes);
}

}  // namespace

int main(int count, char** arguments) {
  using namespace purlscope::test;
  if (count != 2) return 2;
  const std::filesystem::path seeds = arguments[1];
  for (const Sample& sample : all_samples()) {
    std::string bytes;
    if (!sample.companion.empty()) bytes.append(sample.companion_bytes).append(kPartEnd);
    if (!write(seeds / sample.format, sample.id, bytes + sample.bytes)) return 1;
  }
  for (const LiveSample& sample : live_samples()) {
    std::string all;
    for (const std::string& packet : sample.packets) {
      all.append(all.empty() ? std::string_view() : kPartEnd).append(packet);
      if (!write(seeds / sample.parser, "packet" + std::to_string(all.size()), packet)) return 1;
    }
    if (!write(seeds / sample.parser, "all", all)) return 1;
  }
  return 0;
}
