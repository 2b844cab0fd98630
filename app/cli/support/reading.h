#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

#include "core/formats/registry.h"

namespace CLI {
class App;
}

namespace purlscope::app::cli {

/// What a command line says on how recordings are to be read.
struct ReadArguments {
  std::string format;         ///< `--format`
  std::string layout;         ///< `--input-layout`
  std::string companion;      ///< `--companion`, `--skeleton`
  std::optional<double> fps;  ///< `--input-fps`
};

void add_read_options(CLI::App& app, ReadArguments& arguments);

core::ReadOptions read_options(const ReadArguments& arguments, const std::stop_token& stop);

/// An id of `--layout` or `--input-layout`; empty passes. @throws Error{Code::bad_argument} naming the known ones
void check_layout(const std::string& id);

}  // namespace purlscope::app::cli
