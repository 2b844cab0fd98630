#include "core/engine/learned_windows.h"

namespace purlscope::core {

bool LearnedWindows::due(const LearnFrom& window) const {
  if (!window.wanted || window.once.empty()) return window.wanted;
  const std::lock_guard lock(mutex_);
  return !names_.contains(window.once);
}

void LearnedWindows::add(const LearnFrom& window) {
  if (window.once.empty()) return;
  const std::lock_guard lock(mutex_);
  names_.insert(window.once);
}

void LearnedWindows::release(const std::string& name) {
  const std::lock_guard lock(mutex_);
  names_.erase(name);
}

void LearnedWindows::keep() {
  const std::lock_guard lock(mutex_);
  kept_ = names_;
}

void LearnedWindows::forget() {
  const std::lock_guard lock(mutex_);
  names_ = kept_;
}

void LearnedWindows::clear() {
  const std::lock_guard lock(mutex_);
  names_.clear();
  kept_.clear();
}

}  // namespace purlscope::core
