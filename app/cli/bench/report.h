#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/cli/bench/measure.h"
#include "app/cli/support/json_output.h"

namespace purlscope::app::cli {

/// What became of a stage.
struct StageResult {
  std::string name, what;
  std::optional<Times> times;
  std::string unavailable;      ///< why there are no times
  Json facts = Json::object();  ///< further fields
};

struct BenchReport {
  Json machine;
  std::vector<StageResult> stages;
};

/// `{machine, stages, ratios}`
Json bench_document(const BenchReport& report);
/// A table for people.
void print_bench(const BenchReport& report);

}  // namespace purlscope::app::cli
