#pragma once

#include <cuda_runtime.h>

#include <exception>
#include <new>
#include <string>
#include <utility>

#include "models/cuda/interface.h"

namespace purlscope::models::cuda {

/// A call of CUDA that failed. Never leaves the library.
struct Failure {
  Status status;
};

/// What a failed call says. @param what that was tried, a clause
Status status_of(cudaError_t code, const char* what);

/// Every call of CUDA goes through here. @throws Failure
inline void check(cudaError_t code, const char* what) {
  if (code == cudaSuccess) return;
  cudaGetLastError();  // so that a failure that passes does not stick to the next call
  throw Failure{status_of(code, what)};
}

[[noreturn]] inline void refuse(Outcome outcome, std::string text) { throw Failure{{outcome, std::move(text)}}; }

/// Runs what may fail. Exceptions of the standard library end here too.
template <typename Call>
Status guarded(Call&& call) {
  try {
    std::forward<Call>(call)();
    return {};
  } catch (const Failure& failure) {
    return failure.status;
  } catch (const std::bad_alloc&) {
    return {Outcome::full, "the memory of the processor is full"};
  } catch (const std::exception& error) {
    return {Outcome::unusable, error.what()};
  }
}

}  // namespace purlscope::models::cuda
