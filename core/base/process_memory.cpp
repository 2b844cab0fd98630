#include "core/base/process_memory.h"

#include <unistd.h>

#include <fstream>

namespace purlscope::core {

std::optional<std::size_t> resident_bytes() {
  std::ifstream file("/proc/self/statm");  // size and resident set, in pages
  std::size_t size = 0, resident = 0;
  const long page = sysconf(_SC_PAGESIZE);
  if (!(file >> size >> resident) || page <= 0) return std::nullopt;
  return resident * static_cast<std::size_t>(page);
}

}  // namespace purlscope::core
