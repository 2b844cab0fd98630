#include "tests/models/support/second_device.h"

#include <ATen/ATen.h>
#include <ATen/EmptyTensor.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/stack.h>
#include <ATen/detail/PrivateUse1HooksInterface.h>
#include <ATen/ops/_reshape_alias_native.h>
#include <ATen/ops/as_strided_native.h>
#include <ATen/ops/unfold_native.h>
#include <ATen/ops/view_native.h>
#include <c10/core/CPUAllocator.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>
#include <torch/library.h>

#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace purlscope::test {
namespace {

constexpr auto kType = c10::DeviceType::PrivateUse1;
const c10::DispatchKeySet kKey(c10::DispatchKey::PrivateUse1);

void release(void* memory) { delete static_cast<at::Tensor*>(memory); }

/// Takes a tensor of the processor over, memory and all.
at::Tensor adopt(const at::Tensor& owned) {
  const std::size_t bytes =
      owned.storage().nbytes() - static_cast<std::size_t>(owned.storage_offset()) * owned.itemsize();
  void* data = owned.numel() > 0 ? owned.mutable_data_ptr() : nullptr;
  c10::Storage storage(c10::Storage::use_byte_size_t(), bytes, {data, new at::Tensor(owned), &release, {kType, 0}},
                       c10::GetAllocator(kType), false);
  at::Tensor taken = at::detail::make_tensor<at::TensorImpl>(std::move(storage), kKey, owned.dtype());
  taken.unsafeGetTensorImpl()->set_sizes_and_strides(owned.sizes(), owned.strides());
  return taken;
}

class Memory final : public c10::Allocator {
 public:
  c10::DataPtr allocate(std::size_t bytes) override {
    auto* owner = new at::Tensor(at::empty({static_cast<std::int64_t>(bytes)}, at::kByte));
    return {owner->mutable_data_ptr(), owner, &release, {kType, 0}};
  }
  void copy_data(void* to, const void* from, std::size_t count) const override { default_copy_data(to, from, count); }
};

Memory memory;
const c10::AllocatorRegisterer<kType> registered_memory(&memory);

/// There is one, and it has one stream, in which everything happens in order.
struct Guard final : c10::impl::NoOpDeviceGuardImpl<kType> {
  c10::Device getDevice() const override { return {kType, 0}; }
  c10::Device exchangeDevice(c10::Device /*device*/) const override { return getDevice(); }
  c10::Stream getStream(c10::Device /*device*/) const noexcept override {
    return c10::Stream(c10::Stream::DEFAULT, {kType, 0});
  }
  c10::Stream exchangeStream(c10::Stream /*stream*/) const noexcept override { return getStream(getDevice()); }
};
C10_REGISTER_GUARD_IMPL(PrivateUse1, Guard)

struct Hooks final : at::PrivateUse1HooksInterface {
  bool isBuilt() const override { return true; }
  bool isAvailable() const override { return true; }
  bool hasPrimaryContext(c10::DeviceIndex /*device*/) const override { return true; }
};

/// Makes it the accelerator of the process, in the place of a GPU; so only once it is asked for.
void become_accelerator() {
  static Hooks hooks;
  at::RegisterPrivateUse1HooksInterface(&hooks);
  c10::register_privateuse1_backend("second");
}

/// One call of an operator: its arguments as the processor sees them, and what came of it.
class Call {
 public:
  explicit Call(const c10::OperatorHandle& op) : op_(op) {}

  void run(torch::jit::Stack& stack) {
    const std::size_t arguments = op_.schema().arguments().size();
    for (std::size_t i = stack.size() - arguments; i < stack.size(); ++i) stack[i] = argument(stack[i]);
    kernel(stack).callBoxed(stack);
    for (const auto& [own, seen] : seen_) {
      if (own.sizes() == seen.sizes()) continue;  // a result that found its size
      own.unsafeGetTensorImpl()->shallow_copy_from(adopt(seen).getIntrusivePtr());
    }
    const std::size_t results = op_.schema().returns().size();
    for (std::size_t i = stack.size() - results; i < stack.size(); ++i) stack[i] = result(stack[i]);
  }

 private:
  [[noreturn]] void refuse(const char* what) const {
    TORCH_CHECK(false, toString(op_.operator_name()), " on the second device: ", what);
  }

  at::Tensor see(const at::Tensor& own) {
    if (!own.defined()) return own;
    if (own.device().type() != kType) {
      if (own.dim() > 0) refuse("a tensor of the processor");
      return own;
    }
    const at::TensorOptions options = own.options().device(at::kCPU);
    const at::Tensor seen = own.numel() == 0
                                ? at::empty(own.sizes(), options)
                                : at::from_blob(own.mutable_data_ptr(), own.sizes(), own.strides(), options);
    seen_.emplace_back(own, seen);
    return seen;
  }

