#include "models/engine/closed_set_stream.h"

#include <c10/core/InferenceMode.h>

#include <cstdint>
#include <vector>

#include "models/engine/guard.h"
#include "models/nets/shift_gcn_stream.h"

namespace purlscope::models {
namespace {

std::vector<float> to_vector(const at::Tensor& tensor) {
  const auto* data = tensor.const_data_ptr<float>();
  return {data, data + tensor.numel()};
}

class CpuStream final : public core::ClosedSetStream {
 public:
  explicit CpuStream(const ShiftGcn& network) : stream_(network) {}

  bool push(const core::NdArray& frame) override {
    return guarded("a frame of a stream", [&] {
      const std::vector<std::int64_t> shape(frame.shape.begin(), frame.shape.end());
      return stream_.push(at::tensor(frame.data).view(shape)).defined();
    });
  }
  std::vector<float> logits() const override {
    return guarded("scores of a stream", [&] { return to_vector(stream_.logits()); });
  }
  std::size_t delay() const override { return static_cast<std::size_t>(stream_.delay()); }

 private:
  ShiftGcnStream stream_;
};

}  // namespace

std::unique_ptr<core::ClosedSetStream> open_closed_set_stream(const std::filesystem::path& weights) {
  const c10::InferenceMode inference;
  return std::make_unique<CpuStream>(ShiftGcn::load(weights));
}

}  // namespace purlscope::models
