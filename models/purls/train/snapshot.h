#pragma once

#include <torch/nn/module.h>

#include <map>
#include <string>

namespace purlscope::models::purls {

/// A module's state at one moment, to go back to. Thread: one at a time.
class Snapshot {
 public:
  /// Holds nothing.
  Snapshot() = default;
  explicit Snapshot(const torch::nn::Module& module);

  bool empty() const { return state_.empty(); }
  /// Gives the module that it was taken of its state back; an empty one changes nothing.
  void restore(torch::nn::Module& module) const;

  /// Copies by the names of module_state().
  std::map<std::string, at::Tensor>& state() { return state_; }
  const std::map<std::string, at::Tensor>& state() const { return state_; }

 private:
  std::map<std::string, at::Tensor> state_;
};

}  // namespace purlscope::models::purls
