#include <gtest/gtest.h>

#include <fmt/format.h>
#include <algorithm>
#include <optional>

#include "models/backbones/layers/partition.h"
#include "tests/models/backbones/golden.h"

namespace purlscope::models::backbones {
namespace {

using test::Golden;
using test::relative_error;

/// A network and how its golden values were made.
struct Case {
  const char* network;
  const char* folder;
  double width;
  int performers;
  const char* classifier;  ///< empty = none in the golden file
  double tolerance;        ///< single precision, relative to the largest value
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.network; }

class GraphGolden : public ::testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    PURLSCOPE_NEEDS_SHARED();
    golden.emplace(GetParam().folder);
    Options options;
    options.width = GetParam().width;
    options.performers = GetParam().performers;
    network = make_backbone(GetParam().network, test::published_ntu25(), options);
    golden->load_into(*network);
  }

  /// Features [N * M, T', J, n] of the golden input.
  at::Tensor features() const {
    const at::NoGradGuard no_grad;
    at::Tensor input = golden->array("input").to(network->parameters().front().dtype());
    input = input.size(1) == 3 ? input.permute({0, 4, 2, 3, 1}) : input;  // [N, C, T, J, M] or [N, M, T, J, C]
    return network->features(input.flatten(0, 1).contiguous());
  }

  static at::Tensor channels_first(const at::Tensor& features) { return features.permute({0, 3, 1, 2}).contiguous(); }

  std::optional<Golden> golden;
  std::shared_ptr<Backbone> network;
};

TEST_P(GraphGolden, FeaturesAreThoseOfTheOfficialCode) {
  const std::string folder = GetParam().folder;
  const at::Tensor found = channels_first(features());
  double error = 0;
  if (folder == "ctrgcn") error = relative_error(found, golden->array("feature"));
  if (folder == "dgstgcn") error = relative_error(found, golden->array("output"));
  if (folder == "stgcn" || folder == "aagcn") {
    error = std::max(relative_error(test::probe(found, 2048), golden->array("feature_probe")),
                     relative_error(found.mean({2, 3}), golden->array("feature_pooled")));
  }
  RecordProperty("relative_error", fmt::format("{:.3g}", error));
  EXPECT_LE(error, GetParam().tolerance);
  EXPECT_EQ(found.size(1), network->channels());
  EXPECT_EQ(found.size(3), network->nodes());
}

TEST_P(GraphGolden, DoublePrecisionIsCloserStill) {
  network->to(at::kDouble);
  const at::Tensor found = features();
  const double error =
      *GetParam().classifier == '\0'
          ? relative_error(test::probe(channels_first(found), 2048), golden->array("output_fp64_probe"))
          : relative_error(golden->logits(found, GetParam().classifier), golden->array("logits_fp64"));
  RecordProperty("relative_error", fmt::format("{:.3g}", error));
  EXPECT_LE(error, 1e-6);
}

TEST_P(GraphGolden, LogitsAreThoseOfTheOfficialCode) {
  if (*GetParam().classifier == '\0') GTEST_SKIP() << "the published network ends with features";
  const double error = relative_error(golden->logits(features(), GetParam().classifier), golden->array("logits"));
  RecordProperty("relative_error", fmt::format("{:.3g}", error));
  EXPECT_LE(error, GetParam().tolerance);
}

INSTANTIATE_TEST_SUITE_P(OfficialGolden, GraphGolden,
                         ::testing::Values(Case{"st-gcn", "stgcn", 1, 1, "fcn", 1e-4},
                                           Case{"aa-gcn", "aagcn", 1, 2, "fc", 1e-4},
                                           Case{"ctr-gcn", "ctrgcn", 1, 2, "fc", 1e-4},
                                           Case{"dg-stgcn", "dgstgcn", 0.5, 1, "", 1e-4}),
                         [](const auto& made) { return std::string(made.param.folder); });

TEST(PartitionGolden, TheGraphsAreThePublishedOnes) {
  PURLSCOPE_NEEDS_SHARED();
  const std::vector<int> parents = test::published_ntu25().parent;
  EXPECT_LT(relative_error(spatial_partition(parents), Golden("stgcn").array("A_official")), 1e-6);
  EXPECT_LT(relative_error(direction_partition(parents), Golden("ctrgcn").array("A")), 1e-6);
  EXPECT_LT(relative_error(direction_partition(parents), Golden("aagcn").array("A")), 1e-6);
}

}  // namespace
}  // namespace purlscope::models::backbones
