#include "core/live/transport/folder_watch.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>

#include "core/base/error.h"
#include "core/live/persons/person_tracks.h"

namespace purlscope::core {
namespace fs = std::filesystem;
namespace {

constexpr double kUsualRate = 30.0;                         // frames a second
constexpr std::size_t kLargestFile = std::size_t{4} << 20;  // bytes
constexpr std::size_t kMostFiles = 1'000'000;
constexpr int kWait = 50;  // milliseconds

bool is_frame(const std::string& name) { return name.ends_with(".json") && !name.starts_with('.'); }

/// inotify on one folder.
class Watch {
 public:
  explicit Watch(const fs::path& folder) : folder_(folder) {
    if (!fs::is_directory(folder)) {
      throw Error(Code::not_found,
                  fmt::format("{}: no such folder; make it, or start its writer first", folder.string()));
    }
    descriptor_ = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    constexpr unsigned kEvents = IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
    if (descriptor_ < 0 || inotify_add_watch(descriptor_, folder.c_str(), kEvents) < 0) {
      const int reason = errno;
      if (descriptor_ >= 0) close(descriptor_);
      throw Error(Code::io, fmt::format("{}: cannot be watched: {}", folder.string(), std::strerror(reason)));
    }
  }
  ~Watch() { close(descriptor_); }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  /// Names of files that were completed, after waiting a moment for the first.
  /// @param lost  set when so many came that the system left some out
  /// @throws Error{Code::io} when the folder is gone
  std::vector<std::string> completed(bool& lost) {
    pollfd ready{descriptor_, POLLIN, 0};
    std::vector<std::string> names;
    if (poll(&ready, 1, kWait) <= 0) return names;
    alignas(inotify_event) std::array<char, 64 * 1024> buffer;
    const ssize_t count = read(descriptor_, buffer.data(), buffer.size());
    for (ssize_t at = 0; at < count;) {
      inotify_event event;
      std::memcpy(&event, buffer.data() + at, sizeof(event));
      const char* name = buffer.data() + at + sizeof(event);
      if ((event.mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED)) != 0) {
        throw Error(Code::io, fmt::format("{}: the folder is gone", folder_.string()));
      }
      lost = lost || (event.mask & IN_Q_OVERFLOW) != 0;
      if (event.len > 0 && is_frame(name)) names.emplace_back(name);
      at += static_cast<ssize_t>(sizeof(event) + event.len);
    }
    return names;
  }

 private:
  fs::path folder_;
  int descriptor_ = -1;
};

std::vector<std::string> files_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code failure;
  for (fs::directory_iterator entry(folder, failure); !failure && entry != fs::directory_iterator();
       entry.increment(failure)) {
    const std::string name = entry->path().filename().string();
    if (is_frame(name) && names.size() < kMostFiles) names.push_back(name);
  }
  std::ranges::sort(names);
  return names;
}

class FolderWatch final : public LiveInput {
 public:
  FolderWatch(fs::path folder, std::unique_ptr<Parser> parser, std::optional<double> fps)
      : folder_(std::move(folder)), parser_(std::move(parser)), fps_(fps) {}

  void run(LiveOutput& out, std::stop_token stop) override {
    Watch watch(folder_);  // before the listing, so that no file falls between
    const std::vector<std::string> present = files_in(folder_);
    out.set_state(SourceState::waiting, fmt::format("watching {}", folder_.string()));
    double time = 0.0;
    for (const std::string& name : present) {
      if (stop.stop_requested()) return;
      take(name, time, out);
      time += 1.0 / fps_.value_or(kUsualRate);
    }
    const LiveTime start = LiveClock::now();
    const double base = time;
    while (!stop.stop_requested()) {
      bool lost = false;
      for (const std::string& name : watch.completed(lost)) {
        if (std::ranges::binary_search(present, name)) continue;  // came while the folder was listed
        take(name, fps_ ? time : base + seconds_between(start, LiveClock::now()), out);
        if (fps_) time += 1.0 / *fps_;
      }
      if (lost) {
        out.count_dropped();
        out.set_error(fmt::format("{}: files come too fast, some were missed", folder_.string()));
      }
    }
  }

 private:
  void take(const std::string& name, double time, LiveOutput& out) {
    try {
      std::optional<ParsedFrame> parsed = parser_->parse(content(folder_ / name));
      if (!parsed) return;
      LiveFrame frame;
      frame.time = time;
      frame.layout = std::move(parsed->layout);
      frame.persons = std::move(parsed->persons);
      frame.reduced_accuracy = parsed->reduced_accuracy;
      tracks_.name(frame);
      out.publish(std::move(frame));
    } catch (const std::exception& error) {
      out.count_bad(fmt::format("{}: {}", (folder_ / name).string(), error.what()));
    }
  }

  static std::string content(const fs::path& file) {
    const std::uintmax_t size = fs::file_size(file);
    if (size > kLargestFile) throw Error(Code::limit, fmt::format("larger than {} bytes", kLargestFile));
    std::ifstream in(file, std::ios::binary);
    std::string bytes(size, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(size));
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    return bytes;
  }

  fs::path folder_;
  std::unique_ptr<Parser> parser_;
  std::optional<double> fps_;
  PersonTracks tracks_;
};

}  // namespace

std::unique_ptr<LiveInput> make_folder_watch(fs::path folder, std::unique_ptr<Parser> parser,
                                             std::optional<double> fps) {
  return std::make_unique<FolderWatch>(std::move(folder), std::move(parser), fps);
}

}  // namespace purlscope::core
