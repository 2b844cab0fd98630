#include "models/purls/model/module_file.h"

#include "models/weights/load.h"

namespace purlscope::models::purls {
std::map<std::string, at::Tensor> module_state(const torch::nn::Module& module) {
  std::map<std::string, at::Tensor> state;
  for (const auto& item : module.named_parameters()) state[item.key()] = item.value();
  for (const auto& item : module.named_buffers()) {
    if (item.value().is_floating_point()) state[item.key()] = item.value();
  }
  return state;
}

void store_module(const torch::nn::Module& module, const std::string& prefix, TensorMap& tensors) {
  for (const auto& [name, tensor] : module_state(module)) tensors[prefix + name] = store_tensor(tensor.detach());
}

void load_module(const core::SafeTensors& file, const std::string& prefix, torch::nn::Module& module) {
  const c10::InferenceMode normal_tensors(false);
  at::NoGradGuard no_grad;
  for (auto& [name, tensor] : module_state(module)) {
    const auto load = name.ends_with("running_var") ? load_variances : load_tensor;
    tensor.copy_(load(file, prefix + name, tensor.sizes().vec()));
  }
}

}  // namespace purlscope::models::purls
