#include "core/formats/dataset/index/index_cache.h"

#include <fmt/format.h>

#include <cstring>
#include <fstream>
#include <string_view>
#include <type_traits>

#include "core/base/atomic_file.h"
#include "core/base/hash.h"
#include "core/base/log.h"
#include "core/base/paths.h"
#include "core/formats/dataset/index/folder_walk.h"
#include "core/formats/registry.h"

// Layout of the file: the header's strings, the number of records, the records, FNV-1a over all before it. Numbers in
// the byte order of the machine, which the checksum of another order would not match; strings with their length first.
namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kMagic = "purlscope index 1";
constexpr std::size_t kMaxBytes = std::size_t{1} << 30;
/// A record without its strings: two lengths, two numbers, two flags.
constexpr std::size_t kLeastRecord = 2 * sizeof(std::uint32_t) + 2 * sizeof(std::uint64_t) + 2;

/// The folder by its one true name; as given where it cannot be looked up.
std::string true_name(const fs::path& folder) {
  std::error_code failure;
  const fs::path name = fs::canonical(folder, failure);
  return (failure ? folder : name).string();
}

/// Another program version may recognise other files: its cache does not hold.
std::string reader_list() {
  std::string list(version());
  for (const FormatReader& reader : formats()) list += "," + reader.id;
  return list;
}

class Writer {
 public:
  template <typename T>
  void number(T value) {
    static_assert(std::is_arithmetic_v<T>);
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof(T));
  }
  void text(std::string_view value) {
    number(static_cast<std::uint32_t>(value.size()));
    bytes_ += value;
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

/// Gives zeros and empty strings beyond the end; `good()` tells.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  template <typename T>
  T number() {
    static_assert(std::is_arithmetic_v<T>);
    T value{};
    if (!take(sizeof(T))) return value;
    std::memcpy(&value, taken_.data(), sizeof(T));
    return value;
  }
  std::string text() {
    const auto size = number<std::uint32_t>();
    return take(size) ? std::string(taken_) : std::string();
  }
  bool good() const { return good_; }
  std::size_t remaining() const { return rest_.size(); }

 private:
  bool take(std::size_t size) {
    if (size > rest_.size()) good_ = false;
    if (!good_) return false;
    taken_ = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return true;
  }

  std::string_view rest_, taken_;
  bool good_ = true;
};

void put_facts(Writer& out, const ClipFacts& facts) {
  out.number(facts.frames);
  out.number(facts.seen);
  out.number(facts.warnings);
  out.number(facts.seconds);
  out.number(facts.content);
  out.text(facts.layout);
  out.text(facts.label);
  out.text(facts.error);
}

ClipFacts take_facts(Reader& in) {
  ClipFacts facts;
  facts.frames = in.number<std::uint32_t>();
  facts.seen = in.number<std::uint32_t>();
  facts.warnings = in.number<std::uint32_t>();
  facts.seconds = in.number<double>();
  facts.content = in.number<std::uint64_t>();
  facts.layout = in.text();
  facts.label = in.text();
  facts.error = in.text();
  return facts;
}

void put_file(Writer& out, const std::string& name, std::uint64_t bytes, std::int64_t modified, bool recording,
              const std::string& format, const std::optional<ClipFacts>& facts) {
  out.text(name);
  out.number(bytes);
  out.number(modified);
  out.number(static_cast<std::uint8_t>(recording ? 1 : 0));
  out.text(format);
  out.number(static_cast<std::uint8_t>(facts ? 1 : 0));
  if (facts) put_facts(out, *facts);
}

std::optional<std::string> whole_file(const fs::path& file) {
  std::error_code failure;
  const auto size = fs::file_size(file, failure);
  if (failure || size > kMaxBytes) return std::nullopt;
  std::string bytes(size, '\0');
  std::ifstream in(file, std::ios::binary);
  if (!in || !in.read(bytes.data(), static_cast<std::streamsize>(size))) return std::nullopt;
  return bytes;
}

std::optional<CachedFiles> take_files(Reader& in) {
  const auto count = in.number<std::uint64_t>();
  if (count > in.remaining() / kLeastRecord) return std::nullopt;
  CachedFiles files;
  files.reserve(count);
  for (std::uint64_t i = 0; i < count && in.good(); ++i) {
    std::string name = in.text();
    CachedFile file;
    file.bytes = in.number<std::uint64_t>();
    file.modified = in.number<std::int64_t>();
    file.recording = in.number<std::uint8_t>() != 0;
    file.format = in.text();
    if (in.number<std::uint8_t>() != 0) file.facts = take_facts(in);
    files.emplace(std::move(name), std::move(file));
  }
  if (!in.good() || in.remaining() != 0) return std::nullopt;
  return files;
}

}  // namespace

fs::path index_cache_file(const fs::path& cache, const fs::path& folder) {
  return cache / fmt::format("{:016x}.index", fnv1a(true_name(folder)));
}

std::optional<CachedFiles> read_index_cache(const fs::path& cache, const fs::path& folder) {
  if (cache.empty()) return std::nullopt;
  const auto bytes = whole_file(index_cache_file(cache, folder));
  if (!bytes || bytes->size() < sizeof(std::uint64_t)) return std::nullopt;
  const std::string_view body = std::string_view(*bytes).substr(0, bytes->size() - sizeof(std::uint64_t));
  if (Reader(std::string_view(*bytes).substr(body.size())).number<std::uint64_t>() != fnv1a(body)) {
    log(LogLevel::info, fmt::format("index cache of {} is damaged; the folder is listed afresh", folder.string()));
    return std::nullopt;
  }
  Reader in(body);
  if (in.text() != kMagic || in.text() != reader_list() || in.text() != true_name(folder)) return std::nullopt;
  return take_files(in);
}

void write_index_cache(const fs::path& cache, const fs::path& folder, std::span<const DatasetEntry> entries,
                       const CachedFiles& rest) {
  if (cache.empty()) return;
  Writer out;
  out.text(kMagic);
  out.text(reader_list());
  out.text(true_name(folder));
  out.number(static_cast<std::uint64_t>(entries.size() + rest.size()));
  for (const DatasetEntry& entry : entries) {
    put_file(out, below(folder, entry.file), entry.bytes, entry.modified, true, entry.format, entry.facts);
  }
  for (const auto& [name, file] : rest) {
    put_file(out, name, file.bytes, file.modified, file.recording, file.format, file.facts);
  }
  const std::uint64_t checksum = fnv1a(out.bytes());
  try {
    fs::create_directories(cache);
    AtomicFile file(index_cache_file(cache, folder));
    file.write(out.bytes().data(), out.bytes().size());
    file.write(&checksum, sizeof(checksum));
    file.commit();
  } catch (const std::exception& error) {
    log(LogLevel::warning, fmt::format("the index of {} is not kept: {}", folder.string(), error.what()));
  }
}

}  // namespace purlscope::core
