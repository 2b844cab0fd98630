#include "models/purls/train/stages.h"

#include <utility>

#include "models/backbones/layers/streams.h"
#include "models/purls/data/augment.h"
#include "models/purls/net/losses.h"

namespace purlscope::models::purls {
namespace {

std::int64_t count_correct(const at::Tensor& scores, const at::Tensor& target) {
  return scores.detach().argmax(-1).eq(target).sum().item<std::int64_t>();
}

}  // namespace

BackboneStage::BackboneStage(const PurlsModel& model, const TrainingSet& data)
    : model_(model),
      data_(data),
      tree_{backbones::joint_index(model.layout->parent), backbones::joint_index(model.layout->mirror)},
      mirrorable_(at::zeros({static_cast<std::int64_t>(data.labels.size())}, at::kBool)) {
  for (std::size_t i = 0; i < data.labels.size(); ++i) {
    mirrorable_[static_cast<std::int64_t>(i)] = may_be_mirrored(data.labels[i]);
  }
}

at::Tensor BackboneStage::draw_epoch(at::Generator generator) {
  return at::randperm(samples_per_epoch(), generator, at::TensorOptions().dtype(at::kLong));
}

BatchResult BackboneStage::loss(const at::Tensor& rows, at::Generator generator) {
  const TrainingSet& data = data_;
  const at::Tensor mirrorable = mirrorable_.index_select(0, data.target.index_select(0, rows));
  const at::Tensor motions = augment(data.motions.index_select(0, rows), mirrorable, tree_, model_.config.frames,
                                     model_.config.augment, generator);
  const at::Tensor sets = data.set.index_select(0, rows), classes = data.class_in_set.index_select(0, rows);
  const std::vector<at::Tensor> logits = model_.classifier->logits(motions, generator);
  BatchResult result;
  result.loss = at::zeros({});
  for (std::size_t set = 0; set < logits.size(); ++set) {
    const at::Tensor own = sets.eq(static_cast<std::int64_t>(set)).nonzero().squeeze(1);
    if (own.size(0) == 0) continue;
    const at::Tensor scores = logits[set].index_select(0, own), target = classes.index_select(0, own);
    const at::Tensor sum = at::cross_entropy_loss(scores, target, {}, at::Reduction::Sum, -100,
                                                  model_.config.backbone_fit.label_smoothing);
    result.loss = result.loss + sum / static_cast<double>(rows.size(0));
    result.correct += count_correct(scores, target);
  }
  return result;
}

HeadStage::HeadStage(const PurlsModel& model, const TrainingSet& data, at::Tensor nodes, at::Tensor texts)
    : model_(model), data_(data), nodes_(std::move(nodes)), texts_(std::move(texts)), queries_(texts_) {
  if (model.config.objective == Objective::class_agnostic) queries_ = model.agnostic_query().expand_as(texts_);
  const at::Tensor sizes = at::bincount(data.target, {}, static_cast<std::int64_t>(data.labels.size())).to(at::kFloat);
  chance_ = sizes.reciprocal().index_select(0, data.target);
}

at::Tensor HeadStage::draw_epoch(at::Generator generator) {
  return at::multinomial(chance_, samples_per_epoch(), true, generator);
}

BatchResult HeadStage::loss(const at::Tensor& rows, at::Generator generator) {
  const at::Tensor clean = nodes_.index_select(0, rows), target = data_.target.index_select(0, rows);
  const at::Tensor nodes = clean + at::randn(clean.sizes(), generator) * model_.config.node_noise;
  const bool own = model_.config.objective == Objective::paper || model_.config.objective == Objective::official;
  return own ? own_label_batch(nodes, target, generator) : candidate_batch(nodes, target, generator);
}

BatchResult HeadStage::candidate_batch(const at::Tensor& nodes, const at::Tensor& target, at::Generator generator) {
  PurlsHead& head = *model_.head;
  const at::Tensor projected = head.project(head.attend_candidates(queries_, nodes).pooled, generator);
  const at::Tensor similarity = (projected * texts_).sum(-1) * head.similarity_scale();  // [N, C, 8]
  const at::Tensor shares = head.equal_shares();
  return {candidate_loss(similarity, target, head.level_weights(), shares, model_.config.head_fit.label_smoothing),
          count_correct(at::matmul(similarity, shares), target)};
}

BatchResult HeadStage::own_label_batch(const at::Tensor& nodes, const at::Tensor& target, at::Generator generator) {
  PurlsHead& head = *model_.head;
  const at::Tensor own = texts_.index_select(0, target);
  const at::Tensor projected = head.project(head.attend_own(own, nodes).pooled, generator);  // [N, 8, m]
  const at::Tensor losses =
      model_.config.objective == Objective::official
          ? official_level_losses(projected, own, head.similarity_scale())
          : paper_level_losses(projected, texts_, target, head.similarity_scale(), model_.config.same_class_positive);
  const at::Tensor scores = at::matmul(at::einsum("nlm,clm->ncl", {projected, texts_}), head.equal_shares());
  return {(losses * head.level_weights()).sum(), count_correct(scores, target)};
}

}  // namespace purlscope::models::purls
