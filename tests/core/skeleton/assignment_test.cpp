#include "core/skeleton/assignment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <random>

#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::ThrowsError;
using testing::ElementsAre;
using testing::HasSubstr;

double total(const std::vector<double>& costs, std::size_t columns, const std::vector<int>& chosen) {
  double sum = 0.0;
  for (std::size_t row = 0; row < chosen.size(); ++row) {
    if (chosen[row] >= 0) sum += costs[row * columns + static_cast<std::size_t>(chosen[row])];
  }
  return sum;
}

/// The least total over all ways to assign, by trying each order of the longer side.
double least(const std::vector<double>& costs, std::size_t rows, std::size_t columns) {
  std::vector<std::size_t> order(std::max(rows, columns));
  std::iota(order.begin(), order.end(), 0U);
  double best = std::numeric_limits<double>::infinity();
  do {
    double sum = 0.0;
    for (std::size_t i = 0; i < std::min(rows, columns); ++i) {
      sum += rows <= columns ? costs[i * columns + order[i]] : costs[order[i] * columns + i];
    }
    best = std::min(best, sum);
  } while (std::next_permutation(order.begin(), order.end()));
  return best;
}

TEST(Assignment, TakesTheLeastTotalNotTheLeastPairFirst) {
  // The cheapest pair (0, 0) would force (1, 1) at 10.
  EXPECT_THAT(assign(std::vector<double>{1, 2, 2, 10}, 2), ElementsAre(1, 0));
}

TEST(Assignment, IsTheBestOfAllOrders) {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> cost(-5.0, 5.0);
  for (int round = 0; round < 300; ++round) {
    const std::size_t rows = 1 + random() % 6;
    const std::size_t columns = 1 + random() % 6;
    std::vector<double> costs(rows * columns);
    for (double& value : costs) value = round % 3 == 0 ? std::floor(cost(random)) : cost(random);
    const std::vector<int> chosen = assign(costs, columns);
    ASSERT_EQ(chosen.size(), rows);
    std::vector<int> used;
    std::copy_if(chosen.begin(), chosen.end(), std::back_inserter(used), [](int c) { return c >= 0; });
    EXPECT_EQ(used.size(), std::min(rows, columns));
    std::sort(used.begin(), used.end());
    EXPECT_EQ(std::adjacent_find(used.begin(), used.end()), used.end()) << "a column twice";
    EXPECT_NEAR(total(costs, columns, chosen), least(costs, rows, columns), 1e-9);
  }
}

TEST(Assignment, OfNothingIsEmpty) { EXPECT_TRUE(assign({}, 0).empty()); }

TEST(Assignment, RefusesHalfARow) {
  EXPECT_THAT([] { assign(std::vector<double>{1, 2, 3}, 2); }, ThrowsError(Code::bad_argument, HasSubstr("whole")));
}

}  // namespace
}  // namespace purlscope::core
