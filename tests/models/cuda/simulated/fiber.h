#pragma once

#include <ucontext.h>

namespace simulated {

/// A stack that execution can leave and come back to. Switching costs no call of the system on x86-64, where a test
/// does it millions of times; elsewhere it goes by swapcontext().
struct Fiber {
#if defined(__x86_64__)
  void* stack_pointer = nullptr;
#else
  ucontext_t context{};
#endif
};

/// Prepares a fiber that begins with `body`, which never returns.
void begin_at(Fiber& fiber, void* stack, unsigned long bytes, void (*body)());
/// Leaves the one that runs, goes on with the other.
void change(Fiber& from, Fiber& to);

}  // namespace simulated
