#include "models/evaluation/method.h"

#include "core/base/error.h"

namespace purlscope::models {

at::Tensor ZeroShotMethod::published_scores(std::span<const core::ClipPtr> /*clips*/,
                                            std::span<const core::Label> /*candidates*/,
                                            std::span<const std::int64_t> /*truth*/, std::stop_token /*stop*/) {
  throw Error(Code::bad_argument, "this method never asks with a true label: it knows protocol leak-free alone");
}

}  // namespace purlscope::models
