#include "models/purls/model/pretrained.h"

#include <ATen/core/grad_mode.h>
#include <c10/core/InferenceMode.h>
#include <fmt/format.h>

#include <map>
#include <string_view>

#include "core/base/error.h"
#include "core/base/paths.h"
#include "core/weights/store.h"
#include "models/nets/shift_gcn.h"
#include "models/purls/model/module_file.h"
#include "models/weights/load.h"

namespace purlscope::models::purls {
namespace {

constexpr std::string_view kInputNorm = "data_bn.";

/// Data sets by their number of classes: the published weights name neither.
const std::map<std::int64_t, std::string>& known_sets() {
  static const std::map<std::int64_t, std::string> sets = {{60, "NTU RGB+D"}, {120, "NTU RGB+D 120"}};
  return sets;
}

/// @return a tensor of the published network in the shape of ours
at::Tensor load_part(const core::SafeTensors& file, const std::string& name, std::vector<std::int64_t> shape) {
  const auto load = name.ends_with("running_var") ? load_variances : load_tensor;
  if (!name.starts_with(kInputNorm)) return load(file, name, shape);
  const std::int64_t own = shape.front();
  return load(file, name, {ShiftGcn::kPersons * own}).slice(0, 0, own);
}

std::int64_t class_count(const core::SafeTensors& file) {
  return static_cast<std::int64_t>(load_tensor(file, "fc.bias", {-1}).size(0));
}

}  // namespace

std::string Pretrained::reason() const {
  const auto found = known_sets().find(classes);
  const std::string set = found == known_sets().end() ? std::string("its own data set") : found->second;
  return fmt::format("the backbone was trained on the {} classes of {} (weights {})", classes, set, weights);
}

std::filesystem::path pretrained_file(const std::string& name) { return core::model_file(core::weights_file(name)); }

Pretrained check_pretrained(const std::string& name) {
  const std::filesystem::path path = pretrained_file(name);
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    throw Error(Code::not_found,
                fmt::format("config key 'backbone.pretrained' is '{}': no such file, and no installed weights of this "
                            "name: `purlscope weights` lists them, `purlscope weights import FILE` installs a "
                            "Shift-GCN that tools/convert_checkpoint.py has converted",
                            name));
  }
  ShiftGcn::load(path);  // refuses everything that is no Shift-GCN
  return {name, class_count(core::SafeTensors::open(path))};
}

Pretrained load_pretrained(const std::string& name, backbones::Backbone& backbone) {
  const Pretrained pretrained = check_pretrained(name);
  const core::SafeTensors file = core::SafeTensors::open(pretrained_file(name));
  const c10::InferenceMode normal_tensors(false);
  const at::NoGradGuard no_grad;
  for (auto& [part, tensor] : module_state(backbone)) tensor.copy_(load_part(file, part, tensor.sizes().vec()));
  return pretrained;
}

}  // namespace purlscope::models::purls
