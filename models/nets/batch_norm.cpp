#include "models/nets/batch_norm.h"

#include "models/weights/load.h"

namespace purlscope::models {

Affine load_batch_norm(const core::SafeTensors& file, const std::string& name, std::int64_t channels) {
  constexpr double kEpsilon = 1e-5;
  const auto read = [&](const char* part) { return load_tensor(file, name + part, {channels}).to(at::kDouble); };
  const at::Tensor variance = load_variances(file, name + ".running_var", {channels}).to(at::kDouble);
  const at::Tensor scale = read(".weight") / (variance + kEpsilon).sqrt();
  const at::Tensor offset = read(".bias") - read(".running_mean") * scale;
  return {scale.to(at::kFloat), offset.to(at::kFloat)};
}

}  // namespace purlscope::models
