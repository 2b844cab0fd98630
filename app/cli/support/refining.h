#pragma once

#include <filesystem>
#include <string>

#include "app/cli/support/json_output.h"
#include "core/engine/refinement.h"

namespace CLI {
class App;
}

namespace purlscope::app::cli {

/// Adds --refinement: the name of a method, or a JSON file with method and settings.
void add_refinement_option(CLI::App& app, std::string& refinement);
/// The settings that it asks for; null for nothing. @throws as read_settings()
nlohmann::json refinement_settings(const std::string& refinement);

/// What the bank holds: windows by the label that they were taken for.
Json bank_document(const core::RefinementState& state);

}  // namespace purlscope::app::cli
