#pragma once

#include <pthread.h>

#include <atomic>
#include <csignal>
#include <stop_token>
#include <thread>

namespace purlscope::app::cli {

/// Turns SIGINT and SIGTERM into a stop request for as long as it lives; the second signal ends the process at once.
/// Must be made before other threads are started, because they inherit the blocked signals.
class InterruptWatch {
 public:
  InterruptWatch();
  ~InterruptWatch();
  InterruptWatch(const InterruptWatch&) = delete;
  InterruptWatch& operator=(const InterruptWatch&) = delete;

  std::stop_token token() const { return stop_.get_token(); }

 private:
  void wait_for_signals();

  sigset_t signals_{};
  sigset_t previous_{};
  std::stop_source stop_;
  std::atomic<bool> closing_ = false;
  std::thread thread_;
};

}  // namespace purlscope::app::cli
