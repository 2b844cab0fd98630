#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <benchmark/benchmark.h>

#include "models/nets/tiles/product.h"

namespace purlscope::models {
namespace {

/// Rows, depth, columns of what is multiplied: units of Shift-GCN, whose maps stand at the left; layers of the text
/// encoder, whose maps stand at the right.
struct Sizes {
  std::int64_t rows, depth, columns;
  bool map_left;
};

Sizes sizes_of(const benchmark::State& state) {
  return {state.range(0), state.range(1), state.range(2), state.range(0) != 280};
}

/// Two random factors, for one thread.
struct Factors {
  at::Tensor left, right;

  explicit Factors(const Sizes& sizes)
      : left(at::randn({sizes.rows, sizes.depth})), right(at::randn({sizes.depth, sizes.columns})) {
    at::set_num_threads(1);
  }
};

void single_precision(benchmark::State& state) {
  const Sizes sizes = sizes_of(state);
  const Factors factors(sizes);
  at::Tensor out = at::empty({sizes.rows, sizes.columns});
  for ([[maybe_unused]] const auto step : state) at::mm_out(out, factors.left, factors.right);
}

/// The map is cut beforehand, what is mapped each time.
void matrix_unit(benchmark::State& state) {
  if (!tiles::usable()) return state.SkipWithError("this processor has no matrix unit");
  const Sizes sizes = sizes_of(state);
  const Factors factors(sizes);
  const std::int64_t pitch = (sizes.columns + tiles::kTileRows - 1) / tiles::kTileRows * tiles::kTileRows;
  at::Tensor out = at::empty({sizes.rows, pitch});
  tiles::Factor rows, columns;
  const auto cut_left = [&] { rows.fill_rows(factors.left.const_data_ptr<float>(), sizes.rows, sizes.depth); };
  const auto cut_right = [&] {
    columns.fill_columns(factors.right.const_data_ptr<float>(), sizes.depth, sizes.columns);
  };
  cut_left();
  cut_right();
  for ([[maybe_unused]] const auto step : state) {
    sizes.map_left ? cut_right() : cut_left();
    tiles::multiply(rows, columns, nullptr, {out.mutable_data_ptr<float>(), pitch});
  }
}

void shapes(benchmark::internal::Benchmark* bench) {
  bench->Args({64, 64, 300})->Args({128, 128, 150})->Args({256, 256, 75});
  bench->Args({280, 384, 1152})->Args({280, 1536, 384})->Unit(benchmark::kMicrosecond);
}
BENCHMARK(single_precision)->Apply(shapes);
BENCHMARK(matrix_unit)->Apply(shapes);

}  // namespace
}  // namespace purlscope::models
