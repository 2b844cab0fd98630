#include "models/baselines/baseline.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "core/base/error.h"
#include "models/baselines/methods/cada_vae.h"
#include "models/baselines/methods/devise.h"
#include "models/baselines/methods/global.h"
#include "models/baselines/methods/jpose.h"
#include "models/baselines/methods/revise.h"
#include "models/baselines/methods/smie.h"
#include "models/baselines/methods/synse.h"

namespace purlscope::models::baselines {
namespace {

/// A method is one row here.
struct Method {
  const char* name;
  std::unique_ptr<Baseline> (*make)(Settings&);
};
constexpr std::array<Method, 7> kMethods = {{{"revise", make_revise},
                                             {"devise", make_devise},
                                             {"jpose", make_jpose},
                                             {"cada-vae", make_cada_vae},
                                             {"synse", make_synse},
                                             {"smie", make_smie},
                                             {"global", make_global}}};

double root_mean_square(const at::Tensor& features) { return features.square().mean().sqrt().item<double>(); }

void expect_texts(const ClassTexts& texts) {
  const bool rows = texts.label.dim() == 2 && texts.label.size(0) > 0;
  if (rows && texts.verb.sizes() == texts.label.sizes() && texts.noun.sizes() == texts.label.sizes()) return;
  throw Error(Code::shape_mismatch,
              "texts of classes: label, verb and noun features differ in their sizes or are "
              "empty, expected [C, m] each");
}

void expect_clips(const SeenClips& clips, std::int64_t classes, bool masked) {
  const bool rows = clips.features.dim() == 2 && clips.targets.dim() == 1;
  if (!rows || clips.features.size(0) != clips.targets.size(0) ||
      (masked && (!clips.masked.defined() || clips.masked.sizes() != clips.features.sizes()))) {
    throw Error(Code::shape_mismatch,
                fmt::format("seen clips: features {} and targets {}, expected [N, n] and [N]{}", clips.features.sizes(),
                            clips.targets.sizes(), masked ? ", with masked features of the same size" : ""));
  }
  if (clips.features.size(0) < 2) throw Error(Code::bad_argument, "fewer than two seen clips: nothing to learn from");
  const auto lowest = clips.targets.min().item<std::int64_t>(), highest = clips.targets.max().item<std::int64_t>();
  if (lowest >= 0 && highest < classes) return;
  throw Error(Code::bad_argument,
              fmt::format("classes of seen clips go from {} to {}, but there are {} texts", lowest, highest, classes));
}

}  // namespace

Baseline::Baseline(Settings& settings) : visual_rms_(settings.number("visual_rms", 1, 0, 1000)) {}

void Baseline::fit(const SeenClips& clips, const ClassTexts& seen, std::uint64_t seed, const core::ProgressFn& progress,
                   const std::stop_token& stop) {
  const c10::InferenceMode normal_tensors(false);
  expect_texts(seen);
  expect_clips(clips, seen.count(), wants_masked());
  const double size = root_mean_square(clips.features);
  gain_ = visual_rms_ > 0 && size > 0 ? visual_rms_ / size : 1;
  SeenClips scaled = clips;
  scaled.features = clips.features * gain_;
  if (clips.masked.defined()) scaled.masked = clips.masked * gain_;
  visual_dim_ = clips.features.size(1);
  text_dim_ = seen.label.size(1);
  learn(scaled, seen, seed, progress, stop);
}

at::Tensor Baseline::scores(const at::Tensor& features, const ClassTexts& candidates,
                            const std::stop_token& stop) const {
  if (visual_dim_ == 0) throw Error(Code::bad_argument, "a method scores clips after it was fitted: call fit() first");
  const c10::InferenceMode normal_tensors(false);
  const at::NoGradGuard no_grad;
  expect_texts(candidates);
  if (features.dim() == 2 && features.size(1) == visual_dim_ && candidates.label.size(1) == text_dim_) {
    return score(features * gain_, candidates, stop);
  }
  throw Error(Code::shape_mismatch, fmt::format("features {} and texts {}, expected [B, {}] and [L, {}] as in training",
                                                features.sizes(), candidates.label.sizes(), visual_dim_, text_dim_));
}

std::vector<std::string> baseline_names() {
  std::vector<std::string> names;
  for (const Method& method : kMethods) names.emplace_back(method.name);
  return names;
}

std::unique_ptr<Baseline> make_baseline(const std::string& name, const nlohmann::json& config) {
  const auto found = std::ranges::find(kMethods, name, &Method::name);
  if (found == kMethods.end()) {
    throw Error(Code::bad_argument, fmt::format("no baseline '{}': expected one of {}", name, baseline_names()));
  }
  Settings settings(name, config);
  return found->make(settings);
}

}  // namespace purlscope::models::baselines
