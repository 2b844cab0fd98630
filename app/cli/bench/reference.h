#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "core/live/camera/child_process.h"

namespace purlscope::app::cli {

/// Shift-GCN in plain PyTorch (benchmarks/reference) in a process of its own, a run at a time. Thread: one.
class Reference {
 public:
  /// Starts it and waits until network and input are loaded and warm.
  /// @param python   interpreter that has torch
  /// @param input    npz with `input` [3, T, J, 2]
  /// @param further  arguments of benchmarks/reference/time_shift_gcn.py
  /// @throws Error{Code::unsupported} with its last words when it ends, Error{Code::io, Code::cancelled}
  Reference(const std::string& python, const std::filesystem::path& weights, const std::filesystem::path& input,
            int threads, std::stop_token stop, const std::vector<std::string>& further = {});

  /// @return milliseconds of one pass. @throws Error as the constructor
  double run();
  const std::vector<float>& logits() const { return logits_; }  ///< of the last run
  const std::string& version() const { return version_; }       ///< of torch

 private:
  std::string read_line();

  std::stop_token stop_;
  core::ChildProcess process_;
  std::string pending_, errors_, version_;
  std::vector<float> logits_;
};

}  // namespace purlscope::app::cli
