#pragma once

#include <ATen/ATen.h>

#include <memory>
#include <string>
#include <vector>

#include "core/base/safetensors.h"
#include "models/purls/model/module_file.h"
#include "models/purls/net/head.h"
#include "tests/support/npz.h"
#include "tests/support/shared.h"

namespace purlscope::test {

inline at::Tensor golden_tensor(const NpzArray& array) {
  return at::tensor(array.floats()).reshape(std::vector<std::int64_t>(array.shape.begin(), array.shape.end()));
}

/// The head of the published code with the random weights of its golden values, without dropout, in evaluation mode.
inline std::shared_ptr<models::purls::PurlsHead> golden_head() {
  models::purls::HeadOptions options;
  options.form = models::purls::HeadForm::official;
  options.text_dim = 512;
  options.node_dim = 256;
  options.heads = 2;
  options.hidden = 64;
  options.dropout = 0;
  options.input_gain = 1;
  options.learn_weights = true;
  auto head = std::make_shared<models::purls::PurlsHead>(options);
  const auto file = shared_dir() / "golden" / "purls_head" / "weights.safetensors";
  models::purls::load_module(core::SafeTensors::open(file), "", *head);
  head->eval();
  return head;
}

/// The golden nodes as the head takes them. @param values [N, 256, 3, 25] @return [N, 75, 256], joint fastest
inline at::Tensor golden_nodes(const at::Tensor& values) {
  return values.permute({0, 2, 3, 1}).reshape({values.size(0), 75, 256}).contiguous();
}

}  // namespace purlscope::test
