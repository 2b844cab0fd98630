#include "models/refinement/method.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/error.h"
#include "models/refinement/methods/methods.h"

namespace purlscope::models::refinement {
namespace {

struct Row {
  MethodName name;
  std::vector<std::string> settings;
  std::unique_ptr<const Method> (*make)(const Options&);
};

const std::vector<Row>& rows() {
  static const std::vector<std::string> gradient = {"learning_rate", "decay", "steps", "schedule", "temperature"};
  static const std::vector<Row> all = {
      {{"em", "prototypes of the labels, by expectation maximisation over the bank"},
       {"weight", "temperature", "iterations", "prior"},
       make_em},
      {{"prototypes", "prototypes of what the bank's windows were taken for"}, {"weight", "prior"}, make_prototypes},
      {{"cache", "likeness to each window of the bank, training-free"}, {"weight", "prior"}, make_cache},
      {{"running-mean", "each label's running mean score is subtracted"}, {"prior"}, make_running_mean},
      {{"normalisation", "measures are standardised by the stream's own mean and deviation"},
       {"prior"},
       make_normalisation},
      {{"similarity", "half of each label's highest scores in the bank is subtracted"}, {}, make_similarity},
      {{"levels", "sentences weigh by their agreement with all"}, {"prior"}, make_levels},
      {{"scale-shift", "DynaPURLS: scale and shift of the texts by gradient, mean over classes"},
       gradient,
       [](const Options& options) { return make_scale_shift(options, false); }},
      {{"official", "DynaPURLS' published objective: mean over windows, decay to 0"},
       gradient,
       [](const Options& options) { return make_scale_shift(options, true); }}};
  return all;
}

}  // namespace

const std::vector<MethodName>& method_names() {
  static const std::vector<MethodName> names = [] {
    std::vector<MethodName> out;
    for (const Row& row : rows()) out.push_back(row.name);
    return out;
  }();
  return names;
}

const std::vector<std::string>& settings_of(const std::string& method) {
  return std::ranges::find_if(rows(), [&](const Row& row) { return method == row.name.name; })->settings;
}

std::unique_ptr<const Method> make_method(const Options& options) {
  for (const Row& row : rows()) {
    if (options.method == row.name.name) return row.make(options);
  }
  std::string known;
  for (const Row& row : rows()) known += fmt::format("{}{}", known.empty() ? "" : ", ", row.name.name);
  throw Error(Code::bad_argument, fmt::format("no refinement '{}'; known: {}", options.method, known));
}

Learned Learned::for_slots(const std::vector<std::string>& names,
                           const std::map<std::string, at::Tensor>& fresh) const {
  Learned out{names, {}, shared};
  for (const auto& [name, values] : by_slot) {
    const auto given = fresh.find(name);
    const at::Tensor none = given != fresh.end() ? given->second : at::zeros_like(values.narrow(0, 0, 1));
    std::vector<at::Tensor> kept;
    for (const std::string& slot : names) {
      const auto found = std::ranges::find(slots, slot);
      kept.push_back(found == slots.end() ? none : values.narrow(0, found - slots.begin(), 1));
    }
    out.by_slot[name] = at::cat(kept);
  }
  return out;
}

at::Tensor Corrections::total(const at::Tensor& scores) const {
  at::Tensor sum = at::zeros_like(scores);
  if (levels.defined()) sum = sum + levels.sum(-1);
  if (other.defined()) sum = sum + other;
  return sum;
}

}  // namespace purlscope::models::refinement
