#include "render/attention.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "core/base/error.h"
#include "core/text/labels.h"
#include "render/scene.h"

namespace purlscope::render {
namespace {

constexpr float kNone = std::numeric_limits<float>::quiet_NaN();

/// Weights of one sentence, checked. [T', J]
class Weights {
 public:
  Weights(const core::Recognition& recognition, std::size_t label, std::size_t sentence, bool contribution)
      : spans_(recognition.spans) {
    if (label >= recognition.attention.size() || sentence >= core::kSentenceCount) {
      throw Error(Code::bad_argument,
                  fmt::format("attention of label {}, sentence {} asked for; the result has {} labels "
                              "with {} sentences",
                              label, sentence, recognition.attention.size(), core::kSentenceCount));
    }
    const auto& chosen = recognition.attention[label];
    const core::NdArray& array = contribution ? chosen.contribution : chosen.attention;
    joints_ = recognition.layout ? recognition.layout->size() : 0;
    const std::vector<std::size_t> expected{core::kSentenceCount, spans_.size(), joints_};
    if (array.shape != expected || array.data.size() != expected[0] * expected[1] * expected[2]) {
      throw Error(Code::shape_mismatch,
                  fmt::format("attention of shape [{}], expected [{}] (sentences, time nodes, joints)",
                              fmt::join(array.shape, ", "), fmt::join(expected, ", ")));
    }
    first_ = array.data.data() + sentence * spans_.size() * joints_;
  }

  bool covers(std::size_t node, double seconds) const {
    const core::TimeSpan& span = spans_[node];
    const bool at_the_very_end = seconds == span.end && span.end >= last_end();
    return seconds >= span.begin && (seconds < span.end || at_the_very_end);
  }

  /// Sum over the nodes that cover the time; NaN when none does.
  std::vector<float> at(double seconds) const {
    std::vector<double> sum(joints_, 0.0);
    bool covered = false;
    for (std::size_t node = 0; node < spans_.size(); ++node) {
      if (!covers(node, seconds)) continue;
      covered = true;
      for (std::size_t j = 0; j < joints_; ++j) sum[j] += first_[node * joints_ + j];
    }
    if (!covered) sum.assign(joints_, kNone);
    return {sum.begin(), sum.end()};
  }

  /// Times between which the values stay the same: one inside every stretch between two ends of spans.
  std::vector<double> steps() const {
    std::vector<double> edges;
    for (const core::TimeSpan& span : spans_) edges.insert(edges.end(), {span.begin, span.end});
    std::sort(edges.begin(), edges.end());
    std::vector<double> middles;
    for (std::size_t i = 1; i < edges.size(); ++i) {
      if (edges[i] > edges[i - 1]) middles.push_back((edges[i] + edges[i - 1]) / 2);
    }
    return middles;
  }

 private:
  double last_end() const {
    double last = std::numeric_limits<double>::lowest();
    for (const core::TimeSpan& span : spans_) last = std::max(last, span.end);
    return last;
  }

  const std::vector<core::TimeSpan>& spans_;
  std::size_t joints_ = 0;
  const float* first_ = nullptr;
};

void widen(std::pair<float, float>& range, const std::vector<float>& values) {
  for (const float value : values) {
    if (!std::isfinite(value)) continue;
    range.first = std::min(range.first, value);
    range.second = std::max(range.second, value);
  }
}

std::pair<float, float> settled(std::pair<float, float> range) {
  return range.first > range.second ? std::pair{0.0F, 1.0F} : range;
}

constexpr std::pair<float, float> kEmptyRange{std::numeric_limits<float>::max(), std::numeric_limits<float>::lowest()};

}  // namespace

AttentionCourse::AttentionCourse(const core::Recognition& recognition, const AttentionChoice& choice,
                                 const std::shared_ptr<const core::JointLayout>& screen)
    : recognition_(recognition), choice_(choice), screen_joints_(screen ? screen->size() : 0) {
  const Weights checked(recognition, choice.label, choice.sentence, choice.contribution);
  if (choice.versus) const Weights also(recognition, *choice.versus, choice.sentence, choice.contribution);
  if (screen && recognition.layout && screen->id != recognition.layout->id) {
    map_ = core::retarget_map(*screen, recognition.layout->id);
  }
}

std::vector<float> AttentionCourse::on_screen(const std::vector<float>& model_values) const {
  std::vector<float> values = map_ ? map_->map_back(model_values) : model_values;
  values.resize(screen_joints_, kNone);
  return values;
}

std::vector<float> AttentionCourse::at(double seconds) const {
  const auto values_of = [&](std::size_t label) {
    return Weights(recognition_, label, choice_.sentence, choice_.contribution).at(seconds);
  };
  std::vector<float> values = values_of(choice_.label);
  if (choice_.versus) {
    const std::vector<float> other = values_of(*choice_.versus);
    std::transform(values.begin(), values.end(), other.begin(), values.begin(), std::minus<>());
  }
  return on_screen(values);
}

std::pair<float, float> AttentionCourse::range() const {
  std::pair<float, float> range = kEmptyRange;
  for (const double middle : Weights(recognition_, choice_.label, choice_.sentence, choice_.contribution).steps()) {
    widen(range, at(middle));
  }
  return settled(range);
}

std::pair<float, float> AttentionCourse::range_at(double seconds) const {
  std::pair<float, float> range = kEmptyRange;
  widen(range, at(seconds));
  return settled(range);
}

std::vector<float> attention_at(const core::Recognition& recognition, std::size_t label, std::size_t sentence,
                                double seconds, bool contribution) {
  return Weights(recognition, label, sentence, contribution).at(seconds);
}

}  // namespace purlscope::render
