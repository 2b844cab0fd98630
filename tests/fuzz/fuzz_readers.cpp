// Feeds one reader with the bytes that libFuzzer makes up:
//   fuzz_readers --format=bvh -max_total_time=3 CORPUS SEEDS
#include <fmt/format.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/formats/registry.h"
#include "tests/fuzz/separators.h"
#include "tests/support/clip_check.h"

namespace {

namespace fs = std::filesystem;
using namespace purlscope;

struct Place {
  core::ReadOptions options;
  fs::path folder;
  fs::path recording;  ///< what is read: a file, or the folder of a format that is one
  fs::path file;       ///< what the bytes are written to
  fs::path companion;
};

Place place;

[[noreturn]] void give_up(const std::string& why) {
  fmt::print(stderr, "{}\n", why);
  std::abort();
}

void write(const fs::path& file, std::string_view bytes) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  if (!out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()))) {
    give_up(file.string() + " cannot be written");
  }
}

/// Name under which a format's reader gets made-up bytes: its first pattern with a word for the star. For a format of
/// folders that of the one file within.
std::string fuzz_name(const core::FormatReader& reader) {
  std::string name = reader.folder ? "*_000000000000_keypoints.json" : reader.patterns.front();
  if (const auto star = name.find('*'); star != std::string::npos) name.replace(star, 1, "fuzz");
  return name;
}

Place make_place(const std::string& format) {
  for (const core::FormatReader& reader : core::formats()) {
    if (reader.id != format) continue;
    std::string pattern =
        (fs::exists("/dev/shm") ? "/dev/shm" : fs::temp_directory_path().string()) + "/purlscope-XXXXXX";
    if (mkdtemp(pattern.data()) == nullptr) give_up(pattern + " cannot be made");
    const fs::path folder = pattern;
    const std::string name = fuzz_name(reader);
    Place made{{}, folder, reader.folder ? folder : folder / name, folder / name, folder / "companion"};
    made.options.format = format;
    return made;
  }
  give_up("--format: no reader " + format);
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments) {
  constexpr std::string_view kFormat = "--format=";
  for (int i = 1; i < *count; ++i) {
    const std::string_view argument = (*arguments)[i];
    if (argument.starts_with(kFormat)) place = make_place(std::string(argument.substr(kFormat.size())));
  }
  if (place.file.empty()) give_up("usage: fuzz_readers --format=ID ...");
  std::atexit([] {
    std::error_code ignored;
    fs::remove_all(place.folder, ignored);
  });
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  place.options.companion.clear();
  if (const auto at = bytes.find(test::kPartEnd); at != std::string_view::npos) {
    write(place.companion, bytes.substr(0, at));
    place.options.companion = place.companion;
    bytes.remove_prefix(at + test::kPartEnd.size());
  }
  write(place.file, bytes);
  try {
    const core::ClipPtr clip = core::read_clip(place.recording, place.options);
    if (const std::string broken = test::inconsistency(*clip); !broken.empty()) give_up("inconsistent clip: " + broken);
  } catch (const Error& error) {
    if (error.code() == Code::internal) give_up(std::string("internal error: ") + error.what());
  }
  return 0;
}
