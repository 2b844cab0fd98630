#include "models/structured/features/features.h"

#include <algorithm>
#include <map>

namespace purlscope::models::structured {
namespace {

constexpr std::int64_t kChannelValues = kNodes * kNodeChannels;
constexpr std::int64_t kFirstMeasure = kChannelValues + static_cast<std::int64_t>(kConcepts);
// Channels that hardly vary must not be blown up: the deviation never falls below these.
constexpr double kRelativeFloor = 1e-2;
constexpr double kAbsoluteFloor = 1e-3;
constexpr double kClip = 4.0;

/// Where each attribute goes: value `from[i]` of the attributes to place `to[i]` of the [80 x width] block.
struct Homes {
  at::Tensor from, to;
  std::int64_t width = 0;
};

Homes find_homes() {
  std::map<std::size_t, std::int64_t> used;  // channels taken of each node
  std::vector<std::int64_t> from;
  std::vector<std::pair<std::size_t, std::int64_t>> places;
  for (std::size_t i = 0; i < attributes().size(); ++i) {
    for (const std::size_t joint : attributes()[i].joints) {
      const std::size_t node = attributes()[i].slot * kJoints + joint;
      from.push_back(static_cast<std::int64_t>(i));
      places.emplace_back(node, used[node]++);
    }
  }
  Homes homes;
  for (const auto& [node, count] : used) homes.width = std::max(homes.width, count);
  std::vector<std::int64_t> to;
  to.reserve(places.size());
  for (const auto& [node, channel] : places) to.push_back(static_cast<std::int64_t>(node) * homes.width + channel);
  homes.from = at::tensor(from, at::kLong);
  homes.to = at::tensor(to, at::kLong);
  return homes;
}

at::Tensor find_measure_nodes() {
  at::Tensor out = at::zeros({kClipMeasures, static_cast<std::int64_t>(kNodes)}, at::kFloat);
  std::int64_t row = 0;
  for (const std::vector<Attribute>* list : {&attributes(), &moments()}) {
    for (const Attribute& measure : *list) {
      for (const std::size_t joint : measure.joints) {
        out[row][static_cast<std::int64_t>(measure.slot * kJoints + joint)] =
            1.0 / static_cast<double>(measure.joints.size());
      }
      ++row;
    }
  }
  return out;
}

at::Tensor on_scale(const at::Tensor& raw, const at::Tensor& mean, const at::Tensor& variance,
                    const at::Tensor& mean_absolute) {
  const at::Tensor deviation = variance.sqrt() + kRelativeFloor * mean_absolute + kAbsoluteFloor;
  return ((raw - mean) / deviation).clamp(-kClip, kClip);
}

at::Tensor row(const float* values, std::size_t count) {
  return at::from_blob(const_cast<float*>(values), {1, static_cast<std::int64_t>(count)}).clone();
}

}  // namespace

MotionFeatures motion_features(const CanonicalMotion& canonical) {
  const Motion& motion = canonical.motion;
  const KinematicNodes nodes = kinematic_nodes(motion);
  const std::vector<float> concepts = concept_values(motion);
  const std::array<float, kNodes> salient = saliency(nodes.speed);
  return {at::cat({row(nodes.channels.data(), nodes.channels.size()), row(concepts.data(), concepts.size()),
                   clip_measures_of(motion)},
                  1),
          row(salient.data(), salient.size()), at::full({1}, canonical.mirrored, at::kBool)};
}

at::Tensor clip_measures_of(const Motion& motion) {
  const std::vector<float> attribute = attribute_values(motion);
  const std::vector<float> moment = moment_values(motion);
  return at::cat({row(attribute.data(), attribute.size()), row(moment.data(), moment.size())}, 1);
}

MotionFeatures concatenate(const std::vector<MotionFeatures>& parts) {
  std::vector<at::Tensor> values;
  std::vector<at::Tensor> salient;
  std::vector<at::Tensor> mirrored;
  for (const MotionFeatures& part : parts) {
    values.push_back(part.values);
    salient.push_back(part.saliency);
    mirrored.push_back(part.mirrored);
  }
  return {at::cat(values), at::cat(salient), at::cat(mirrored)};
}

at::Tensor node_channels(const at::Tensor& values) {
  return values.narrow(1, 0, kChannelValues).reshape({values.size(0), kNodes, kNodeChannels});
}

at::Tensor attribute_channels(const at::Tensor& values) {
  static const Homes homes = find_homes();
  const at::Tensor measured = values.narrow(1, kFirstMeasure, kAttributes).index_select(1, homes.from);
  at::Tensor block = at::zeros({values.size(0), static_cast<std::int64_t>(kNodes) * homes.width}, values.options());
  block.index_copy_(1, homes.to, measured);
  return block.view({values.size(0), kNodes, homes.width});
}

at::Tensor concept_channels(const at::Tensor& values) { return values.narrow(1, kChannelValues, kConcepts); }

at::Tensor clip_measures(const at::Tensor& values) { return values.narrow(-1, kFirstMeasure, kClipMeasures); }

const at::Tensor& measure_nodes() {
  static const at::Tensor homes = find_measure_nodes();
  return homes;
}

std::string source_of(const core::Clip& clip) { return clip.format == "ntu-skeleton" ? "ntu-rgbd" : clip.format; }

Statistics measure(const std::string& source, const at::Tensor& values) {
  const at::Tensor mean = values.mean(0);
  return {source, values.size(0), mean, (values - mean).square().mean(0), values.abs().mean(0)};
}

Statistics pool(const std::vector<Statistics>& sources) {
  std::vector<at::Tensor> means;
  std::vector<at::Tensor> second_moments;
  std::vector<at::Tensor> absolutes;
  std::int64_t clips = 0;
  for (const Statistics& source : sources) {
    means.push_back(source.mean);
    second_moments.push_back(source.variance + source.mean.square());
    absolutes.push_back(source.mean_absolute);
    clips += source.clips;
  }
  const at::Tensor mean = at::stack(means).mean(0);
  const at::Tensor variance = (at::stack(second_moments).mean(0) - mean.square()).clamp_min(0);
  return {"pooled", clips, mean, variance, at::stack(absolutes).mean(0)};
}

MotionFeatures standardise(const MotionFeatures& raw, const Statistics& statistics) {
  return {on_scale(raw.values, statistics.mean, statistics.variance, statistics.mean_absolute), raw.saliency,
          raw.mirrored};
}

at::Tensor standardise_measures(const at::Tensor& raw, const Statistics& statistics) {
  return on_scale(raw, clip_measures(statistics.mean), clip_measures(statistics.variance),
                  clip_measures(statistics.mean_absolute));
}

}  // namespace purlscope::models::structured
