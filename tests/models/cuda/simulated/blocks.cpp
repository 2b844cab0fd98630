#include <cuda_runtime.h>
#include <ucontext.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <vector>

#include "tests/models/cuda/simulated/library.h"

dim3 threadIdx, blockIdx, blockDim;

namespace {

constexpr std::size_t kStack = 128UL << 10U;

/// The threads of one block.
class Block {
 public:
  void run(unsigned threads, const std::function<void()>& body) {
    body_ = &body;
    fibers_.resize(std::max<std::size_t>(fibers_.size(), threads));
    for (unsigned i = 0; i < threads; ++i) prepare(fibers_[i]);
    // Every second block goes backwards: what lacks a barrier has another result then.
    const bool backwards = (++blocks_ % 2) == 0;
    for (std::size_t ended = 0; ended < threads;) {
      ended = 0;
      for (unsigned i = 0; i < threads; ++i) {
        resume(backwards ? threads - 1 - i : i);
      }
      for (unsigned i = 0; i < threads; ++i) ended += fibers_[i].ended ? 1 : 0;
      if (ended > 0 && ended < threads) {
        std::fputs("simulated GPU: some threads of a block wait at a barrier that others never reach\n", stderr);
        std::abort();
      }
    }
  }

  void wait() { swapcontext(&fibers_[current_].context, &scheduler_); }

 private:
  struct Fiber {
    ucontext_t context{};
    std::vector<char> stack = std::vector<char>(kStack);
    bool ended = false;
  };

  void prepare(Fiber& fiber) {
    fiber.ended = false;
    getcontext(&fiber.context);
    fiber.context.uc_stack.ss_sp = fiber.stack.data();
    fiber.context.uc_stack.ss_size = fiber.stack.size();
    fiber.context.uc_link = &scheduler_;
    makecontext(&fiber.context, &Block::enter, 0);
  }
  void resume(unsigned thread) {
    current_ = thread;
    threadIdx = dim3(thread, 0, 0);
    swapcontext(&scheduler_, &fibers_[thread].context);
  }
  static void enter();

  const std::function<void()>* body_ = nullptr;
  std::vector<Fiber> fibers_;
  ucontext_t scheduler_{};
  unsigned current_ = 0;
  unsigned blocks_ = 0;
};

Block block;

void Block::enter() {
  (*block.body_)();
  block.fibers_[block.current_].ended = true;
}

}  // namespace

void __syncthreads() { block.wait(); }  // NOLINT(bugprone-reserved-identifier)

void simulated::run_grid(dim3 blocks, dim3 threads, const std::function<void()>& thread) {
  ++simulation().kernels;
  blockDim = threads;
  for (unsigned z = 0; z < blocks.z; ++z) {
    for (unsigned y = 0; y < blocks.y; ++y) {
      for (unsigned x = 0; x < blocks.x; ++x) {
        blockIdx = dim3(x, y, z);
        block.run(threads.x, thread);
      }
    }
  }
}
