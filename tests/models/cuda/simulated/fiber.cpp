#include "tests/models/cuda/simulated/fiber.h"

#include <cstdint>

namespace simulated {

#if defined(__x86_64__)

// Keeps what the calling convention promises to keep, and takes the other stack. rdi: where the pointer to this stack
// goes, rsi: the other stack.
asm(R"(
  .text
  .p2align 4
  .hidden purlscope_change_stack
  .globl purlscope_change_stack
  .type purlscope_change_stack, @function
purlscope_change_stack:
  pushq %rbp
  pushq %rbx
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  movq %rsp, (%rdi)
  movq %rsi, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  ret
  .size purlscope_change_stack, . - purlscope_change_stack
)");
extern "C" void purlscope_change_stack(void** from, void* to);

void begin_at(Fiber& fiber, void* stack, unsigned long bytes, void (*body)()) {
  constexpr std::uintptr_t kAligned = 16;
  constexpr int kKept = 6;
  // As after a call: sixteen bytes from the aligned top lies the return address, which is where it begins.
  char* const end = static_cast<char*>(stack) + bytes;
  char* const top = end - reinterpret_cast<std::uintptr_t>(end) % kAligned;
  void** slot = reinterpret_cast<void**>(top - kAligned);
  *slot = reinterpret_cast<void*>(body);
  for (int i = 0; i < kKept; ++i) *--slot = nullptr;
  fiber.stack_pointer = slot;
}

void change(Fiber& from, Fiber& to) { purlscope_change_stack(&from.stack_pointer, to.stack_pointer); }

#else

void begin_at(Fiber& fiber, void* stack, unsigned long bytes, void (*body)()) {
  getcontext(&fiber.context);
  fiber.context.uc_stack.ss_sp = stack;
  fiber.context.uc_stack.ss_size = bytes;
  makecontext(&fiber.context, body, 0);
}

void change(Fiber& from, Fiber& to) { swapcontext(&from.context, &to.context); }

#endif

}  // namespace simulated
