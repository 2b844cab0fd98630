#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>

#include "tests/support/shared.h"
#include "tests/support/source_dir.h"
#include "tests/support/temp_dir.h"

namespace purlscope::test {

/// An official Shift-GCN checkpoint, converted by the tool that users run; once for a test program.
/// @param name "ntu_ShiftGCN_joint_xsub"
inline std::filesystem::path converted_shift_gcn(const std::string& name) {
  static const TempDir dir;
  static std::map<std::string, std::filesystem::path> done;
  if (const auto found = done.find(name); found != done.end()) return found->second;
  const auto source = shared_dir() / "weights" / "shift-gcn" / (name + ".pt");
  const auto target = dir.path() / (name + ".safetensors");
  const std::string command = "'" PURLSCOPE_PYTHON "' '" + source_dir().string() + "/tools/convert_checkpoint.py' '" +
                              source.string() + "' '" + target.string() + "' 2>&1";
  if (std::system(command.c_str()) != 0) ADD_FAILURE() << "failed: " << command;
  return done[name] = target;
}

}  // namespace purlscope::test
