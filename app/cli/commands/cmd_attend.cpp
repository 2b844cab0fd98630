#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>

#include "app/cli/commands/command.h"
#include "app/cli/support/files.h"
#include "app/cli/support/json_output.h"
#include "app/cli/support/labels.h"
#include "app/cli/support/recognising.h"
#include "core/base/error.h"
#include "core/formats/numpy/npz_writer.h"

namespace purlscope::app::cli {
namespace {

using core::NdArray;

struct AttendOptions {
  std::string file;
  std::string label;
  std::string out;
  RecogniseOptions recognise;
};

NdArray slot_centres(const std::vector<core::TimeSpan>& spans) {
  NdArray centres({spans.size()});
  std::ranges::transform(spans, centres.data.begin(),
                         [](const core::TimeSpan& span) { return static_cast<float>((span.begin + span.end) / 2); });
  return centres;
}

NdArray slot_spans(const std::vector<core::TimeSpan>& spans) {
  NdArray array({spans.size(), 2});
  for (std::size_t slot = 0; slot < spans.size(); ++slot) {
    array.data[2 * slot] = static_cast<float>(spans[slot].begin);
    array.data[2 * slot + 1] = static_cast<float>(spans[slot].end);
  }
  return array;
}

std::map<std::string, core::NpzValue> arrays_of(const core::Recognition& recognition, std::size_t label) {
  const core::LabelAttention& attention = recognition.attention.at(label);
  NdArray score({1});
  score.data[0] = recognition.labels[label].score;
  score.shape.clear();
  return {{"attention", attention.attention},
          {"contribution", attention.contribution},
          {"sentences", std::vector<std::string>(core::kSentences.begin(), core::kSentences.end())},
          {"joints", recognition.layout->joints},
          {"times", slot_centres(recognition.spans)},
          {"spans", slot_spans(recognition.spans)},
          {"score", std::move(score)}};
}

int attend(const AttendOptions& options, const std::stop_token& stop) {
  core::LabelSet labels = requested_labels(options.recognise);
  const std::size_t chosen = find_or_add(labels, options.label);
  Recogniser recogniser(options.recognise, labels, stop);
  const core::Recognition recognition = recogniser.recognise(std::filesystem::path(options.file), true);
  if (recognition.attention.size() != recognition.labels.size()) {
    throw Error(Code::unsupported, fmt::format("model {} gives no attention; use another --model", recognition.model));
  }
  prepare_output(options.out);
  core::write_npz(options.out, arrays_of(recognition, chosen));
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
