#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "core/formats/registry.h"

// Reads the recordings named on the command line, or the bundled ones: `formats_bench [options] FILE or FOLDER...`.
// Bytes a second count processor time, so that other programs do not slow them down; the files are in the page cache
// after the first round.
namespace purlscope::core {
namespace {

namespace fs = std::filesystem;

struct Recordings {
  std::vector<fs::path> files;
  std::int64_t bytes = 0;
};

Recordings with_ending(const std::vector<fs::path>& places, const std::string& ending) {
  Recordings found;
  const auto add = [&](const fs::path& file) {
    if (file.extension() != ending) return;
    found.files.push_back(file);
    found.bytes += static_cast<std::int64_t>(fs::file_size(file));
  };
  for (const fs::path& place : places) {
    if (!fs::is_directory(place)) {
      add(place);
      continue;
    }
    for (const auto& entry : fs::recursive_directory_iterator(place)) add(entry.path());
  }
  return found;
}

void read_all(benchmark::State& state, const Recordings& recordings) {
  std::size_t frames = 0;
  for (auto _ : state) {
    for (const fs::path& file : recordings.files) frames += read_clip(file)->frames;
  }
  benchmark::DoNotOptimize(frames);
  state.SetBytesProcessed(state.iterations() * recordings.bytes);
  state.counters["files"] = static_cast<double>(recordings.files.size());
}

}  // namespace
}  // namespace purlscope::core

int main(int argc, char** argv) {
  using namespace purlscope::core;
  benchmark::Initialize(&argc, argv);
  std::vector<fs::path> places(argv + 1, argv + argc);
  if (places.empty()) places.push_back(fs::path(PURLSCOPE_SOURCE_DIR) / "resources" / "clips");
  for (const char* ending :
       {".skeleton", ".mat", ".json", ".txt", ".npz", ".npy", ".bvh", ".amc", ".c3d", ".csv", ".purlrec"}) {
    const Recordings recordings = with_ending(places, ending);
    if (recordings.files.empty()) continue;
    benchmark::RegisterBenchmark(("read" + std::string(ending)).c_str(), [recordings](benchmark::State& state) {
      read_all(state, recordings);
    })->Unit(benchmark::kMillisecond);
  }
  try {
    benchmark::RunSpecifiedBenchmarks();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "formats_bench: %s\n", error.what());
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
