#include "models/nets/row_map.h"

#include "models/nets/tiles/product.h"

namespace purlscope::models {

RowMap::RowMap(const Weights& weights) : weight_(weights.weight), bias_(weights.bias) {
  if (!tiles::usable()) return;
  const at::Tensor columns = weight_.contiguous();
  cut_.fill_columns(columns.const_data_ptr<float>(), columns.size(0), columns.size(1));
  bias_ = at::constant_pad_nd(bias_, {0, cut_.blocks() * tiles::kTileRows - bias_.size(0)}).contiguous();
  weight_.reset();
}

at::Tensor RowMap::operator()(const at::Tensor& x) const {
  if (weight_.defined()) return at::addmm(bias_, x, weight_);
  const at::Tensor rows = x.contiguous();
  tiles::Factor left;
  left.fill_rows(rows.const_data_ptr<float>(), rows.size(0), rows.size(1));
  at::Tensor out = at::empty({rows.size(0), cut_.outer()}, rows.options());
  tiles::multiply(left, cut_, bias_.const_data_ptr<float>(), {out.mutable_data_ptr<float>(), cut_.outer()});
  return out;
}

}  // namespace purlscope::models
