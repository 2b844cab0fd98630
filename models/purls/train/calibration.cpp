#include "models/purls/train/calibration.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "models/training/random.h"

namespace purlscope::models::purls {
namespace {

constexpr std::int64_t kLargestSet = 6, kDrawsPerClip = 8;
constexpr double kColdest = 1e-3, kHottest = 10.0;
constexpr int kSearchSteps = 60;

/// Minimum of a function with one valley, by golden section.
double minimise(const std::function<double(double)>& f, double low, double high) {
  const double ratio = (std::sqrt(5.0) - 1) / 2;
  double a = high - ratio * (high - low), b = low + ratio * (high - low);
  double at_a = f(a), at_b = f(b);
  for (int step = 0; step < kSearchSteps; ++step) {
    if (at_a < at_b) {
      high = b;
      b = a;
      at_b = at_a;
      a = high - ratio * (high - low);
      at_a = f(a);
    } else {
      low = a;
      a = b;
      at_a = at_b;
      b = low + ratio * (high - low);
      at_b = f(b);
    }
  }
  return (low + high) / 2;
}

/// Scores of drawn label sets: [draws, 1 + others], the clip's own class first.
at::Tensor draw_label_sets(const at::Tensor& scores, const at::Tensor& target, at::Generator generator) {
  const std::int64_t classes = scores.size(1), others = std::min(kLargestSet, classes - 1);
  const at::Tensor clip = at::arange(scores.size(0), at::kLong).repeat({kDrawsPerClip});
  const at::Tensor own = target.repeat({kDrawsPerClip}).unsqueeze(1);
  // Random keys, the own class last: the first columns of the order are a draw without replacement from the others.
  const at::Tensor keys = at::rand({clip.size(0), classes}, generator).scatter(1, own, 2.0);
  const at::Tensor chosen = at::cat({own, keys.argsort(1, false).slice(1, 0, others)}, 1);
  return scores.index_select(0, clip).gather(1, chosen);
}

}  // namespace

Calibration fit_calibration(const at::Tensor& scores, const at::Tensor& target, std::uint64_t seed) {
  at::NoGradGuard no_grad;
  const at::Tensor sets = draw_label_sets(scores.to(at::kDouble), target, make_generator(seed, 0));
  // With the own class in, a set has one other less, so that both cases offer equally many labels.
  const at::Tensor in = sets.slice(1, 0, std::max<std::int64_t>(2, sets.size(1) - 1)), out = sets.slice(1, 1);
  Calibration fitted;
  const auto label_loss = [&](double log_temperature) {
    return -(in / std::exp(log_temperature)).log_softmax(1).select(1, 0).mean().item<double>();
  };
  fitted.temperature = std::exp(minimise(label_loss, std::log(kColdest), std::log(kHottest)));

  const at::Tensor some_in = (in / fitted.temperature).logsumexp(1), some_out = (out / fitted.temperature).logsumexp(1);
  const auto none_loss = [&](double none) {
    const double logit = none / fitted.temperature;
    return (at::softplus(logit - some_in) + at::softplus(some_out - logit)).mean().item<double>();
  };
  fitted.none_score = minimise(none_loss, scores.min().item<double>() - 1, scores.max().item<double>() + 1);
  return fitted;
}

}  // namespace purlscope::models::purls
