#pragma once

namespace purlscope::models::cuda {

/// Arguments of the kernels: pointers into the GPU's memory, and shapes. Planes are [slot, C, T, J]; weights of
/// products are [C, D], the output's channels inside.

/// s = next * relu(norm * rotate_out(weight * (mask * rotate_in(x))) + residual) + next_offset
struct SpatialArguments {
  const float *x, *mask, *weight, *norm_scale, *norm_offset, *residual, *next_scale, *next_offset;
  float* out;
  int inputs, outputs, frames, joints;
};

/// out = relu(weight * shift(x) + bias)
struct TemporalArguments {
  const float* x;
  const int* first;
  const float *share, *weight, *bias;
  float* out;
  int channels, frames, joints;
};

/// out = weight * x of every stride-th frame
struct MixArguments {
  const float *x, *weight;
  float* out;
  int inputs, outputs, frames, joints, stride;
};

/// out = relu(scale * shift(x) + offset + residual), every stride-th frame
struct FinishArguments {
  const float* x;
  const int* first;
  const float *share, *scale, *offset;
  const float* residual;  // [slot, C, T / stride, J]; null for none
  float* out;
  int channels, frames, joints, stride;
};

/// The folded norm of the input.
struct NormaliseArguments {
  const float *x, *scale, *offset;  // [slot, 3, T, J]; [2, J, 3]
  const int* person;                // [slots]
  float* out;
  int frames, joints;
};

/// out = mean over time and joints
struct PoolArguments {
  const float* x;  // [slot, C, positions]
  float* out;      // [slot, C]
  int channels, positions;
};

/// The two person slots of each sample: a slot of the batch, or -1 for the network's answer to an empty one.
struct Persons {
  const int* slot;        // [samples, 2]
  const float* features;  // of the slots
  const float* empty;     // [2, ...] of an empty slot, by person
};

struct ClassifyArguments {
  Persons pooled;  // [slot, C]
  const float *weight, *bias;
  float* out;
  int channels, classes;
};

/// out = mean over the two person slots
struct BlendArguments {
  Persons planes;  // [slot, size]
  float* out;      // [samples, size]
  int size;
};

/// See AttentionTask.
struct AttentionArguments {
  const float *directions, *points, *places;
  float *weights, *pooled;
  int labels, nodes, width;
};

}  // namespace purlscope::models::cuda
