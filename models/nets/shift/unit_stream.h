#pragma once

#include <cstdint>
#include <vector>

#include "models/nets/shift/weights.h"

namespace purlscope::models::shift {

/// The last frames of a stream, by their number; frames before the first one are zero.
class Ring {
 public:
  Ring(std::int64_t frames, std::int64_t size);

  float* add();  ///< room for the next frame, in place of the oldest; its values are anything
  const float* at(std::int64_t number) const { return values_.data() + place(number) * size_; }
  std::int64_t count() const { return count_; }  ///< frames added since the beginning

 private:
  std::int64_t place(std::int64_t number) const { return (number + frames_) % frames_; }

  std::int64_t frames_, size_, count_ = 0;
  std::vector<float> values_;
};

/// One unit of Shift-GCN a frame at a time. A shift in time by up to k frames ahead makes its output wait for k
/// frames; what comes out is what the unit gives on the whole recording.
class UnitStream {
 public:
  /// @param unit  outlives the stream
  UnitStream(const UnitWeights& unit, std::int64_t joints);

  /// @param frame  [C, J]; null after the end of the recording, where the time shifts see zeros
  /// @return       the output frame that this one completes, [D, J], valid until the next call; null when none is
  const float* push(const float* frame);

  /// Frames of the input that an output waits for beyond its own.
  std::int64_t delay() const { return ahead_in_ + ahead_out_; }
  /// Frames of the input before its own that an output sees.
  std::int64_t memory() const { return unit_.time_in.behind() + unit_.time_out.behind(); }
  bool complete() const { return outputs_ * unit_.stride == length_; }  ///< after the end: no output is missing

 private:
  void add_spatial(const float* frame);
  void add_hidden(std::int64_t number);
  void make_output(std::int64_t number);
  const float* const* frames_around(const Ring& ring, std::int64_t number, const TemporalShift& shift);

  const UnitWeights& unit_;
  std::int64_t joints_;
  std::int64_t ahead_in_, ahead_out_;
  std::int64_t length_ = 0, outputs_ = 0;  // frames of the recording so far; of the output
  Ring inputs_, spatial_, hidden_;
  std::vector<float> taken_, mixed_, wide_, out_;
  std::vector<const float*> around_;
};

}  // namespace purlscope::models::shift
