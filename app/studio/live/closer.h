#pragma once

#include <chrono>
#include <future>
#include <utility>
#include <vector>

namespace purlscope::app {

/// Does what may take a moment, closing a device or a file, on threads of its own. Thread: one at a time.
class Closer {
 public:
  /// Waits for what is still under way.
  ~Closer() = default;  // as the futures of std::async do

  /// True when nothing is under way: what was closed can be opened again.
  bool idle() {
    std::erase_if(under_way_,
                  [](const auto& f) { return f.wait_for(std::chrono::seconds(0)) == std::future_status::ready; });
    return under_way_.empty();
  }

  template <typename Work>
  void run(Work work) {
    idle();
    under_way_.push_back(std::async(std::launch::async, std::move(work)));
  }

 private:
  std::vector<std::future<void>> under_way_;
};

}  // namespace purlscope::app
