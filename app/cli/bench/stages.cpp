#include "app/cli/bench/stages.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "core/base/error.h"
#include "core/base/stopwatch.h"
#include "core/engine/loader.h"
#include "core/formats/registry.h"
#include "core/skeleton/ntu_preprocess.h"
#include "core/text/descriptions.h"

namespace purlscope::app::cli {
namespace {

constexpr std::size_t kFramesPerStep = 4;  // of Shift-GCN: every fourth frame completes a time step

/// Times the whole of a function.
template <typename Work>
TimedRun timed(Work work) {
  return [work = std::move(work)] {
    const core::Stopwatch watch;
    work();
    return watch.ms();
  };
}

Prepared prepare_load(Subject&) {
  return {timed([file = Subject::recording()] { core::read_clip(file, {}); })};
}

Prepared prepare_window(Subject& subject) {
  return {timed([clip = subject.clip(), options = subject.info().window] { core::make_window(clip, options); })};
}

Prepared prepare_ntu(Subject& subject) {
  return {timed([clip = subject.clip()] { core::ntu_preprocess(*clip); })};
}

Prepared prepare_shift_gcn_window(Subject& subject) {
  return {
      [&subject] { return subject.engine().classify_closed_set(*subject.clip(), subject.weights()).timings.backbone; },
      [&subject] {
        return Json{{"weights", subject.weights_origin()}};
      }};
}

/// Frames of the preprocessed recording, one after the other, from its beginning again after its end.
class FrameFeed {
 public:
  explicit FrameFeed(const core::Clip& clip) : input_(core::ntu_preprocess(clip)) {}

  /// [3, J] of the first performer
  core::NdArray next() {
    const std::size_t coordinates = input_.shape[0], frames = input_.shape[1], joints = input_.shape[2];
    const std::size_t persons = input_.shape[3];
    core::NdArray frame({coordinates, joints});
    for (std::size_t i = 0; i < frame.size(); ++i) {
      frame.data[i] = input_.data[((i / joints * frames + at_) * joints + i % joints) * persons];
    }
    at_ = (at_ + 1) % frames;
    return frame;
  }

 private:
  core::NdArray input_;
  std::size_t at_ = 0;
};

/// A run is the mean of the frames of one time step: some of them reach more layers than others.
Prepared prepare_shift_gcn_frame(Subject& subject) {
  struct State {
    FrameFeed feed;
    std::unique_ptr<core::ClosedSetStream> stream;
    std::vector<double> worst;
  };
  const auto state = std::make_shared<State>(
      State{FrameFeed(*subject.clip()), core::load_engine_module().make_closed_set_stream(subject.weights()), {}});
  for (std::size_t frame = 0; frame <= state->stream->delay(); ++frame) state->stream->push(state->feed.next());
  const auto run = [state] {
    double total = 0, worst = 0;
    for (std::size_t i = 0; i < kFramesPerStep; ++i) {
      const core::NdArray frame = state->feed.next();
      const core::Stopwatch watch;
      if (state->stream->push(frame)) state->stream->logits();
      total += watch.ms();
      worst = std::max(worst, watch.ms());
    }
    state->worst.push_back(worst);
    return total / kFramesPerStep;
  };
  const auto facts = [state] {
    return Json{{"worst_frame_ms", number(summarise(state->worst).median)}, {"delay_frames", state->stream->delay()}};
  };
  return {run, facts};
}

void set_bank_labels(Subject& subject) {
  const std::vector<std::string> all = core::DescriptionBank::bundled().labels();
  constexpr std::size_t kLabels = 10;
  subject.engine().set_labels(core::make_label_set({all.begin(), all.begin() + kLabels}));
}

Prepared prepare_features(Subject& subject) {
  set_bank_labels(subject);
  return {[&subject] { return subject.engine().recognise(subject.window(), false).timings.backbone; }};
}

Prepared recognise_file(Subject& subject, bool with_attention) {
  set_bank_labels(subject);
  return {timed([&subject, with_attention] {
    const core::ClipPtr clip = core::read_clip(Subject::recording(), {});
    subject.engine().recognise(core::make_window(clip, subject.info().window), with_attention);
  })};
}

Prepared prepare_recognise(Subject& subject) { return recognise_file(subject, false); }
Prepared prepare_recognise_attention(Subject& subject) { return recognise_file(subject, true); }

constexpr std::array kStages = {
    Stage{"load_clip", "a recording is read", &prepare_load},
    Stage{"cut_window", "retargeted and resampled for the default model", &prepare_window},
    Stage{"ntu_preprocess", "preprocessed for Shift-GCN: 300 frames", &prepare_ntu},
    Stage{"shift_gcn_window", "Shift-GCN, one person, 300 frames", &prepare_shift_gcn_window},
    Stage{"shift_gcn_frame", "one more frame of a sliding window, mean of four", &prepare_shift_gcn_frame},
    Stage{"shift_gcn_gpu", "Shift-GCN on the GPU, one window, transfers and all", &prepare_gpu_window, true},
    Stage{"shift_gcn_gpu_64", "64 windows at once on the GPU, a window's share", &prepare_gpu_batch, true},
    Stage{"features", "the model's node features", &prepare_features},
    Stage{"recognise", "file to scores of 10 labels", &prepare_recognise},
    Stage{"recognise_attention", "the same with attention and contributions", &prepare_recognise_attention},
    Stage{"encode_label", "the texts of a new label encoded, as new_label does", &prepare_encode_label},
    Stage{"new_label", "a new label: 8 sentences encoded, fitted, scored", &prepare_new_label},
    Stage{"score_120", "120 labels attend and are scored", &prepare_score_120},
    Stage{"explain_120", "the same, every attention and contribution given out", &prepare_explain_120},
    Stage{"refine_step", "one step of refinement, 10 labels", &prepare_refine_step},
    Stage{"render_1", "1 skeleton drawn and read back, 1280x720", &prepare_render_1},
    Stage{"render_100", "100 skeletons drawn and read back, 1280x720", &prepare_render_100},
};

}  // namespace

std::span<const Stage> stages() { return kStages; }

std::vector<const Stage*> chosen_stages(const std::string& names) {
  std::vector<const Stage*> chosen;
  if (names.empty()) {
    const bool gpu = core::load_engine_module().gpu().usable;
    for (const Stage& stage : kStages) {
      if (gpu || !stage.needs_gpu) chosen.push_back(&stage);
    }
    return chosen;
  }
  for (const std::string& name : core::split_labels(names)) {
    const auto* const found =
        std::find_if(kStages.begin(), kStages.end(), [&](const Stage& stage) { return stage.name == name; });
    if (found == kStages.end()) {
      std::string known;
      for (const Stage& stage : kStages) known += fmt::format("{}{}", known.empty() ? "" : ", ", stage.name);
      throw Error(Code::bad_argument, fmt::format("--stages: found \"{}\", expected some of {}", name, known));
    }
    chosen.push_back(found);
  }
  return chosen;
}

}  // namespace purlscope::app::cli
