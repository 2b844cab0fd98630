#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>

#include "app/cli/commands/command.h"
#include "app/cli/support/json_output.h"
#include "app/cli/support/recognising.h"
#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/engine/loader.h"

namespace purlscope::app::cli {
namespace {

struct EncodeOptions {
  std::vector<std::string> texts;
  RecogniseOptions recognise;
  bool as_json = false;
};

constexpr std::size_t kBatch = 32;

/// In small batches, so that an interrupt is heard between them.
core::NdArray encode_all(core::Engine& engine, const std::vector<std::string>& texts, const std::stop_token& stop) {
  core::NdArray features;
  for (std::size_t begin = 0; begin < texts.size(); begin += kBatch) {
    core::throw_if_stopped(stop);
    const std::size_t end = std::min(begin + kBatch, texts.size());
    const auto first = texts.begin();
    core::NdArray part =
        engine.encode({first + static_cast<std::ptrdiff_t>(begin), first + static_cast<std::ptrdiff_t>(end)});
    if (part.shape.size() != 2 || part.shape[0] != end - begin) {
      throw Error(Code::internal, fmt::format("the text encoder gave no row for each of {} texts", end - begin));
    }
    features.shape = {end, part.shape[1]};
    features.data.insert(features.data.end(), part.data.begin(), part.data.end());
  }
  return features;
}

int encode(const EncodeOptions& options, const std::vector<std::string>& texts, const std::stop_token& stop) {
  if (texts.empty()) throw Error(Code::bad_argument, "encode: no text; give one or more after --");
  const std::unique_ptr<core::Engine> engine = core::load_engine(engine_options(options.recognise));
  const core::NdArray features = encode_all(*engine, texts, stop);
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
  add_encoder_option(app, options->recognise.encoder);
  app.add_flag("--json", options->as_json, "JSON on stdout");
  return [options](const Call& call) {
    std::vector<std::string> texts = options->texts;
    texts.insert(texts.end(), call.texts.begin(), call.texts.end());
    return encode(*options, texts, call.stop);
  };
}

}  // namespace purlscope::app::cli
