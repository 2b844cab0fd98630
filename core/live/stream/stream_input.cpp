#include "core/live/stream/stream_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/error.h"

namespace purlscope::core {
namespace {

constexpr double kPacketBurst = 200.0;
constexpr double kFrameBurst = 50.0;

}  // namespace

bool RateLimit::allow(LiveTime now) {
  if (last_ != LiveTime()) left_ = std::min(burst_, left_ + per_second_ * seconds_between(last_, now));
  last_ = now;
  if (left_ < 1.0) return false;
  left_ -= 1.0;
  return true;
}

class StreamInput::Receiver final : public PacketReceiver {
 public:
  Receiver(Parser& parser, double jitter, LiveOutput& out)
      : parser_(parser), out_(out), frames_in_order_(live_seconds(jitter)) {}

  void on_packet(const Packet& packet) override {
    if (!is_owner(packet) || !packets_.allow(packet.received)) return out_.count_dropped();
    try {
      std::optional<ParsedFrame> frame = parser_.parse(packet.bytes);
      if (owner_ != packet.sender) take_over(packet.sender);
      owner_heard_ = packet.received;
      if (frame) take(std::move(*frame), packet.received);
    } catch (const std::exception& error) {
      out_.count_bad(error.what());
    }
  }

  void on_tick(LiveTime now) override {
    while (auto frame = frames_in_order_.take(now)) out_.publish(std::move(*frame));
  }

 private:
  /// True for the sender who is heard, or may be.
  bool is_owner(const Packet& packet) {
    if (owner_.empty() || owner_ == packet.sender) return true;
    if (seconds_between(owner_heard_, packet.received) > kOwnerSilence) {
      forget_owner();
      return true;
    }
    if (!std::exchange(told_of_second_, true)) {
      out_.set_error(fmt::format("a second sender, {}, is refused while {} sends; give it a port of its own",
                                 packet.sender, owner_));
    }
    return false;
  }

  void forget_owner() {
    owner_.clear();
    parser_.reset();
  }

  /// A new stream whose time goes on where the last one ended.
  void take_over(std::string_view sender) {
    const LiveTime now = LiveClock::now();
    while (auto frame = frames_in_order_.take(LiveTime::max() - std::chrono::hours(1))) publish(std::move(*frame));
    if (first_ != LiveTime()) base_ = seconds_between(first_, now);
    if (first_ == LiveTime()) first_ = now;
    clock_.reset();
    frames_in_order_.clear();
    owner_ = sender;
    told_of_second_ = false;
    out_.set_state(SourceState::waiting, fmt::format("receiving from {}", sender));
  }

  void publish(LiveFrame frame) { out_.publish(std::move(frame)); }

  void take(ParsedFrame parsed, LiveTime received) {
    if (!frames_.allow(received)) return out_.count_dropped();
    LiveFrame frame;
    frame.received = received;
    frame.layout = std::move(parsed.layout);
    frame.persons = std::move(parsed.persons);
    frame.reduced_accuracy = parsed.reduced_accuracy;
    if (!parsed.time) {  // in the order in which they come
      frame.taken = received;
      frame.time = seconds_between(first_, received);
      return publish(std::move(frame));
    }
    const ClockMap::Stamp stamp = clock_.map(*parsed.time, received);
    if (stamp.jumped) out_.set_error("the sender's clock jumped; its times go on from here");
    frame.taken = stamp.taken;
    frame.time = base_ + stamp.time;
    if (!frames_in_order_.add(std::move(frame))) out_.count_dropped();
    on_tick(LiveClock::now());
  }

  Parser& parser_;
  LiveOutput& out_;
  JitterBuffer frames_in_order_;
  ClockMap clock_;
  RateLimit packets_{kMostPackets, kPacketBurst};
  RateLimit frames_{kMostFrames, kFrameBurst};
  std::string owner_;
  LiveTime owner_heard_;
  bool told_of_second_ = false;
  LiveTime first_;     ///< when the first sender was first heard
  double base_ = 0.0;  ///< stream time at which the present sender began
};

StreamInput::StreamInput(std::unique_ptr<Transport> transport, std::unique_ptr<Parser> parser, double jitter)
    : transport_(std::move(transport)), parser_(std::move(parser)), jitter_(jitter) {}

void StreamInput::run(LiveOutput& out, std::stop_token stop) {
  Receiver receiver(*parser_, jitter_, out);
  transport_->run(receiver, out, stop);
}

}  // namespace purlscope::core
