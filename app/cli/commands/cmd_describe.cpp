#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "app/cli/commands/command.h"
#include "app/cli/support/json_output.h"
#include "core/base/error.h"
#include "core/endpoint/endpoint.h"
#include "core/engine/loader.h"
#include "core/engine/nearest.h"
#include "core/text/descriptions.h"

namespace purlscope::app::cli {
namespace {

struct DescribeOptions {
  std::string label;
  std::string source;
  std::string endpoint, endpoint_model;
};

/// The bank's entry, else the user's own, else that of the nearest label, else the template.
core::Label described_or_nearest(const std::string& text) {
  core::Label label = core::describe_label(text);
  if (!core::is_undescribed(label)) return label;
  if (auto own = core::find_in_own_bank(text)) return *std::move(own);
  try {
    const std::unique_ptr<core::Engine> engine = core::load_engine({});
    return core::with_nearest({{label}}, *engine).labels.front();
  } catch (const Error& error) {
    fmt::print(stderr, "no look-up of labels with the same meaning: {}\n", error.what());
    return label;
  }
}

core::Label describe_by_model(const std::string& text, const DescribeOptions& options, const std::stop_token& stop) {
  core::EndpointSettings settings = core::endpoint_settings();
  if (!options.endpoint.empty()) settings.url = options.endpoint;
  if (!options.endpoint_model.empty()) settings.model = options.endpoint_model;
  return core::describe_by_endpoint(text, settings, stop);
}

core::Label describe_from(const DescribeOptions& options, const std::stop_token& stop) {
  const std::string text = core::clean_label(options.label);
  if (options.source == "template") return core::template_label(text);
  if (options.source == "endpoint") return describe_by_model(text, options, stop);
  if (options.source.empty()) return described_or_nearest(text);
  if (auto found = core::DescriptionBank::bundled().find(text)) return *std::move(found);
  throw Error(Code::not_found,
              fmt::format("the bundled bank has no label \"{}\"; use --source template, or a table of your own with "
                          "--labels-file",
                          text));
}

int describe(const DescribeOptions& options, const std::stop_token& stop) {
  const core::Label label = describe_from(options, stop);
  Json sentences = Json::object();
  Json origin = Json::object();
  for (std::size_t i = 0; i < core::kSentenceCount; ++i) {
    const std::string name(core::kSentences[i]);
    sentences[name] = label.sentences[i].text;
    origin[name] = core::origin_text(label, i);
  }
  print_pretty({{"label", label.text}, {"sentences", std::move(sentences)}, {"origin", std::move(origin)}});
  return kDone;
}

}  // namespace

Run define_describe(CLI::App& app) {
  auto options = std::make_shared<DescribeOptions>();
  app.add_option("LABEL", options->label, "an action, in quotes when it has several words")->required();
  auto* source =
      app.add_option(
             "--source", options->source,
             "bank, template or endpoint; without it the bank, else the bank's label of the same meaning, else the "
             "template")
          ->check(CLI::IsMember({"bank", "template", "endpoint"}));
  auto* url = app.add_option("--endpoint", options->endpoint,
                             "URL of an OpenAI-compatible server, up to the version: http://localhost:8080/v1");
  auto* model = app.add_option("--endpoint-model", options->endpoint_model, "name of the model on that server");
  for (auto* option : {url, model}) option->needs(source);
  app.add_flag("--json")->description("JSON on stdout (always given)");
  return [options](const Call& call) { return describe(*options, call.stop); };
}

}  // namespace purlscope::app::cli
