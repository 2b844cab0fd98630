#include "models/backbones/backbone.h"

#include <c10/core/InferenceMode.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

#include "core/base/error.h"
#include "models/backbones/graph/aa_gcn.h"
#include "models/backbones/graph/ctr_gcn.h"
#include "models/backbones/graph/dg_stgcn.h"
#include "models/backbones/graph/shift_gcn.h"
#include "models/backbones/graph/small_gcn.h"
#include "models/backbones/graph/st_gcn.h"
#include "models/backbones/volume/pose_c3d.h"

namespace purlscope::models::backbones {
namespace {

constexpr double kNarrowest = 0.05, kWidest = 2;
constexpr std::int64_t kSmallestMap = 8, kLargestMap = 112;

template <class Network>
std::shared_ptr<Backbone> make(const core::JointLayout& layout, const Options& options) {
  return std::make_shared<Network>(layout, options);
}

Shape small_shape(const Options& options) { return {SmallGcn::block_widths(options).back(), options.strides}; }

Shape unit_shape(const Options& options) {
  return {unit_channels(options.width), {kUnitStrides.begin(), kUnitStrides.end()}};
}

Shape volume_shape(const Options& options) {
  if (!options.stream.empty() && options.stream != "joint") {
    throw Error(Code::bad_argument,
                fmt::format("posec3d has no stream '{}': expected 'joint', its heat maps of joints", options.stream));
  }
  if (options.map < kSmallestMap || options.map > kLargestMap) {
    throw Error(Code::bad_argument,
                fmt::format("a heat map of {} cells: expected {} to {}", options.map, kSmallestMap, kLargestMap));
  }
  return {PoseC3d::channels_of(options.width), {PoseC3d::kTimeStride}};
}

struct Row {
  const char* name;
  std::shared_ptr<Backbone> (*make)(const core::JointLayout&, const Options&);
  Shape (*shape)(const Options&);
};

constexpr std::array<Row, 7> kRows = {{{"small-gcn", make<SmallGcn>, small_shape},
                                       {"shift-gcn", make<ShiftGcnNetwork>, unit_shape},
                                       {"ctr-gcn", make<CtrGcn>, unit_shape},
                                       {"dg-stgcn", make<DgStgcn>, unit_shape},
                                       {"posec3d", make<PoseC3d>, volume_shape},
                                       {"st-gcn", make<StGcn>, unit_shape},
                                       {"aa-gcn", make<AaGcn>, unit_shape}}};

const Row& row_of(const std::string& name) {
  for (const Row& row : kRows) {
    if (name == row.name) return row;
  }
  throw Error(Code::bad_argument, fmt::format("no backbone '{}': expected one of {}", name, backbone_names()));
}

}  // namespace

at::Tensor Backbone::joint_shares(const at::Tensor& /*motion*/) const { return {}; }

std::int64_t Shape::steps(std::int64_t frames) const {
  for (const std::int64_t stride : strides) frames = (frames + stride - 1) / stride;
  return frames;
}

std::vector<std::string> backbone_names() {
  std::vector<std::string> names;
  names.reserve(kRows.size());
  for (const Row& row : kRows) names.emplace_back(row.name);
  return names;
}

Shape backbone_shape(const std::string& name, const Options& options) {
  const Row& row = row_of(name);
  if (!(options.width >= kNarrowest && options.width <= kWidest)) {
    throw Error(Code::bad_argument, fmt::format("a backbone of width {}: expected {} to {}, 1 being the published one",
                                                options.width, kNarrowest, kWidest));
  }
  if (!options.stream.empty()) parse_streams(options.stream);
  return row.shape(options);
}

std::shared_ptr<Backbone> make_backbone(const std::string& name, const core::JointLayout& layout,
                                        const Options& options) {
  const c10::InferenceMode normal_tensors(false);
  backbone_shape(name, options);
  return row_of(name).make(layout, options);
}

}  // namespace purlscope::models::backbones
