#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "app/cli/commands/command.h"
#include "app/cli/support/json_output.h"
#include "core/weights/import.h"

namespace purlscope::app::cli {
namespace {

struct WeightsOptions {
  core::WeightsImport import;
  std::string file, vocabulary;
  bool importing = false;
  bool as_json = false;
};

Json document_of(const core::InstalledWeights& weights) {
  return {{"name", weights.name},
          {"kind", weights.kind},
          {"parameters", weights.parameters},
          {"sha256", weights.sha256},
          {"licence", weights.licence ? Json(*weights.licence) : Json(nullptr)}};
}

void print_row(const core::InstalledWeights& weights) {
  fmt::print("{:24} {:12} {:>12}  {}  {}\n", weights.name, weights.kind, weights.parameters,
             weights.sha256.substr(0, 12), weights.licence.value_or("(no licence stated)"));
}

int import(const WeightsOptions& options, const std::stop_token& stop) {
  core::WeightsImport wish = options.import;
  wish.file = options.file;
  wish.vocabulary = options.vocabulary;
  const core::InstalledWeights weights = core::import_weights(wish, stop);
  options.as_json ? print_line(document_of(weights)) : print_row(weights);
  fmt::print(stderr, "installed in {}\n", weights.folder.string());
  return kDone;
}

int list(const WeightsOptions& options) {
  const std::vector<core::InstalledWeights> all = core::installed_weights();
  if (options.as_json) {
    Json documents = Json::array();
    for (const core::InstalledWeights& weights : all) documents.push_back(document_of(weights));
    print_line(documents);
    return kDone;
  }
  for (const core::InstalledWeights& weights : all) print_row(weights);
  if (all.empty()) fmt::print(stderr, "nothing is installed in {}\n", core::weights_dir().string());
  return kDone;
}

}  // namespace

Run define_weights(CLI::App& app) {
  auto options = std::make_shared<WeightsOptions>();
  app.require_subcommand(1);
  CLI::App* importing = app.add_subcommand("import", "checks a weight file and installs it");
  importing->add_option("FILE", options->file, "safetensors file")->required();
  importing->add_option("--vocab", options->vocabulary,
                        "vocabulary of a text encoder: CLIP's bpe_simple_vocab_16e6.txt.gz or merges.txt, MiniLM's "
                        "vocab.txt");
  importing->add_option("--name", options->import.name, "name by which commands find it");
  importing->add_option("--licence", options->import.licence, "licence, where the file does not state it");
  importing->add_flag("--json", options->as_json, "JSON on stdout");
  importing->callback([options] { options->importing = true; });
  app.add_subcommand("list", "the installed weight files")->add_flag("--json", options->as_json, "JSON on stdout");
  return [options](const Call& call) { return options->importing ? import(*options, call.stop) : list(*options); };
}

}  // namespace purlscope::app::cli
