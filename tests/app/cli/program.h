#pragma once

#include <gtest/gtest.h>
#include <sys/types.h>

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/shared.h"
#include "tests/support/temp_dir.h"

namespace purlscope::test {

/// What a finished run of the program left behind.
struct Outcome {
  int code = -1;  ///< exit code; 128 + signal when it was killed
  std::string out;
  std::string err;

  /// Standard output as one JSON document. Fails the test (and gives null) when it is not exactly that.
  nlohmann::json json() const;
  /// One document a line.
  std::vector<nlohmann::json> json_lines() const;
};

using Environment = std::map<std::string, std::string>;

/// The built program, started with arguments. Runs it in the background until `wait`.
class Running {
 public:
  /// @param environment  variables to set; an empty value unsets
  /// @param out  file that takes standard output; without it `wait` returns it
  explicit Running(const std::vector<std::string>& arguments, const Environment& environment = {},
                   const std::string& out = {});
  ~Running();
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  void send(int signal) const;
  /// What it has printed to standard output so far.
  std::string out_so_far() const;
  Outcome wait();

 private:
  TempDir folder_;
  pid_t process_ = -1;
};

Outcome run_program(const std::vector<std::string>& arguments, const Environment& environment = {},
                    const std::string& out = {});

/// The built program's file.
std::string program_path();

/// A bundled clip: "wave" for resources/clips/wave.skeleton.
std::string bundled(const std::string& name);

}  // namespace purlscope::test
