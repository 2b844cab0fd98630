#include "core/engine/margin.h"

#include <fmt/format.h>

#include <numeric>

#include "core/base/error.h"

namespace purlscope::core {
namespace {

void check(const Recognition& recognition, std::size_t label) {
  if (label >= recognition.labels.size()) {
    throw Error(Code::bad_argument, fmt::format("label {}: the recognition has {}", label, recognition.labels.size()));
  }
  if (label >= recognition.attention.size()) {
    throw Error(Code::bad_argument, "the recognition holds no contributions: ask for attention with it");
  }
}

}  // namespace

Margin margin_between(const Recognition& recognition, std::size_t label, std::size_t rival) {
  check(recognition, label);
  check(recognition, rival);
  const LabelScore& first = recognition.labels[label];
  const LabelScore& second = recognition.labels[rival];
  Margin out;
  out.total = static_cast<double>(first.score) - second.score;
  for (std::size_t i = 0; i < kSentenceCount; ++i) {
    out.sentences[i] = static_cast<double>(first.levels[i]) - second.levels[i];
  }
  out.other = static_cast<double>(first.other) - second.other;
  const NdArray& mine = recognition.attention[label].contribution;
  const NdArray& theirs = recognition.attention[rival].contribution;
  const std::size_t times = mine.shape.at(1), joints = mine.shape.at(2);
  out.joints.resize(joints);
  out.times.resize(times);
  for (std::size_t sentence = 0; sentence < mine.shape.at(0); ++sentence) {
    for (std::size_t time = 0; time < times; ++time) {
      for (std::size_t joint = 0; joint < joints; ++joint) {
        const double share = static_cast<double>(mine.at(sentence, time, joint)) - theirs.at(sentence, time, joint);
        out.joints[joint] += share;
        out.times[time] += share;
      }
    }
  }
  out.elsewhere = out.total - std::accumulate(out.joints.begin(), out.joints.end(), 0.0);
  return out;
}

}  // namespace purlscope::core
