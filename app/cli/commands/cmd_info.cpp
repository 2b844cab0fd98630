#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>

#include "app/cli/commands/command.h"
#include "app/cli/support/files.h"
#include "app/cli/support/json_output.h"
#include "app/cli/support/reading.h"
#include "core/formats/registry.h"

namespace purlscope::app::cli {
namespace {

struct InfoOptions {
  std::vector<std::string> files;
  ReadArguments read;
  bool as_json = false;
};

/// Names of the joints that have no value in any frame of any person.
std::vector<std::string> missing_joints(const core::Clip& clip) {
  std::vector<std::string> names;
  const std::size_t joints = clip.joint_count();
  for (std::size_t joint = 0; joint < joints; ++joint) {
    const bool seen = std::ranges::any_of(clip.persons, [&](const core::Person& person) {
      for (std::size_t i = joint; i < person.state.size(); i += joints) {
        if (person.state[i] != core::JointState::missing) return true;
      }
      return false;
    });
    if (!seen) names.push_back(clip.layout->joints[joint]);
  }
  return names;
}

Json document_of(const std::filesystem::path& file, const core::Clip& clip) {
  return {{"file", file.string()},
          {"format", clip.format},
          {"layout", clip.layout ? Json(clip.layout->id) : Json(nullptr)},
          {"persons", clip.persons.size()},
          {"frames", clip.frames},
          {"fps", clip.fps ? number(*clip.fps) : Json(nullptr)},
          {"unit", clip.unit.empty() ? Json(nullptr) : Json(clip.unit)},
          {"label", clip.label ? Json(*clip.label) : Json(nullptr)},
          {"label_index", clip.label_index ? Json(*clip.label_index) : Json(nullptr)},
          {"duration_s", number(clip.duration())},
          {"joints_missing", missing_joints(clip)},
          {"tags", clip.tags},
          {"warnings", clip.warnings}};
}

void print_for_people(const std::filesystem::path& file, const core::Clip& clip) {
  fmt::print("{}\n", file.string());
  fmt::print("  format    {}, unit {}\n", clip.format, clip.unit);
  fmt::print("  layout    {} ({} joints)\n", clip.layout->title, clip.joint_count());
  fmt::print("  length    {} frames, {:.2f} s, {:g} Hz{}\n", clip.frames, clip.duration(), clip.rate(),
             clip.fps ? "" : " (from the time stamps)");
  fmt::print("  persons   {}\n", clip.persons.size());
  if (clip.label) fmt::print("  label     {}\n", *clip.label);
  if (const auto missing = missing_joints(clip); !missing.empty()) {
    fmt::print("  missing   {}\n", fmt::join(missing, ", "));
  }
  for (const auto& [key, value] : clip.tags) fmt::print("  {:<9} {}\n", key, value);
  for (const std::string& warning : clip.warnings) fmt::print("  warning   {}\n", warning);
}

int info(const InfoOptions& options, const std::stop_token& stop) {
  return for_each_file(
      expand_inputs(options.files, stop), stop,
      [&](const std::filesystem::path& file) {
        const core::ClipPtr clip = core::read_clip(file, read_options(options.read, stop));
        options.as_json ? print_line(document_of(file, *clip)) : print_for_people(file, *clip);
      },
      [&](const std::filesystem::path& file, const std::string& message) {
        if (options.as_json) print_line(failure_document(file, message));
      });
}

}  // namespace

Run define_info(CLI::App& app) {
  auto options = std::make_shared<InfoOptions>();
  app.add_option("FILE", options->files, "recordings, or folders of recordings")->required();
  add_read_options(app, options->read);
  app.add_flag("--json", options->as_json, "one JSON document a line");
  return [options](const Call& call) { return info(*options, call.stop); };
}

}  // namespace purlscope::app::cli
