#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/clip.h"
#include "models/structured/kinematics/attributes.h"
#include "models/structured/kinematics/canonical.h"
#include "models/structured/kinematics/concepts.h"
#include "models/structured/kinematics/moments.h"
#include "models/structured/kinematics/nodes.h"

namespace purlscope::models::structured {

/// Measures of the whole clip: all attributes, then all moments.
inline constexpr std::int64_t kClipMeasures = kAttributes + kMoments;
/// Length of what the attended parts and the grounding need: all node channels, all motion concepts, all attributes.
inline constexpr std::int64_t kSampleValues = kNodes * kNodeChannels + kConcepts + kAttributes;
/// Length of a window's description: the same, then all moments.
inline constexpr std::int64_t kValues = kSampleValues + kMoments;

/// Kinematic description of windows, raw or standardised.
struct MotionFeatures {
  at::Tensor values;    ///< [B, kValues], or [B, kSampleValues] of training samples
  at::Tensor saliency;  ///< [B, 80] log speed of each node, z-scored over the clip
  at::Tensor mirrored;  ///< [B] bool, whether the motion is seen in a mirror (CanonicalMotion)

  std::int64_t count() const { return values.size(0); }
  MotionFeatures rows(const at::Tensor& index) const {
    return {values.index_select(0, index), saliency.index_select(0, index), mirrored.index_select(0, index)};
  }
};

/// Raw features of one motion, B = 1.
MotionFeatures motion_features(const CanonicalMotion& canonical);
/// Its clip_measures() alone. [1, 406]
at::Tensor clip_measures_of(const Motion& motion);
MotionFeatures concatenate(const std::vector<MotionFeatures>& parts);

/// The kinematic channels of the nodes. [B, 80, 31]
at::Tensor node_channels(const at::Tensor& values);
/// The attributes on their home nodes, zero elsewhere. [B, 80, most attributes of a node]
at::Tensor attribute_channels(const at::Tensor& values);
/// The motion concepts. [B, 22]
at::Tensor concept_channels(const at::Tensor& values);
/// The attributes and moments. @param values [B, kValues] @return [B, 406]
at::Tensor clip_measures(const at::Tensor& values);
/// Home of each clip measure: its joints in its slot, each row summing to 1. [406, 80]
const at::Tensor& measure_nodes();

/// The source of a clip, by which statistics are kept and found: the kind of the published data set whose format it has
/// ("ntu-rgbd" for "ntu-skeleton"; the other formats bear their set's name).
std::string source_of(const core::Clip& clip);

/// Moments of raw features over the clips of one source (sensor and recording place), by which windows of that source
/// are standardised: what is high or fast differs between sensors.
struct Statistics {
  std::string source;  ///< as source_of(); "folder" for a set of mixed recordings, or "pooled"
  std::int64_t clips = 0;
  at::Tensor mean;           ///< [kValues]
  at::Tensor variance;       ///< [kValues]
  at::Tensor mean_absolute;  ///< [kValues]
};

Statistics measure(const std::string& source, const at::Tensor& values);
/// Moments of the mixture of all sources in equal shares: for windows of an unknown source.
Statistics pool(const std::vector<Statistics>& sources);
/// (value - mean) / deviation, clipped to +-4.
MotionFeatures standardise(const MotionFeatures& raw, const Statistics& statistics);
/// The same of clip_measures() alone. [B, 406]
at::Tensor standardise_measures(const at::Tensor& raw, const Statistics& statistics);

}  // namespace purlscope::models::structured
