#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/ndarray.h"
#include "core/skeleton/window.h"
#include "core/text/labels.h"

namespace purlscope::core {

/// Score of one label. `levels` and `other` add up to `score` exactly.
struct LabelScore {
  std::string label;
  float score = 0;
  float probability = 0;                       ///< softmax with the model's temperature over labels and "none of these"
  std::array<float, kSentenceCount> levels{};  ///< share of each sentence in the score, order of kSentences
  float other = 0;              ///< parts of the score that belong to no sentence (whole-clip views, bias)
  float refinement = 0;         ///< of the score, what refinement added; levels and other hold it
  float plain_probability = 0;  ///< as `probability`, without refinement; where Recognition::refined, else 0
};

/// What the sentences of one label attended to, exactly as scored, and each node's exact share in the score.
struct LabelAttention {
  NdArray attention;     ///< [8, T', J] each of the 8 sums to 1
  NdArray contribution;  ///< [8, T', J] additive shares in the unit of the score
};

/// Stretch of the clip that a time node covers. Seconds of the source clip.
struct TimeSpan {
  double begin = 0;
  double end = 0;
};

/// Time by stage. Milliseconds.
struct Timings {
  double load = 0;        ///< opening the recording; for the first recognition also the model
  double preprocess = 0;  ///< cutting and retargeting the window
  double backbone = 0;    ///< node features
  double text = 0;        ///< encoding and fitting labels, counted for the first recognition after they were set
  double attention = 0;   ///< attention and scores
  double total = 0;       ///< of all stages and what lies between them
};

/// Result of recognising one window. Immutable; shared between threads as RecognitionPtr.
struct Recognition {
  std::uint64_t generation = 0;               ///< of the request it answers
  std::vector<LabelScore> labels;             ///< in the order of the label set
  std::vector<LabelAttention> attention;      ///< in the order of the label set; empty when not asked for
  std::vector<TimeSpan> spans;                ///< [T'] time nodes; a whole-clip node spans the window
  std::shared_ptr<const JointLayout> layout;  ///< the model's layout: names of the J nodes
  float none_of_these = 0;                    ///< with it the probabilities add up to 1
  bool refined = false;                       ///< a running refinement has scored it
  bool learned = false;                       ///< and learns from it; scored by what had been learned before
  std::string model, text_encoder, scoring;
  Timings timings;
  Window window;  ///< what the model saw

  /// Label indices by falling score.
  std::vector<std::size_t> ranking() const;
};

using RecognitionPtr = std::shared_ptr<const Recognition>;

}  // namespace purlscope::core
