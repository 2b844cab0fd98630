#include "core/live/transport/replay.h"

#include <fmt/format.h>

#include "core/formats/registry.h"
#include "core/live/playback.h"

namespace purlscope::core {
namespace {

LiveFrame frame_of(const Clip& clip, std::size_t t) {
  LiveFrame frame;
  frame.layout = clip.layout;
  frame.time = clip.times[t] - clip.times.front();
  frame.reduced_accuracy = clip.layout->planar;
  const std::size_t joints = clip.joint_count();
  for (std::size_t p = 0; p < clip.persons.size(); ++p) {
    if (clip.absent(p, t)) continue;
    const Person& person = clip.persons[p];
    const auto begin = static_cast<std::ptrdiff_t>(t * joints);
    const auto end = begin + static_cast<std::ptrdiff_t>(joints);
    frame.persons.push_back({person.id,
                             {person.joints.begin() + begin, person.joints.begin() + end},
                             {person.state.begin() + begin, person.state.begin() + end},
                             {}});
  }
  return frame;
}

class Replay final : public LiveInput {
 public:
  Replay(std::filesystem::path file, double speed) : file_(std::move(file)), speed_(speed) {}

  void run(LiveOutput& out, std::stop_token stop) override {
    ReadOptions options;
    options.stop = stop;
    const ClipPtr clip = read_clip(file_, options);
    out.set_state(SourceState::waiting, fmt::format("replaying {} at speed {:g}", file_.string(), speed_));
    const LiveTime start = LiveClock::now();
    for (std::size_t t = 0; t < clip->frames; ++t) {
      LiveFrame frame = frame_of(*clip, t);
      frame.taken = start + live_seconds(frame.time / speed_);
      if (!sleep_until(frame.taken, stop)) return;
      out.publish(std::move(frame));
    }
    out.set_state(SourceState::ended, "end of " + file_.string());
  }

 private:
  std::filesystem::path file_;
  double speed_;
};

}  // namespace

std::unique_ptr<LiveInput> make_replay(const SourceUri& uri) {
  uri.require_options({"speed"});
  return std::make_unique<Replay>(uri.place, stated_speed(uri));
}

}  // namespace purlscope::core
