#include "models/structured/fit/label_fit.h"

#include <array>
#include <utility>
#include <vector>

namespace purlscope::models::structured {
namespace {

constexpr std::int64_t kLevels = core::kSentenceCount;
// Kernel size against the ridge: number of attributes and statistics of the study's first model, whose ridge is kept.
constexpr double kKernelScale = 406.0;

/// Joints of each of the four body-part sentences.
const std::array<std::vector<std::int64_t>, 4>& part_joints() {
  static const std::array<std::vector<std::int64_t>, 4> joints = {
      {{2, 3}, {4, 5, 6, 7, 8, 9, 10, 11}, {0, 1, 2}, {0, 12, 13, 14, 15, 16, 17, 18, 19}}};
  return joints;
}

/// 1 on the nodes that belong to a sentence by its kind, 0 elsewhere. [8, slots, joints]
at::Tensor own_nodes() {
  at::Tensor own =
      at::zeros({kLevels, static_cast<std::int64_t>(kSlots), static_cast<std::int64_t>(kJoints)}, at::kFloat);
  const auto parts = static_cast<std::int64_t>(part_joints().size());
  for (std::int64_t part = 0; part < parts; ++part) {
    own[part].index_fill_(1, at::tensor(part_joints()[static_cast<std::size_t>(part)], at::kLong), 1);
  }
  const auto phases = static_cast<std::int64_t>(kWholeClip);
  for (std::int64_t phase = 0; phase < phases; ++phase) own[parts + phase][phase].fill_(1);
  return own;
}

/// The dual weights of one sentence: (K + R / c n^2)^-1 T / n, with K the attended kernel of the training samples, n
/// what makes a sample's kernel with itself the same however much it moves, and c the kernel's size against the ridge
/// R. The same as (c n K n + R)^-1 T c n, without a pass over the matrix for each factor.
/// @param gram [N (N + 1) / 2] lower triangle of K @param norm [N] @param system [N, N] zero above the diagonal;
///        overwritten
/// @return [N, C]
at::Tensor solve_dual(const ClosedForm& form, const at::Tensor& gram, const at::Tensor& norm, const at::Tensor& targets,
                      at::Tensor& system) {
  system.view(-1).index_copy_(0, form.lower, gram);
  system.diagonal().add_(form.ridge / (norm.square() * kKernelScale));
  const auto [factor, info] = at::linalg_cholesky_ex(system);
  return at::cholesky_solve(targets / norm.unsqueeze(1), factor);
}

constexpr double kBias = 0.4;  // share of half the squared length of what a label says

void fit_grounding(const ClosedForm& form, const at::Tensor& said, LabelFit& out) {
  out.said = on_scale(said.unsqueeze(0), form.concept_scale)[0] - form.concept_mean;
  out.concept_bias = -kBias / 2 * out.said.sum(1).square().sum().item<double>();
}

/// [B, 9] @param concepts [B, 22]
at::Tensor grounding_scores(const LabelFit& label, const at::Tensor& concepts) {
  at::Tensor out = concepts.mm(label.said);
  out.select(1, kLevels).add_(label.concept_bias);
  return out;
}

/// @param attention [8, S] @param vector [1, D] @param gram [8, N (N + 1) / 2] @param said [22, 9]
/// @param system [N, N] zero above the diagonal; overwritten
LabelFit fit_one(const ClosedForm& form, const at::Tensor& attention, const at::Tensor& vector, const at::Tensor& gram,
                 const at::Tensor& said, at::Tensor& system, PartScores* training_scores) {
  LabelFit out;
  fit_grounding(form, said, out);
  out.attention = attention.clone();
  const at::Tensor towards = form.class_text.mv(vector[0]);  // [C]
  out.towards = towards;

  const at::Tensor norm = out.attention.mm(form.emphasis.t()).rsqrt();  // [8, N]
  const at::Tensor targets = at::one_hot(form.class_of, form.class_count()).to(at::kFloat);
  std::vector<at::Tensor> levels;
  for (std::int64_t level = 0; level < kLevels; ++level) {
    levels.push_back(solve_dual(form, gram[level], norm[level], targets, system));
  }
  const at::Tensor dual = at::stack(levels);  // [8, N, C]
  out.dual = compress(dual);
  out.dual_label = at::matmul(dual, towards);

  out.prototype = text_kernel(vector, form.class_text).mm(form.prototype_weights).view_as(form.centre);
  out.prototype_norm = out.attention.mv(out.prototype.square().sum(1)).sqrt();

  if (training_scores != nullptr) {
    const at::Tensor share = (form.ridge / (norm * kKernelScale)).unsqueeze(2);
    const at::Tensor fitted = targets - share * dual;  // kernel x dual, by the normal equations
    training_scores->motion_to_text = (at::matmul(fitted, towards) / vote_norm(form, fitted)).t();
    const at::Tensor dots = (form.deviations * out.prototype).sum(2);
    training_scores->text_to_motion =
        dots.mm(out.attention.t()) / form.deviation_power.mm(out.attention.t()).sqrt() / out.prototype_norm;
    training_scores->grounding = grounding_scores(out, form.concepts);
  }
  return out;
}

/// Each concept spread evenly over its home joints in the slot of the whole clip. [22, S]
at::Tensor concept_homes() {
  at::Tensor out = at::zeros({static_cast<std::int64_t>(kConcepts), static_cast<std::int64_t>(kNodes)}, at::kFloat);
  const std::vector<Concept>& concepts = ConceptWords::bundled().concepts();
  for (std::size_t c = 0; c < concepts.size(); ++c) {
    for (const std::size_t joint : concepts[c].joints) {
      out[static_cast<std::int64_t>(c)][static_cast<std::int64_t>(kWholeClip * kJoints + joint)] =
          1.0 / static_cast<double>(concepts[c].joints.size());
    }
  }
  return out;
}

}  // namespace

const at::Tensor& concept_nodes() {
  static const at::Tensor homes = concept_homes();
  return homes;
}

at::Tensor vote_norm(const ClosedForm& form, const at::Tensor& votes) {
  return (at::matmul(votes, form.class_text_gram) * votes).sum(-1).clamp_min(1e-20).sqrt();
}

at::Tensor attention_of(const ClosedForm& form, const at::Tensor& sentences) {
  static const at::Tensor own = own_nodes();
  const double joint_weight = form.options.joint_text / form.likeness_scale;
  const at::Tensor joints = joint_likeness(sentences, form.joint_phrases).unsqueeze(2) * joint_weight;
  return (joints + form.options.own_part * own).flatten(2).softmax(-1);
}

std::vector<LabelFit> fit_labels(const ClosedForm& form, const LabelTexts& texts, PartScores* training_scores) {
  const at::Tensor attention = attention_of(form, texts.sentences());  // [L, 8, S]
  const at::Tensor vectors = text_vectors(form, texts);                // [L, D]
  // One product for all labels: the kernels of the nodes are far larger than a processor's cache.
  const at::Tensor grams = attention.flatten(0, 1).mm(form.gram).view({texts.count(), kLevels, -1});
  at::Tensor system = at::zeros({form.sample_count(), form.sample_count()}, at::kFloat);
  std::vector<LabelFit> out;
  for (std::int64_t l = 0; l < texts.count(); ++l) {
    PartScores* scores = training_scores == nullptr ? nullptr : training_scores + l;
    out.push_back(fit_one(form, attention[l], vectors.narrow(0, l, 1), grams[l], texts.said[l], system, scores));
    if (form.attributes.fitted()) out.back().attributes = fit_label(form.attributes, texts.one(l), form.options);
  }
  return out;
}

LabelFit fit_label(const ClosedForm& form, const LabelTexts& text, PartScores* training_scores) {
  return fit_labels(form, text, training_scores).front();
}

PartScores score(const ClosedForm& form, const LabelFit& label, const PreparedWindows& windows) {
  const std::int64_t count = windows.emphasis.size(0);
  const at::Tensor kernel = label.attention.mm(windows.kernel.flatten(1)).view({kLevels, count, form.sample_count()});
  const at::Tensor towards = at::bmm(kernel, label.dual_label.unsqueeze(2)).squeeze(2);  // [8, B]
  const at::Tensor dots = (windows.deviations * label.prototype).sum(2);                 // [B, S]
  PartScores out;
  out.motion_to_text = (towards / vote_norm(form, votes(label.dual, kernel))).t();
  out.text_to_motion =
      dots.mm(label.attention.t()) / windows.deviation_power.mm(label.attention.t()).sqrt() / label.prototype_norm;
  out.grounding = grounding_scores(label, windows.concepts);
  if (form.attributes.fitted()) out.attributes = score(label.attributes, windows.attributes);
  return out;
}

NodeShares node_shares(const ClosedForm& form, const LabelFit& label, const PreparedWindows& window) {
  const at::Tensor nodes = window.kernel.select(1, 0);                        // [S, N]
  const at::Tensor kernel = label.attention.mm(nodes);                        // [8, N]
  const at::Tensor said = votes(label.dual, kernel.unsqueeze(1)).squeeze(1);  // [8, C]
  const at::Tensor towards = nodes.mm(label.dual_label.t()).t();              // [8, S]
  const at::Tensor dots = (window.deviations[0] * label.prototype).sum(1);    // [S]
  const at::Tensor power = label.attention.mv(window.deviation_power[0]).sqrt() * label.prototype_norm;
  NodeShares out;
  out.motion_to_text = label.attention * towards / vote_norm(form, said).unsqueeze(1);
  out.text_to_motion = label.attention * dots / power.unsqueeze(1);
  const at::Tensor shown = label.said.narrow(1, 0, kLevels) * window.concepts[0].unsqueeze(1);  // [22, 8]
  out.grounding = shown.t().mm(concept_nodes());
  if (form.attributes.fitted()) out.attributes = node_shares(label.attributes, window.attributes);
  return out;
}

at::Tensor shown_attention(const LabelFit& label, const PreparedWindows& window) {
  const at::Tensor weights = label.attention * window.emphasis[0];
  return weights / weights.sum(1, true);
}

}  // namespace purlscope::models::structured
