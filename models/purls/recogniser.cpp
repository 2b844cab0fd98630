#include "models/purls/recogniser.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "core/base/paths.h"
#include "core/base/stopwatch.h"
#include "models/evaluation/wordings.h"
#include "models/purls/model/explain.h"
#include "models/purls/model/model.h"
#include "models/purls/net/prepared_head.h"
#include "models/purls/scorer.h"
#include "models/purls/train/training_set.h"
#include "models/training/device.h"

namespace purlscope::models {
namespace {

using purls::PurlsModel;

core::NdArray to_array(const at::Tensor& values, std::size_t slots, std::size_t joints) {
  core::NdArray array({core::kSentenceCount, slots, joints});
  const at::Tensor flat = values.contiguous();
  std::copy_n(flat.const_data_ptr<float>(), array.size(), array.data.begin());
  return array;
}

/// Clip times of the frames that each slot pools. A model of one slot looks at the whole window.
std::vector<core::TimeSpan> spans_of(const core::Window& window, std::int64_t slots) {
  if (slots == 1) return {{window.begin, window.end}};
  const auto time_of = [&](std::int64_t border) {
    return window.time_at(static_cast<double>(border) / static_cast<double>(slots));
  };
  std::vector<core::TimeSpan> spans;
  for (std::int64_t slot = 0; slot < slots; ++slot) spans.push_back({time_of(slot), time_of(slot + 1)});
  return spans;
}

bool has_paraphrases(const core::Label& label) { return !label.further.empty(); }

class PurlsRecogniser final : public Recogniser {
 public:
  explicit PurlsRecogniser(PurlsModel model) : model_(std::move(model)) {}

  std::string name() const override { return model_.provenance.name; }
  std::string card() const override { return model_.card; }
  std::string scoring() const override {
    return model_.config.queries == purls::Queries::per_candidate ? "per-candidate" : "class-agnostic";
  }
  std::string compute_on(const std::string& device) override {
    const at::Device found = find_device(device);
    model_.move_to(found);
    return found.is_cpu() ? "CPU" : found.str();
  }
  core::WindowOptions window() const override {
    core::WindowOptions options;
    options.layout = model_.layout->id;
    return options;
  }

  void set_labels(const core::LabelSet& labels, TextEncoder& encoder, std::stop_token stop) override {
    refuse_paraphrases("purls", std::ranges::any_of(labels.labels, has_paraphrases));
    purls::expect_encoder(model_, encoder);
    core::throw_if_stopped(stop);
    std::vector<std::string> names;
    for (const core::Label& label : labels.labels) names.push_back(label.text);
    if (!names.empty()) {
      at::Tensor texts = model_.texts(labels.labels, encoder);
      prepared_.reset();
      if (purls::PreparedHead::fits(*model_.head, model_.device())) {
        prepared_.emplace(model_.head, model_.queries(texts), texts);
      }
      start_ = similarities(model_.node_mean, texts);
      scorer_ = std::make_shared<const purls::PurlsScorer>(model_, names, texts);
      texts_ = std::move(texts);
    }
    names_ = std::move(names);
  }

  core::Recognition recognise(const core::Window& window, bool with_attention, std::stop_token stop,
                              Sample* sample) override;
  std::shared_ptr<const refinement::Scorer> scorer() const override { return scorer_; }

 private:
  at::Tensor similarities(const at::Tensor& nodes, const at::Tensor& texts) const;
  void score(const at::Tensor& nodes, const at::Tensor& contribution, core::Recognition& result) const;
  void add_probabilities(core::Recognition& result) const;
  void add_attention(const purls::Explanation& explanation, const at::Tensor& motion, core::Recognition& result) const;

