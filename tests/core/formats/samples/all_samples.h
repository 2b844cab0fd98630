#pragma once

#include <string>
#include <vector>

/// One or more small recordings of every format: what the tests of bad input and the fuzz targets begin with.
namespace purlscope::test {

struct Sample {
  std::string id;      ///< unlike all others; a word
  std::string format;  ///< of the reader: "ntu-skeleton"
  std::string name;    ///< of the file. Of a format of folders: of the one file in it
  std::string bytes;
  std::size_t harmless_tail = 0;  ///< bytes at the end whose loss leaves the recording whole
  bool open_ended = false;        ///< a recording cut after any frame is a recording, too
  std::string layout = {};        ///< asked for, where the format leaves it open
  std::string companion = {};     ///< name of the file beside it
  std::string companion_bytes = {};
};

std::vector<Sample> all_samples();

}  // namespace purlscope::test
