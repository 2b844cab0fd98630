#include "models/purls/train/checkpoint.h"

#include <fmt/format.h>

#include <memory>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/base/json_excerpt.h"
#include "models/purls/model/module_file.h"
#include "models/weights/load.h"

namespace purlscope::models::purls {
namespace {

using nlohmann::json;
using torch::optim::AdamWParamState;

constexpr const char* kFirstMoment = "adam.first.";
constexpr const char* kSecondMoment = "adam.second.";
constexpr const char* kBest = "best.";

void store_optimiser(const torch::nn::Module& module, torch::optim::AdamW& optimiser, TensorMap& tensors, json& steps) {
  for (const auto& item : module.named_parameters()) {
    const auto found = optimiser.state().find(item.value().unsafeGetTensorImpl());
    if (found == optimiser.state().end()) continue;
    const auto& state = static_cast<const AdamWParamState&>(*found->second);
    tensors[kFirstMoment + item.key()] = store_tensor(state.exp_avg());
    tensors[kSecondMoment + item.key()] = store_tensor(state.exp_avg_sq());
    steps[item.key()] = state.step();
  }
}

void load_optimiser(const core::SafeTensors& file, const torch::nn::Module& module, const json& steps,
                    torch::optim::AdamW& optimiser) {
  for (const auto& item : module.named_parameters()) {
    if (!steps.contains(item.key())) continue;
    const auto shape = item.value().sizes().vec();
    const at::Device device = item.value().device();
    auto state = std::make_unique<AdamWParamState>();
    state->step(steps.at(item.key()).get<std::int64_t>());
    state->exp_avg(load_tensor(file, kFirstMoment + item.key(), shape).to(device));
    state->exp_avg_sq(load_tensor(file, kSecondMoment + item.key(), shape).to(device));
    optimiser.state()[item.value().unsafeGetTensorImpl()] = std::move(state);
  }
}

void store_best(const Snapshot& best, TensorMap& tensors) {
  for (const auto& [name, tensor] : best.state()) tensors[kBest + name] = store_tensor(tensor);
}

Snapshot load_best(const core::SafeTensors& file, const torch::nn::Module& module) {
  Snapshot best(module);
  for (auto& [name, tensor] : best.state()) {
    if (!file.contains(kBest + name)) return {};
    tensor = load_tensor(file, kBest + name, tensor.sizes().vec());
  }
  return best;
}

json metadata_json(const core::SafeTensors& file, const std::string& key) {
  const auto found = file.metadata().find(key);
  json value = found == file.metadata().end() ? json() : json::parse(found->second, nullptr, false);
  if (value.is_object()) return value;
  throw Error(Code::bad_format, fmt::format("{}: without a readable '{}'", file.path().string(), key));
}

void expect_same_training(const core::SafeTensors& file, const json& fingerprint) {
  const std::string difference = first_difference(metadata_json(file, "fingerprint"), fingerprint);
  if (difference.empty()) return;
  throw Error(Code::bad_argument,
              fmt::format("{} is the checkpoint of another training ({}): choose another folder, or "
                          "start over with --fresh",
                          file.path().string(), difference));
}

/// @param what names the file and what is wrong with it
Error damaged(const std::string& what) {
  return {Code::bad_format, fmt::format("damaged checkpoint: {}: --fresh starts the training over", what)};
}

}  // namespace

std::string first_difference(const json& saved, const json& wanted, const std::string& path) {
  if (saved == wanted) return {};
  if (saved.is_object() && wanted.is_object()) {
    for (const auto& [key, value] : wanted.items()) {
      const std::string full = path.empty() ? key : fmt::format("{}.{}", path, key);
      std::string difference = first_difference(saved.value(key, json()), value, full);
      if (!difference.empty()) return difference;
    }
  }
  return fmt::format("{}: {} in the checkpoint, {} now", path, core::json_excerpt(saved), core::json_excerpt(wanted));
}

void save_checkpoint(const std::filesystem::path& file, const Fitted& fitted, const json& fingerprint,
                     const json& state) {
  TensorMap tensors;
  json steps = json::object();
  store_module(fitted.module, "module.", tensors);
  store_optimiser(fitted.module, fitted.optimiser, tensors, steps);
  store_best(fitted.best, tensors);
  core::save_safetensors(file, tensors,
                         {{"architecture", "purls-checkpoint"},
                          {"fingerprint", fingerprint.dump()},
                          {"state", state.dump()},
                          {"steps", steps.dump()}});
}

std::optional<json> load_checkpoint(const std::filesystem::path& path, const Fitted& fitted, const json& fingerprint) {
  try {
    const core::SafeTensors file = core::SafeTensors::open(path);
    expect_same_training(file, fingerprint);
    load_module(file, "module.", fitted.module);
    load_optimiser(file, fitted.module, metadata_json(file, "steps"), fitted.optimiser);
    fitted.best = load_best(file, fitted.module);
    return metadata_json(file, "state");
  } catch (const json::exception& error) {
    throw damaged(fmt::format("{}: {}", path.string(), error.what()));
  } catch (const Error& error) {
    std::error_code ignored;
    if (error.code() == Code::not_found && !std::filesystem::exists(path, ignored)) return std::nullopt;
    if (error.code() == Code::bad_argument || error.code() == Code::io) throw;
    throw damaged(error.what());
  }
}

}  // namespace purlscope::models::purls
