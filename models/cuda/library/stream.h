#pragma once

#include <cuda_runtime.h>

#include <functional>
#include <utility>

#include "models/cuda/library/check.h"

namespace purlscope::models::cuda {

/// A queue of work, and an event to wait for its end: the waiting thread sleeps, it does not spin.
class Stream {
 public:
  Stream() {
    check(cudaStreamCreateWithFlags(&stream_, cudaStreamNonBlocking), "making a stream");
    check(cudaEventCreateWithFlags(&done_, cudaEventBlockingSync | cudaEventDisableTiming), "making an event");
  }
  ~Stream() {
    if (done_ != nullptr) cudaEventDestroy(done_);
    if (stream_ != nullptr) cudaStreamDestroy(stream_);
  }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  cudaStream_t get() const { return stream_; }
  void wait() {
    check(cudaEventRecord(done_, stream_), "marking the end of the work");
    check(cudaEventSynchronize(done_), "waiting for the GPU");
  }

 private:
  cudaStream_t stream_ = nullptr;
  cudaEvent_t done_ = nullptr;
};

/// Work recorded once and launched many times with the same shapes and addresses.
class Graph {
 public:
  /// @param work  queues on the stream, takes no memory
  Graph(Stream& stream, const std::function<void()>& work) {
    // Other threads of the process may use CUDA meanwhile.
    check(cudaStreamBeginCapture(stream.get(), cudaStreamCaptureModeThreadLocal), "beginning a graph");
    cudaGraph_t graph = nullptr;
    try {
      work();
    } catch (...) {
      if (cudaStreamEndCapture(stream.get(), &graph) == cudaSuccess && graph != nullptr) cudaGraphDestroy(graph);
      cudaGetLastError();
      throw;
    }
    check(cudaStreamEndCapture(stream.get(), &graph), "ending a graph");
    const cudaError_t made = cudaGraphInstantiate(&executable_, graph, 0);
    cudaGraphDestroy(graph);
    check(made, "making a graph");
  }
  ~Graph() {
    if (executable_ != nullptr) cudaGraphExecDestroy(executable_);
  }
  Graph(Graph&& other) noexcept : executable_(std::exchange(other.executable_, nullptr)) {}
  Graph& operator=(Graph&& other) noexcept {
    std::swap(executable_, other.executable_);
    return *this;
  }

  void launch(Stream& stream) const { check(cudaGraphLaunch(executable_, stream.get()), "launching a graph"); }

 private:
  cudaGraphExec_t executable_ = nullptr;
};

}  // namespace purlscope::models::cuda
