#include "models/structured/recogniser.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/base/error.h"
#include "core/base/stopwatch.h"
#include "models/structured/fit/problem.h"
#include "models/structured/label_cache.h"
#include "models/structured/mirrored_labels.h"
#include "models/structured/model.h"
#include "models/structured/scorer.h"

namespace purlscope::models::structured {
namespace {

constexpr double kFps = 30.0;
constexpr std::int64_t kLabelsPerFit = 8;

/// @param nodes [8, S] @param mirrored whether the joints are those of the motion in a mirror
core::NdArray to_array(const at::Tensor& nodes, bool mirrored) {
  static const at::Tensor counterparts = at::tensor(std::vector<std::int64_t>(kMirror.begin(), kMirror.end()));
  core::NdArray out({core::kSentenceCount, kSlots, kJoints});
  at::Tensor values = nodes.view({core::kSentenceCount, kSlots, kJoints});
  if (mirrored) values = values.index_select(2, counterparts);
  values = values.contiguous();
  std::copy_n(values.const_data_ptr<float>(), out.size(), out.data.begin());
  return out;
}

/// Clip times of the frames that each slot pools; the whole-clip slot stands for the window.
std::vector<core::TimeSpan> spans_of(const core::Window& window) {
  const auto time_of = [&](std::size_t frame) {
    return window.time_at(static_cast<double>(frame) / static_cast<double>(kFrames));
  };
  std::vector<core::TimeSpan> spans;
  spans.reserve(kSlotFrames.size());
  for (const SlotFrames& slot : kSlotFrames) spans.push_back({time_of(slot.begin), time_of(slot.end)});
  spans[kWholeClip] = {window.begin, window.end};
  return spans;
}

/// What the sentences do not add goes to `other`: the name's share, less the centring.
/// @param levels [8]
core::LabelScore label_score(const std::string& label, const at::Tensor& levels, double score) {
  core::LabelScore out;
  out.label = label;
  const at::Tensor shares = levels.contiguous();
  std::copy_n(shares.const_data_ptr<float>(), core::kSentenceCount, out.levels.begin());
  out.other = static_cast<float>(score - levels.sum().item<double>());
  out.score = out.other;
  for (const float level : out.levels) out.score += level;
  return out;
}

class StructuredRecogniser final : public Recogniser {
 public:
  explicit StructuredRecogniser(Model model)
      : model_(std::move(model)),
        form_(std::make_shared<const ClosedForm>(fit_closed_form(model_.training, model_.options))) {}

  std::string name() const override { return model_.name; }
  std::string card() const override { return model_.card; }
  std::string scoring() const override { return "per-candidate"; }

  core::WindowOptions window() const override {
    core::WindowOptions options;
    options.layout = std::string(kLayout);
    options.fps = kFps;
    return options;
  }

  void set_labels(const core::LabelSet& labels, TextEncoder& encoder, std::stop_token stop) override {
    if (encoder.hash() != checked_encoder_) {
      expect_encoder(model_, encoder);
      checked_encoder_ = encoder.hash();
    }
    const MirroredLabels asked(labels.labels);
    std::vector<Candidate> fits = fit_all(encode_labels(cache_.missing(asked.all()), encoder, {}, stop), stop);
    auto next = fits.begin();
    std::vector<CandidatePtr> candidates;
    for (const core::Label& label : asked.all()) {
      candidates.push_back(cache_.get(label, [&] { return std::move(*next++); }));
    }
    scorer_ = std::make_shared<const StructuredScorer>(form_, model_.calibration, asked, std::move(candidates));
    labels_ = asked;
    cache_.trim();
  }

  std::shared_ptr<const refinement::Scorer> scorer() const override { return scorer_; }

