#include "core/live/camera/pose_helper.h"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cctype>
#include <condition_variable>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <span>

#include "core/base/error.h"
#include "core/base/paths.h"

namespace purlscope::core {
namespace {

constexpr int kLongestPoll = 50;                             // milliseconds; also how soon a stop request is seen
constexpr std::size_t kLongestLine = std::size_t{64} << 10;  // bytes; an answer has 4000
constexpr std::size_t kKeptErrors = 2000;                    // bytes of standard error, the last ones
constexpr std::size_t kQuotedErrors = 300;                   // bytes of them in a message
constexpr int kMostTries = 2;                                // of a picture at which the helper fails
constexpr std::array<char, 4> kMagic = {'P', 'S', 'F', '1'};

static_assert(std::endian::native == std::endian::little, "the protocol's numbers are written as they lie in memory");

/// What goes in front of a picture's bytes; tools/pose_sidecar.py reads it.
std::array<std::byte, 20> header_of(const Picture& picture, std::uint64_t number) {
  std::array<std::byte, 20> header{};
  const auto width = static_cast<std::uint32_t>(picture.width);
  const auto height = static_cast<std::uint32_t>(picture.height);
  std::memcpy(header.data(), kMagic.data(), 4);
  std::memcpy(header.data() + 4, &width, 4);
  std::memcpy(header.data() + 8, &height, 4);
  std::memcpy(header.data() + 12, &number, 8);
  return header;
}

void keep_last(std::string& text, std::size_t most) {
  if (text.size() > most) text.erase(0, text.size() - most);
}

/// The end of what it wrote to standard error, on one line.
std::string last_words(const std::string& errors) {
  std::string words = errors.substr(errors.size() - std::min(errors.size(), kQuotedErrors));
  while (!words.empty() && std::isspace(static_cast<unsigned char>(words.back())) != 0) words.pop_back();
  std::ranges::replace(words, '\n', ' ');
  return words.empty() ? words : ": " + words;
}

/// @return false when asked to stop
bool pause(double seconds, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  wake.wait_for(lock, stop, live_seconds(seconds), [] { return false; });
  return !stop.stop_requested();
}

}  // namespace

std::vector<std::filesystem::path> pose_helper_parts() {
  std::vector<std::filesystem::path> folders{user_data_dir() / "deps", PURLSCOPE_DEPS_DIR};
  const char* const parts = std::getenv("PURLSCOPE_DEPS");
  if (parts != nullptr && *parts != '\0') folders.insert(folders.begin(), parts);
  return folders;
}

std::vector<std::string> pose_helper_command() {
  const char* python = std::getenv("PURLSCOPE_PYTHON");
  const std::filesystem::path helper = engine_library().parent_path() / "pose_sidecar.py";
  std::vector<std::string> command = {python != nullptr && *python != '\0' ? python : "/usr/bin/python3", "-I", "-u",
                                      helper.string()};
  for (const std::filesystem::path& parts : pose_helper_parts()) {
    command.insert(command.end(), {"--parts", parts.string()});
  }
  return command;
}

/// One process, from its start to its end.
class PoseHelper::Life {
 public:
  explicit Life(PoseHelper& owner) : owner_(owner), child_(owner.options_.command) {}

