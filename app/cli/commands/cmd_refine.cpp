#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <optional>
#include <random>

#include "app/cli/commands/command.h"
#include "app/cli/support/files.h"
#include "app/cli/support/json_output.h"
#include "app/cli/support/recognising.h"
#include "app/cli/support/refining.h"
#include "core/base/error.h"
#include "core/base/shuffle.h"
#include "core/engine/refined.h"
#include "core/formats/registry.h"

namespace purlscope::app::cli {
namespace {

namespace fs = std::filesystem;

struct RefineCommand {
  std::vector<std::string> inputs;
  RecogniseOptions recognise;
  std::string refinement;
  std::optional<std::uint32_t> shuffle;
  std::string load;
  std::string save;
  bool as_json = false;
};

/// A recording of the stream.
struct Streamed {
  fs::path file;
  core::ClipPtr clip;
  std::optional<std::size_t> truth;  ///< index of the label that the recording bears, when it is among those asked for
  std::size_t before = 0;            ///< best label without refinement
  std::size_t arrival = 0;           ///< best label when it came, before it was learned from
  std::size_t after = 0;             ///< best label once all had been learned from
  float probability = 0;             ///< of `arrival`
};

/// Share of the recordings with a known label that a choice got right; nothing when there is none.
std::optional<double> accuracy(const std::vector<Streamed>& stream, std::size_t Streamed::*choice, std::size_t count) {
  double known = 0;
  double right = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (!stream[i].truth) continue;
    known += 1;
    right += stream[i].*choice == *stream[i].truth ? 1 : 0;
  }
  if (known == 0) return std::nullopt;
  return right / known;
}

Json optional_number(const std::optional<double>& value) { return value ? number(*value) : Json(nullptr); }

Json document_of(const std::vector<Streamed>& stream, const core::LabelSet& labels,
                 const core::RefinementState& state) {
  Json curve = Json::array();
  Json files = Json::array();
  for (std::size_t i = 0; i < stream.size(); ++i) {
    const Streamed& entry = stream[i];
    curve.push_back(optional_number(accuracy(stream, &Streamed::arrival, i + 1)));
    files.push_back({{"file", entry.file.string()},
                     {"label", entry.clip->label ? Json(*entry.clip->label) : Json(nullptr)},
                     {"before", labels.labels[entry.before].text},
                     {"arrival", labels.labels[entry.arrival].text},
                     {"after", labels.labels[entry.after].text},
                     {"probability", number(entry.probability)}});
  }
  const auto share = [&](std::size_t Streamed::*choice) {
    return optional_number(accuracy(stream, choice, stream.size()));
  };
  return {{"refinement", state.method},
          {"before", {{"accuracy", share(&Streamed::before)}}},
          {"after", {{"accuracy", share(&Streamed::arrival)}, {"rescored", share(&Streamed::after)}}},
          {"curve", std::move(curve)},
          {"bank", bank_document(state)},
          {"steps", state.steps},
          {"step_ms", number(state.step_ms)},
          {"rollbacks", state.rollbacks},
          {"paused", state.paused},
          {"messages", state.messages},
          {"files", std::move(files)}};
}

void print_for_people(const Json& document) {
  const auto percent = [](const Json& value) {
    return value.is_null() ? std::string("unknown") : fmt::format("{:.1f} %", 100 * value.get<double>());
  };
  for (const Json& row : document["files"]) {
    const bool changed = row["before"] != row["arrival"];
    fmt::print("{:5.1f} %  {}{}  {}\n", 100 * row["probability"].get<double>(), row["arrival"].get<std::string>(),
               changed ? fmt::format(" (without refinement: {})", row["before"].get<std::string>()) : "",
               row["file"].get<std::string>());
  }
  fmt::print("accuracy without refinement {}, on arrival {}, all scored again at the end {}\n",
             percent(document["before"]["accuracy"]), percent(document["after"]["accuracy"]),
             percent(document["after"]["rescored"]));
  fmt::print("{} steps of {:.1f} ms; bank {}\n", document["steps"].dump(), document["step_ms"].get<double>(),
             document["bank"].dump());
  for (const Json& message : document["messages"]) fmt::print("{}\n", message.get<std::string>());
}

int refine(const RefineCommand& command, const std::stop_token& stop) {
  const core::LabelSet labels = requested_labels(command.recognise);
  if (labels.labels.empty()) {
    throw Error(Code::bad_argument, "refine: no labels; give --labels \"wave, clap\" or --labels-file FILE");
  }
  if (!command.load.empty() && !command.refinement.empty()) {
    throw Error(Code::bad_argument, "refine: --load brings its own settings; leave --refinement out");
  }
  std::vector<fs::path> files = expand_inputs(command.inputs, stop);
  if (command.shuffle) {
    std::mt19937 generator(*command.shuffle);
    core::shuffle(files, generator);
  }
  if (!command.save.empty()) prepare_output(command.save);
  Recogniser recogniser(command.recognise, labels, stop);
  core::Refinement& refinement = recogniser.refinement();
  // In step with the stream, so that a run repeats exactly.
  refinement.start({refinement_settings(command.refinement), false});
  if (!command.load.empty()) refinement.load(command.load);

  std::vector<Streamed> stream;
  const core::ReadOptions read = read_options(command.recognise.read, stop);
  const int code = for_each_file(
      files, stop,
      [&](const fs::path& file) {
        const core::ClipPtr clip = core::read_clip(file, read);
        const core::Recognition recognition = recogniser.recognise(clip, false);
        const std::size_t best = recognition.ranking().front();
        stream.push_back({file, clip, core::true_label(recognition), core::best_without_refinement(recognition), best,
                          best, recognition.labels[best].probability});
      },
      [](const fs::path&, const std::string&) {});
  if (stream.empty()) return kFailed;
  refinement.set_learning(false);
  for (Streamed& entry : stream) {
    core::throw_if_stopped(stop);
    entry.after = recogniser.recognise(entry.clip, false).ranking().front();
  }
  const core::RefinementState state = refinement.state();
  if (!command.save.empty()) refinement.save(command.save);
  const Json document = document_of(stream, recogniser.labels(), state);
  command.as_json ? print_line(document) : print_for_people(document);
  return code;
}

}  // namespace

Run define_refine(CLI::App& app) {
  auto command = std::make_shared<RefineCommand>();
  app.add_option("FILE", command->inputs, "recordings, or folders of recordings, in the order of the stream")
      ->required();
  add_label_options(app, command->recognise);
  add_model_options(app, command->recognise);
  add_read_options(app, command->recognise.read);
  add_refinement_option(app, command->refinement);
  app.add_option("--shuffle", command->shuffle, "bring the recordings into a random order, drawn with this seed");
  app.add_option("--load", command->load, "go on from a state that --save wrote, for the same labels");
  app.add_option("--save", command->save, "write what was learned to this file (safetensors)");
  app.add_flag("--json", command->as_json, "JSON on stdout");
  return [command](const Call& call) { return refine(*command, call.stop); };
}

}  // namespace purlscope::app::cli
