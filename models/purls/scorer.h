#pragma once

#include <string>
#include <vector>

#include "models/purls/model/model.h"
#include "models/refinement/evidence.h"

namespace purlscope::models::purls {

/// A trained model's scoring of a set of labels, for refinement. Features are its nodes, [B, S x n]; said vectors the
/// projected answers to the sentences; the visual vector is the mean node.
class PurlsScorer final : public refinement::Scorer {
 public:
  /// @param names of the labels @param texts [L, 8, m] as PurlsModel::texts()
  PurlsScorer(PurlsModel model, std::vector<std::string> names, at::Tensor texts);

  const std::vector<std::string>& slots() const override { return names_; }
  refinement::Evidence evidence(const at::Tensor& features, bool with_said) const override;
  at::Tensor targets() const override { return texts_; }
  at::Tensor weights() const override { return model_.level_shares().cpu(); }
  double unit() const override;
  std::int64_t measures() const override { return 0; }
  std::vector<double> probabilities(const std::vector<double>& scores) const override;

 private:
  PurlsModel model_;
  std::vector<std::string> names_;
  at::Tensor texts_;
};

}  // namespace purlscope::models::purls
