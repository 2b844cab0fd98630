#include "models/cuda/library/check.h"

#include <sstream>

namespace purlscope::models::cuda {

Status status_of(cudaError_t code, const char* what) {
  std::ostringstream text;
  text << what << ": " << cudaGetErrorString(code) << " (" << cudaGetErrorName(code) << ")";
  return {code == cudaErrorMemoryAllocation ? Outcome::full : Outcome::unusable, text.str()};
}

}  // namespace purlscope::models::cuda
