#include <cuda_runtime.h>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <vector>

#include "tests/models/cuda/simulated/fiber.h"
#include "tests/models/cuda/simulated/library.h"

dim3 threadIdx, blockIdx, blockDim;

namespace {

constexpr std::size_t kStack = 128UL << 10U;

/// The threads of one block. They stay from block to block.
class Block {
 public:
  void run(unsigned threads, const std::function<void()>& body) {
    body_ = &body;
    while (threads_.size() < threads) threads_.push_back(std::make_unique<Thread>());
    for (unsigned i = 0; i < threads; ++i) threads_[i]->ended = false;
    // Every second block goes backwards: what lacks a barrier has another result then.
    const bool backwards = (++blocks_ % 2) == 0;
    for (unsigned ended = 0; ended < threads;) {
      ended = 0;
      for (unsigned i = 0; i < threads; ++i) resume(backwards ? threads - 1 - i : i);
      for (unsigned i = 0; i < threads; ++i) ended += threads_[i]->ended ? 1 : 0;
      if (ended > 0 && ended < threads) {
        std::fputs("simulated GPU: some threads of a block wait at a barrier that others never reach\n", stderr);
        std::abort();
      }
    }
  }

  /// Of the running thread; the others go on first.
  void wait() { simulated::change(threads_[current_]->fiber, scheduler_); }

 private:
  struct Thread {
    simulated::Fiber fiber;
    std::vector<char> stack = std::vector<char>(kStack);
    bool ended = false;

    Thread() { simulated::begin_at(fiber, stack.data(), stack.size(), &Block::live); }
  };

  void resume(unsigned thread) {
    current_ = thread;
    threadIdx = dim3(thread, 0, 0);
    simulated::change(scheduler_, threads_[thread]->fiber);
  }
  /// What a thread does all its life.
  static void live();

  const std::function<void()>* body_ = nullptr;
  std::vector<std::unique_ptr<Thread>> threads_;
  simulated::Fiber scheduler_;
  unsigned current_ = 0;
  unsigned blocks_ = 0;
};

Block block;

void Block::live() {
  for (;;) {
    (*block.body_)();
    block.threads_[block.current_]->ended = true;
    block.wait();
  }
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
