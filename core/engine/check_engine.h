#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "core/engine/engine.h"

namespace purlscope::core {

/// How far apart two engines' answers may lie: `relative` times the largest value of those that are compared together
/// (the logits of a clip, the attention of a label, ...), plus `absolute`.
struct CheckTolerance {
  double relative = 1e-3;
  double absolute = 1e-5;
};

/// What was compared so far.
struct CheckReport {
  std::size_t answers = 0;  ///< recognitions, closed-set results and encodings
  std::size_t values = 0;   ///< single numbers
  double worst = 0;         ///< largest difference as a share of what the tolerance allows
  std::string worst_at;     ///< where that is
  std::string first;        ///< the first difference beyond the tolerance, with its place; empty = none

  bool agrees() const { return first.empty(); }
};

/// Runs two engines on the same questions, answers with the first one's, and keeps count of how far the second one's
/// lie from them: a GPU against the processor, fused kernels against plain operators.
/// Thread: one at a time, as both engines. Idea: the check backend of Leela Chess Zero.
class CheckEngine final : public Engine {
 public:
  /// @param checked    whose answers are given
  /// @param reference  that they are measured against
  CheckEngine(std::unique_ptr<Engine> checked, std::unique_ptr<Engine> reference, CheckTolerance tolerance = {});

  EngineInfo describe() const override { return checked_->describe(); }
  void set_labels(const LabelSet& labels, std::stop_token stop = {}) override;
  Recognition recognise(const Window& window, bool with_attention = true, std::stop_token stop = {}) override;
  NdArray encode(const std::vector<std::string>& texts) override;
  ClosedSetResult classify_closed_set(const Clip& clip, const std::filesystem::path& weights) override;
  std::vector<ClosedSetResult> classify_closed_sets(const std::vector<ClipPtr>& clips,
                                                    const std::filesystem::path& weights) override;

  const CheckReport& report() const { return report_; }

 private:
  void compare(const Recognition& found, const Recognition& expected, const std::string& place);
  void compare(const LabelScore& found, const LabelScore& expected, const std::string& place);
  void compare(const ClosedSetResult& found, const ClosedSetResult& expected, const std::string& clip);
  void compare(const std::vector<float>& found, const std::vector<float>& expected, const std::string& place);
  void differ(const std::string& difference);

  std::unique_ptr<Engine> checked_, reference_;
  CheckTolerance tolerance_;
  CheckReport report_;
};

}  // namespace purlscope::core
