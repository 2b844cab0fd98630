#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "app/cli/commands/command.h"
#include "app/cli/support/files.h"
#include "app/cli/support/json_output.h"
#include "app/cli/support/labels.h"
#include "app/cli/support/recognising.h"
#include "core/base/error.h"
#include "core/report/attention_arrays.h"

namespace purlscope::app::cli {
namespace {

struct AttendOptions {
  std::string file;
  std::string label;
  std::string out;
  RecogniseOptions recognise;
};

int attend(const AttendOptions& options, const std::stop_token& stop) {
  core::LabelSet labels = requested_labels(options.recognise);
  const std::size_t chosen = find_or_add(labels, options.label);
  Recogniser recogniser(options.recognise, labels, stop);
  const core::Recognition recognition = recogniser.recognise(std::filesystem::path(options.file), true);
  if (recognition.attention.size() != recognition.labels.size()) {
    throw Error(Code::unsupported, fmt::format("model {} gives no attention; use another --model", recognition.model));
  }
  prepare_output(options.out);
  core::write_npz(options.out, core::attention_arrays(recognition, chosen));
  const core::LabelScore& score = recognition.labels[chosen];
  print_line({{"file", options.file},
              {"out", options.out},
              {"label", score.label},
              {"score", number(score.score)},
              {"probability", number(score.probability)},
              {"model", recognition.model},
              {"shape", recognition.attention[chosen].attention.shape}});
  return kDone;
}

}  // namespace

Run define_attend(CLI::App& app) {
  auto options = std::make_shared<AttendOptions>();
  app.add_option("FILE", options->file, "recording")->required();
  app.add_option("--label", options->label, "the label whose attention is written")->required();
  add_label_options(app, options->recognise);
  add_model_options(app, options->recognise);
  add_read_options(app, options->recognise.read);
  app.add_option("--out", options->out, "npz file to write")->required();
  app.add_flag("--json")->description("a JSON summary on stdout (always given)");
  return [options](const Call& call) { return attend(*options, call.stop); };
}

}  // namespace purlscope::app::cli
