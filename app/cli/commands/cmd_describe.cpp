#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "app/cli/commands/command.h"
#include "app/cli/support/json_output.h"
#include "core/base/error.h"
#include "core/text/descriptions.h"

namespace purlscope::app::cli {
namespace {

struct DescribeOptions {
  std::string label;
  std::string source;
};

core::Label describe_from(const std::string& label, const std::string& source) {
  const std::string text = core::clean_label(label);
  if (source == "template") return core::template_label(text);
  if (source == "endpoint") {
    throw Error(Code::unsupported, "no language-model endpoint is configured; use --source bank or --source template");
  }
  if (source.empty()) return core::describe_label(text);
  if (auto found = core::DescriptionBank::bundled().find(text)) return *std::move(found);
  throw Error(Code::not_found,
              fmt::format("the bundled bank has no label \"{}\"; use --source template, or a table of your own with "
                          "--labels-file",
                          text));
}

int describe(const DescribeOptions& options) {
  const core::Label label = describe_from(options.label, options.source);
  Json sentences = Json::object();
  Json origin = Json::object();
  for (std::size_t i = 0; i < core::kSentenceCount; ++i) {
    const std::string name(core::kSentences[i]);
    sentences[name] = label.sentences[i].text;
    origin[name] = core::to_string(label.sentences[i].origin);
  }
  print_pretty({{"label", label.text}, {"sentences", std::move(sentences)}, {"origin", std::move(origin)}});
  return kDone;
}

}  // namespace

Run define_describe(CLI::App& app) {
  auto options = std::make_shared<DescribeOptions>();
  app.add_option("LABEL", options->label, "an action, in quotes when it has several words")->required();
  app.add_option("--source", options->source, "bank, template or endpoint; the bank, else the template, without it")
      ->check(CLI::IsMember({"bank", "template", "endpoint"}));
  app.add_flag("--json")->description("JSON on stdout (always given)");
  return [options](const Call&) { return describe(*options); };
}

}  // namespace purlscope::app::cli
