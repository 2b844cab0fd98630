#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "tests/core/formats/samples/samples.h"
#include "tests/support/temp_dir.h"

/// Small data sets.
namespace purlscope::test {

/// MSR-Action3D in `folder/data/msr`: good recordings of two classes, one that repeats another, one of 7 frames with a
/// person, one without a skeleton, and one that cannot be read. @return its place
inline std::filesystem::path write_msr_set(const TempDir& folder) {
  folder.write("data/msr/a01_s01_e01_skeleton3D.txt", msr_text(9));
  folder.write("data/msr/a02_s01_e01_skeleton3D.txt", msr_text(10));
  folder.write("data/msr/a02_s01_e02_skeleton3D.txt", msr_text(10));
  folder.write("data/msr/a03_s01_e01_skeleton3D.txt", msr_text(9, {0, 1}));
  folder.write("data/msr/a04_s01_e01_skeleton3D.txt", msr_text(9, {0, 1, 2, 3, 4, 5, 6, 7, 8}));
  folder.write("data/msr/a05_s01_e01_skeleton3D.txt", "broken");
  return folder.path() / "data" / "msr";
}

/// A description table; sentences are made of the label and, where one is given, a mark: "h of wave, again".
inline std::string table_of(const std::vector<std::string>& labels, const std::string& mark = {}) {
  std::string text = "label\thead\thands\ttorso\tlegs\tstart\tmiddle\tend\tglobal\n";
  for (const std::string& label : labels) {
    text += label;
    for (const char* sentence : {"h", "a", "t", "l", "s", "m", "e", "g"})
      text += fmt::format("\t{} of {}{}{}", sentence, label, mark.empty() ? "" : ", ", mark);
    text += "\n";
  }
  return text;
}

/// Recordings of two formats under names that state nothing; two say their label.
inline void write_mixed_set(const TempDir& folder) {
  folder.write("x.json", nw_json(5, 9));
  folder.write("y.json", nw_json(6, 1));
  folder.write("z.skeleton", ntu_text(6));
}

}  // namespace purlscope::test
