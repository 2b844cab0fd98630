#include "app/cli/bench/private_folder.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

#include "core/base/error.h"

namespace purlscope::app::cli {

PrivateFolder::PrivateFolder() {
  std::error_code failure;
  std::string name = (std::filesystem::temp_directory_path(failure) / "purlscope-bench-XXXXXX").string();
  if (failure || mkdtemp(name.data()) == nullptr) {
    throw Error(Code::io, fmt::format("no temporary folder {}: {}; set TMPDIR to a folder that can be written", name,
                                      failure ? failure.message() : std::strerror(errno)));
  }
  path_ = name;
  setenv("XDG_CACHE_HOME", name.c_str(), 1);
}

PrivateFolder::~PrivateFolder() {
  std::error_code left;
  std::filesystem::remove_all(path_, left);
}

}  // namespace purlscope::app::cli
