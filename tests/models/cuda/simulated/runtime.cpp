#include <cuda_runtime.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <utility>
#include <vector>

#include "tests/models/cuda/simulated/library.h"

using Work = std::vector<std::function<void()>>;

struct SimulatedGraph {
  Work work;
};
struct SimulatedStream {
  Work queued;
  SimulatedGraph* recording = nullptr;
};
struct SimulatedEvent {
  unsigned flags = 0;
  SimulatedStream* stream = nullptr;
};

namespace simulated {

purlscope::test::Simulation& simulation() {
  static purlscope::test::Simulation one;
  return one;
}

namespace {

constexpr std::size_t kAlignment = 16;
constexpr int kUnwritten = 0xFF;  // as floats: NaN

struct Mapping {
  void* begin;
  std::size_t mapped, bytes;
};
std::map<void*, Mapping>& mappings() {
  static std::map<void*, Mapping> all;
  return all;
}

void drain(SimulatedStream& stream) {
  Work work;
  work.swap(stream.queued);
  for (const auto& one : work) one();
}

/// Memory that ends where a page begins that may not be read or written.
void* map_guarded(std::size_t bytes) {
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  const std::size_t rounded = (bytes + kAlignment - 1) / kAlignment * kAlignment;
  const std::size_t mapped = (rounded + page - 1) / page * page + page;
  void* const begin = mmap(nullptr, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (begin == MAP_FAILED) return nullptr;
  char* const end = static_cast<char*>(begin) + mapped - page;
  mprotect(end, page, PROT_NONE);
  void* const memory = end - rounded;
  std::memset(memory, kUnwritten, bytes);
  mappings()[memory] = {begin, mapped, bytes};
  return memory;
}

void unmap(void* memory) {
  const auto found = mappings().find(memory);
  if (found == mappings().end()) {
    std::fputs("simulated GPU: memory is freed that was never taken\n", stderr);
    std::abort();
  }
  simulation().allocated -= found->second.bytes;
  munmap(found->second.begin, found->second.mapped);
  mappings().erase(found);
}

}  // namespace

cudaError_t failure_of(const char* call) {
  purlscope::test::Simulation& asked = simulation();
  if (asked.failing_call != call || asked.failures == 0) return cudaSuccess;
  if (asked.failures > 0) --asked.failures;
  return static_cast<cudaError_t>(asked.failing_code);
}

cudaError_t queue(const char* call, cudaStream_t stream, std::function<void()> work) {
  if (const cudaError_t failure = failure_of(call); failure != cudaSuccess) return failure;
  if (stream == nullptr) {
    work();
  } else if (stream->recording != nullptr) {
    stream->recording->work.push_back(std::move(work));
  } else {
    stream->queued.push_back(std::move(work));
  }
  return cudaSuccess;
}

}  // namespace simulated

using simulated::failure_of;
using simulated::simulation;

cudaError_t cudaGetDeviceCount(int* count) {
  *count = simulation().devices;
  return failure_of("cudaGetDeviceCount");
}
cudaError_t cudaSetDevice(int number) {
  if (number < 0 || number >= simulation().devices) return cudaErrorInvalidDevice;
  return failure_of("cudaSetDevice");
}
cudaError_t cudaGetDeviceProperties(cudaDeviceProp* properties, int number) {
  if (number < 0 || number >= simulation().devices) return cudaErrorInvalidDevice;
  *properties = {"Simulated GPU", 9, 0, simulation().processors, simulation().memory};
  return failure_of("cudaGetDeviceProperties");
}
cudaError_t cudaDeviceGetAttribute(int* value, cudaDeviceAttr which, int /*number*/) {
  constexpr int kMegahertz = 1000, kBits = 5120;
  *value = which == cudaDevAttrGlobalMemoryBusWidth ? kBits : kMegahertz * 1000;
  return cudaSuccess;
}
cudaError_t cudaGetLastError() { return cudaSuccess; }
const char* cudaGetErrorName(cudaError_t code) {
  return code == cudaErrorMemoryAllocation ? "cudaErrorMemoryAllocation" : "cudaErrorSimulated";
}
const char* cudaGetErrorString(cudaError_t code) {
  return code == cudaErrorMemoryAllocation ? "out of memory" : "simulated failure";
}

cudaError_t cudaMalloc(void** memory, std::size_t bytes) {
  if (const cudaError_t failure = failure_of("cudaMalloc"); failure != cudaSuccess) return failure;
  if (simulation().allocated + bytes > simulation().memory) return cudaErrorMemoryAllocation;
  *memory = simulated::map_guarded(bytes);
  simulation().allocated += bytes;
  return *memory == nullptr ? cudaErrorMemoryAllocation : cudaSuccess;
}
cudaError_t cudaFree(void* memory) {
  simulated::unmap(memory);
  return cudaSuccess;
}
cudaError_t cudaHostAlloc(void** memory, std::size_t bytes, unsigned /*flags*/) {
  if (const cudaError_t failure = failure_of("cudaHostAlloc"); failure != cudaSuccess) return failure;
  *memory = std::malloc(bytes);
  std::memset(*memory, simulated::kUnwritten, bytes);
  return cudaSuccess;
}
cudaError_t cudaFreeHost(void* memory) {
  std::free(memory);
  return cudaSuccess;
}
cudaError_t cudaMemcpy(void* to, const void* from, std::size_t bytes, cudaMemcpyKind /*kind*/) {
  if (const cudaError_t failure = failure_of("cudaMemcpy"); failure != cudaSuccess) return failure;
  std::memcpy(to, from, bytes);
  return cudaSuccess;
}
cudaError_t cudaMemcpyAsync(void* to, const void* from, std::size_t bytes, cudaMemcpyKind /*kind*/,
                            cudaStream_t stream) {
  return simulated::queue("cudaMemcpyAsync", stream, [=] { std::memcpy(to, from, bytes); });
}

cudaError_t cudaStreamCreateWithFlags(cudaStream_t* stream, unsigned /*flags*/) {
  *stream = new SimulatedStream;
  return cudaSuccess;
}
cudaError_t cudaStreamDestroy(cudaStream_t stream) {
  delete stream;
  return cudaSuccess;
}
cudaError_t cudaEventCreateWithFlags(cudaEvent_t* event, unsigned flags) {
  *event = new SimulatedEvent{flags};
  return cudaSuccess;
}
cudaError_t cudaEventDestroy(cudaEvent_t event) {
  delete event;
  return cudaSuccess;
}
cudaError_t cudaEventRecord(cudaEvent_t event, cudaStream_t stream) {
  event->stream = stream;
  return failure_of("cudaEventRecord");
}
cudaError_t cudaEventSynchronize(cudaEvent_t event) {
  ++((event->flags & cudaEventBlockingSync) != 0 ? simulation().sleeping_waits : simulation().spinning_waits);
  if (const cudaError_t failure = failure_of("cudaEventSynchronize"); failure != cudaSuccess) return failure;
  if (event->stream != nullptr) simulated::drain(*event->stream);
  return cudaSuccess;
}

cudaError_t cudaStreamBeginCapture(cudaStream_t stream, cudaStreamCaptureMode /*mode*/) {
  if (const cudaError_t failure = failure_of("cudaStreamBeginCapture"); failure != cudaSuccess) return failure;
  stream->recording = new SimulatedGraph;
  return cudaSuccess;
}
cudaError_t cudaStreamEndCapture(cudaStream_t stream, cudaGraph_t* graph) {
  *graph = std::exchange(stream->recording, nullptr);
  return failure_of("cudaStreamEndCapture");
}
cudaError_t cudaGraphInstantiate(cudaGraphExec_t* executable, cudaGraph_t graph, unsigned long long /*flags*/) {
  if (const cudaError_t failure = failure_of("cudaGraphInstantiate"); failure != cudaSuccess) return failure;
  ++simulation().captures;
  *executable = new SimulatedGraph(*graph);
  return cudaSuccess;
}
cudaError_t cudaGraphDestroy(cudaGraph_t graph) {
  delete graph;
  return cudaSuccess;
}
cudaError_t cudaGraphExecDestroy(cudaGraphExec_t executable) {
  delete executable;
  return cudaSuccess;
}
cudaError_t cudaGraphLaunch(cudaGraphExec_t executable, cudaStream_t stream) {
  ++simulation().graph_launches;
  return simulated::queue("cudaGraphLaunch", stream, [work = executable->work] {
    for (const auto& one : work) one();
  });
}

extern "C" __attribute__((visibility("default"))) purlscope::test::Simulation* purlscope_simulation() {
  return &simulation();
}
