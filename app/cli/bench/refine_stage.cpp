#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "app/cli/bench/stages.h"
#include "core/base/error.h"
#include "core/formats/registry.h"
#include "core/text/descriptions.h"

namespace purlscope::app::cli {
namespace {

constexpr std::size_t kClasses = 10;
constexpr std::size_t kSlots = 16;   // of a class in the bank
constexpr std::size_t kAsked = 30;   // labels among which the ten are looked for
constexpr std::size_t kRounds = 40;  // at most, to fill the bank

/// The bundled recordings, whole, their halves, and their middles.
std::vector<core::Window> some_windows(const core::WindowOptions& wanted) {
  std::vector<core::Window> out;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(Subject::recording().parent_path())) {
    if (entry.path().extension() == ".skeleton") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    const core::ClipPtr clip = core::read_clip(file, {});
    const core::Window whole = core::make_window(clip, wanted);
    const double length = whole.end - whole.begin;
    for (const auto& [from, to] : {std::pair(0.0, 1.0), {0.0, 0.5}, {0.5, 1.0}, {0.25, 0.75}, {0.1, 0.7}}) {
      core::WindowOptions part = wanted;
      part.begin = whole.begin + from * length;
      part.end = whole.begin + to * length;
      out.push_back(core::make_window(clip, part));
    }
  }
  return out;
}

/// Labels that the windows are taken for, each of another window where that is possible.
core::LabelSet likely_labels(core::Engine& engine, const std::vector<core::Window>& windows) {
  const std::vector<std::string> all = core::DescriptionBank::bundled().labels();
  std::vector<std::string> asked;  // spread over the bank
  for (std::size_t i = 0; i < kAsked; ++i) asked.push_back(all[i * all.size() / kAsked]);
  engine.set_labels(core::make_label_set(asked));
  std::vector<std::string> chosen;
  for (std::size_t i = 0; i < windows.size() && chosen.size() < kClasses; ++i) {
    auto scored = engine.recognise(windows[i], false).labels;
    std::erase_if(scored, [&](const auto& label) { return std::ranges::count(chosen, label.label) > 0; });
    chosen.push_back(std::ranges::max_element(scored, {}, &core::LabelScore::score)->label);
  }
  return core::make_label_set(chosen);
}

}  // namespace

Prepared prepare_refine_step(Subject& subject) {
  core::Engine& engine = subject.engine();
  core::Refinement* const refinement = engine.refinement();
  if (refinement == nullptr) throw Error(Code::unsupported, "this engine cannot refine itself");
  const auto windows = std::make_shared<const std::vector<core::Window>>(some_windows(subject.info().window));
  engine.set_labels(likely_labels(engine, *windows));
  refinement->start({.settings = {}, .background = false});
  for (std::size_t round = 0; round < kRounds && refinement->state().bank.size() < kClasses * kSlots; ++round) {
    for (const core::Window& window : *windows) engine.recognise(window, false);
  }
  const auto held = refinement->state().bank.size();
  const auto run = [&engine, refinement, windows, next = std::size_t{0}]() mutable {
    engine.recognise((*windows)[next++ % windows->size()], false);
    return refinement->state().step_ms;
  };
  const auto facts = [refinement, held] {
    refinement->stop();
    return Json{{"labels", kClasses}, {"bank_windows", held}};
  };
  return {run, facts};
}

}  // namespace purlscope::app::cli
