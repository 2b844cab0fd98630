#pragma once

#include <ATen/Parallel.h>
#include <c10/util/Exception.h>

#include <new>
#include <string>
#include <utility>

#include "core/base/error.h"

namespace purlscope::models {

/// Runs one call across the engine's border: prepares the calling thread for tensors and turns LibTorch's exceptions
/// into the product's own, so that no other type leaves the library.
template <typename Call>
auto guarded(const char* what, Call&& call) {
  try {
    at::init_num_threads();
    return std::forward<Call>(call)();
  } catch (const Error&) {
    throw;
  } catch (const c10::Error& error) {
    throw Error(Code::internal, std::string(what) + ": " + error.what_without_backtrace());
  } catch (const std::bad_alloc&) {
    throw Error(Code::limit, std::string(what) + ": out of memory; use fewer labels or a shorter clip");
  } catch (const std::exception& error) {
    throw Error(Code::internal, std::string(what) + ": " + error.what());
  }
}

}  // namespace purlscope::models
