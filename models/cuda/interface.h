#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

/// What the engine and its library for NVIDIA GPUs say to each other: plain data, no tensor and no type of CUDA. Both
/// sides include this header; the library (`libpurlscope_cuda.so`) is opened at run time where a driver answers.
/// Nothing throws across this border.
namespace purlscope::models::cuda {

/// Version of everything in this header; a library of another version is not used.
inline constexpr int kAbi = 1;

enum class Outcome {
  done,
  full,     ///< the GPU's memory, or the memory that it shares with the processor, is too small for the question
  unusable  ///< no kernel for this GPU, a driver too old, or a GPU that is lost: the caller goes on without
};

struct Status {
  Outcome outcome = Outcome::done;
  std::string text;  ///< what failed, and CUDA's own words; empty when done

  bool done() const { return outcome == Outcome::done; }
};

struct DeviceFacts {
  std::string name;                ///< "NVIDIA H200"
  int major = 0, minor = 0;        ///< compute capability
  int processors = 0;              ///< streaming multiprocessors
  std::uint64_t memory_bytes = 0;  ///< of the device
  double peak_gflops = 0;          ///< single precision without tensor cores, by its highest clock; 0 = not known
  double peak_gbytes_s = 0;        ///< of its memory; 0 = not known
};

/// A learned shift in time: channel c of an output frame t is (1 - w) x[t + first] + w x[t + first + 1].
struct TimeShift {
  const std::int32_t* first = nullptr;  ///< [C]
  const float* weight = nullptr;        ///< [C] w
};

/// A unit of Shift-GCN as models/nets/shift/weights.h has it: the same names, the same equations. All on the
/// processor, contiguous; read during Device::open_shift_gcn() alone.
struct ShiftUnit {
  int in = 0, out = 0, stride = 1;
  bool residual = true;
  const float* mask = nullptr;                                    ///< [C, J]
  const float* linear = nullptr;                                  ///< [D, C]
  const float *norm_scale = nullptr, *norm_offset = nullptr;      ///< [D, J]
  const float* down = nullptr;                                    ///< [D, C]; null where the width stays
  const float *before_scale = nullptr, *before_offset = nullptr;  ///< [D]
  TimeShift time_in;                                              ///< of D channels
  const float *temporal = nullptr, *temporal_bias = nullptr;      ///< [D, D], [D]
  TimeShift time_out;                                             ///< of D channels
  const float *after_scale = nullptr, *after_offset = nullptr;    ///< [D]
  const float* skip = nullptr;                                    ///< [D, C]; null for an identity or no residual
};

struct ShiftNetwork {
  int joints = 0, classes = 0;
  const float *input_scale = nullptr, *input_offset = nullptr;  ///< [2, J, 3]
  std::vector<ShiftUnit> units;
  const float *classifier = nullptr, *classifier_bias = nullptr;  ///< [K, F], [K]
};

/// A batch of windows and room for the answers, all on the processor. T is a multiple of the network's whole stride.
struct ShiftBatch {
  int samples = 0, frames = 0;
  const float* input = nullptr;  ///< [B, 3, T, J, 2]
  float* logits = nullptr;       ///< [B, K]
  float* features = nullptr;     ///< [B, F, T', J], the mean over both person slots; null = not wanted
};

/// A network on the GPU. Thread: any; calls on one network wait for each other.
class ShiftGcn {
 public:
  virtual ~ShiftGcn() = default;
  /// Waits for the answer without spinning.
  virtual Status run(const ShiftBatch& batch) = 0;
};

/// Attention of the eight sentences of L labels over S nodes, and the features pooled by it (PURLS, eq. 1 and 2): row r
/// of `directions` is a sentence carried into the space of the nodes, its logit of a node their inner product. All on
/// the GPU.
struct AttentionTask {
  int samples = 0, labels = 0, nodes = 0, width = 0;
  const float* directions = nullptr;  ///< [L * 8, n]
  const float* points = nullptr;      ///< [N, S, n] nodes
  const float* places = nullptr;      ///< [8, S] added to the logits of each label's sentences; null = nothing
  float* weights = nullptr;           ///< out [N, L * 8, S], each row summing to 1
  float* pooled = nullptr;            ///< out [N, L * 8, n]
};

/// One GPU. Thread: any.
class Device {
 public:
  virtual ~Device() = default;
  virtual const DeviceFacts& facts() const = 0;
  /// @param network outlived by nothing: what is needed is copied
  virtual Status open_shift_gcn(const ShiftNetwork& network, std::unique_ptr<ShiftGcn>& out) = 0;
  /// Queues the work and returns. @param stream a cudaStream_t; null = the default stream
  virtual Status attend(const AttentionTask& task, void* stream) = 0;
};

class Module {
 public:
  virtual ~Module() = default;
  virtual int abi() const = 0;  ///< kAbi of the library's own build
  virtual Status count(int& devices) = 0;
  /// @param number from 0
  virtual Status open(int number, std::shared_ptr<Device>& out) = 0;
};

/// Signature of the one entry point: `extern "C" purlscope::models::cuda::Module* purlscope_cuda_module()`.
using Entry = Module* (*)();
inline constexpr const char* kEntry = "purlscope_cuda_module";

}  // namespace purlscope::models::cuda
