#include "models/cuda/library/shift_gcn.h"

#include <algorithm>
#include <climits>
#include <cstring>
#include <string>
#include <utility>

#include "models/cuda/library/kernels.h"

namespace purlscope::models::cuda {
namespace {

constexpr int kPersons = 2, kCoordinates = 3;
constexpr std::size_t kMostGraphs = 8, kMostLengths = 4;
constexpr int kMostSamples = 4096;  // a grid has no more than 65535 blocks in its third direction

std::size_t count(long long a, long long b, long long c = 1) { return static_cast<std::size_t>(a * b * c); }

/// Whether a person's values, every second one, are anything but zero. A NaN is.
bool any(const float* values, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) {
    if (values[i * kPersons] != 0) return true;
  }
  return false;
}

/// The table of persons takes a place a slot, of which each sample has two at most.
std::size_t room_for(int samples) { return count(samples, kPersons); }

}  // namespace

DeviceShiftGcn::DeviceShiftGcn(int number, int processors, const ShiftNetwork& network)
    : number_(number), processors_(processors), weights_(DeviceWeights::upload(network)) {}

DeviceShiftGcn::~DeviceShiftGcn() {
  cudaSetDevice(number_);  // its memory is freed now
}

Status DeviceShiftGcn::run(const ShiftBatch& batch) {
  const std::lock_guard lock(mutex_);
  return guarded([&] { answer(batch); });
}

void DeviceShiftGcn::answer(const ShiftBatch& batch) {
  expect_shape(batch);
  check(cudaSetDevice(number_), "choosing the GPU");
  const std::vector<bool> occupied_slots = occupied(batch);
  const auto slots = static_cast<int>(std::count(occupied_slots.begin(), occupied_slots.end(), true));
  const Shape shape{slots, batch.samples, batch.frames, batch.features != nullptr};
  reserve(shape);
  EmptySlots& empty = empty_slots(batch.frames);
  for (std::size_t i = 0; i < occupied_slots.size(); ++i) {
    const std::size_t person = i % kPersons;
    if (!occupied_slots[i] && !empty.known[person]) learn_empty(empty, static_cast<int>(person));
  }

  stage(batch, occupied_slots);
  graph_of(shape, empty).launch(stream_);
  stream_.wait();
  std::copy_n(work_.staged_logits.data(), count(batch.samples, weights_.classes), batch.logits);
  if (shape.features) {
    std::copy_n(work_.staged_features.data(), count(batch.samples, 1) * plane(batch.frames), batch.features);
  }
}

std::vector<bool> DeviceShiftGcn::occupied(const ShiftBatch& batch) const {
  const std::size_t values = count(batch.frames, weights_.joints, kCoordinates);
  std::vector<bool> slots(count(batch.samples, kPersons));
  for (std::size_t i = 0; i < slots.size(); ++i) {
    slots[i] = any(batch.input + i / kPersons * kPersons * values + i % kPersons, values);
  }
  return slots;
}

void DeviceShiftGcn::expect_shape(const ShiftBatch& batch) const {
  if (batch.samples < 1 || batch.samples > kMostSamples) {
    refuse(Outcome::full, std::to_string(batch.samples) + " windows at once; the GPU's kernels take 1 to " +
                              std::to_string(kMostSamples));
  }
  if (batch.frames < 1 || batch.frames % weights_.time_stride != 0) {
    refuse(Outcome::unusable, "no kernel for windows of " + std::to_string(batch.frames) + " frames");
  }
  if (weights_.widest_plane(batch.frames) * weights_.joints > INT_MAX) {  // places in a slot are counted by int
    refuse(Outcome::full, "a window of " + std::to_string(batch.frames) + " frames is too long for the GPU's kernels");
  }
}

