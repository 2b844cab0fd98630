#include "core/formats/numpy/npz_reader.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <array>

#include "core/base/progress.h"
#include "core/formats/parse/source.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kFreeExpansion = std::size_t{64} << 20;  // bytes
constexpr std::size_t kMaxExpansion = 100;                     // times the file's size
constexpr std::size_t kChunk = std::size_t{1} << 18;           // bytes
constexpr std::string_view kEnding = ".npy";

struct CloseMember {
  void operator()(zip_file_t* member) const { zip_fclose(member); }
};

}  // namespace

void NpzArchive::Close::operator()(zip* archive) const { zip_discard(archive); }

NpzArchive::NpzArchive(fs::path file, std::stop_token stop) : file_(std::move(file)), stop_(std::move(stop)) {
  std::error_code failure;
  const auto size = fs::file_size(file_, failure);
  if (failure) throw Error(Code::io, fmt::format("{}: {}", file_.string(), failure.message()));
  budget_ = std::min<std::size_t>(kMaxRecordingBytes,
                                  kFreeExpansion + std::min<std::size_t>(size, kMaxRecordingBytes) * kMaxExpansion);
  int code = 0;
  archive_.reset(zip_open(file_.c_str(), ZIP_RDONLY, &code));
  if (!archive_) {
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    const std::string reason = zip_error_strerror(&error);
    zip_error_fini(&error);
    throw format_error(file_, fmt::format("no readable npz (zip) archive: {}; get it again", reason));
  }
  const zip_int64_t count = zip_get_num_entries(archive_.get(), 0);
  for (zip_int64_t i = 0; i < count; ++i) {
    const char* const name = zip_get_name(archive_.get(), static_cast<zip_uint64_t>(i), 0);
    std::string text = name == nullptr ? "" : name;
    if (text.ends_with(kEnding)) text.resize(text.size() - kEnding.size());
    names_.push_back(std::move(text));
  }
}

bool NpzArchive::has(const std::string& name) const { return std::ranges::find(names_, name) != names_.end(); }

std::string NpzArchive::place(const std::string& name) const { return fmt::format("{}: {}", file_.string(), name); }

NpyArray NpzArchive::read(const std::string& name) {
  const auto found = std::ranges::find(names_, name);
  if (found == names_.end()) throw format_error(file_, fmt::format("no array {} in it", excerpt(name)));
  return parse_npy(place(name), expand(static_cast<std::size_t>(found - names_.begin()), place(name)));
}

std::string NpzArchive::expand(std::size_t index, const std::string& place) {
  zip_stat_t stat;
  if (zip_stat_index(archive_.get(), index, 0, &stat) != 0) {
    throw Error(Code::bad_format, fmt::format("{}: {}", place, zip_strerror(archive_.get())));
  }
  if ((stat.valid & ZIP_STAT_COMP_METHOD) != 0 && stat.comp_method != ZIP_CM_STORE &&
      stat.comp_method != ZIP_CM_DEFLATE) {
    throw Error(Code::unsupported,
                fmt::format("{}: zip compression method {}, known are stored and deflated", place, stat.comp_method));
  }
  const std::unique_ptr<zip_file_t, CloseMember> member(zip_fopen_index(archive_.get(), index, 0));
  if (!member) throw Error(Code::bad_format, fmt::format("{}: {}", place, zip_strerror(archive_.get())));
  std::string bytes;
  std::string chunk(kChunk, '\0');
  while (true) {
    throw_if_stopped(stop_);
    const zip_int64_t got = zip_fread(member.get(), chunk.data(), chunk.size());
    if (got < 0) {
      throw Error(Code::bad_format,
                  fmt::format("{}: damaged: {}; get the file again", place, zip_file_strerror(member.get())));
    }
    if (got == 0) return bytes;
    const auto count = static_cast<std::size_t>(got);
    if (count > budget_) {
      throw Error(Code::limit,
                  fmt::format("{}: expands beyond what a file of its size may (64 MiB + 100 times its size, "
                              "at most 1 GiB); save fewer frames or clips in a file",
                              place));
    }
    budget_ -= count;
    bytes.append(chunk, 0, count);
  }
}

}  // namespace purlscope::core
