#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "core/base/error.h"
#include "core/engine/engine.h"
#include "tests/support/mock_refinement.h"

namespace purlscope::test {

/// Remote control of a MockEngine: shared between a test and the engine that lives on the worker's thread.
/// Thread: any.
class MockControl {
 public:
  /// Time that each call takes; ended early by the call's stop token.
  std::atomic<std::chrono::milliseconds> labels_delay{std::chrono::milliseconds(0)};
  std::atomic<std::chrono::milliseconds> recognise_delay{std::chrono::milliseconds(0)};

  /// The next recognise() or set_labels() throws this error (once).
  void fail_next_recognise(Error error);
  void fail_next_labels(Error error);

  /// The labels win one after the other, each for an even share of the recording.
  std::atomic<bool> in_turn{false};

  std::atomic<int> label_calls{0};
  std::atomic<int> recognise_calls{0};
  std::atomic<int> cancelled_calls{0};

 private:
  friend class MockEngine;
  std::optional<Error> take(std::optional<Error>& slot);

  std::mutex mutex_;
  std::optional<Error> labels_error_;
  std::optional<Error> recognise_error_;
};

/// An engine without a network. Scores follow from the label's text and the window's length alone, so a test can tell
/// which request was answered. Attention has a shape that people can recognise: the sentence "head" looks at head
/// joints in every time node, "start" at all joints of the first third, and so on.
///
/// T' = 4 (three thirds and the whole window), J = joints of the window's layout.
class MockEngine : public core::Engine {
 public:
  explicit MockEngine(std::shared_ptr<MockControl> control = std::make_shared<MockControl>());

  core::EngineInfo describe() const override;
  void set_labels(const core::LabelSet& labels, std::stop_token stop = {}) override;
  core::Recognition recognise(const core::Window& window, bool with_attention = true,
                              std::stop_token stop = {}) override;
  core::NdArray encode(const std::vector<std::string>& texts) override;
  core::ClosedSetResult classify_closed_set(const core::Clip& clip, const std::filesystem::path& weights) override;
  core::Refinement* refinement() override { return &refinement_; }

 private:
  void work(std::chrono::milliseconds time, const std::stop_token& stop);

  std::shared_ptr<MockControl> control_;
  core::LabelSet labels_;
  MockRefinement refinement_;
};

/// Factory for core::Worker.
std::function<std::unique_ptr<core::Engine>()> mock_factory(std::shared_ptr<MockControl> control);

}  // namespace purlscope::test
