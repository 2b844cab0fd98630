#include "models/engine/lab.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "models/baselines/lab.h"
#include "models/engine/guard.h"
#include "models/engine/threads.h"
#include "models/purls/lab.h"
#include "models/structured/lab.h"
#include "models/training/device.h"

namespace purlscope::models {
namespace {

/// An evaluation method is one row here.
struct Method {
  const char* name;
  void (*check)(const core::EvaluateOptions&);
  nlohmann::json (*evaluate)(const core::LabData&, const core::EvaluateOptions&, TextEncoder&, const core::ProgressFn&,
                             std::stop_token);
};
constexpr std::array<Method, 10> kMethods = {{{"structured", check_structured, evaluate_structured},
                                              {"purls", check_purls, evaluate_purls},
                                              {"dynapurls", check_dynapurls, evaluate_dynapurls},
                                              {"revise", check_baseline, evaluate_baseline},
                                              {"devise", check_baseline, evaluate_baseline},
                                              {"jpose", check_baseline, evaluate_baseline},
                                              {"cada-vae", check_baseline, evaluate_baseline},
                                              {"synse", check_baseline, evaluate_baseline},
                                              {"smie", check_baseline, evaluate_baseline},
                                              {"global", check_baseline, evaluate_baseline}}};

const Method& method(const core::EvaluateOptions& options) {
  const auto found = std::ranges::find(kMethods, options.method, &Method::name);
  if (found != kMethods.end()) return *found;
  std::string known;
  for (const Method& row : kMethods) known += fmt::format("{}{}", known.empty() ? "" : ", ", row.name);
  throw Error(Code::bad_argument, fmt::format("no evaluation method '{}'; known: {}", options.method, known));
}

}  // namespace

CpuLab::CpuLab(core::EngineOptions options) : options_(std::move(options)) {
  set_threads(options_.threads);
  open_cuda();
}

void CpuLab::check(const core::TrainOptions& options) const {
  guarded("checking the settings of the training", [&] { check_purls(options); });
}

void CpuLab::check(const core::EvaluateOptions& options) const {
  guarded("checking the settings of the evaluation", [&] { method(options).check(options); });
}

nlohmann::json CpuLab::train(const core::LabData& data, const core::TrainOptions& options,
                             const core::ProgressFn& progress, std::stop_token stop) {
  return guarded("training", [&] { return train_purls(data, options, encoder(), progress, stop); });
}

nlohmann::json CpuLab::evaluate(const core::LabData& data, const core::EvaluateOptions& options,
                                const core::ProgressFn& progress, std::stop_token stop) {
  return guarded("evaluation", [&] { return method(options).evaluate(data, options, encoder(), progress, stop); });
}

nlohmann::json CpuLab::fit_default_model(const std::vector<core::ClipSet>& sets, const std::filesystem::path& out,
                                         const core::ProgressFn& progress, std::stop_token stop) {
  return guarded("fitting the default model", [&] { return fit_structured(sets, out, encoder(), progress, stop); });
}

TextEncoder& CpuLab::encoder() {
  if (!encoder_) encoder_ = open_encoder(options_);
  return *encoder_;
}

}  // namespace purlscope::models
