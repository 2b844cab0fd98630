#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <utility>

namespace purlscope::core {

/// Hands the newest value from one thread to another without a lock (triple buffer: writer and reader own a slot each,
/// the third waits). Older values that were never taken are overwritten.
/// Thread: one writer and one reader at a time.
template <typename T>
class Mailbox {
 public:
  /// Writer.
  void put(T value) {
    slots_[write_] = std::move(value);
    write_ = waiting_.exchange(write_ | kFresh, std::memory_order_acq_rel) & kSlot;
  }

  /// Reader. @return true when a newer value came since the last call; `value` then holds it
  bool take(T& value) {
    if ((waiting_.load(std::memory_order_relaxed) & kFresh) == 0) return false;
    read_ = waiting_.exchange(read_, std::memory_order_acq_rel) & kSlot;
    value = slots_[read_];
    return true;
  }

 private:
  static constexpr std::uint8_t kSlot = 3;
  static constexpr std::uint8_t kFresh = 4;  ///< the waiting slot holds a value that was not taken

  std::array<T, 3> slots_{};
  std::uint8_t write_ = 0;
  std::atomic<std::uint8_t> waiting_ = 1;
  std::uint8_t read_ = 2;
};

}  // namespace purlscope::core
