#include "models/purls/train/stages.h"

#include <utility>

#include "models/backbones/layers/streams.h"
#include "models/purls/data/augment.h"
#include "models/purls/data/motion.h"
#include "models/purls/net/losses.h"
#include "models/training/autocast.h"

namespace purlscope::models::purls {
namespace {

at::Tensor count_correct(const at::Tensor& scores, const at::Tensor& target) {
  return scores.detach().argmax(-1).eq(target).sum();
}

at::Tensor all_rows(const at::Tensor& target) { return at::arange(target.size(0), at::kLong); }

/// Rows of a table that lies on the processor, brought to a device.
at::Tensor take_rows(const at::Tensor& table, const at::Tensor& rows, at::Device device) {
  return table.index_select(0, rows).to(device, /*non_blocking=*/true);
}

}  // namespace

BackboneStage::BackboneStage(const PurlsModel& model, const TrainingSet& data, const TrainingSet& held)
    : model_(model),
      data_(data),
      held_(held),
      tree_{backbones::joint_index(model.layout->parent).to(model.device()),
            backbones::joint_index(model.layout->mirror).to(model.device())},
      mirrorable_(at::zeros({static_cast<std::int64_t>(data.labels.size())}, at::kBool)) {
  for (std::size_t i = 0; i < data.labels.size(); ++i) {
    mirrorable_[static_cast<std::int64_t>(i)] = may_be_mirrored(data.labels[i]);
  }
}

at::Tensor BackboneStage::draw_epoch(at::Generator generator) {
  return at::randperm(samples_per_epoch(), generator, at::TensorOptions().dtype(at::kLong));
}

BatchResult BackboneStage::loss(const at::Tensor& rows, at::Generator generator) {
  const at::Tensor mirrorable = mirrorable_.index_select(0, data_.target.index_select(0, rows));
  const at::Tensor motions = augment(take_rows(data_.motions, rows, model_.device()), mirrorable, tree_,
                                     model_.config.frames, model_.config.augment, generator);
  return classify(motions, data_, rows, generator);
}

BatchResult BackboneStage::classify(const at::Tensor& motions, const TrainingSet& data, const at::Tensor& rows,
                                    const Noise& noise) {
  const at::Device device = motions.device();
  const at::Tensor sets = data.set.index_select(0, rows), classes = take_rows(data.class_in_set, rows, device);
  const std::vector<at::Tensor> logits = [&] {
    const Autocast mixed(model_.config.precision == Precision::mixed, motions.device().type());
    return model_.classifier->logits(motions, noise);
  }();
  BatchResult result{at::zeros({}, device), at::zeros({}, at::TensorOptions(device).dtype(at::kLong))};
  for (std::size_t set = 0; set < logits.size(); ++set) {
    const at::Tensor chosen = sets.eq(static_cast<std::int64_t>(set)).nonzero().squeeze(1);
    if (chosen.size(0) == 0) continue;
    const at::Tensor own = chosen.to(device, /*non_blocking=*/true);
    const at::Tensor scores = logits[set].index_select(0, own).to(at::kFloat), target = classes.index_select(0, own);
    const at::Tensor sum = at::cross_entropy_loss(scores, target, {}, at::Reduction::Sum, -100,
                                                  model_.config.backbone_fit.label_smoothing);
    result.loss = result.loss + sum / static_cast<double>(rows.size(0));
    result.correct = result.correct + count_correct(scores, target);
  }
  return result;
}

std::optional<Measured> BackboneStage::measure() {
  if (held_.target.size(0) == 0) return std::nullopt;
  MeanOfBatches mean;
  for (const at::Tensor& rows : all_rows(held_.target).split(model_.config.backbone_fit.batch)) {
    const at::Tensor motions = sample_frames(take_rows(held_.motions, rows, model_.device()), model_.config.frames);
    mean.add(classify(motions, held_, rows, {}), rows.size(0));
  }
  return mean.value();
}

HeadStage::HeadStage(const PurlsModel& model, NodeSet data, NodeSet held, const at::Tensor& texts)
    : model_(model),
      data_(std::move(data)),
      held_(std::move(held)),
      texts_(texts.to(model.device())),
      queries_(texts_) {
  if (model.config.objective == Objective::class_agnostic)
    queries_ = model.agnostic_query().to(model.device()).expand_as(texts_);
  const at::Tensor sizes = at::bincount(data_.target, {}, texts_.size(0)).to(at::kFloat);
  chance_ = sizes.reciprocal().index_select(0, data_.target);
}

at::Tensor HeadStage::draw_epoch(at::Generator generator) {
  return at::multinomial(chance_, samples_per_epoch(), true, generator);
}

BatchResult HeadStage::loss(const at::Tensor& rows, at::Generator generator) {
  const at::Device device = model_.device();
  const at::Tensor clean = take_rows(data_.nodes, rows, device), target = take_rows(data_.target, rows, device);
  const at::Tensor noise = at::randn(clean.sizes(), generator).to(device, /*non_blocking=*/true);
  return batch(clean + noise * model_.config.node_noise, target, generator);
}

std::optional<Measured> HeadStage::measure() {
  if (held_.target.size(0) == 0) return std::nullopt;
  MeanOfBatches mean;
  for (const at::Tensor& rows : all_rows(held_.target).split(model_.config.head_fit.batch)) {
    const at::Tensor nodes = held_.nodes.index_select(0, rows), target = held_.target.index_select(0, rows);
    BatchResult result = batch(nodes.to(model_.device()), target.to(model_.device()), {});
    result.correct = count_correct(scores(nodes), target);
    mean.add(result, rows.size(0));
  }
  return mean.value();
}

at::Tensor HeadStage::scores(const at::Tensor& nodes) const {
  return model_.scores(model_.similarities(nodes, texts_));
}

BatchResult HeadStage::batch(const at::Tensor& nodes, const at::Tensor& target, const Noise& noise) {
  const bool own = model_.config.objective == Objective::paper || model_.config.objective == Objective::official;
  return own ? own_label_batch(nodes, target, noise) : candidate_batch(nodes, target, noise);
}

BatchResult HeadStage::candidate_batch(const at::Tensor& nodes, const at::Tensor& target, const Noise& noise) {
  PurlsHead& head = *model_.head;
  const at::Tensor projected = [&] {
    const Autocast mixed(model_.config.precision == Precision::mixed, nodes.device().type());
    return head.project(head.attend_candidates(queries_, nodes).pooled, noise).to(at::kFloat);
  }();
  const at::Tensor similarity = (projected * texts_).sum(-1) * head.similarity_scale();  // [N, C, 8]
  const at::Tensor shares = head.equal_shares();
  return {candidate_loss(similarity, target, head.level_weights(), shares, model_.config.head_fit.label_smoothing),
          count_correct(at::matmul(similarity, shares), target)};
}

BatchResult HeadStage::own_label_batch(const at::Tensor& nodes, const at::Tensor& target, const Noise& noise) {
  PurlsHead& head = *model_.head;
  const at::Tensor own = texts_.index_select(0, target);
  const at::Tensor projected = [&] {
    const Autocast mixed(model_.config.precision == Precision::mixed, nodes.device().type());
    return head.project(head.attend_own(own, nodes).pooled, noise).to(at::kFloat);  // [N, 8, m]
  }();
  const at::Tensor losses =
      model_.config.objective == Objective::official
          ? official_level_losses(projected, own, head.similarity_scale())
          : paper_level_losses(projected, texts_, target, head.similarity_scale(), model_.config.same_class_positive);
  const at::Tensor scores = at::matmul(at::einsum("nlm,clm->ncl", {projected, texts_}), head.equal_shares());
  return {(losses * head.level_weights()).sum(), count_correct(scores, target)};
}

}  // namespace purlscope::models::purls
