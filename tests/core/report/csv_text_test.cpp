#include "core/report/csv_text.h"

#include <gtest/gtest.h>

#include <cmath>

namespace purlscope::core {
namespace {

TEST(CsvText, QuotesWhatWouldBreakTheTable) {
  EXPECT_EQ(csv_row({"plain", "a,b", "say \"hi\"", ""}), "plain,\"a,b\",\"say \"\"hi\"\"\",\n");
  EXPECT_EQ(csv_number(0.1F), "0.1") << "the fewest digits that name the float";
  EXPECT_EQ(csv_number(std::nan("")), "");
}

}  // namespace
}  // namespace purlscope::core
