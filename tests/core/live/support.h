#pragma once

#include <functional>
#include <thread>

#include "core/live/live_frame.h"

namespace purlscope::test {

/// Waits for a fact. @return whether it came true within the time
inline bool wait_until(const std::function<bool()>& fact, double longest = 10.0) {
  const core::LiveTime end = core::LiveClock::now() + core::live_seconds(longest);
  while (!fact()) {
    if (core::LiveClock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

/// A frame of layout ntu25 with one person "1"; joint j stands at (j, time, 2).
inline core::LiveFrame frame_at(double time) {
  core::LiveFrame frame;
  frame.time = time;
  frame.layout = core::joint_layout("ntu25");
  core::LivePerson person;
  person.id = "1";
  for (std::size_t j = 0; j < frame.layout->size(); ++j) {
    person.joints.push_back({static_cast<float>(j), static_cast<float>(time), 2.0F});
  }
  person.state.assign(frame.layout->size(), core::JointState::given);
  frame.persons.push_back(std::move(person));
  return frame;
}

}  // namespace purlscope::test
