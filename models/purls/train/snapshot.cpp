#include "models/purls/train/snapshot.h"

#include <ATen/core/grad_mode.h>

#include "models/purls/model/module_file.h"

namespace purlscope::models::purls {

Snapshot::Snapshot(const torch::nn::Module& module) : state_(module_state(module)) {
  for (auto& [name, tensor] : state_) tensor = tensor.detach().clone();
}

void Snapshot::restore(torch::nn::Module& module) const {
  if (empty()) return;
  const at::NoGradGuard no_grad;
  for (auto& [name, tensor] : module_state(module)) tensor.copy_(state_.at(name));
}

}  // namespace purlscope::models::purls
