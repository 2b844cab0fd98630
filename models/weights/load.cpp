#include "models/weights/load.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <span>

#include "core/base/error.h"

namespace purlscope::models {
namespace {

/// How ATen names the element type of a file; the narrow types are widened by the caller.
at::ScalarType scalar_type(const core::SafeTensors& file, const std::string& name, const std::string& dtype) {
  if (dtype == "F32") return at::kFloat;
  if (dtype == "F16") return at::kHalf;
  if (dtype == "BF16") return at::kBFloat16;
  if (dtype == "F64") return at::kDouble;
  if (dtype == "I64") return at::kLong;
  if (dtype == "I32") return at::kInt;
  if (dtype == "I16") return at::kShort;
  if (dtype == "I8") return at::kChar;
  if (dtype == "U8") return at::kByte;
  if (dtype == "BOOL") return at::kBool;
  throw Error(Code::unsupported,
              fmt::format("{}: tensor '{}' has type {}, which networks do not use", file.path().string(), name, dtype));
}

/// Copies out of the mapped file, whose tensors need not be aligned.
at::Tensor copy_tensor(const core::SafeTensors& file, const std::string& name) {
  const core::SafeTensor& stored = file.at(name);
  at::Tensor tensor = at::empty(stored.shape, scalar_type(file, name, stored.dtype));
  if (!stored.bytes.empty()) std::memcpy(tensor.mutable_data_ptr(), stored.bytes.data(), stored.bytes.size());
  return tensor;
}

void expect_finite(const core::SafeTensors& file, const std::string& name, const at::Tensor& tensor) {
  const std::span<const float> values(tensor.const_data_ptr<float>(), static_cast<std::size_t>(tensor.numel()));
  bool finite = true;
  for (const float value : values) finite &= std::isfinite(value);
  if (finite) return;
  const auto first = std::ranges::find_if_not(values, [](float value) { return std::isfinite(value); });
  throw Error(
      Code::bad_format,
      fmt::format("{}: tensor '{}' holds values that are not finite: value {} of {} is {}; the file is damaged, "
                  "get it or convert it again",
                  file.path().string(), name, first - values.begin(), values.size(), *first));
}

}  // namespace

void expect_shape(const core::SafeTensors& file, const std::string& name, const std::vector<std::int64_t>& shape) {
  const std::vector<std::int64_t>& found = file.at(name).shape;
  bool fits = found.size() == shape.size();
  for (std::size_t i = 0; fits && i < shape.size(); ++i) fits = shape[i] < 0 || shape[i] == found[i];
  if (fits) return;
  throw Error(Code::shape_mismatch, fmt::format("{}: tensor '{}' has shape [{}], expected [{}]", file.path().string(),
                                                name, fmt::join(found, ", "), fmt::join(shape, ", ")));
}

at::Tensor load_tensor(const core::SafeTensors& file, const std::string& name, const std::vector<std::int64_t>& shape) {
  expect_shape(file, name, shape);
  at::Tensor tensor = copy_tensor(file, name).to(at::kFloat);
  expect_finite(file, name, tensor);
  return tensor;
}

at::Tensor load_variances(const core::SafeTensors& file, const std::string& name,
                          const std::vector<std::int64_t>& shape) {
  at::Tensor variances = load_tensor(file, name, shape);
  if (!(variances < 0).any().item<bool>()) return variances;
  throw Error(Code::bad_format, fmt::format("{}: tensor '{}' holds negative variances; the file is damaged, get it or "
                                            "convert it again",
                                            file.path().string(), name));
}

at::Tensor load_indices(const core::SafeTensors& file, const std::string& name) {
  at::Tensor tensor = copy_tensor(file, name);
  if (tensor.is_floating_point()) {
    throw Error(Code::bad_format, fmt::format("{}: tensor '{}' is {}, expected whole numbers", file.path().string(),
                                              name, file.at(name).dtype));
  }
  return tensor.to(at::kLong);
}

core::SafeTensorOut store_tensor(const at::Tensor& tensor, const std::string& dtype) {
  const at::Tensor values = tensor.detach().to(at::kCPU, at::kFloat).contiguous();
  const std::span<const float> data(values.const_data_ptr<float>(), static_cast<std::size_t>(values.numel()));
  return core::to_safetensor(data, values.sizes().vec(), dtype);
}

}  // namespace purlscope::models
