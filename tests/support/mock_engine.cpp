#include "tests/support/mock_engine.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <condition_variable>
#include <numeric>
#include <string_view>

#include "core/base/hash.h"

namespace purlscope::test {
namespace {

using core::kSentenceCount;

constexpr std::size_t kTimeNodes = 4;
constexpr std::size_t kEncodeDim = 8;
constexpr float kFocus = 10.0F;  ///< weight of a node that the sentence looks at, against 1 for all others

/// The same in every run and on every machine.
std::uint64_t hash(std::string_view text, std::uint64_t seed) {
  core::Fnv1a hash(seed);
  hash.add(text);
  return hash.value();
}
std::uint64_t hash(std::string_view text) { return core::fnv1a(text); }

/// In [0, 1).
float unit(std::uint64_t value) { return static_cast<float>(value % 10007U) / 10007.0F; }

bool names_part(std::size_t sentence, std::string_view joint) {
  static const std::array<std::vector<std::string_view>, 4> kParts = {
      {{"head", "neck"}, {"hand", "wrist", "elbow", "thumb"}, {"spine", "hip", "shoulder"}, {"knee", "ankle", "foot"}}};
  return std::any_of(kParts[sentence].begin(), kParts[sentence].end(),
                     [&](std::string_view part) { return joint.find(part) != std::string_view::npos; });
}

bool is_focus(std::size_t sentence, std::size_t time_node, std::string_view joint) {
  if (sentence < 4) return names_part(sentence, joint);
  if (sentence < 7) return time_node == sentence - 4;
  return true;
}

core::LabelAttention attention_of(const core::LabelScore& score, const core::JointLayout& layout) {
  const std::size_t joints = layout.size();
  core::LabelAttention result{core::NdArray({kSentenceCount, kTimeNodes, joints}),
                              core::NdArray({kSentenceCount, kTimeNodes, joints})};
  const std::size_t nodes = kTimeNodes * joints;
  for (std::size_t s = 0; s < kSentenceCount; ++s) {
    float* weights = result.attention.data.data() + s * nodes;
    for (std::size_t node = 0; node < nodes; ++node) {
      const std::string& joint = layout.joints[node % joints];
      const float texture = unit(hash(joint, hash(score.label)));
      weights[node] = (is_focus(s, node / joints, joint) ? kFocus : 1.0F) + texture;
    }
    const float sum = std::accumulate(weights, weights + nodes, 0.0F);
    for (std::size_t node = 0; node < nodes; ++node) {
      weights[node] /= sum;
      result.contribution.data[s * nodes + node] = weights[node] * score.levels[s];
    }
  }
  return result;
}

core::LabelScore score_of(const std::string& label, const core::Window& window) {
  core::LabelScore score;
  score.label = label;
  const std::uint64_t seed = hash(label) + window.frames;
  for (std::size_t s = 0; s < kSentenceCount; ++s) score.levels[s] = unit(hash(core::kSentences[s], seed)) / 4.0F;
  score.other = unit(seed) / 4.0F;
  score.score = std::accumulate(score.levels.begin(), score.levels.end(), score.other);
  return score;
}

/// The label whose turn it is in the middle of the window.
void let_one_win(core::Recognition& result, const core::Window& window) {
  const double share = 0.5 * (window.begin + window.end) / window.clip->duration();
  const std::size_t count = result.labels.size();
  const auto turn = std::min(count - 1, static_cast<std::size_t>(share * static_cast<double>(count)));
  for (std::size_t i = 0; i < count; ++i) {
    result.labels[i].probability = i == turn ? 0.8F : 0.1F / static_cast<float>(count);
  }
  result.none_of_these = count == 1 ? 0.2F : 0.1F + 0.1F / static_cast<float>(count);
}

std::vector<core::TimeSpan> spans_of(const core::Window& window) {
  const double third = (window.end - window.begin) / 3.0;
  std::vector<core::TimeSpan> spans;
  for (int i = 0; i < 3; ++i) spans.push_back({window.begin + i * third, window.begin + (i + 1) * third});
  spans.push_back({window.begin, window.end});
  return spans;
}

}  // namespace

void MockControl::fail_next_recognise(Error error) {
  const std::lock_guard lock(mutex_);
  recognise_error_ = std::move(error);
}

void MockControl::fail_next_labels(Error error) {
  const std::lock_guard lock(mutex_);
  labels_error_ = std::move(error);
}

std::optional<Error> MockControl::take(std::optional<Error>& slot) {
  const std::lock_guard lock(mutex_);
  return std::exchange(slot, std::nullopt);
}

MockEngine::MockEngine(std::shared_ptr<MockControl> control) : control_(std::move(control)) {}

core::EngineInfo MockEngine::describe() const {
  core::EngineInfo info;
  info.model = "mock";
  info.text_encoder = "mock text";
  info.scoring = "per-candidate";
  info.device = "CPU";
  info.build = "test double";
  info.card = "# Mock engine\nScores follow from the label's text; no network runs.";
  return info;
}

void MockEngine::work(std::chrono::milliseconds time, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, stop, time, [] { return false; });
  if (stop.stop_requested()) {
    ++control_->cancelled_calls;
    throw Error(Code::cancelled, "cancelled");
  }
}

