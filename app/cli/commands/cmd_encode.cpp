#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "app/cli/commands/command.h"
#include "app/cli/support/json_output.h"
#include "app/cli/support/recognising.h"
#include "core/base/error.h"
#include "core/engine/loader.h"

namespace purlscope::app::cli {
namespace {

struct EncodeOptions {
  std::vector<std::string> texts;
  RecogniseOptions recognise;
  bool as_json = false;
};

int encode(const EncodeOptions& options, const std::vector<std::string>& texts) {
  if (texts.empty()) throw Error(Code::bad_argument, "encode: no text; give one or more after --");
  const std::unique_ptr<core::Engine> engine = core::load_engine(engine_options(options.recognise));
  const core::NdArray features = engine->encode(texts);
  if (features.shape.size() != 2 || features.shape[0] != texts.size()) {
    throw Error(Code::internal, fmt::format("the text encoder gave no row for each of {} texts", texts.size()));
  }
  const std::string encoder = engine->describe().text_encoder;
  if (options.as_json) {
    print_line({{"encoder", encoder}, {"dim", features.shape[1]}, {"features", rows(features)}});
    return kDone;
  }
  for (std::size_t row = 0; row < texts.size(); ++row) {
    fmt::print("{}:", texts[row]);
    for (std::size_t column = 0; column < features.shape[1]; ++column) {
      fmt::print(" {:.4f}", features.data[row * features.shape[1] + column]);
    }
    fmt::print("\n");
  }
  return kDone;
}

}  // namespace

Run define_encode(CLI::App& app) {
  auto options = std::make_shared<EncodeOptions>();
  app.add_option("TEXT", options->texts, "texts; write them after -- to have them taken exactly as they are");
  app.add_option("--model", options->recognise.model, "model whose text encoder is used");
  app.add_flag("--json", options->as_json, "JSON on stdout");
  return [options](const Call& call) {
    std::vector<std::string> texts = options->texts;
    texts.insert(texts.end(), call.texts.begin(), call.texts.end());
    return encode(*options, texts);
  };
}

}  // namespace purlscope::app::cli
