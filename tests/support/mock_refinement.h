#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "core/engine/recognition.h"
#include "core/engine/refinement.h"

namespace purlscope::test {

/// Refinement without a network. Every window learned from is a step and goes into the bank; with `n` steps, the first
/// label of a recognition gets a score that is higher by n / 2 (kGain), so that a test knows what to expect. What it
/// has learned can be saved: a file that holds the number of steps. Thread: any.
class MockRefinement final : public core::Refinement {
 public:
  static constexpr float kGain = 0.5F;
  static constexpr int kPlaces = 4;  ///< in the bank, a label

  // Of the engine's thread.
  /// @param result with probabilities
  void refine(core::Recognition& result);

  std::vector<core::RefineMethod> methods() const override;
  void start(const core::RefineOptions& options) override;
  void stop() override;
  void resume() override;
  void set_learning(bool on) override;
  void wait() override {}
  core::RefinementState state() const override;
  std::size_t undo(std::size_t steps) override;
  void accept() override;
  void reset() override;
  void save(const std::filesystem::path& file) const override;
  void load(const std::filesystem::path& file) override;

  /// The guard has something to say.
  void complain(const std::string& message);

 private:
  void expect_started() const;
  void show_bank();

  mutable std::mutex mutex_;
  bool learning_ = true;
  std::vector<core::BankEntry> learned_;  ///< one a step
  std::size_t accepted_ = 0;              ///< of them
  core::RefinementState state_;
};

/// Fills in the probabilities: softmax over the labels and "none of these", whose score is 0.
void fill_probabilities(core::Recognition& recognition);

}  // namespace purlscope::test
