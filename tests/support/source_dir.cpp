#include "tests/support/source_dir.h"

namespace purlscope::test {

std::filesystem::path source_dir() { return PURLSCOPE_SOURCE_DIR; }

}  // namespace purlscope::test
