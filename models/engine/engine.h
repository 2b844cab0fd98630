#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/engine/engine.h"
#include "models/nets/shift_gcn.h"
#include "models/recogniser/recogniser.h"
#include "models/refinement/live.h"
#include "models/text/encoder.h"

namespace purlscope::models {

/// The engine of this machine, on the processor or, where EngineOptions::device says so, a GPU: owns the text encoder,
/// the recogniser and the last used closed-set network. Each is opened when first needed, so that `encode` works
/// without a model and `classify_closed_set` without either. Thread: one at a time.
class CpuEngine final : public core::Engine {
 public:
  /// Sets ATen's threads; opens nothing.
  explicit CpuEngine(core::EngineOptions options);

  /// Opens the model file, not the text encoder. @throws Error as load_recogniser
  core::EngineInfo describe() const override;
  void set_labels(const core::LabelSet& labels, std::stop_token stop) override;
  core::Recognition recognise(const core::Window& window, bool with_attention, std::stop_token stop) override;
  core::NdArray encode(const std::vector<std::string>& texts) override;
  core::ClosedSetResult classify_closed_set(const core::Clip& clip, const std::filesystem::path& weights) override;
  std::vector<core::ClosedSetResult> classify_closed_sets(const std::vector<core::ClipPtr>& clips,
                                                          const std::filesystem::path& weights) override;
  core::Refinement* refinement() override { return &refinement_; }

 private:
  struct ClosedSet {
    std::filesystem::path file;
    std::filesystem::file_time_type written;
    std::unique_ptr<ShiftGcn> network;
  };

  Recogniser& recogniser() const;
  TextEncoder& encoder();
  std::string encoder_name() const;
  const ShiftGcn& closed_set(const std::filesystem::path& weights);
  std::vector<core::ClosedSetResult> run_closed_set(std::span<const core::Clip* const> clips,
                                                    const std::filesystem::path& weights);

  core::EngineOptions options_;
  int threads_;
  mutable std::unique_ptr<Recogniser> recogniser_;
  mutable std::string device_;  // of the recogniser, in words
  mutable double load_ms_ = 0;
  mutable std::unique_ptr<TextEncoder> encoder_;
  double text_ms_ = 0;
  bool labels_set_ = false;
  ClosedSet closed_set_;
  refinement::LiveRefinement refinement_;
};

}  // namespace purlscope::models