  /// @return why it has to be started again; empty when all is done or a stop was asked for
  std::string run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      send();
      if (ready_ && sent_.empty() && owner_.again_.empty() && owner_.pictures_.finished()) return {};
      wait();
      if (std::string fault = receive(); !fault.empty()) return fault;
      if (std::string fault = overdue(); !fault.empty()) return fault;
    }
    return {};
  }

  /// Pictures without an answer.
  std::deque<Sent> unanswered() { return std::move(sent_); }
  bool answered() const { return answered_; }

 private:
  bool has_room() const { return ready_ && !writing_ && sent_.size() < kInFlight; }

  /// Sends pictures while there is room and the stream takes them.
  void send() {
    while (writing_ || begin_next()) {
      const std::span<const std::byte> pixels = std::as_bytes(std::span(sent_.back().picture.rgb));
      const std::size_t count = written_ < header_.size() ? child_.write(std::span(header_).subspan(written_))
                                                          : child_.write(pixels.subspan(written_ - header_.size()));
      written_ += count;
      if (written_ == header_.size() + pixels.size()) {
        writing_ = false;
      } else if (count == 0) {
        return;
      }
    }
  }

  bool begin_next() {
    std::optional<Sent> next = has_room() ? owner_.next() : std::nullopt;
    if (!next) return false;
    if (sent_.empty()) heard_ = LiveClock::now();
    header_ = header_of(next->picture, next->number);
    sent_.push_back(std::move(*next));
    written_ = 0;
    writing_ = true;
    return true;
  }

  void wait() {
    std::array<pollfd, 4> streams = {{{child_.output(), POLLIN, 0},
                                      {child_.errors(), POLLIN, 0},
                                      {writing_ ? child_.input() : -1, POLLOUT, 0},
                                      {has_room() ? owner_.pictures_.news() : -1, POLLIN, 0}}};
    poll(streams.data(), streams.size(), kLongestPoll);
  }

  std::string receive() {
    child_.read_errors(errors_);
    keep_last(errors_, kKeptErrors);
    const bool lives = child_.read_output(lines_);
    std::size_t begin = 0;
    for (std::size_t end = 0; (end = lines_.find('\n', begin)) != std::string::npos; begin = end + 1) {
      if (std::string fault = take(std::string_view(lines_).substr(begin, end - begin)); !fault.empty()) {
        return fault;
      }
    }
    lines_.erase(0, begin);
    if (lines_.size() > kLongestLine) {
      owner_.out_.count_bad("pose helper: a line without end");
      return "it talks nonsense";
    }
    if (lives) return {};
    for (std::size_t before = 0; before != errors_.size();) {
      before = errors_.size();
      child_.read_errors(errors_);
    }
    return child_.end() + last_words(errors_);
  }

  std::string take(std::string_view text) {
    PoseLine line;
    try {
      line = parse_pose_line(text);
    } catch (const Error& error) {
      owner_.out_.count_bad(error.what());
      return "it talks nonsense";
    }
    if (line.fatal) throw Error(Code::unsupported, line.error);
    if (line.ready) {
      ready_ = true;
      owner_.pictures_.open();
      return {};
    }
    if (!line.error.empty()) owner_.out_.count_bad("pose helper: " + line.error);
    if (!line.frame) return {};
    if (sent_.empty() || sent_.front().number != *line.frame || (writing_ && sent_.size() == 1)) {
      owner_.out_.count_bad(fmt::format("pose helper: an answer to picture {}, which it does not have", *line.frame));
      return "it talks nonsense";
    }
    const Sent done = std::move(sent_.front());
    sent_.pop_front();
    heard_ = LiveClock::now();
    answered_ = true;
    if (line.error.empty()) owner_.on_pose_(done.picture, line.pose);
    return {};
  }

  std::string overdue() const {
    const double silent = seconds_between(heard_, LiveClock::now());
    if (!ready_ && silent > owner_.options_.longest_start) {
      return fmt::format("not ready after {:.0f} s{}", silent, last_words(errors_));
    }
    if (!sent_.empty() && silent > owner_.options_.longest_answer) {
      return fmt::format("no answer for {:.1f} s{}", silent, last_words(errors_));
    }
    return {};
  }

  PoseHelper& owner_;
  ChildProcess child_;
  std::string lines_;
  std::string errors_;
  std::deque<Sent> sent_;  ///< the last may be half written
  std::array<std::byte, 20> header_{};
  std::size_t written_ = 0;  ///< bytes of the last one, its header included
  bool writing_ = false;
  bool ready_ = false;
  bool answered_ = false;
  LiveTime heard_ = LiveClock::now();  ///< start, last answer, or when it got something to do
};

PoseHelper::PoseHelper(PoseHelperOptions options, PictureQueue& pictures, LiveOutput& out, OnPose on_pose)
    : options_(std::move(options)), pictures_(pictures), out_(out), on_pose_(std::move(on_pose)) {
  if (options_.command.empty()) options_.command = pose_helper_command();
}

std::optional<PoseHelper::Sent> PoseHelper::next() {
  std::optional<Sent> sent;
  if (!again_.empty()) {
    sent = std::move(again_.front());
    again_.pop_front();
  } else if (std::optional<Picture> picture = pictures_.take()) {
    sent.emplace();
    sent->picture = std::move(*picture);
    sent->number = ++numbers_;
  }
  return sent;
}

void PoseHelper::take_back(std::deque<Sent> unanswered) {
  for (auto sent = unanswered.rbegin(); sent != unanswered.rend(); ++sent) {
    const bool at_fault = &*sent == &unanswered.front() && sent->tries++ >= kMostTries;
    if (options_.keep_all && !at_fault) {
      again_.push_front(std::move(*sent));
    } else {
      out_.count_dropped();
    }
  }
}

void PoseHelper::run(const std::stop_token& stop) {
  double rest = options_.shortest_pause;
  int faults = 0;
  while (!stop.stop_requested()) {
    std::string fault;
    {
      Life life(*this);
      fault = life.run(stop);
      if (fault.empty()) return;
      if (life.answered()) {
        faults = 0;
        rest = options_.shortest_pause;
      }
      take_back(life.unanswered());
    }
    const std::string text = "the pose helper failed (" + fault + ")";
    if (++faults >= options_.most_faults) {
      throw Error(Code::io, fmt::format("{} {} times in a row; its part may be damaged: remove the folder camera-* of "
                                        "the private parts and run ./run.sh --with-camera",
                                        text, faults));
    }
    out_.set_error(text);
    out_.set_state(SourceState::connecting, fmt::format("{}; starting it again in {:.2g} s", text, rest));
    if (!pause(rest, stop)) return;
    rest = std::min(2.0 * rest, options_.longest_pause);
    out_.count_reconnect();
  }
}

}  // namespace purlscope::core
