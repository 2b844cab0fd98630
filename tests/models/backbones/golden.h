#pragma once

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/base/layout.h"
#include "models/backbones/backbone.h"
#include "models/purls/model/module_file.h"
#include "models/weights/load.h"
#include "tests/support/npz.h"
#include "tests/support/shared.h"

namespace purlscope::test {

/// Reference values of one network and its weights, made with the official code.
class Golden {
 public:
  explicit Golden(const std::string& name)
      : folder_(shared_dir() / "golden" / name),
        arrays_(read_npz(folder_ / "io.npz")),
        weights_(core::SafeTensors::open(folder_ / "weights.safetensors")) {}

  at::Tensor array(const std::string& name) const {
    const NpzArray& array = arrays_.at(name);
    const std::vector<std::int64_t> shape(array.shape.begin(), array.shape.end());
    return at::tensor(array.data, at::kDouble).reshape(shape);
  }

  /// Loads a network, of which every tensor must be in the file; the file may have no other but the classifier's.
  void load_into(models::backbones::Backbone& network) const {
    models::purls::load_module(weights_, "", network);
    network.eval();
    std::set<std::string> known;
    for (const auto& item : network.named_parameters()) known.insert(item.key());
    for (const auto& item : network.named_buffers()) known.insert(item.key());
    for (const auto& [name, tensor] : weights_.tensors()) {
      EXPECT_TRUE(name.starts_with("fc") || known.contains(name)) << name << " has no place in the network";
    }
  }

  /// The classifier of the file on features [N, T', J', n], whose rows are the performers of one clip: [classes].
  at::Tensor logits(const at::Tensor& features, const std::string& classifier) const {
    const at::Tensor weight =
        models::load_tensor(weights_, classifier + ".weight", weights_.at(classifier + ".weight").shape);
    const at::Tensor bias = models::load_tensor(weights_, classifier + ".bias", {weight.size(0)});
    const at::Tensor mean = features.mean(at::IntArrayRef{0, 1, 2});
    return at::mv(weight.flatten(1).to(mean.dtype()), mean) + bias.to(mean.dtype());
  }

 private:
  std::filesystem::path folder_;
  std::map<std::string, NpzArray> arrays_;
  core::SafeTensors weights_;
};

/// Evenly spaced values of a tensor, as the golden probes.
inline at::Tensor probe(const at::Tensor& tensor, std::int64_t count) {
  const at::Tensor flat = tensor.flatten();
  std::vector<std::int64_t> places;
  for (std::int64_t i = 0; i < count; ++i) places.push_back(i * (flat.numel() - 1) / (count - 1));
  return flat.index_select(0, at::tensor(places));
}

/// Largest difference, relative to the largest expected value.
inline double relative_error(const at::Tensor& found, const at::Tensor& expected) {
  const at::Tensor gap = found.detach().to(at::kDouble).flatten() - expected.to(at::kDouble).flatten();
  return (gap.abs().max() / expected.abs().max()).item<double>();
}

/// ntu25 with the bones and the centre of the published graph: hand tips hang on the thumbs.
inline core::JointLayout published_ntu25() {
  core::JointLayout layout = *core::joint_layout("ntu25");
  layout.parent = {1, 20, 20, 2, 20, 4, 5, 6, 20, 8, 9, 10, 0, 12, 13, 14, 0, 16, 17, 18, 20, 22, 7, 24, 11};
  return layout;
}

}  // namespace purlscope::test