  c10::IValue argument(const c10::IValue& value) {
    if (value.isTensor()) return see(value.toTensor());
    if (value.isDevice()) return c10::IValue(c10::Device(at::kCPU));
    if (value.isGenerator()) refuse("a generator of the processor");
    if (!value.isTensorList() && !value.isOptionalTensorList()) return value;
    c10::List<c10::IValue> list = value.toList();
    c10::impl::GenericList seen(list.elementType());
    for (const c10::IValue& item : list.vec()) seen.push_back(argument(item));
    return seen;
  }

  c10::IValue result(const c10::IValue& value) const {
    if (value.isTensor()) return own_of(value.toTensor());
    if (!value.isTensorList()) return value;
    std::vector<at::Tensor> list;
    for (const at::Tensor& item : value.toTensorVector()) list.push_back(own_of(item));
    return list;
  }

  at::Tensor own_of(const at::Tensor& made) const {
    if (!made.defined()) return made;
    for (const auto& [own, seen] : seen_) {
      if (made.is_same(seen)) return own;
      if (made.numel() > 0 && made.is_alias_of(seen)) refuse("a view, which would outlive what it looks at");
    }
    return adopt(made);
  }

  /// What computes it: LibTorch leaves convolutions of devices that it does not know open.
  c10::OperatorHandle kernel(torch::jit::Stack& stack) const {
    const std::string name = op_.operator_name().name;
    const auto named = [](const char* other) { return c10::Dispatcher::singleton().findSchemaOrThrow(other, ""); };
    if (name == "aten::convolution_overrideable") return named("aten::convolution");
    if (name != "aten::convolution_backward_overrideable") return op_;
    const std::size_t first = stack.size() - op_.schema().arguments().size();
    const std::int64_t outputs = stack[first + 1 + 1].toTensor().size(0);
    const std::vector<std::int64_t> bias_sizes = {outputs};
    stack.insert(stack.begin() + static_cast<std::ptrdiff_t>(first + 3), c10::IValue(bias_sizes));
    return named("aten::convolution_backward");
  }

  const c10::OperatorHandle& op_;
  std::vector<std::pair<at::Tensor, at::Tensor>> seen_;  ///< own tensors, and the processor's view of each
};

void call(const c10::OperatorHandle& op, torch::jit::Stack* stack) { Call(op).run(*stack); }

at::Tensor empty(at::IntArrayRef size, std::optional<at::ScalarType> type, std::optional<at::Layout> /*layout*/,
                 std::optional<at::Device> /*device*/, std::optional<bool> /*pinned*/,
                 std::optional<at::MemoryFormat> format) {
  return at::detail::empty_generic(size, &memory, kKey, c10::dtype_or_default(type), format);
}

at::Tensor empty_strided(at::IntArrayRef size, at::IntArrayRef stride, std::optional<at::ScalarType> type,
                         std::optional<at::Layout> /*layout*/, std::optional<at::Device> /*device*/,
                         std::optional<bool> /*pinned*/) {
  return at::detail::empty_strided_generic(size, stride, &memory, kKey, c10::dtype_or_default(type));
}

at::Tensor on_processor(const at::Tensor& tensor) {
  if (tensor.device().is_cpu()) return tensor;
  return at::from_blob(tensor.mutable_data_ptr(), tensor.sizes(), tensor.strides(), tensor.options().device(at::kCPU));
}

/// The one way between the devices.
at::Tensor copy_from(const at::Tensor& from, const at::Tensor& to, bool /*non_blocking*/) {
  if (to.numel() > 0) on_processor(to).copy_(on_processor(from));
  return to;
}

bool may_take_over(const at::Tensor& /*self*/, const at::Tensor& /*from*/) { return true; }

TORCH_LIBRARY_IMPL(_, PrivateUse1, library) { library.fallback(torch::CppFunction::makeFromBoxedFunction<&call>()); }

TORCH_LIBRARY_IMPL(aten, PrivateUse1, library) {
  library.impl("empty.memory_format", TORCH_FN(empty));
  // What LibTorch would else leave open, or compute in steps of its own.
  for (const char* name : {"convolution_overrideable", "convolution_backward_overrideable", "silu_backward"}) {
    library.impl(name, torch::CppFunction::makeFromBoxedFunction<&call>());
  }
  library.impl("empty_strided", TORCH_FN(empty_strided));
  library.impl("_copy_from", TORCH_FN(copy_from));
  library.impl("_has_compatible_shallow_copy_type", TORCH_FN(may_take_over));
  library.impl("as_strided", TORCH_FN(at::native::as_strided_tensorimpl));
  library.impl("unfold", TORCH_FN(at::native::unfold));
  library.impl("view", TORCH_FN(at::native::view));
  library.impl("_reshape_alias", TORCH_FN(at::native::_reshape_alias));
}

}  // namespace

c10::Device second_device() {
  static std::once_flag asked;
  std::call_once(asked, become_accelerator);
  return {kType, 0};
}

}  // namespace purlscope::test
