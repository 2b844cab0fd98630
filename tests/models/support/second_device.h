#pragma once

#include <c10/core/Device.h>

namespace purlscope::test {

/// A device beside the processor, for machines without one: its memory is the processor's and so are its kernels, but
/// it refuses what a GPU refuses: tensors of the processor among its own (scalars may be), and generators of the
/// processor. Even indices must lie on it. Computes bit for bit what the processor computes, forwards and backwards.
/// The first call gives it the place of a GPU for the rest of the process.
c10::Device second_device();

}  // namespace purlscope::test
