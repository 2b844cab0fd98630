#include "models/purls/net/prepared_head.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include "core/text/labels.h"

namespace purlscope::models::purls {

bool PreparedHead::fits(const PurlsHead& head, at::Device device) {
  return device.is_cpu() && head.options().form == HeadForm::paper;
}

PreparedHead::PreparedHead(const std::shared_ptr<const PurlsHead>& head, const at::Tensor& queries,
                           const at::Tensor& texts)
    : head_(head) {
  const c10::InferenceMode normal_tensors(false);
  const at::NoGradGuard no_grad;
  directions_ = head->query_directions(queries).flatten(0, 1).contiguous();
  texts_ = texts.flatten(0, 1).contiguous();
  const auto [hidden, out] = head->projection_layers();
  hidden_ = RowMap(hidden);
  out_ = RowMap(out);
}

at::Tensor PreparedHead::similarities(const at::Tensor& nodes) const {
  const c10::InferenceMode normal_tensors(false);
  const at::NoGradGuard no_grad;
  const at::Tensor weights = head_->attention(directions_.mm(nodes.t()).unsqueeze(0))[0];  // [C * 8, S]
  const at::Tensor projected = out_(hidden_(weights.mm(nodes)).relu_());                   // [C * 8, m]
  const at::Tensor dots = (projected * texts_).sum(-1);
  constexpr auto kLevels = static_cast<std::int64_t>(core::kSentenceCount);
  return (dots / projected.norm(2, -1).clamp_min(kLeastNorm)).view({-1, kLevels});
}

}  // namespace purlscope::models::purls
