#include "app/studio/document/autosave.h"

#include <fmt/format.h>

#include <QLockFile>
#include <QUuid>
#include <algorithm>

#include "app/studio/document/document_paths.h"
#include "core/base/atomic_file.h"
#include "core/base/error.h"

namespace purlscope::app {
namespace fs = std::filesystem;
namespace {

std::unique_ptr<QLockFile> lock_of(const fs::path& file) {
  auto lock = std::make_unique<QLockFile>(QString::fromStdString(file.string() + ".lock"));
  lock->setStaleLockTime(0);  // a lock is stale once its process is gone, however long that has run
  return lock;
}

fs::file_time_type changed(const fs::path& file) {
  std::error_code ignored;
  return fs::last_write_time(file, ignored);
}

}  // namespace

Autosave::Autosave(fs::path folder)
    : folder_(std::move(folder)),
      file_(folder_ /
            (QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString() + std::string(kDocumentSuffix))) {}

Autosave::~Autosave() { remove(); }

void Autosave::write(const std::string& text) {
  if (!lock_) {
    std::error_code failed;
    fs::create_directories(folder_, failed);
    auto lock = lock_of(file_);
    if (!lock->tryLock(0)) {
      throw Error(Code::io, fmt::format("{}: cannot be created; make the folder writable, or set XDG_STATE_HOME to one "
                                        "that is",
                                        file_.string()));
    }
    lock_ = std::move(lock);
  }
  core::AtomicFile out(file_);
  out.write(text.data(), text.size());
  out.commit();
}

void Autosave::remove() {
  std::error_code ignored;
  if (lock_) fs::remove(file_, ignored);
  lock_.reset();
}

std::vector<LeftAutosave> Autosave::left_behind(const fs::path& folder) {
  std::vector<LeftAutosave> left;
  std::error_code failed;
  for (fs::directory_iterator item(folder, failed), end; !failed && item != end; item.increment(failed)) {
    if (!is_session_file(item->path())) continue;
    std::shared_ptr<QLockFile> lock = lock_of(item->path());
    if (lock->tryLock(0)) left.push_back({item->path(), std::move(lock)});
  }
  std::ranges::sort(left, std::greater(), [](const LeftAutosave& a) { return changed(a.file); });
  return left;
}

void Autosave::forget(const LeftAutosave& left) {
  std::error_code ignored;
  fs::remove(left.file, ignored);
  left.lock->unlock();
}

}  // namespace purlscope::app
