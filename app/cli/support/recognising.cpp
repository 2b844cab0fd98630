#include "app/cli/support/recognising.h"

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <limits>

#include "app/cli/support/validators.h"
#include "core/base/error.h"
#include "core/base/stopwatch.h"
#include "core/engine/loader.h"
#include "core/formats/registry.h"
#include "core/text/descriptions.h"

namespace purlscope::app::cli {
namespace fs = std::filesystem;

void add_label_options(CLI::App& app, RecogniseOptions& options) {
  auto* typed = app.add_option("--labels", options.labels, "labels, separated by commas");
  app.add_option(
         "--labels-file", options.labels_file,
         "one label a line, or a table with the header label, head, hands, torso, legs, start, middle, end, global")
      ->excludes(typed);
}

void add_model_options(CLI::App& app, RecogniseOptions& options) {
  app.add_option("--model", options.model, "model file or folder; the default model without it");
  app.add_option("--person", options.person, "index of the person, from 0; the one with most energy without it")
      ->check(whole_number(0, std::numeric_limits<int>::max()));
  app.add_option("--threads", options.threads, "threads of the engine; 0 = physical cores minus one")
      ->check(CLI::Range(0, 1024));
}

core::LabelSet requested_labels(const RecogniseOptions& options) {
  if (!options.labels_file.empty()) return core::read_label_file(options.labels_file);
  if (options.labels.empty()) return {};
  return core::make_label_set(core::split_labels(options.labels));
}

core::EngineOptions engine_options(const RecogniseOptions& options) {
  std::error_code unreachable;
  if (!options.model.empty() && !fs::exists(options.model, unreachable)) {
    throw Error(Code::not_found, fmt::format("{}: no such model file or folder; check --model, or leave it out for the "
                                             "default model",
                                             options.model));
  }
  return {.model = options.model, .threads = options.threads};
}

Recogniser::Recogniser(const RecogniseOptions& options, const core::LabelSet& labels, std::stop_token stop)
    : read_(read_options(options.read, stop)), stop_(std::move(stop)) {
  engine_ = core::load_engine(engine_options(options));
  window_ = engine_->describe().window;
  window_.person = options.person;
  engine_->set_labels(labels, stop_);
}

core::Recognition Recogniser::recognise(const fs::path& file, bool with_attention) {
  const core::Stopwatch watch;
  const core::ClipPtr clip = core::read_clip(file, read_);
  const double load = watch.ms();
  core::Recognition recognition = recognise(clip, with_attention);
  recognition.timings.load += load;
  recognition.timings.total += load;
  return recognition;
}

core::Recognition Recogniser::recognise(const core::ClipPtr& clip, bool with_attention) {
  const core::Stopwatch watch;
  const core::Window window = core::make_window(clip, window_);
  const double cut = watch.ms();
  core::Recognition recognition = engine_->recognise(window, with_attention, stop_);
  recognition.timings.preprocess += cut;
  recognition.timings.total += cut;
  return recognition;
}

}  // namespace purlscope::app::cli