  core::Recognition recognise(const core::Window& window, bool with_attention, std::stop_token stop,
                              Sample* sample) override {
    if (labels_.count() == 0) throw Error(Code::bad_argument, "no labels are set: give at least one");
    core::Recognition out;
    const core::Stopwatch backbone;
    const std::string source = window.clip ? source_of(*window.clip) : "";
    const CanonicalMotion motion = canonical_motion(window, preparation_of(model_.options));
    const MotionFeatures raw = motion_features(motion);
    const MotionFeatures standardised = standardise(raw, statistics(source));
    const PreparedWindows prepared = prepare(*form_, standardised);
    out.timings.backbone = backbone.ms();

    const core::Stopwatch attention;
    const bool with_said = sample != nullptr && sample->with_said;
    const LabelBatch& batch = scorer_->batch();
    const LabelBatch::Scores scored = batch.score(prepared);
    refinement::Evidence evidence = scorer_->evidence(prepared, scored, standardised.mirrored, with_said);
    at::Tensor shown, shares;  // [all, 8, S]
    if (with_attention) {
      core::throw_if_stopped(stop);
      shown = batch.shown_attention(prepared);
      shares = level_shares(model_.calibration, batch.shares(prepared, scored));
    }
    std::vector<double> scores;
    for (std::size_t i = 0; i < labels_.count(); ++i) {
      const auto row = static_cast<std::int64_t>(i);
      out.labels.push_back(
          label_score(labels_.all()[i].text, evidence.levels[0][row], evidence.scores[0][row].item<double>()));
      scores.push_back(out.labels.back().score);
      if (!with_attention) continue;
      const auto place = static_cast<std::int64_t>(labels_.place(i, motion.mirrored));
      out.attention.push_back({to_array(shown[place], motion.mirrored), to_array(shares[place], motion.mirrored)});
    }
    const std::vector<double> probability = probabilities(model_.calibration, scores);
    for (std::size_t i = 0; i < scores.size(); ++i) out.labels[i].probability = static_cast<float>(probability[i]);
    out.none_of_these = static_cast<float>(probability.back());
    if (sample != nullptr) {
      sample->features = pack(standardised);
      sample->evidence = std::move(evidence);
    }
    out.timings.attention = attention.ms();
    out.spans = spans_of(window);
    out.layout = window.layout;
    out.window = window;
    return out;
  }

 private:
  const Statistics& statistics(const std::string& source) {
    const auto known = statistics_.find(source);
    if (known != statistics_.end()) return known->second;
    return statistics_.emplace(source, statistics_for(model_.training.sources, source)).first->second;
  }

  std::vector<Candidate> fit_all(const LabelTexts& texts, const std::stop_token& stop) const {
    const bool centred = model_.options.centring != 0;
    std::vector<Candidate> out;
    for (std::int64_t begin = 0; begin < texts.count(); begin += kLabelsPerFit) {
      core::throw_if_stopped(stop);
      const LabelTexts part = texts.some(begin, std::min(kLabelsPerFit, texts.count() - begin));
      std::vector<PartScores> training(centred ? static_cast<std::size_t>(part.count()) : 0);
      for (LabelFit& fit : fit_labels(*form_, part, centred ? training.data() : nullptr))
        out.push_back({std::move(fit)});
      for (std::size_t i = 0; i < training.size(); ++i) {
        out[out.size() - training.size() + i].offset = centre(model_.calibration, training[i], model_.options);
      }
    }
    return out;
  }

  Model model_;
  std::shared_ptr<const ClosedForm> form_;
  std::string checked_encoder_;  // hash of the last one that fitted
  LabelCache cache_;
  MirroredLabels labels_;
  std::shared_ptr<const StructuredScorer> scorer_;
  std::map<std::string, Statistics> statistics_;
};

}  // namespace
}  // namespace purlscope::models::structured

namespace purlscope::models {

std::unique_ptr<Recogniser> load_structured(const std::filesystem::path& file) {
  return std::make_unique<structured::StructuredRecogniser>(structured::load_model(file));
}

}  // namespace purlscope::models