void DeviceShiftGcn::reserve(const Shape& shape) {
  const auto slots = static_cast<std::size_t>(std::max(shape.slots, 1));  // one for learn_empty()
  const auto samples = static_cast<std::size_t>(shape.samples);
  Workspace::Need need;
  need.input = slots * count(kCoordinates, shape.frames, weights_.joints);
  need.planes = slots * count(weights_.widest_plane(shape.frames), weights_.joints);
  need.tables = std::max(table_room_, room_for(shape.samples)) * 2;
  need.pooled = slots * static_cast<std::size_t>(weights_.features);
  need.logits = samples * static_cast<std::size_t>(weights_.classes);
  need.features = shape.features ? samples * plane(shape.frames) : 0;
  bool moved = true;
  try {
    moved = work_.reserve(need);
  } catch (const Failure&) {
    graphs_.clear();
    work_ = {};  // room for smaller questions
    table_room_ = 0;
    throw;
  }
  if (moved) graphs_.clear();
  table_room_ = std::max(table_room_, room_for(shape.samples));
}

void DeviceShiftGcn::stage(const ShiftBatch& batch, const std::vector<bool>& occupied) {
  const std::size_t values = count(batch.frames, weights_.joints, kCoordinates);
  int* const person_of = work_.staged_tables.data();
  int* const slot_of = person_of + table_room_;
  float* to = work_.staged_input.data();
  int slots = 0;
  for (int i = 0; i < batch.samples * kPersons; ++i) {
    slot_of[i] = -1;
    if (!occupied[static_cast<std::size_t>(i)]) continue;
    const float* const from = batch.input + count(i / kPersons, kPersons) * values + i % kPersons;
    for (std::size_t k = 0; k < values; ++k) *to++ = from[k * kPersons];
    person_of[slots] = i % kPersons;
    slot_of[i] = slots++;
  }
}

DeviceShiftGcn::EmptySlots& DeviceShiftGcn::empty_slots(int frames) {
  const auto found =
      std::find_if(empty_.begin(), empty_.end(), [&](const EmptySlots& known) { return known.frames == frames; });
  if (found != empty_.end()) {
    empty_.splice(empty_.begin(), empty_, found);
    return empty_.front();
  }
  if (empty_.size() >= kMostLengths) {
    empty_.pop_back();
    graphs_.clear();  // some read from it
  }
  EmptySlots fresh;
  fresh.frames = frames;
  fresh.pooled.reserve(count(kPersons, weights_.features));
  fresh.planes.reserve(kPersons * plane(frames));
  empty_.push_front(std::move(fresh));
  return empty_.front();
}

/// Runs the network on a slot of zeros.
void DeviceShiftGcn::learn_empty(EmptySlots& empty, int person) {
  const Shape one{1, 1, empty.frames, false};
  std::memset(work_.staged_input.data(), 0, count(kCoordinates, empty.frames, weights_.joints) * sizeof(float));
  std::memset(work_.staged_tables.data(), 0, work_.staged_tables.size() * sizeof(int));
  work_.staged_tables.data()[0] = person;
  queue_upload(one);
  const float* const planes = queue_units(1, empty.frames);
  const auto features = static_cast<std::size_t>(weights_.features), place = static_cast<std::size_t>(person);
  const std::size_t size = plane(empty.frames);
  check(cudaMemcpyAsync(empty.pooled.data() + place * features, work_.pooled.data(), features * sizeof(float),
                        cudaMemcpyDeviceToDevice, stream_.get()),
        "keeping the answer to an empty slot");
  check(cudaMemcpyAsync(empty.planes.data() + place * size, planes, size * sizeof(float), cudaMemcpyDeviceToDevice,
                        stream_.get()),
        "keeping the answer to an empty slot");
  stream_.wait();
  empty.known[person] = true;
}

void DeviceShiftGcn::queue_upload(const Shape& shape) {
  const std::size_t values = count(shape.slots, shape.frames, kCoordinates) * static_cast<std::size_t>(weights_.joints);
  if (values > 0) {
    check(cudaMemcpyAsync(work_.input.data(), work_.staged_input.data(), values * sizeof(float), cudaMemcpyHostToDevice,
                          stream_.get()),
          "copying windows to the GPU");
  }
  const std::size_t tables = table_room_ + room_for(shape.samples);
  check(cudaMemcpyAsync(work_.tables.data(), work_.staged_tables.data(), tables * sizeof(int), cudaMemcpyHostToDevice,
                        stream_.get()),
        "copying tables to the GPU");
}

