#include "models/nets/tiles/product.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <gtest/gtest.h>

#include <limits>
#include <tuple>

#include "models/nets/row_map.h"
#include "models/training/random.h"

namespace purlscope::models::tiles {
namespace {

constexpr float kUntouched = -12345;

at::Tensor drawn(at::IntArrayRef shape, std::uint64_t seed) { return at::randn(shape, make_generator(seed, 0)); }

/// Largest difference to the product in double precision, as a share of the sum of the sizes of what is added up.
double error_of(const at::Tensor& product, const at::Tensor& left, const at::Tensor& right) {
  const at::Tensor l = left.to(at::kDouble), r = right.to(at::kDouble);
  return ((product.to(at::kDouble) - l.mm(r)).abs() / l.abs().mm(r.abs())).max().item<double>();
}

/// By the matrix unit, into rows of `pitch` numbers.
at::Tensor product_of(const at::Tensor& left, const at::Tensor& right, std::int64_t pitch,
                      const float* offset = nullptr) {
  Factor l, r;
  l.fill_rows(left.const_data_ptr<float>(), left.size(0), left.size(1));
  r.fill_columns(right.const_data_ptr<float>(), right.size(0), right.size(1));
  at::Tensor out = at::full({left.size(0), pitch}, kUntouched);
  multiply(l, r, offset, {out.mutable_data_ptr<float>(), pitch});
  return out;
}

class Tiles : public testing::TestWithParam<std::tuple<int, int, int>> {
 protected:
  void SetUp() override {
    if (!usable()) GTEST_SKIP() << "this processor has no matrix unit";
  }
};

TEST_P(Tiles, MultiplyLikeSinglePrecision) {
  const auto [rows, depth, columns] = GetParam();
  const at::Tensor left = drawn({rows, depth}, 1), right = drawn({depth, columns}, 2);
  constexpr double kAllowed = 1.5e-5;  // 1 / 2^16
  EXPECT_LT(error_of(product_of(left, right, columns), left, right), kAllowed);
  const std::int64_t whole = (columns + kTileRows - 1) / kTileRows * kTileRows;
  EXPECT_LT(error_of(product_of(left, right, whole).narrow(1, 0, columns), left, right), kAllowed) << "in whole tiles";
}

TEST_P(Tiles, WriteNothingBesideTheProduct) {
  const auto [rows, depth, columns] = GetParam();
  const std::int64_t pitch = (columns + kTileRows - 1) / kTileRows * kTileRows + 5;
  const at::Tensor out = product_of(drawn({rows, depth}, 1), drawn({depth, columns}, 2), pitch);
  EXPECT_TRUE(out.narrow(1, pitch - 5, 5).eq(kUntouched).all().item<bool>());
  EXPECT_FALSE(out.narrow(1, 0, columns).eq(kUntouched).any().item<bool>());
}

TEST_P(Tiles, AddTheOffsetOfAColumn) {
  const auto [rows, depth, columns] = GetParam();
  const at::Tensor left = drawn({rows, depth}, 1), right = drawn({depth, columns}, 2);
  const at::Tensor offset = at::arange(columns + kTileRows, at::kFloat);
  const at::Tensor with = product_of(left, right, columns, offset.const_data_ptr<float>());
  const at::Tensor without = product_of(left, right, columns);
  EXPECT_TRUE(at::allclose(with, without + offset.narrow(0, 0, columns), 1e-4, 1e-4));
}

// One number; less than a tile; a tile; groups of tiles below and beside one another; edges on every side.
INSTANTIATE_TEST_SUITE_P(Sizes, Tiles,
                         testing::Values(std::tuple(1, 1, 1), std::tuple(3, 5, 7), std::tuple(16, 32, 16),
                                         std::tuple(64, 64, 300), std::tuple(37, 65, 41), std::tuple(17, 33, 64),
                                         std::tuple(256, 256, 75), std::tuple(12, 384, 1536)));

TEST(TileFactor, KeepsItsMemoryAndForgetsItsValues) {
  if (!usable()) GTEST_SKIP() << "this processor has no matrix unit";
  const at::Tensor large = drawn({70, 50}, 1) * 1e6, small = drawn({9, 3}, 2), right = drawn({3, 4}, 3);
  Factor left, columns;
  left.fill_rows(large.const_data_ptr<float>(), 70, 50);
  left.fill_rows(small.const_data_ptr<float>(), 9, 3);
  columns.fill_columns(right.const_data_ptr<float>(), 3, 4);
  at::Tensor out = at::empty({9, 4});
  multiply(left, columns, nullptr, {out.mutable_data_ptr<float>(), 4});
  EXPECT_LT(error_of(out, small, right), 1.5e-5);
}

TEST(TileProduct, IsTheSameOnAnyNumberOfThreads) {
  if (!usable()) GTEST_SKIP() << "this processor has no matrix unit";
  const at::Tensor left = drawn({280, 384}, 1), right = drawn({384, 1152}, 2);
  const int before = at::get_num_threads();
  at::set_num_threads(1);
  const at::Tensor one = product_of(left, right, 1152);
  at::set_num_threads(3);
  const at::Tensor three = product_of(left, right, 1152);
  at::set_num_threads(before);
  EXPECT_TRUE(at::equal(one, three));
}

TEST(RowMap, IsALinearMapOnEveryMachine) {
  const at::Tensor weight = drawn({40, 21}, 1), bias = drawn({21}, 2), x = drawn({5, 2, 40}, 3).select(1, 0);
  const RowMap map({weight, bias});
  EXPECT_TRUE(at::allclose(map(x), at::addmm(bias, x, weight), 1e-4, 1e-4)) << "rows that lie apart too";
}

}  // namespace
}  // namespace purlscope::models::tiles
