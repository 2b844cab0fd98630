#include "models/nets/batch_norm.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "models/weights/load.h"

namespace purlscope::models {

Affine load_batch_norm(const core::SafeTensors& file, const std::string& name, std::int64_t channels) {
  constexpr double kEpsilon = 1e-5;
  const auto read = [&](const char* part) { return load_tensor(file, name + part, {channels}).to(at::kDouble); };
  const at::Tensor variance = read(".running_var");
  if ((variance < 0).any().item<bool>()) {
    throw Error(Code::bad_format, fmt::format("{}: tensor '{}.running_var' holds negative variances; the file is "
                                              "damaged, get it or convert it again",
                                              file.path().string(), name));
  }
  const at::Tensor scale = read(".weight") / (variance + kEpsilon).sqrt();
  const at::Tensor offset = read(".bias") - read(".running_mean") * scale;
  return {scale.to(at::kFloat), offset.to(at::kFloat)};
}

}  // namespace purlscope::models