  PurlsModel model_;
  std::vector<std::string> names_;
  at::Tensor texts_;                             ///< [C, 8, m]
  std::optional<purls::PreparedHead> prepared_;  ///< for texts_, where the head allows it
  at::Tensor start_;                             ///< [C, 8] similarities of the mean seen clip
  std::shared_ptr<const purls::PurlsScorer> scorer_;
};

core::Recognition PurlsRecogniser::recognise(const core::Window& window, bool with_attention, std::stop_token stop,
                                             Sample* sample) {
  if (names_.empty()) throw Error(Code::bad_argument, "No labels are set: add at least one label to score");
  core::Recognition result;
  const core::Stopwatch backbone;
  const at::Tensor motion = purls::window_motion(window);
  const at::Tensor nodes = model_.nodes(motion.unsqueeze(0))[0];
  result.timings.backbone = backbone.ms();
  core::throw_if_stopped(stop);

  const core::Stopwatch attention;
  // The joint f_skel of the official form mixes the sentences, so their shares exist through gradients alone.
  const bool levels_from_gradients = model_.head->options().form == purls::HeadForm::official;
  purls::Explanation explanation;
  if (with_attention || levels_from_gradients) explanation = purls::explain(model_, nodes, texts_);
  score(nodes, levels_from_gradients ? explanation.contribution : at::Tensor(), result);
  add_probabilities(result);
  if (with_attention) add_attention(explanation, motion, result);
  if (sample != nullptr) {
    sample->features = nodes.flatten().unsqueeze(0);
    sample->evidence = scorer_->evidence(sample->features, sample->with_said);
  }
  result.timings.attention = attention.ms();

  result.spans = spans_of(window, model_.config.slots);
  result.layout = model_.layout;
  result.window = window;
  return result;
}

/// @param nodes [S, n] @return [C, 8]
at::Tensor PurlsRecogniser::similarities(const at::Tensor& nodes, const at::Tensor& texts) const {
  return prepared_ ? prepared_->similarities(nodes) : model_.similarities(nodes.unsqueeze(0), texts)[0];
}

void PurlsRecogniser::score(const at::Tensor& nodes, const at::Tensor& contribution, core::Recognition& result) const {
  const at::Tensor found = similarities(nodes, texts_);
  const at::Tensor scores = model_.scores(found);
  const at::Tensor levels =
      (contribution.defined() ? contribution.sum(-1) : (found - start_) * model_.level_shares()).contiguous();
  const auto* share = levels.const_data_ptr<float>();
  for (std::size_t i = 0; i < names_.size(); ++i) {
    core::LabelScore entry;
    entry.label = names_[i];
    entry.score = scores[static_cast<std::int64_t>(i)].item<float>();
    entry.other = entry.score;
    for (float& level : entry.levels) {
      level = *share++;
      entry.other -= level;
    }
    result.labels.push_back(std::move(entry));
  }
}

void PurlsRecogniser::add_probabilities(core::Recognition& result) const {
  const auto count = static_cast<std::int64_t>(result.labels.size());
  at::Tensor logits = at::full({count + 1}, model_.calibration.none_score);
  for (std::int64_t i = 0; i < count; ++i) logits[i] = result.labels[static_cast<std::size_t>(i)].score;
  const at::Tensor probabilities = (logits / model_.calibration.temperature).softmax(0);
  for (std::int64_t i = 0; i < count; ++i) {
    result.labels[static_cast<std::size_t>(i)].probability = probabilities[i].item<float>();
  }
  result.none_of_these = probabilities[count].item<float>();
}

void PurlsRecogniser::add_attention(const purls::Explanation& explanation, const at::Tensor& motion,
                                    core::Recognition& result) const {
  const at::Tensor attention = model_.on_joints(explanation.attention, motion);
  const at::Tensor contribution = model_.on_joints(explanation.contribution, motion);
  const auto slots = static_cast<std::size_t>(model_.config.slots);
  const std::size_t joints = model_.layout->size();
  for (std::int64_t i = 0; i < attention.size(0); ++i) {
    result.attention.push_back({to_array(attention[i], slots, joints), to_array(contribution[i], slots, joints)});
  }
}

}  // namespace

std::unique_ptr<Recogniser> load_purls(const std::filesystem::path& path) {
  open_cuda();  // before the networks run, or a later training would find no GPU
  return std::make_unique<PurlsRecogniser>(purls::load_model(core::model_file(path)));
}

}  // namespace purlscope::models
