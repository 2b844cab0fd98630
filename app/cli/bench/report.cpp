#include "app/cli/bench/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace purlscope::app::cli {
namespace {

/// How many times longer one stage takes than another.
struct Ratio {
  const char* name;
  const char* longer;
  const char* shorter;
  const char* what;
};
constexpr std::array kRatios = {
    Ratio{"reference_to_window", "shift_gcn_reference", "shift_gcn_window", "plain PyTorch takes times ours"},
    Ratio{"window_to_gpu", "shift_gcn_window", "shift_gcn_gpu", "a window on the processor takes times one on the GPU"},
    Ratio{"gpu_reference_to_gpu", "gpu_reference", "shift_gcn_gpu", "eager PyTorch takes times ours, one window"},
    Ratio{"gpu_compiled_to_gpu", "gpu_compiled", "shift_gcn_gpu", "torch.compile takes times ours, one window"},
    Ratio{"gpu_64_reference_to_gpu_64", "gpu_64_reference", "shift_gcn_gpu_64",
          "eager PyTorch takes times ours, 64 windows"},
    Ratio{"gpu_64_compiled_to_gpu_64", "gpu_64_compiled", "shift_gcn_gpu_64",
          "torch.compile takes times ours, 64 windows"},
    Ratio{"window_to_frame", "shift_gcn_window", "shift_gcn_frame", "a whole window takes times one more frame"},
    Ratio{"window_to_score_120", "shift_gcn_window", "score_120", "Shift-GCN takes times the scoring of 120 labels"},
};

std::optional<double> median_of(const BenchReport& report, const char* name) {
  const auto found = std::ranges::find(report.stages, name, &StageResult::name);
  if (found == report.stages.end() || !found->times) return std::nullopt;
  return found->times->median;
}

std::optional<double> value_of(const BenchReport& report, const Ratio& ratio) {
  const std::optional<double> longer = median_of(report, ratio.longer), shorter = median_of(report, ratio.shorter);
  if (!longer || !shorter || *shorter <= 0) return std::nullopt;
  return *longer / *shorter;
}

Json stage_document(const StageResult& stage) {
  const Times times = stage.times.value_or(Times{});
  Json document = {{"name", stage.name},
                   {"median_ms", stage.times ? number(times.median) : Json(nullptr)},
                   {"p95_ms", stage.times ? number(times.p95) : Json(nullptr)},
                   {"n", times.n}};
  if (!stage.times) document["unavailable"] = stage.unavailable;
  document.update(stage.facts);
  return document;
}

std::string text_of(const Json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

}  // namespace

Json bench_document(const BenchReport& report) {
  Json list = Json::array(), ratios = Json::object();
  for (const StageResult& stage : report.stages) list.push_back(stage_document(stage));
  for (const Ratio& ratio : kRatios) {
    if (const std::optional<double> value = value_of(report, ratio)) ratios[ratio.name] = number(*value);
  }
  return {{"machine", report.machine}, {"stages", std::move(list)}, {"ratios", std::move(ratios)}};
}

void print_bench(const BenchReport& report) {
  for (const auto& [name, value] : report.machine.items()) fmt::print("{:<10} {}\n", name, text_of(value));
  fmt::print("\n{:<20} {:>10} {:>10} {:>4}  {}\n", "stage", "median ms", "p95 ms", "n", "what");
  for (const StageResult& stage : report.stages) {
    if (!stage.times) {
      fmt::print("{:<20} {:>10}\n{:20} {}\n", stage.name, "unavailable", "", stage.unavailable);
      continue;
    }
    fmt::print("{:<20} {:>10.3f} {:>10.3f} {:>4}  {}\n", stage.name, stage.times->median, stage.times->p95,
               stage.times->n, stage.what);
    for (const auto& [name, value] : stage.facts.items()) fmt::print("{:20} {}: {}\n", "", name, text_of(value));
  }
  fmt::print("\n");
  for (const Ratio& ratio : kRatios) {
    if (const std::optional<double> value = value_of(report, ratio)) fmt::print("{:8.1f}  {}\n", *value, ratio.what);
  }
}

}  // namespace purlscope::app::cli
