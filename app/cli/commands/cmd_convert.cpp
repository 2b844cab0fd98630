#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <limits>
#include <map>

#include "app/cli/commands/command.h"
#include "app/cli/support/files.h"
#include "app/cli/support/progress.h"
#include "app/cli/support/reading.h"
#include "app/cli/support/validators.h"
#include "core/base/error.h"
#include "core/formats/dataset.h"
#include "core/formats/writer_registry.h"
#include "core/skeleton/clip_changes.h"

namespace purlscope::app::cli {
namespace {

namespace fs = std::filesystem;

struct ConvertOptions {
  std::string input, output;
  std::string to;
  std::string layout;
  std::optional<double> fps;
  std::optional<std::size_t> person;
  ReadArguments read;
};

/// A recording and what it becomes.
struct Task {
  fs::path from, to;
};

bool is_folder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

/// @throws Error{Code::bad_argument} naming the writers
const core::FormatWriter& requested_writer(const std::string& id) {
  if (const core::FormatWriter* writer = core::writer_by_id(id)) return *writer;
  std::string known;
  for (const core::FormatWriter& writer : core::writers()) known += (known.empty() ? "" : ", ") + writer.id;
  throw Error(Code::bad_argument, id.empty()
                                      ? fmt::format("convert: a folder needs --to FORMAT; known: {}", known)
                                      : fmt::format("convert: no format '{}' can be written; known: {}", id, known));
}

/// Where a recording goes; the extension decides on the format.
Task single_task(const ConvertOptions& options) {
  if (is_folder(options.output)) {
    const core::FormatWriter& writer = requested_writer(options.to);
    const fs::path name = fs::path(options.input).filename().replace_extension(writer.extensions.front());
    return {options.input, options.output / name};
  }
  const core::FormatWriter& writer = core::writer_for(options.output);
  if (!options.to.empty() && writer.id != options.to) {
    throw Error(Code::bad_argument,
                fmt::format("convert: --to {} contradicts the extension of {}", options.to, options.output));
  }
  return {options.input, options.output};
}

std::vector<Task> folder_tasks(const ConvertOptions& options, const std::stop_token& stop) {
  const core::FormatWriter& writer = requested_writer(options.to);
  std::error_code ignored;
  if (fs::exists(options.output, ignored) && !is_folder(options.output)) {
    throw Error(Code::bad_argument, fmt::format("{}: is a file, expected a folder for the recordings of {}",
                                                options.output, options.input));
  }
  std::vector<Task> tasks;
  for (const fs::path& file : core::list_recordings(options.input, stop)) {
    fs::path name = file.lexically_relative(options.input);
    tasks.push_back({file, options.output / name.replace_extension(writer.extensions.front())});
  }
  if (tasks.empty()) {
    throw Error(Code::not_found,
                fmt::format("{}: no file in this folder is a recording of a known format", options.input));
  }
  return tasks;
}

bool is_one_recording(const ConvertOptions& options) {
  if (!is_folder(options.input)) return true;
  if (!options.read.format.empty()) {
    const auto reader = std::ranges::find(core::formats(), options.read.format, &core::FormatReader::id);
    return reader != core::formats().end() && reader->folder;
  }
  return core::recognise_format(options.input) != nullptr;
}

void convert_one(const Task& task, const ConvertOptions& options, const std::stop_token& stop) {
  std::error_code ignored;
  if (fs::equivalent(task.from, task.to, ignored)) {
    throw Error(Code::bad_argument,
                fmt::format("{}: would be written over itself; name another file", task.to.string()));
  }
  const core::ClipPtr read = core::read_clip(task.from, read_options(options.read, stop));
  std::vector<std::string> losses;
  core::Clip clip = options.person ? core::keep_person(*read, *options.person) : *read;
  if (!options.layout.empty()) clip = core::retarget_clip(clip, options.layout, losses);
  if (options.fps) clip = core::resample_clip(clip, *options.fps);
  prepare_output(task.to);
  core::WriteOptions write;
  write.stop = stop;
  const std::vector<std::string> unheld = core::write_clip(clip, task.to, write);
  losses.insert(losses.end(), unheld.begin(), unheld.end());
  for (const std::string& warning : read->warnings) {
    fmt::print(stderr, "purlscope: {}: warning: {}\n", task.from.string(), warning);
  }
  for (const std::string& loss : losses) fmt::print(stderr, "purlscope: {}: not kept: {}\n", task.to.string(), loss);
}

int convert_folder(const ConvertOptions& options, const std::stop_token& stop) {
  const std::vector<Task> tasks = folder_tasks(options, stop);
  std::vector<fs::path> files;
  std::map<fs::path, fs::path> target;  // of each recording
  std::map<fs::path, fs::path> source;  // of each written file
  for (const Task& task : tasks) {
    files.push_back(task.from);
    target[task.from] = task.to;
  }
  std::size_t done = 0;
  ProgressPrinter printer;
  const core::ProgressFn progress = printer.callback();
  const auto report = [&] {
    progress({"Converting", static_cast<double>(done) / static_cast<double>(tasks.size()),
              fmt::format("{} of {}", done, tasks.size())});
  };
  std::size_t failures = 0;
  const int code = for_each_file(
      files, stop,
      [&](const fs::path& file) {
        report();
        ++done;
        const auto [earlier, fresh] = source.emplace(target[file], file);
        if (!fresh) {
          throw Error(Code::bad_argument, fmt::format("{}: {} has become {} already; convert it on its own",
                                                      file.string(), earlier->second.string(), target[file].string()));
        }
        convert_one({file, target[file]}, options, stop);
      },
      [&](const fs::path&, const std::string&) { ++failures; });
  fmt::print(stderr, "{} of {} recordings converted: {}\n", tasks.size() - failures, tasks.size(), options.output);
  return code;
}

int convert(const ConvertOptions& options, const std::stop_token& stop) {
  check_layout(options.layout);
  if (!is_one_recording(options)) return convert_folder(options, stop);
  convert_one(single_task(options), options, stop);
  return kDone;
}

}  // namespace

Run define_convert(CLI::App& app) {
  auto options = std::make_shared<ConvertOptions>();
  app.add_option("IN", options->input, "recording, or folder of recordings")->required();
  app.add_option("OUT", options->output, "file to write, its extension names the format; folder with --to")->required();
  app.add_option("--to", options->to, "format to write into a folder: npz, csv, bvh, ...");
  app.add_option("--layout", options->layout, "joint layout to write; that of the recording without it");
  app.add_option("--fps", options->fps, "frames per second to write, by the time stamps; as recorded without it")
      ->check(frame_rate());
  app.add_option("--person", options->person, "index of the one person to write, from 0; all without it")
      ->check(whole_number(0, std::numeric_limits<int>::max()));
  add_read_options(app, options->read);
  return [options](const Call& call) { return convert(*options, call.stop); };
}

}  // namespace purlscope::app::cli
