#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/cli/support/reading.h"
#include "core/engine/engine.h"
#include "core/timeline/score_track.h"

namespace CLI {
class App;
}

namespace purlscope::app::cli {

/// Options of every command that scores labels.
struct RecogniseOptions {
  std::string labels;              ///< separated by commas
  std::string labels_file;         ///< one label a line, or a description table
  std::vector<std::string> texts;  ///< description tables, of the commands that take them
  bool paraphrases = false;        ///< every table that has a label gives a wording
  std::string model;               ///< file or folder; empty = the default model
  std::optional<int> person;
  int threads = 0;
  std::string encoder;  ///< as add_encoder_option()
  std::string device;   ///< as add_device_option(); empty = "auto"
  ReadArguments read;   ///< of the commands that read recordings
};

/// Adds --labels and --labels-file.
void add_label_options(CLI::App& app, RecogniseOptions& options);
/// Adds --texts and --paraphrases, for the labels of add_label_options().
void add_text_options(CLI::App& app, RecogniseOptions& options);
/// Adds --paraphrases to the options of a command that has --texts.
void add_paraphrases_flag(CLI::App& app, bool& paraphrases);
/// What --paraphrases asks for.
core::Wordings wordings(bool paraphrases);
/// Adds --encoder: minilm, clip, the name of an installed text encoder, or a file of features.
void add_encoder_option(CLI::App& app, std::string& encoder);
/// Puts the choice of --encoder into the options of an engine. @throws what reading a file of features throws
void choose_encoder(core::EngineOptions& options, const std::string& encoder);
/// Adds --device: auto, cpu, cuda, cuda:N.
void add_device_option(CLI::App& app, std::string& device);
/// Adds --model, --encoder, --person, --threads and --device.
void add_model_options(CLI::App& app, RecogniseOptions& options);

/// The labels that were asked for; empty when neither option was given.
/// @throws Error{Code::bad_argument} for empty or duplicate labels, and what core::describe_from() throws
core::LabelSet requested_labels(const RecogniseOptions& options);

/// @throws Error{Code::not_found} with the remedy when the file of `--model` does not exist
core::EngineOptions engine_options(const RecogniseOptions& options);

/// An engine with its labels set. Thread: the one that made it.
class Recogniser {
 public:
  /// Loads the engine and sets the labels. @throws Error
  Recogniser(const RecogniseOptions& options, const core::LabelSet& labels, std::stop_token stop);

  /// Reads the file, cuts the window and recognises it; timings are those of the whole path. The time of the model's
  /// file and of the texts is counted for the first recording.
  core::Recognition recognise(const std::filesystem::path& file, bool with_attention);
  core::Recognition recognise(const core::ClipPtr& clip, bool with_attention);

  /// Scores the windows of a recording one by one, of one person all along; what cannot be scored is left NaN.
  /// @param clip  as read()
  /// @throws Error{Code::cancelled}, and the reason where not one window can be scored
  core::ScoreTrack score_over_time(const core::ClipPtr& clip, const core::Sliding& sliding);
  core::ClipPtr read(const std::filesystem::path& file) const;

  /// Learning from what is recognised. @throws Error{Code::unsupported} for an engine that cannot
  core::Refinement& refinement();

  /// The labels as they are scored: those that nobody had described may have the sentences of the bank's nearest.
  const core::LabelSet& labels() const { return labels_; }

 private:
  core::LabelSet labels_;
  std::unique_ptr<core::Engine> engine_;
  core::WindowOptions window_;
  core::ReadOptions read_;
  std::stop_token stop_;
};

}  // namespace purlscope::app::cli
