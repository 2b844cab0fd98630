#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/ndarray.h"
#include "core/base/progress.h"
#include "core/engine/recognition.h"
#include "core/engine/refinement.h"
#include "core/skeleton/window.h"
#include "core/text/labels.h"

namespace purlscope::core {

/// Features of texts that another program has computed, in place of a text encoder.
struct TextFeatures {
  std::string place;               ///< file, for messages
  std::string encoder;             ///< name of what made them
  std::vector<std::string> texts;  ///< all different
  NdArray features;                ///< [texts, dim], one row a text, any norm but 0
};

struct EngineOptions {
  std::filesystem::path model;  ///< model file or folder; empty = the default model in resources/weights
  int threads = 0;              ///< ATen threads; 0 = physical cores minus one, at least one
  std::string encoder = {};     ///< "minilm" (also when empty), "clip", or the name of an installed text encoder
  std::shared_ptr<const TextFeatures> features = {};  ///< used instead of an encoder
  std::string device = {};  ///< "auto" (also when empty): a GPU where one answers; "cpu", "cuda", "cuda:N"
  bool plain = false;       ///< networks operator by operator, nothing fused: what CheckEngine measures against
};

/// What an engine is: for the status bar, `doctor` and every JSON document.
struct EngineInfo {
  std::string model;         ///< "purlscope-structured-v1"
  std::string text_encoder;  ///< "all-MiniLM-L6-v2"
  std::string scoring;       ///< "per-candidate"
  std::string device;        ///< that the model computes on: "CPU", "cuda:0"
  std::string build;         ///< LibTorch version and BLAS
  int threads = 1;
  WindowOptions window;  ///< layout, fps and performers that the model wants
  std::string card;      ///< model card, Markdown
};

/// Scores of a checkpoint's own classes (no zero-shot).
struct ClosedSetResult {
  std::vector<float> logits;
  std::vector<std::string> classes;  ///< from the weights' metadata; empty when they have none
  std::string architecture;
  std::string device;  ///< that the network ran on, in words: "CPU", "NVIDIA H200 (cuda:0)"
  Timings timings;
};

/// Recognises windows against a label set. One engine belongs to one thread at a time (the worker's, or the command
/// line's main thread); values in, immutable values out. Every call may throw purlscope::Error.
class Engine {
 public:
  virtual ~Engine() = default;
  /// Opens the model file when that has not happened yet.
  /// @throws Error{Code::not_found, Code::bad_format, Code::unsupported} naming the model file
  virtual EngineInfo describe() const = 0;

  /// Encodes only texts not seen before and fits what the model needs for each new label; both are cached. When it
  /// throws (also when stopped), the labels of before stay in force.
  /// An empty set is none: recognise() refuses then.
  /// @throws Error{Code::limit} when memory is short, Error{Code::cancelled}, Error{Code::bad_argument} for several
  ///         wordings where the model takes one, and what opening model or text encoder throws
  virtual void set_labels(const LabelSet& labels, std::stop_token stop = {}) = 0;

  /// Scores the window against the current labels.
  /// @param with_attention false leaves attention and contribution empty and saves their time
  /// @throws Error{Code::bad_argument} when no labels are set, Error{Code::shape_mismatch} for a window in another
  ///         layout than EngineInfo::window asks for, Error{Code::limit, Code::cancelled}
  virtual Recognition recognise(const Window& window, bool with_attention = true, std::stop_token stop = {}) = 0;

  /// Text features. @return [N, dim], unit norm, one row a text, in order
  /// @throws Error{Code::not_found, Code::bad_format} when the text encoder is missing or damaged
  virtual NdArray encode(const std::vector<std::string>& texts) = 0;

  /// Runs a backbone checkpoint with its own classifier on a raw clip.
  /// @throws Error{Code::bad_format} when the weights are not a known backbone, Error{Code::not_found},
  ///         Error{Code::shape_mismatch} when the clip has not the network's layout
  virtual ClosedSetResult classify_closed_set(const Clip& clip, const std::filesystem::path& weights) = 0;

  /// As classify_closed_set() on each clip, in order; engines that gain by it run them together. Timings are a clip's
  /// share. Memory grows with the clips: a few dozen at a time.
  /// @throws Error as classify_closed_set(), Error{Code::limit} when a GPU's memory is too small for so many
  virtual std::vector<ClosedSetResult> classify_closed_sets(const std::vector<ClipPtr>& clips,
                                                            const std::filesystem::path& weights) {
    std::vector<ClosedSetResult> results;
    results.reserve(clips.size());
    for (const ClipPtr& clip : clips) results.push_back(classify_closed_set(*clip, weights));
    return results;
  }

  /// Learning from what it recognises; null for an engine that cannot. It lives as long as the engine.
  virtual Refinement* refinement() { return nullptr; }
};

}  // namespace purlscope::core
