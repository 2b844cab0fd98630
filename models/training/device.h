#pragma once

#include <ATen/core/Tensor.h>
#include <c10/util/Exception.h>

#include <optional>
#include <string>
#include <utility>

#include "core/base/error.h"

namespace purlscope::models {

/// Where networks compute unless a config or an option says otherwise: on the first GPU that answers, else on the
/// processor.
inline constexpr const char* kAutoDevice = "auto";

/// Refuses what is no name of a device: "auto", "cpu", "cuda" (the first GPU), "cuda:1" (the second), ... Whether this
/// machine has it is asked by find_device(). @throws Error{Code::bad_argument} naming the value
void check_device(const std::string& name);

/// Number of the GPU that a name means: 0 for "auto" and "cuda"; nothing for "cpu". @throws Error as check_device()
std::optional<int> gpu_number(const std::string& name);

/// Opens LibTorch's part for NVIDIA GPUs where the driver is installed; nothing links it. LibTorch looks for that part
/// once, at the first convolution of a process or before, so whatever may convolve calls this first: labs and learned
/// models do. Costs a second with a GPU, nothing without. Thread: any.
void open_cuda();

/// The device of this name. @throws Error{Code::bad_argument} as check_device(), Error{Code::unsupported} for a GPU
/// that does not answer, naming what was looked for and the remedy. Thread: any.
at::Device find_device(const std::string& name);

/// Whether an exception of LibTorch means that a GPU's memory is full.
bool is_full(const c10::Error& error);

/// @param device that is full
Error device_full(at::Device device);

/// Runs a training or a part of it; when the device has too little memory for it, the message says what to change.
/// @throws Error{Code::limit}
template <typename Call>
auto within_memory(at::Device device, Call&& call) {
  try {
    return std::forward<Call>(call)();
  } catch (const c10::Error& error) {
    if (device.is_cpu() || !is_full(error)) throw;
    throw device_full(device);
  }
}

}  // namespace purlscope::models
