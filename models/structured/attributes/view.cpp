#include "models/structured/attributes/view.h"

#include <algorithm>

#include "models/structured/features/features.h"

namespace purlscope::models::structured {
namespace {

constexpr double kRidge = 3.0;        // of motion to text, in classes
constexpr double kVoteFloor = 1e-12;  // squared length of the text that votes make
constexpr double kPlaceFloor = 1e-9;  // length of whitened measures
constexpr double kLeastSpread = 1e-6;

double spread_of(const at::Tensor& values) {
  return std::max(values.std(/*unbiased=*/false).item<double>(), kLeastSpread);
}

/// Samples in double precision with their classes as the solves want them.
struct WeightedSamples {
  at::Tensor measures;  ///< [N, F]
  at::Tensor members;   ///< [N, K] 1 at the sample's class
  at::Tensor sizes;     ///< [K] samples of each class
  at::Tensor weights;   ///< [K] of each class
};

WeightedSamples weigh(const AttributeSamples& samples, const Options& options) {
  const std::int64_t forward = samples.forward.count();
  const std::int64_t classes = forward + samples.reversed_classes;
  WeightedSamples out;
  out.measures = samples.measures.to(at::kDouble);
  out.members = at::one_hot(at::tensor(samples.class_of, at::kLong), classes).to(at::kDouble);
  out.sizes = out.members.sum(0);
  out.weights = at::ones({classes}, at::kDouble);
  out.weights.narrow(0, forward, samples.reversed_classes).fill_(options.reversal);
  return out;
}

/// Each class weighs as much as the next of its kind, however many samples it has.
at::Tensor fit_ridge(const WeightedSamples& samples) {
  const at::Tensor weighted = samples.measures * samples.members.mv(samples.weights / samples.sizes).unsqueeze(1);
  const at::Tensor system = weighted.t().mm(samples.measures) + kRidge * at::eye(weighted.size(1), at::kDouble);
  return at::linalg_solve(system, weighted.t().mm(samples.members)).to(at::kFloat);
}

at::Tensor class_means(const WeightedSamples& samples) {
  return samples.members.t().mm(samples.measures) / samples.sizes.unsqueeze(1);
}

/// A square root of the inverse within-class covariance, shrunk towards its mean variance.
at::Tensor fit_whitening(const WeightedSamples& samples, double shrinkage) {
  const at::Tensor rest = samples.measures - samples.members.mm(class_means(samples));
  const at::Tensor covariance = rest.t().mm(rest) / rest.size(0);
  const at::Tensor unit = at::eye(rest.size(1), at::kDouble);
  const at::Tensor shrunk = (1 - shrinkage) * covariance + shrinkage * covariance.diagonal().mean() * unit;
  return at::linalg_solve_triangular(at::linalg_cholesky(shrunk), unit, /*upper=*/false).t().contiguous();
}

void fit_prototypes(AttributeView& view, const WeightedSamples& samples, const Options& options) {
  const at::Tensor whitening = fit_whitening(samples, options.whitening);
  const at::Tensor prototypes = class_means(samples).mm(whitening);
  const at::Tensor centre = prototypes.mean(0);
  const at::Tensor kernel = text_kernel(view.class_text, view.class_text).to(at::kDouble) +
                            options.text_ridge * at::diag(samples.weights.reciprocal());
  view.whitening = whitening.to(at::kFloat);
  view.centre = centre.to(at::kFloat);
  view.prototypes = at::linalg_solve(kernel, prototypes - centre).to(at::kFloat);
}

/// The text-to-motion prototype of texts, at unit length. @param text [L, D] @return [L, F]
at::Tensor prototypes_of(const AttributeView& view, const at::Tensor& text) {
  return unit_rows(text_kernel(text, view.class_text).mm(view.prototypes));
}

/// Spreads and means over the clips as they were recorded and their classes.
void measure_scores(AttributeView& view, const at::Tensor& measures, std::int64_t classes) {
  const AttributeWindows windows = prepare(view, measures);
  const at::Tensor votes = measures.mm(view.ridge) / windows.vote_norm.unsqueeze(1);
  const at::Tensor at_unit = places(view, measures) / windows.place_norm.unsqueeze(1);
  const at::Tensor motion = votes.mm(view.class_texts.narrow(1, 0, classes));
  const at::Tensor text = at_unit.mm(prototypes_of(view, view.class_text.narrow(0, 0, classes)).t());
  view.motion_spread = spread_of(motion);
  view.text_spread = spread_of(text);
  view.spread = spread_of(motion / view.motion_spread + text / view.text_spread);
  view.mean_votes = votes.mean(0);
  view.mean_place = at_unit.mean(0);
}

}  // namespace

void set_texts(AttributeView& view, const LabelTexts& forward, double lexicon) {
  at::Tensor raw = raw_text_vectors(forward, view.words, lexicon);
  view.text_mean = raw.mean(0);
  if (view.reversed.features.defined()) raw = at::cat({raw, raw_text_vectors(view.reversed, view.words, lexicon)});
  view.class_text = unit_rows(raw - view.text_mean);
  view.class_texts = view.class_text.mm(view.class_text.t());
}

AttributeView fit_attribute_view(const AttributeSamples& samples, const Options& options) {
  AttributeView view;
  view.reversed = samples.reversed;
  view.words = bank_words();
  set_texts(view, samples.forward, options.lexicon);
  const WeightedSamples weighted = weigh(samples, options);
  view.ridge = fit_ridge(weighted);
  fit_prototypes(view, weighted, options);
  const std::int64_t classes = samples.forward.count();
  const at::Tensor recorded = at::nonzero(at::tensor(samples.class_of, at::kLong) < classes).squeeze(1);
  measure_scores(view, samples.measures.index_select(0, recorded), classes);
  return view;
}

AttributeFit fit_label(const AttributeView& view, const LabelTexts& text, const Options& options) {
  const at::Tensor vector = unit_rows(raw_text_vectors(text, view.words, options.lexicon) - view.text_mean);
  const at::Tensor towards = view.class_text.mv(vector[0]) / (view.motion_spread * view.spread);   // [K]
  const at::Tensor prototype = prototypes_of(view, vector)[0] / (view.text_spread * view.spread);  // [F]
  const at::Tensor mean = view.mean_votes.dot(towards) + view.mean_place.dot(prototype);
  return {view.ridge.mv(towards), view.whitening.mv(prototype), view.centre.dot(prototype).item<double>(),
          options.centring * mean.item<double>()};
}

at::Tensor places(const AttributeView& view, const at::Tensor& measures) {
  return measures.mm(view.whitening) - view.centre;
}

AttributeWindows prepare(const AttributeView& view, const at::Tensor& measures) {
  const at::Tensor votes = measures.mm(view.ridge);
  return {measures, ((votes.mm(view.class_texts) * votes).sum(1).clamp_min(0) + kVoteFloor).sqrt(),
          places(view, measures).norm(2, 1) + kPlaceFloor};
}

AttributeWindows window_at(const AttributeWindows& windows, std::int64_t i) {
  if (!windows.measures.defined()) return {};
  return {windows.measures.narrow(0, i, 1), windows.vote_norm.narrow(0, i, 1), windows.place_norm.narrow(0, i, 1)};
}

at::Tensor score(const AttributeFit& label, const AttributeWindows& windows) {
  const at::Tensor votes = windows.measures.mv(label.votes) / windows.vote_norm;
  const at::Tensor place = windows.measures.mv(label.place) / windows.place_norm;
  return at::stack({votes + place, -label.centre / windows.place_norm - label.constant}, 1);
}

at::Tensor node_shares(const AttributeFit& label, const AttributeWindows& window) {
  const at::Tensor weights = label.votes / window.vote_norm + label.place / window.place_norm;  // [F]
  return measure_nodes().t().mv(window.measures[0] * weights);
}

AttributeWindows masked(const AttributeView& view, const AttributeWindows& windows, const at::Tensor& kept) {
  return prepare(view, windows.measures * kept.mm(measure_nodes().t()));
}

}  // namespace purlscope::models::structured
