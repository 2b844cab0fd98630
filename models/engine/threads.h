#pragma once

namespace purlscope::models {

/// Physical cores that this process may use: one for each group of sibling hardware threads.
int physical_cores();

/// Threads for ATen when the caller leaves the choice to us: physical cores minus one (the window and the loaders
/// need one), at least one.
int default_threads();

/// Sets ATen's thread count for the process and the calling thread. @param threads 0 = default_threads()
/// @return the number set
int set_threads(int threads);

}  // namespace purlscope::models
