#include "models/text/feature_cache.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>

#include "core/base/log.h"
#include "models/text/fingerprint.h"

namespace purlscope::models {
namespace {

constexpr std::uint64_t kMagic = 0x31545845544C5550ULL;  // "PULTEXT1": the layout of a record
constexpr std::uintmax_t kMaxFileBytes = 64ULL << 20;    // some 40,000 texts

/// Stands before the text and the features of one record.
struct RecordHead {
  std::uint64_t magic = kMagic;
  std::uint64_t checksum = 0;
  std::uint32_t text_bytes = 0;
  std::uint32_t values = 0;
};

std::uint64_t checksum(std::string_view text_and_features) {
  Fingerprint fingerprint;
  fingerprint.add(std::as_bytes(std::span(text_and_features)));
  return fingerprint.value();
}

void append_record(std::string& records, const std::string& text, std::span<const float> features) {
  std::string body = text;
  body.append(reinterpret_cast<const char*>(features.data()), features.size_bytes());
  const RecordHead head{kMagic, checksum(body), static_cast<std::uint32_t>(text.size()),
                        static_cast<std::uint32_t>(features.size())};
  records.append(reinterpret_cast<const char*>(&head), sizeof(head));
  records += body;
}

/// Takes one record off the front; false when it is damaged or cut off.
bool take_record(std::string_view& rest, std::size_t dim, std::string& text, std::vector<float>& features) {
  RecordHead head;
  if (rest.size() < sizeof(head)) return false;
  std::memcpy(&head, rest.data(), sizeof(head));
  rest.remove_prefix(sizeof(head));
  const std::size_t bytes = head.text_bytes + dim * sizeof(float);
  if (head.magic != kMagic || head.values != dim || rest.size() < bytes) return false;
  const std::string_view body = rest.substr(0, bytes);
  if (checksum(body) != head.checksum) return false;
  text = body.substr(0, head.text_bytes);
  features.resize(dim);
  std::memcpy(features.data(), body.data() + head.text_bytes, dim * sizeof(float));
  rest.remove_prefix(bytes);
  return true;
}

}  // namespace

FeatureCache::FeatureCache(std::filesystem::path file, std::size_t dim) : file_(std::move(file)), dim_(dim) {
  if (!file_.empty()) read_file();
}

const std::vector<float>* FeatureCache::find(const std::string& text) const {
  const auto found = known_.find(text);
  return found == known_.end() ? nullptr : &found->second;
}

void FeatureCache::add(std::span<const std::string> texts, std::span<const float> features) {
  std::string records;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::span<const float> row = features.subspan(i * dim_, dim_);
    if (!known_.try_emplace(texts[i], row.begin(), row.end()).second) continue;
    append_record(records, texts[i], row);
  }
  if (!file_.empty() && !records.empty()) append(records);
}

void FeatureCache::read_file() {
  std::ifstream in(file_, std::ios::binary);
  if (!in) return;
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  std::string_view rest = bytes;
  std::string text;
  std::vector<float> features;
  while (!rest.empty()) {
    if (!take_record(rest, dim_, text, features)) {
      core::log(core::LogLevel::info,
                fmt::format("{}: damaged cache of text features; it is made anew", file_.string()));
      std::error_code ignored;
      std::filesystem::remove(file_, ignored);
      return;
    }
    known_.insert_or_assign(text, features);
  }
}

void FeatureCache::append(const std::string& records) {
  std::error_code missing;
  const std::uintmax_t size = std::filesystem::file_size(file_, missing);
  if (!missing && size + records.size() > kMaxFileBytes) return;
  std::filesystem::create_directories(file_.parent_path(), missing);
  const int descriptor = ::open(file_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
  // One call: records of another program then never lie inside ours.
  const ssize_t written = descriptor < 0 ? -1 : ::write(descriptor, records.data(), records.size());
  const int reason = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (written == static_cast<ssize_t>(records.size())) return;
  core::log(core::LogLevel::warning,
            fmt::format("{}: text features are not kept for the next start: {}", file_.string(),
                        written < 0 ? std::system_category().message(reason) : "the disk is full"));
  file_.clear();
}

}  // namespace purlscope::models
