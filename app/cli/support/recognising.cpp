#include "app/cli/support/recognising.h"

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <limits>
#include <utility>
#include <vector>

#include "app/cli/support/validators.h"
#include "core/base/error.h"
#include "core/base/stopwatch.h"
#include "core/engine/loader.h"
#include "core/engine/nearest.h"
#include "core/formats/registry.h"
#include "core/formats/tables/label_table.h"
#include "core/formats/tables/label_wordings.h"
#include "core/formats/tables/text_features.h"
#include "core/text/descriptions.h"
#include "core/weights/store.h"

namespace purlscope::app::cli {
namespace fs = std::filesystem;

void add_label_options(CLI::App& app, RecogniseOptions& options) {
  auto* typed = app.add_option("--labels", options.labels, "labels, separated by commas");
  app.add_option(
         "--labels-file", options.labels_file,
         "one label a line, or a table (TSV, or FILE.xlsx#SHEET) with the header label, head, hands, torso, legs, "
         "start, middle, end, global")
      ->excludes(typed);
}

void add_text_options(CLI::App& app, RecogniseOptions& options) {
  app.add_option("--texts", options.texts,
                 "tables of descriptions (TSV, or FILE.xlsx#SHEET) that are asked before the bundled bank");
  add_paraphrases_flag(app, options.paraphrases);
}

void add_paraphrases_flag(CLI::App& app, bool& paraphrases) {
  app.add_flag("--paraphrases", paraphrases,
               "take all tables of --texts that describe a label, each a wording, instead of the first (the shipped "
               "recogniser alone)")
      ->needs(app.get_option("--texts"));
}

core::Wordings wordings(bool paraphrases) { return paraphrases ? core::Wordings::all : core::Wordings::first; }

void add_model_options(CLI::App& app, RecogniseOptions& options) {
  app.add_option("--model", options.model,
                 "model file or folder, or the name of installed weights; the default model without it");
  add_encoder_option(app, options.encoder);
  app.add_option("--person", options.person, "index of the person, from 0; the one with most energy without it")
      ->check(whole_number(0, std::numeric_limits<int>::max()));
  app.add_option("--threads", options.threads, "threads of the engine; 0 = physical cores minus one")
      ->check(CLI::Range(0, 1024));
  add_device_option(app, options.device);
}

void add_device_option(CLI::App& app, std::string& device) {
  app.add_option(
      "--device", device,
      "what networks compute on: auto (a GPU where one answers; default), cpu, cuda, cuda:1, ...; the shipped "
      "model has none and stays on the processor");
}

void add_encoder_option(CLI::App& app, std::string& encoder) {
  app.add_option(
      "--encoder", encoder,
      "text encoder: minilm (default), clip, the name of installed weights, or a file of features (.npz with "
      "texts and features, .npy with texts in .txt)");
}

void choose_encoder(core::EngineOptions& options, const std::string& encoder) {
  if (core::is_text_features(encoder)) {
    options.features = std::make_shared<const core::TextFeatures>(core::read_text_features(encoder));
  } else {
    options.encoder = encoder;
  }
}

core::LabelSet requested_labels(const RecogniseOptions& options) {
  core::LabelSet labels;
  if (!options.labels_file.empty()) {
    labels = core::read_labels(options.labels_file);
  } else if (!options.labels.empty()) {
    labels = core::make_label_set(core::split_labels(options.labels));
  }
  const std::vector<fs::path> tables(options.texts.begin(), options.texts.end());
  return tables.empty() ? labels : core::describe_from(std::move(labels), tables, wordings(options.paraphrases));
}

core::EngineOptions engine_options(const RecogniseOptions& options) {
  const fs::path model = core::weights_file(options.model);
  std::error_code unreachable;
  if (!model.empty() && !fs::exists(model, unreachable)) {
    throw Error(Code::not_found, fmt::format("{}: no such model file or folder, nor installed weights of that name; "
                                             "check --model, or leave it out for the default model",
                                             options.model));
  }
  core::EngineOptions engine{.model = model, .threads = options.threads};
  engine.device = options.device;
  choose_encoder(engine, options.encoder);
  return engine;
}

Recogniser::Recogniser(const RecogniseOptions& options, const core::LabelSet& labels, std::stop_token stop)
    : read_(read_options(options.read, stop)), stop_(std::move(stop)) {
  engine_ = core::load_engine(engine_options(options));
  window_ = engine_->describe().window;
  window_.person = options.person;
  labels_ = core::with_nearest(labels, *engine_);
  engine_->set_labels(labels_, stop_);
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

core::ClipPtr Recogniser::read(const fs::path& file) const { return core::read_clip(file, read_); }

core::ScoreTrack Recogniser::score_over_time(const core::ClipPtr& clip, const core::Sliding& sliding) {
  std::vector<std::string> texts;
  texts.reserve(labels_.labels.size());
  for (const core::Label& label : labels_.labels) texts.push_back(label.text);
  core::ScoreTrack track = core::empty_track(std::move(texts), core::sliding_windows(clip->duration(), sliding));
  core::WindowOptions options = window_;
  if (!options.person) options.person = core::most_energetic_person(*clip);
  std::optional<Error> reason;
  bool any = false;
  for (std::size_t i = 0; i < track.size(); ++i) {
    core::throw_if_stopped(stop_);
    options.begin = track.windows[i].begin;
    options.end = track.windows[i].end;
    try {
      track.set(i, engine_->recognise(core::make_window(clip, options), false, stop_));
      any = true;
    } catch (const Error& error) {
      if (error.code() != Code::bad_format) throw;  // nobody is there just then
      if (!reason) reason = error;
    }
  }
  if (!any && reason) throw Error(*reason);
  return track;
}

core::Refinement& Recogniser::refinement() {
  if (core::Refinement* refinement = engine_->refinement()) return *refinement;
  throw Error(Code::unsupported, "this engine cannot learn from what it recognises");
}

}  // namespace purlscope::app::cli
