#include "core/base/atomic_file.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

#include "core/base/error.h"

namespace purlscope::core {
namespace {

Error io_error(const std::filesystem::path& target, const char* what, int reason) {
  return {Code::io, fmt::format("{}: {}: {}", target.string(), what, std::system_category().message(reason))};
}

/// Permissions that a newly created file would get; mkstemp's own are for the owner alone.
mode_t default_permissions() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

}  // namespace

AtomicFile::AtomicFile(std::filesystem::path target) : target_(std::move(target)) {
  std::string pattern = target_.string() + ".part-XXXXXX";
  descriptor_ = ::mkstemp(pattern.data());
  if (descriptor_ < 0) throw io_error(target_, "cannot create a file in its folder", errno);
  temporary_ = std::move(pattern);
}

AtomicFile::~AtomicFile() {
  ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void AtomicFile::write(const void* data, std::size_t size) {
  const auto* position = static_cast<const char*>(data);
  while (size > 0) {
    const ssize_t written = ::write(descriptor_, position, size);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw io_error(target_, "cannot write", errno);
    position += written;
    size -= static_cast<std::size_t>(written);
  }
}

void AtomicFile::commit() {
  if (::fchmod(descriptor_, default_permissions()) != 0 || ::fsync(descriptor_) != 0) {
    throw io_error(target_, "cannot finish the file", errno);
  }
  if (::rename(temporary_.c_str(), target_.c_str()) != 0) {
    throw io_error(target_, "cannot put the finished file in place", errno);
  }
  temporary_.clear();
}

}  // namespace purlscope::core
