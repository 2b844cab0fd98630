#include "models/refinement/state_file.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "core/base/error.h"
#include "core/base/safetensors.h"
#include "models/weights/load.h"

namespace purlscope::models::refinement {
namespace {

using nlohmann::json;

constexpr const char* kArchitecture = "refinement";
constexpr const char* kVersion = "1";
constexpr const char* kBySlot = "by_slot.";
constexpr const char* kShared = "shared.";

using Tensors = std::map<std::string, core::SafeTensorOut>;

void store(const std::string& name, const at::Tensor& tensor, Tensors& tensors) {
  if (tensor.defined()) tensors[name] = store_tensor(tensor);
}

json entries_to_json(const std::vector<EntryPtr>& entries) {
  json out = json::array();
  for (const EntryPtr& entry : entries) {
    out.push_back({{"slot", entry->slot},
                   {"confidence", entry->confidence},
                   {"clip", entry->clip},
                   {"begin", entry->begin},
                   {"end", entry->end},
                   {"number", entry->number}});
  }
  return out;
}

json identity_to_json(const Identity& identity) {
  json labels = json::array();
  for (const Identity::Text& text : identity.labels) labels.push_back({text.label, text.hash});
  return {{"model", identity.model},
          {"encoder", identity.encoder},
          {"encoder_hash", identity.encoder_hash},
          {"labels", labels}};
}

Identity identity_from_json(const json& facts) {
  Identity out{facts.at("model"), facts.at("encoder"), facts.at("encoder_hash"), {}};
  for (const json& text : facts.at("labels")) out.labels.push_back({text.at(0), text.at(1)});
  return out;
}

const std::string& metadata(const core::SafeTensors& file, const char* key) {
  const auto found = file.metadata().find(key);
  if (found != file.metadata().end()) return found->second;
  throw Error(Code::bad_format,
              fmt::format("{}: metadata lack \"{}\"; this is no state of a refinement", file.path().string(), key));
}

/// Any tensor of the file. @param rows that it must have; -1 for any
at::Tensor load(const core::SafeTensors& file, const std::string& name, std::int64_t rows) {
  std::vector<std::int64_t> shape = file.at(name).shape;
  if (rows >= 0) {
    if (shape.empty()) shape.push_back(rows);
    shape[0] = rows;
  }
  return load_tensor(file, name, shape);
}

at::Tensor load_if(const core::SafeTensors& file, const std::string& name, std::int64_t rows) {
  return file.contains(name) ? load(file, name, rows) : at::Tensor();
}

Bank read_bank(const core::SafeTensors& file, const json& entries, std::int64_t per_slot) {
  Bank bank(per_slot);
  const auto count = static_cast<std::int64_t>(entries.size());
  if (count == 0) return bank;
  const at::Tensor features = load(file, "bank.features", count);
  for (std::int64_t i = 0; i < count; ++i) {
    const json& facts = entries.at(static_cast<std::size_t>(i));
    auto entry = std::make_shared<Entry>();
    entry->features = features.narrow(0, i, 1).clone();
    entry->slot = facts.at("slot");
    entry->confidence = facts.at("confidence");
    entry->clip = facts.at("clip");
    entry->begin = facts.at("begin");
    entry->end = facts.at("end");
    entry->number = facts.at("number");
    bank.offer(std::move(entry));
  }
  return bank;
}

LearnedPtr read_learned(const core::SafeTensors& file, const std::vector<std::string>& slots) {
  Learned out{slots, {}, {}};
  for (const auto& [name, tensor] : file.tensors()) {
    if (name.starts_with(kBySlot)) {
      out.by_slot[name.substr(std::string(kBySlot).size())] = load(file, name, static_cast<std::int64_t>(slots.size()));
    }
    if (name.starts_with(kShared)) out.shared[name.substr(std::string(kShared).size())] = load(file, name, -1);
  }
  if (out.by_slot.empty() && out.shared.empty()) return nullptr;
  return std::make_shared<const Learned>(std::move(out));
}

}  // namespace

void save_state(const Refiner& refiner, const Identity& identity, const std::filesystem::path& file) {
  Tensors tensors;
  const std::vector<EntryPtr> entries = refiner.bank().entries();
  std::vector<at::Tensor> features;
  features.reserve(entries.size());
  for (const EntryPtr& entry : entries) features.push_back(entry->features);
  if (!features.empty()) store("bank.features", at::cat(features), tensors);
  const Stream& stream = refiner.stream();
  store("stream.visual", stream.visual, tensors);
  store("stream.features", stream.features, tensors);
  store("stream.squares", stream.squares, tensors);
  store("stream.scores", stream.scores, tensors);
  std::vector<std::string> slots = stream.slots;
  if (const LearnedPtr& learned = refiner.learned()) {
    slots = learned->slots;
    for (const auto& [name, tensor] : learned->by_slot) store(kBySlot + name, tensor, tensors);
    for (const auto& [name, tensor] : learned->shared) store(kShared + name, tensor, tensors);
  }
  const json facts = {{"identity", identity_to_json(identity)},
                      {"options", to_json(refiner.options())},
                      {"slots", slots},
                      {"windows", stream.windows},
                      {"steps", refiner.steps()},
                      {"bank", entries_to_json(entries)}};
  core::save_safetensors(file, tensors,
                         {{"architecture", kArchitecture}, {"version", kVersion}, {"refinement", facts.dump()}});
}

Refiner load_state(const std::filesystem::path& path, const Identity& identity, std::shared_ptr<const Scorer> scorer) {
  const core::SafeTensors file = core::SafeTensors::open(path);
  if (metadata(file, "architecture") != kArchitecture || metadata(file, "version") != kVersion) {
    throw Error(Code::unsupported,
                fmt::format("{}: architecture {} version {}, this program reads {} version {}", path.string(),
                            metadata(file, "architecture"), metadata(file, "version"), kArchitecture, kVersion));
  }
  try {
    const json facts = json::parse(metadata(file, "refinement"));
    if (const std::string other = difference(identity_from_json(facts.at("identity")), identity); !other.empty()) {
      throw Error(Code::unsupported, fmt::format("{}: {}", path.string(), other));
    }
    Refiner refiner(options_from_json(facts.at("options")));
    refiner.set_scorer(std::move(scorer));
    const auto slots = facts.at("slots").get<std::vector<std::string>>();
    Stream stream;
    stream.windows = facts.at("windows");
    stream.slots = slots;
    stream.visual = load_if(file, "stream.visual", 1);
    stream.features = load_if(file, "stream.features", 1);
    stream.squares = load_if(file, "stream.squares", 1);
    stream.scores = load_if(file, "stream.scores", static_cast<std::int64_t>(slots.size()));
    refiner.restore(read_bank(file, facts.at("bank"), refiner.options().bank), std::move(stream),
                    read_learned(file, slots), facts.at("steps"));
    return refiner;
  } catch (const json::exception& error) {
    throw Error(Code::bad_format,
                fmt::format("{}: metadata \"refinement\" is damaged: {}", path.string(), error.what()));
  } catch (const c10::Error& error) {
    throw Error(Code::bad_format,
                fmt::format("{}: its tensors do not fit the model: {}", path.string(), error.what_without_backtrace()));
  }
}

}  // namespace purlscope::models::refinement
