#pragma once

#include <ATen/Parallel.h>
#include <c10/util/Exception.h>

#include <algorithm>
#include <array>
#include <new>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/ascii.h"
#include "core/base/error.h"

namespace purlscope::models {

/// ATen's allocators have no exception type of their own on the processor; their messages tell.
inline bool is_out_of_memory(std::string_view message) {
  const std::string lower = core::lower_ascii(message);
  return std::ranges::any_of(
      std::array{"out of memory", "not enough memory", "can't allocate memory", "cannot allocate memory"},
      [&](const char* sign) { return lower.find(sign) != std::string::npos; });
}

inline Error out_of_memory(const char* what) {
  return Error(Code::limit, std::string(what) +
                                ": out of memory; use a shorter clip or fewer labels, or close other programs to free "
                                "memory");
}

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
    if (is_out_of_memory(error.what_without_backtrace())) throw out_of_memory(what);
    throw Error(Code::internal, std::string(what) + ": " + error.what_without_backtrace());
  } catch (const std::bad_alloc&) {
    throw out_of_memory(what);
  } catch (const std::exception& error) {
    throw Error(Code::internal, std::string(what) + ": " + error.what());
  }
}

}  // namespace purlscope::models
