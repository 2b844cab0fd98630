#include "models/refinement/evidence.h"

namespace purlscope::models::refinement {
namespace {

at::Tensor row_of(const at::Tensor& values, std::int64_t i) {
  return values.defined() ? values.narrow(0, i, 1) : values;
}

}  // namespace

Evidence Evidence::row(std::int64_t i) const {
  return {row_of(scores, i), row_of(levels, i), row_of(slots, i), row_of(visual, i), row_of(said, i)};
}

Evidence join(const std::vector<Evidence>& parts) {
  const auto all = [&](at::Tensor Evidence::*member) {
    std::vector<at::Tensor> values;
    values.reserve(parts.size());
    for (const Evidence& part : parts) values.push_back(part.*member);
    return at::cat(values);
  };
  Evidence out{all(&Evidence::scores), all(&Evidence::levels), all(&Evidence::slots), all(&Evidence::visual)};
  if (parts.front().said.defined()) out.said = all(&Evidence::said);
  return out;
}

}  // namespace purlscope::models::refinement