void MockEngine::set_labels(const core::LabelSet& labels, std::stop_token stop) {
  ++control_->label_calls;
  work(control_->labels_delay, stop);
  if (const auto error = control_->take(control_->labels_error_)) throw *error;
  labels_ = labels;
}

core::Recognition MockEngine::recognise(const core::Window& window, bool with_attention, std::stop_token stop) {
  ++control_->recognise_calls;
  const auto start = std::chrono::steady_clock::now();
  work(control_->recognise_delay, stop);
  if (const auto error = control_->take(control_->recognise_error_)) throw *error;
  if (labels_.labels.empty()) throw Error(Code::bad_argument, "no labels are set: type at least one label");

  core::Recognition result;
  for (const core::Label& label : labels_.labels) result.labels.push_back(score_of(label.text, window));
  fill_probabilities(result);
  if (control_->in_turn) let_one_win(result, window);
  if (with_attention) {
    for (const core::LabelScore& score : result.labels) result.attention.push_back(attention_of(score, *window.layout));
  }
  result.spans = spans_of(window);
  result.layout = window.layout;
  result.model = "mock";
  result.text_encoder = "mock text";
  result.scoring = "per-candidate";
  result.timings.total = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  result.timings.backbone = result.timings.total;
  result.window = window;
  refinement_.refine(result);
  return result;
}

core::NdArray MockEngine::encode(const std::vector<std::string>& texts) {
  core::NdArray features({texts.size(), kEncodeDim});
  for (std::size_t i = 0; i < texts.size(); ++i) {
    float* row = features.data.data() + i * kEncodeDim;
    for (std::size_t d = 0; d < kEncodeDim; ++d) row[d] = unit(hash(texts[i], d + 1)) + 0.01F;
    const float norm = std::sqrt(std::inner_product(row, row + kEncodeDim, row, 0.0F));
    for (std::size_t d = 0; d < kEncodeDim; ++d) row[d] /= norm;
  }
  return features;
}

core::ClosedSetResult MockEngine::classify_closed_set(const core::Clip& clip, const std::filesystem::path& weights) {
  core::ClosedSetResult result;
  result.architecture = "mock";
  result.classes = {"first", "second"};
  const float logit = unit(hash(weights.string(), clip.frames));
  result.logits = {logit, 1.0F - logit};
  return result;
}

std::function<std::unique_ptr<core::Engine>()> mock_factory(std::shared_ptr<MockControl> control) {
  return [control = std::move(control)] { return std::make_unique<MockEngine>(control); };
}

}  // namespace purlscope::test