const float* DeviceShiftGcn::queue_units(int slots, int frames) {
  float *now = work_.now.data(), *next = work_.next.data();
  queue_normalise({work_.input.data(), weights_.input_scale.data(), weights_.input_offset.data(), work_.tables.data(),
                   now, frames, weights_.joints},
                  slots, stream_.get());
  for (const DeviceUnit& unit : weights_.units) {
    queue_unit(unit, now, next, slots, frames);
    frames /= unit.stride;
    std::swap(now, next);
  }
  queue_pool({now, work_.pooled.data(), weights_.features, frames * weights_.joints}, slots, stream_.get());
  return now;
}

/// Three kernels: the shift over joints, the first shift in time, the second one; and products for the ways around them
/// where the width changes. Their results lie in planes that are free just then.
void DeviceShiftGcn::queue_unit(const DeviceUnit& unit, const float* x, float* out, int slots, int frames) {
  const int joints = weights_.joints;
  const float* around = x;
  if (unit.down.data() != nullptr) {
    queue_mix({x, unit.down.data(), work_.hidden.data(), unit.in, unit.out, frames, joints, 1}, slots, processors_,
              stream_.get());
    around = work_.hidden.data();
  }
  queue_spatial(
      {x, unit.mask.data(), unit.linear.data(), unit.norm_scale.data(), unit.norm_offset.data(), around,
       unit.before_scale.data(), unit.before_offset.data(), work_.shifted.data(), unit.in, unit.out, frames, joints},
      slots, processors_, stream_.get());
  queue_temporal({work_.shifted.data(), unit.time_in.first.data(), unit.time_in.share.data(), unit.temporal.data(),
                  unit.temporal_bias.data(), work_.hidden.data(), unit.out, frames, joints},
                 slots, processors_, stream_.get());
  around = unit.residual ? x : nullptr;
  if (unit.skip.data() != nullptr) {
    queue_mix({x, unit.skip.data(), work_.shifted.data(), unit.in, unit.out, frames, joints, unit.stride}, slots,
              processors_, stream_.get());
    around = work_.shifted.data();
  }
  queue_finish({work_.hidden.data(), unit.time_out.first.data(), unit.time_out.share.data(), unit.after_scale.data(),
                unit.after_offset.data(), around, out, unit.out, frames, joints, unit.stride},
               slots, stream_.get());
}

void DeviceShiftGcn::queue_answer(const Shape& shape, const EmptySlots& empty) {
  queue_upload(shape);
  const float* const planes = shape.slots > 0 ? queue_units(shape.slots, shape.frames) : nullptr;
  queue_classify({{slots_of_persons(), work_.pooled.data(), empty.pooled.data()},
                  weights_.classifier.data(),
                  weights_.classifier_bias.data(),
                  work_.logits.data(),
                  weights_.features,
                  weights_.classes},
                 shape.samples, stream_.get());
  check(cudaMemcpyAsync(work_.staged_logits.data(), work_.logits.data(),
                        count(shape.samples, weights_.classes) * sizeof(float), cudaMemcpyDeviceToHost, stream_.get()),
        "copying logits from the GPU");
  if (!shape.features) return;
  queue_blend(
      {{slots_of_persons(), planes, empty.planes.data()}, work_.features.data(), static_cast<int>(plane(shape.frames))},
      shape.samples, stream_.get());
  check(cudaMemcpyAsync(work_.staged_features.data(), work_.features.data(),
                        count(shape.samples, 1) * plane(shape.frames) * sizeof(float), cudaMemcpyDeviceToHost,
                        stream_.get()),
        "copying features from the GPU");
}

const Graph& DeviceShiftGcn::graph_of(const Shape& shape, const EmptySlots& empty) {
  const auto found =
      std::find_if(graphs_.begin(), graphs_.end(), [&](const Recorded& recorded) { return recorded.shape == shape; });
  if (found != graphs_.end()) {
    graphs_.splice(graphs_.begin(), graphs_, found);
    return graphs_.front().graph;
  }
  Graph graph(stream_, [&] { queue_answer(shape, empty); });
  if (graphs_.size() >= kMostGraphs) graphs_.pop_back();
  graphs_.push_front({shape, std::move(graph)});
  return graphs_.front().graph;
}

std::size_t DeviceShiftGcn::plane(int frames) const {
  return count(weights_.features, frames / weights_.time_stride, weights_.joints);
}

}  // namespace purlscope::models::cuda
