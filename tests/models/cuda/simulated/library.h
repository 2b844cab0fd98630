#pragma once

#include "tests/models/cuda/simulated/simulation.h"

namespace simulated {

/// Of this library.
purlscope::test::Simulation& simulation();

}  // namespace simulated
