#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "core/engine/engine.h"
#include "models/refinement/evidence.h"
#include "models/text/encoder.h"

namespace purlscope::models {

/// A recognised window as refinement takes it.
struct Sample {
  bool with_said = false;         ///< in: whether Evidence::said is wanted
  at::Tensor features;            ///< [1, F]
  refinement::Evidence evidence;  ///< B = 1
};

/// A zero-shot model behind the live engine: one file in its folder, one line in the registry.
/// Thread: the engine's; calls run under InferenceMode unless the model needs gradients.
class Recogniser {
 public:
  virtual ~Recogniser() = default;
  virtual std::string name() const = 0;            ///< of the model file, e.g. "purlscope-structured-v1"
  virtual std::string card() const = 0;            ///< model card, Markdown
  virtual std::string scoring() const = 0;         ///< "per-candidate"
  virtual core::WindowOptions window() const = 0;  ///< layout and rate the model wants
  /// Before the first labels. @param device as core::EngineOptions has it; models without networks to move stay on the
  /// processor. @return in words what the model computes on. @throws Error{Code::unsupported} for a GPU that was named
  /// and does not answer
  virtual std::string compute_on(const std::string& /*device*/) { return "CPU"; }
  /// Fits or encodes what new labels need; labels seen before cost nothing. When it throws, the labels of before stay.
  virtual void set_labels(const core::LabelSet& labels, TextEncoder& encoder, std::stop_token stop) = 0;
  /// Fills labels, attention, spans, layout, none_of_these, timings.{backbone,attention} and window of the result.
  /// Attention is that of the scored computation; levels and other add up to score; contributions add up to the
  /// linear part they explain.
  /// @param sample when given, receives the window for refinement
  virtual core::Recognition recognise(const core::Window& window, bool with_attention, std::stop_token stop,
                                      Sample* sample = nullptr) = 0;
  /// The scoring of the labels set last, another object after each change; null before.
  virtual std::shared_ptr<const refinement::Scorer> scorer() const = 0;
};

}  // namespace purlscope::models
