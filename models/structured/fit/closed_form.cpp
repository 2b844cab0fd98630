#include "models/structured/fit/closed_form.h"

#include <algorithm>
#include <cmath>

namespace purlscope::models::structured {
namespace {

constexpr double kLeastSpread = 0.05;  // a channel that varies less counts as constant
constexpr double kVarianceFloor = 1e-4;

at::Tensor class_means(const at::Tensor& samples, const at::Tensor& class_of, std::int64_t classes) {
  const at::Tensor members = at::one_hot(class_of, classes).to(at::kFloat).t();  // [C, N]
  const at::Tensor means = (members / members.sum(1, true)).mm(samples.flatten(1));
  return means.view({classes, samples.size(1), samples.size(2)});
}

/// Channels a node that really vary: the size of the block's kernel.
double active_channels(const at::Tensor& block) {
  const auto varying = (block.std(0, /*unbiased=*/false) > kLeastSpread).sum().item<std::int64_t>();
  return std::max(1.0, static_cast<double>(varying) / static_cast<double>(block.size(1)));
}

/// Within-class whitening of each node, shrunk towards its mean variance. [S, Ch, Ch]
at::Tensor whitening(const at::Tensor& block, const at::Tensor& class_of, std::int64_t classes, double shrinkage) {
  const at::Tensor means = class_means(block, class_of, classes);
  const at::Tensor rest = (block - means.index_select(0, class_of)).permute({1, 2, 0}).contiguous();  // [S, Ch, N]
  const at::Tensor covariance = at::bmm(rest, rest.transpose(1, 2)) / block.size(0);
  const std::int64_t channels = block.size(2);
  const at::Tensor variance = covariance.diagonal(0, 1, 2).sum(1) / channels + kVarianceFloor;
  const at::Tensor shrunk =
      (1 - shrinkage) * covariance + shrinkage * variance.view({-1, 1, 1}) * at::eye(channels, block.options());
  const auto [values, vectors] = at::linalg_eigh(shrunk);
  return vectors / values.sqrt().unsqueeze(1);
}

/// Scaled node features, both blocks side by side. [B, S, Ch]
at::Tensor kernel_nodes(const ClosedForm& form, const MotionFeatures& windows) {
  const at::Tensor weight = (form.options.saliency / 2 * windows.saliency).exp().unsqueeze(2);
  return at::cat({node_channels(windows.values) * form.node_scale,
                  attribute_channels(windows.values) * form.attribute_scale},
                 2) *
         weight;
}

/// Whitened and scaled node features. [B, S, Ch]
at::Tensor whitened_nodes(const ClosedForm& form, const MotionFeatures& windows) {
  const auto whiten = [](const at::Tensor& block, const at::Tensor& map) {
    return at::bmm(block.transpose(0, 1), map).transpose(0, 1);
  };
  const at::Tensor weight = (form.options.saliency / 2 * windows.saliency).exp().unsqueeze(2);
  return at::cat({whiten(node_channels(windows.values), form.node_whitening) * form.node_scale,
                  whiten(attribute_channels(windows.values), form.attribute_whitening) * form.attribute_scale},
                 2) *
         weight;
}

void fit_text_side(ClosedForm& form, const TrainingSet& training) {
  form.words = word_scale(training.texts.words);
  form.text_mean = raw_text_vectors(training.texts, form.words, form.options.lexicon).mean(0);
  form.class_text = text_vectors(form, training.texts);
  form.class_text_gram = form.class_text.mm(form.class_text.t());
  form.joint_phrases = training.joint_phrases;
  form.concept_scale = training.concept_scale;
  form.concept_mean = on_scale(training.texts.said, training.concept_scale).mean(0);
  form.likeness_scale =
      joint_likeness(training.texts.sentences(), training.joint_phrases).std(/*unbiased=*/false).item<double>();
}

void fit_node_features(ClosedForm& form, const TrainingSet& training) {
  const at::Tensor nodes = node_channels(training.features.values);
  const at::Tensor attribute = attribute_channels(training.features.values);
  const double total = 1 + form.options.attribute_scale * form.options.attribute_scale;
  form.node_scale = 1 / std::sqrt(active_channels(nodes) * total);
  form.attribute_scale = form.options.attribute_scale / std::sqrt(active_channels(attribute) * total);
  form.node_whitening = whitening(nodes, form.class_of, form.class_count(), form.options.whitening);
  form.attribute_whitening = whitening(attribute, form.class_of, form.class_count(), form.options.whitening);
}

void fit_motion_to_text(ClosedForm& form, const TrainingSet& training) {
  const std::int64_t count = form.sample_count();
  const at::Tensor sizes = at::bincount(form.class_of).to(at::kFloat);
  form.ridge = form.options.ridge * sizes.index_select(0, form.class_of);
  form.samples = kernel_nodes(form, training.features).transpose(0, 1).contiguous();
  form.emphasis = (form.options.saliency * training.features.saliency).exp();
  const at::Tensor places = at::tril_indices(count, count);
  form.lower = places[0] * count + places[1];
  form.gram = at::empty({static_cast<std::int64_t>(kNodes), form.lower.size(0)}, at::kFloat);
  for (std::int64_t node = 0; node < form.gram.size(0); ++node) {
    const at::Tensor& features = form.samples[node];
    form.gram[node].copy_(features.mm(features.t()).view(-1).index_select(0, form.lower));
  }
}

void fit_text_to_motion(ClosedForm& form, const TrainingSet& training) {
  const at::Tensor nodes = whitened_nodes(form, training.features);
  const at::Tensor prototypes = class_means(nodes, form.class_of, form.class_count());
  form.centre = prototypes.mean(0);
  form.deviations = (nodes - form.centre).contiguous();
  form.concepts = concept_channels(training.features.values);
  form.deviation_power = form.deviations.square().sum(2);
  const at::Tensor kernel = text_kernel(form.class_text, form.class_text) +
                            form.options.text_ridge * at::eye(form.class_count(), nodes.options());
  form.prototype_weights = at::linalg_solve(kernel, (prototypes - form.centre).flatten(1));
}

}  // namespace

at::Tensor text_vectors(const ClosedForm& form, const LabelTexts& texts) {
  return unit_rows(raw_text_vectors(texts, form.words, form.options.lexicon) - form.text_mean);
}

at::Tensor joint_likeness(const at::Tensor& sentences, const at::Tensor& joint_phrases) {
  const at::Tensor likeness = at::matmul(sentences, joint_phrases.t());
  return likeness - likeness.mean(-1, true);
}

ClosedForm fit_closed_form(const TrainingSet& training, const Options& options) {
  ClosedForm form;
  form.options = options;
  form.attributes = training.attributes;
  form.class_of = at::tensor(training.class_of, at::kLong);
  fit_text_side(form, training);
  fit_node_features(form, training);
  fit_motion_to_text(form, training);
  fit_text_to_motion(form, training);
  return form;
}

PreparedWindows prepare(const ClosedForm& form, const MotionFeatures& standardised) {
  PreparedWindows out;
  const at::Tensor nodes = kernel_nodes(form, standardised).transpose(0, 1);
  out.kernel = at::bmm(nodes, form.samples.transpose(1, 2));
  out.emphasis = (form.options.saliency * standardised.saliency).exp();
  out.deviations = whitened_nodes(form, standardised) - form.centre;
  out.deviation_power = out.deviations.square().sum(2);
  out.concepts = concept_channels(standardised.values);
  if (form.attributes.fitted()) out.attributes = prepare(form.attributes, clip_measures(standardised.values));
  return out;
}

}  // namespace purlscope::models::structured
