#pragma once

#include "models/refinement/method.h"

namespace purlscope::models::refinement {

/// Where the stream's windows lie: mean of their visual vectors, shrunk to 0 by the prior. [1, d]
at::Tensor centre_of(const Stream& stream, const Options& options);

/// Visual vectors from the centre, at unit length. [B, d]
at::Tensor directions(const Evidence& evidence, const at::Tensor& centre);

/// Sum over each window's labels onto their slots. @param values [B, L] @return [B, S]
at::Tensor onto_slots(const at::Tensor& values, const Evidence& evidence, std::int64_t slots);

/// Cosine of each window with each label's prototype, 0 where that is zero. @param prototypes [S, d] unit rows or zero
/// @return [B, L]
at::Tensor likeness(const at::Tensor& directions, const at::Tensor& prototypes, const Evidence& evidence);

/// Mean direction of each slot, at unit length; zero for a slot without mass. @param mass [B, S] @return [S, d]
at::Tensor mean_directions(const at::Tensor& directions, const at::Tensor& mass);

/// What bank members were taken for. @param bank in the order of Bank::evidence() @return [B, S] 0 or 1
at::Tensor membership(const Bank& bank, const std::vector<std::string>& slots);

}  // namespace purlscope::models::refinement
