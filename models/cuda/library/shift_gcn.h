#pragma once

#include <list>
#include <mutex>
#include <vector>

#include "models/cuda/interface.h"
#include "models/cuda/library/shift_weights.h"
#include "models/cuda/library/stream.h"
#include "models/cuda/library/workspace.h"

namespace purlscope::models::cuda {

/// Shift-GCN on one GPU: the passes of a shape (slots, samples, frames) are recorded once as a graph and replayed.
class DeviceShiftGcn final : public ShiftGcn {
 public:
  /// @param number of the device @param processors that it has. @throws Failure
  DeviceShiftGcn(int number, int processors, const ShiftNetwork& network);
  ~DeviceShiftGcn() override;

  Status run(const ShiftBatch& batch) override;

 private:
  /// What a graph is recorded for.
  struct Shape {
    int slots = 0, samples = 0, frames = 0;
    bool features = false;
    bool operator==(const Shape&) const = default;
  };
  struct Recorded {
    Shape shape;
    Graph graph;
  };
  /// The network's answer to an empty person slot: a constant of the weights and the number of frames.
  struct EmptySlots {
    int frames = 0;
    bool known[2] = {false, false};
    DeviceMemory<float> pooled, planes;  // [2, F], [2, F, T', J]
  };

  void answer(const ShiftBatch& batch);
  void expect_shape(const ShiftBatch& batch) const;
  /// Which person slots hold anything; the first person's of each sample, then the second's.
  std::vector<bool> occupied(const ShiftBatch& batch) const;
  /// Copies what the occupied slots hold to where the GPU fetches it.
  void stage(const ShiftBatch& batch, const std::vector<bool>& occupied);
  void reserve(const Shape& shape);
  EmptySlots& empty_slots(int frames);
  void learn_empty(EmptySlots& empty, int person);

  void queue_upload(const Shape& shape);
  /// From the input to pooled features. @return where the planes of the last unit lie
  const float* queue_units(int slots, int frames);
  void queue_unit(const DeviceUnit& unit, const float* x, float* out, int slots, int frames);
  void queue_answer(const Shape& shape, const EmptySlots& empty);
  const Graph& graph_of(const Shape& shape, const EmptySlots& empty);

  std::size_t plane(int frames) const;  ///< values of the features of a slot
  int* slots_of_persons() const { return work_.tables.data() + table_room_; }

  int number_, processors_;
  DeviceWeights weights_;
  std::mutex mutex_;
  Stream stream_;
  Workspace work_;
  std::size_t table_room_ = 0;   // values of the first table
  std::list<EmptySlots> empty_;  // newest first
  std::list<Recorded> graphs_;   // newest first
};

}  // namespace purlscope::models::cuda
