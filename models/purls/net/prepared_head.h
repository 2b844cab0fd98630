#pragma once

#include <ATen/core/Tensor.h>

#include <memory>

#include "models/nets/row_map.h"
#include "models/purls/net/head.h"

namespace purlscope::models::purls {

/// A head of the paper's form made ready for a set of labels, on the processor: what does not depend on the window is
/// worked out once. Gives the similarities of the head itself, but for rounding. Thread: any; immutable.
class PreparedHead {
 public:
  /// Whether there is such a form of a head. @param device that the head lies on
  static bool fits(const PurlsHead& head, at::Device device);

  /// @param queries [C, 8, m] sentences that ask @param texts [C, 8, m] sentences that are compared, of unit norm
  /// Only where fits().
  PreparedHead(const std::shared_ptr<const PurlsHead>& head, const at::Tensor& queries, const at::Tensor& texts);

  /// @param nodes [S, n] of one window @return [C, 8] cosine of what each sentence pools with its text
  at::Tensor similarities(const at::Tensor& nodes) const;

 private:
  std::shared_ptr<const PurlsHead> head_;
  at::Tensor directions_;  // [C * 8, n]
  at::Tensor texts_;       // [C * 8, m]
  RowMap hidden_, out_;    // f_skel's two layers
};

}  // namespace purlscope::models::purls
