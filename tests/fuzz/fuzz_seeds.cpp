// Writes the samples of the unit tests as seeds: fuzz_seeds FOLDER makes FOLDER/<format>/<sample>.
#include <filesystem>
#include <fstream>

#include "tests/core/formats/all_samples.h"
#include "tests/fuzz/companion.h"

int main(int count, char** arguments) {
  namespace fs = std::filesystem;
  using namespace purlscope::test;
  if (count != 2) return 2;
  for (const Sample& sample : all_samples()) {
    const fs::path folder = fs::path(arguments[1]) / sample.format;
    fs::create_directories(folder);
    std::ofstream out(folder / sample.id, std::ios::binary | std::ios::trunc);
    if (!sample.companion.empty()) out << sample.companion_bytes << kCompanionEnd;
    if (!(out << sample.bytes)) return 1;
  }
  return 0;
}
