#include "app/cli/support/reading.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>

#include "app/cli/support/validators.h"
#include "core/base/error.h"
#include "core/base/layout.h"

namespace purlscope::app::cli {

void add_read_options(CLI::App& app, ReadArguments& arguments) {
  app.add_option("--format", arguments.format, "format of the recording, where its name and content do not tell it");
  app.add_option("--input-layout", arguments.layout, "joint layout of an array that does not state its own");
  app.add_option("--input-fps", arguments.fps, "frames per second of a recording that does not state them")
      ->check(frame_rate());
  app.add_option("--companion,--skeleton", arguments.companion,
                 "file that belongs to the recording: labels of PKU-MMD or UTKinect, skeleton of an AMC");
}

core::ReadOptions read_options(const ReadArguments& arguments, const std::stop_token& stop) {
  check_layout(arguments.layout);
  core::ReadOptions options;
  options.format = arguments.format;
  options.layout = arguments.layout;
  options.fps = arguments.fps;
  options.companion = arguments.companion;
  options.stop = stop;
  return options;
}

void check_layout(const std::string& id) {
  const std::vector<std::string> known = core::joint_layout_ids();
  if (id.empty() || std::ranges::find(known, id) != known.end()) return;
  throw Error(Code::bad_argument, fmt::format("no joint layout '{}'; known: {}", id, fmt::join(known, ", ")));
}

}  // namespace purlscope::app::cli
