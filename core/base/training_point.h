#pragma once

#include <optional>
#include <string>

namespace purlscope::core {

/// One finished epoch of a training.
struct TrainingPoint {
  std::string stage;                    ///< what is trained: "backbone" or "head"
  int epoch = 0;                        ///< 1 is the first
  int epochs = 0;                       ///< planned; a training may stop earlier
  double loss = 0;                      ///< mean over the epoch's samples
  double seen_accuracy = 0;             ///< share of the epoch's samples whose class came first, 0 to 1
  std::optional<double> held_loss;      ///< on seen clips kept out of training, where it was measured
  std::optional<double> held_accuracy;  ///< the same, 0 to 1
  double seconds = 0;                   ///< of training since the stage began, pauses between runs left out
};

}  // namespace purlscope::core
