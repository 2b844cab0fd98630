#pragma once

#include <string>

namespace purlscope::core {

/// What an engine can do on this machine's first GPU: for `doctor` and `bench`.
struct GpuReport {
  bool usable = false;       ///< closed-set networks run there unless the options say otherwise
  std::string detail;        ///< one line for people: what was found, or what is missing
  std::string remedy;        ///< what would make it usable; empty where nothing is amiss
  double peak_gflops = 0;    ///< of single precision by the device's own clock and units; 0 = not known
  double peak_gbytes_s = 0;  ///< of its memory; 0 = not known
};

}  // namespace purlscope::core
