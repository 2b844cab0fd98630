#pragma once

#include <ATen/ATen.h>
#include <ATen/core/Generator.h>
#include <torch/nn/module.h>

#include <cstdint>
#include <optional>

namespace purlscope::models {

/// Source of a forward pass's noise; empty = inference (no dropout).
using Noise = std::optional<at::Generator>;

/// A generator of its own for one stretch of training. Every draw of a stretch comes from it and nothing else, so a
/// job that is stopped between two stretches goes on as if it had never been. It draws on the processor, so that a run
/// has the same draws on every device. Source of the mix: SplitMix64.
at::Generator make_generator(std::uint64_t seed, std::uint64_t stretch);

/// Inverted dropout with the caller's generator, which draws on the processor whatever device `x` lies on. @return `x`
/// itself without noise or when `rate` is 0
at::Tensor dropout(const at::Tensor& x, double rate, const Noise& noise);

/// Uniform(-1, 1) / sqrt(fan in) for every matrix and bias of the module's linear layers, drawn from `generator` in the
/// order of the parameters; parameters of other kinds keep their values. On the processor.
void initialise_linears(torch::nn::Module& module, at::Generator generator);

}  // namespace purlscope::models
