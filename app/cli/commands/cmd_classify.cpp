#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "app/cli/commands/command.h"
#include "app/cli/support/files.h"
#include "app/cli/support/json_output.h"
#include "app/cli/support/recognising.h"
#include "app/cli/support/score_table.h"
#include "app/cli/support/validators.h"
#include "core/base/error.h"
#include "core/engine/loader.h"
#include "core/formats/registry.h"
#include "core/weights/store.h"

namespace purlscope::app::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kClosedSetTop = 5;

struct ClassifyOptions {
  std::vector<std::string> inputs;
  RecogniseOptions recognise;
  std::size_t top = 0;
  std::string csv;
  bool closed_set = false;
  std::string weights;
  bool as_json = false;
};

/// `{"file": ...}` first, then the fields of the result.
Json with_file(const fs::path& file, const Json& result) {
  Json document = {{"file", file.string()}};
  document.update(result);
  return document;
}

int classify_open_set(const ClassifyOptions& options, const std::stop_token& stop) {
  const core::LabelSet labels = requested_labels(options.recognise);
  if (labels.labels.empty()) {
    throw Error(Code::bad_argument, "classify: no labels; give --labels \"wave, clap\" or --labels-file FILE");
  }
  const std::vector<fs::path> files = expand_inputs(options.inputs, stop);
  std::optional<ScoreCsv> csv;
  if (!options.csv.empty()) {
    prepare_output(options.csv);
    csv.emplace(options.csv, labels);
  }
  Recogniser recogniser(options.recognise, labels, stop);
  std::size_t scored = 0;
  const auto work = [&](const fs::path& file) {
    const core::Recognition recognition = recogniser.recognise(file, false);
    if (csv) csv->add(file, recognition);
    if (options.as_json) {
      print_line(with_file(file, recognition_document(recognition, options.top)));
    } else if (!csv) {
      print_scores(file, recognition, options.top);
    }
    ++scored;
  };
  const auto failed = [&](const fs::path& file, const std::string& message) {
    if (csv) csv->add_failure(file, message);
    if (options.as_json) print_line(failure_document(file, message));
  };
  const int code = for_each_file(files, stop, work, failed);
  if (csv) {
    csv->close();
    fmt::print(stderr, "{} of {} files scored: {}\n", scored, files.size(), options.csv);
  }
  return code;
}

std::vector<double> softmax(const std::vector<float>& logits) {
  const float peak = *std::ranges::max_element(logits);
  std::vector<double> weights;
  weights.reserve(logits.size());
  for (const float logit : logits) weights.push_back(std::exp(static_cast<double>(logit) - peak));
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (double& weight : weights) weight /= total;
  return weights;
}

Json closed_set_document(const core::ClosedSetResult& result, std::size_t top) {
  const std::vector<double> probabilities = softmax(result.logits);
  std::vector<std::size_t> order(probabilities.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return result.logits[a] > result.logits[b]; });
  order.resize(std::min(order.size(), top == 0 ? kClosedSetTop : top));
  Json best = Json::array();
  for (const std::size_t index : order) {
    best.push_back({{"index", index},
                    {"label", index < result.classes.size() ? Json(result.classes[index]) : Json(nullptr)},
                    {"probability", number(probabilities[index])}});
  }
  return {{"architecture", result.architecture},
          {"device", result.device},
          {"logits", numbers(result.logits)},
          {"top", std::move(best)},
          {"timings_ms", timings_document(result.timings)}};
}

void print_closed_set(const fs::path& file, const Json& document) {
  fmt::print("{}  ({})\n", file.string(), document["architecture"].get<std::string>());
  for (const Json& row : document["top"]) {
    const double probability = row["probability"].is_null() ? std::nan("") : row["probability"].get<double>();
    fmt::print("{:5.1f} %  {:3}  {}\n", 100 * probability, row["index"].get<std::size_t>(),
               row["label"].is_null() ? "(the weights name no classes)" : row["label"].get<std::string>());
  }
}

int classify_closed_set(const ClassifyOptions& options, const std::stop_token& stop) {
  if (options.weights.empty()) throw Error(Code::bad_argument, "classify: --closed-set needs --weights W.safetensors");
  const fs::path weights = core::weights_file(options.weights);
  std::error_code unreachable;
  if (!fs::exists(weights, unreachable)) {
    throw Error(Code::not_found, fmt::format("{}: no such weight file, nor installed weights of that name; make one "
                                             "with tools/convert_checkpoint.py",
                                             options.weights));
  }
  const core::ReadOptions read = read_options(options.recognise.read, stop);
  const std::unique_ptr<core::Engine> engine = core::load_engine(engine_options(options.recognise));
  return for_each_file(
      expand_inputs(options.inputs, stop), stop,
      [&](const fs::path& file) {
        const core::ClosedSetResult result = engine->classify_closed_set(*core::read_clip(file, read), weights);
        if (result.logits.empty()) throw Error(Code::internal, options.weights + ": the network gave no logits");
        Json document = closed_set_document(result, options.top);
        document["weights"] = options.weights;
        options.as_json ? print_line(with_file(file, document)) : print_closed_set(file, document);
      },
      [&](const fs::path& file, const std::string& message) {
        if (options.as_json) print_line(failure_document(file, message));
      });
}

}  // namespace

Run define_classify(CLI::App& app) {
  auto options = std::make_shared<ClassifyOptions>();
  app.add_option("FILE", options->inputs, "recordings, or folders of recordings")->required();
  add_label_options(app, options->recognise);
  add_text_options(app, options->recognise);
  add_model_options(app, options->recognise);
  add_read_options(app, options->recognise.read);
  app.add_option("--top", options->top, "most labels listed")->check(whole_number(1, std::numeric_limits<int>::max()));
  app.add_option("--out", options->csv, "write the scores of all files to this CSV file");
  app.add_flag("--json", options->as_json, "one JSON document a line");
  auto* weights = app.add_option("--weights", options->weights,
                                 "checkpoint for --closed-set: safetensors file, or the name of installed weights");
  auto* closed = app.add_flag("--closed-set", options->closed_set, "score the checkpoint's own classes, no labels");
  weights->needs(closed);
  for (const char* name : {"--labels", "--labels-file", "--texts", "--model", "--out", "--person"}) {
    closed->excludes(app.get_option(name));
  }
  return [options](const Call& call) {
    return options->closed_set ? classify_closed_set(*options, call.stop) : classify_open_set(*options, call.stop);
  };
}

}  // namespace purlscope::app::cli
