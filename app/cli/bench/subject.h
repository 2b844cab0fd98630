#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "app/cli/bench/private_folder.h"
#include "core/base/clip.h"
#include "core/engine/engine.h"

namespace purlscope::app::cli {

struct BenchOptions {
  std::string stages;  ///< names, separated by commas; empty = all
  std::size_t repeat = 15;
  int threads = 0;        ///< of the engine, as EngineOptions
  std::string weights;    ///< of Shift-GCN: file or installed name; empty = what is installed, else random
  std::string model;      ///< as EngineOptions; empty = the default one
  std::string reference;  ///< Python interpreter with torch, empty = none
  bool as_json = false;
};

/// What the stages work on; each part is made when a stage first asks for it. Thread: main.
class Subject {
 public:
  explicit Subject(const BenchOptions& options) : options_(options) {}

  const BenchOptions& options() const { return options_; }
  const std::filesystem::path& folder() const { return folder_.path(); }  ///< for files that go when the bench ends

  /// A bundled recording of one person in NTU RGB+D's format.
  static std::filesystem::path recording();
  core::ClipPtr clip();
  core::Engine& engine();      ///< with the chosen model, on the processor
  core::Engine& gpu_engine();  ///< on the first GPU. @throws Error{Code::unsupported} where none answers
  const core::EngineInfo& info();
  const core::Window& window();  ///< of clip(), as the model wants it

  /// Weights of Shift-GCN.
  const std::filesystem::path& weights();
  const std::string& weights_origin();  ///< in words: a file, an installed name, or that they are random

 private:
  std::unique_ptr<core::Engine> make_engine(const char* device) const;
  void choose_weights();

  const BenchOptions& options_;
  PrivateFolder folder_;
  core::ClipPtr clip_;
  std::unique_ptr<core::Engine> engine_, gpu_engine_;
  std::optional<core::EngineInfo> info_;
  std::optional<core::Window> window_;
  std::filesystem::path weights_;
  std::string weights_origin_;
};

}  // namespace purlscope::app::cli
