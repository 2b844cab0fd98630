#include "app/studio/refinement/arrival_record.h"

#include <algorithm>

#include "app/studio/session/motion_energy.h"
#include "core/engine/refined.h"

namespace purlscope::app {
namespace {

/// Index in the clip's persons, negative when it is not known.
int performer(const core::Window& window) {
  if (window.persons.empty()) return -1;
  const auto& persons = window.clip->persons;
  const auto found = std::ranges::find(persons, window.persons.front().id, &core::Person::id);
  return found == persons.end() ? -1 : static_cast<int>(found - persons.begin());
}

Arrival arrival_of(const core::Window& window, std::uint64_t number) {
  Arrival made;
  made.begin = window.begin;
  made.end = window.end;
  made.number = number;
  if (!window.clip) return made;
  const core::Clip& clip = *window.clip;
  made.clip = clip.name;
  made.path = clip.path;
  made.whole = window.begin <= 0.0 && window.end >= clip.duration();
  made.energy =
      stretch_energy(motion_energy(clip, performer(window)), clip.duration(), window.begin,
                     (window.end - window.begin) / ArrivalRecord::kEnergyPoints, ArrivalRecord::kEnergyPoints);
  return made;
}

}  // namespace

void ArrivalRecord::add(const core::Recognition& recognition) {
  arrivals_.push_back(arrival_of(recognition.window, number_++));
  if (arrivals_.size() > kMost) arrivals_.pop_front();
  const auto truth = core::true_label(recognition);
  if (!truth) return;
  ++known_;
  if (core::best_without_refinement(recognition) == *truth) ++plain_right_;
  if (recognition.ranking().front() == *truth) ++refined_right_;
  const auto share = [&](std::size_t right) { return static_cast<double>(right) / static_cast<double>(known_); };
  curve_.push_back({share(plain_right_), share(refined_right_)});
  if (curve_.size() > kCurve) curve_.pop_front();
}

void ArrivalRecord::clear() {
  clear_score();
  arrivals_.clear();
  number_ = 0;
}

void ArrivalRecord::clear_score() {
  curve_.clear();
  known_ = plain_right_ = refined_right_ = 0;
}

const Arrival* ArrivalRecord::find(const core::BankEntry& entry) const {
  const Arrival* found = nullptr;
  for (const Arrival& arrival : arrivals_) {
    if (arrival.clip != entry.clip || arrival.begin != entry.begin || arrival.end != entry.end) continue;
    if (arrival.number == entry.number) return &arrival;
    found = &arrival;
  }
  return found;
}

}  // namespace purlscope::app
