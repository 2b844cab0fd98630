#pragma once

// Precompiled for models/: the narrow LibTorch headers that nearly every file needs.
#include <ATen/ATen.h>
#include <torch/nn/module.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>
