#include "app/cli/support/refining.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "app/cli/support/lab_options.h"

namespace purlscope::app::cli {

void add_refinement_option(CLI::App& app, std::string& refinement) {
  app.add_option("--refinement", refinement,
                 "how it learns: em (default), prototypes, cache, running-mean, normalisation, similarity, levels, "
                 "scale-shift, official; or a JSON file with method and settings");
}

nlohmann::json refinement_settings(const std::string& refinement) {
  if (refinement.empty()) return {};
  return refinement.ends_with(".json") ? read_settings(refinement) : nlohmann::json{{"method", refinement}};
}

Json bank_document(const core::RefinementState& state) {
  Json out = Json::object();
  for (const core::BankEntry& entry : state.bank) out[entry.slot] = out.value(entry.slot, 0) + 1;
  return out;
}

}  // namespace purlscope::app::cli
