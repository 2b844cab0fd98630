#include <gtest/gtest.h>

#include <fmt/format.h>
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
  const char* features;    ///< their name in the golden file
  bool probed;             ///< evenly spaced values of them alone
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
  const at::Tensor found = channels_first(features()), expected = golden->array(GetParam().features);
  const at::Tensor compared = GetParam().probed ? test::probe(found, expected.numel()) : found;
  ASSERT_EQ(compared.numel(), expected.numel());
  ASSERT_GT(expected.to(at::kDouble).std().item<double>(), 1e-3) << "nothing to compare with";
  const double error = relative_error(compared, expected);
  RecordProperty("relative_error", fmt::format("{:.3g}", error));
  RecordProperty(
      "differing",
      fmt::format("{} of {}", compared.flatten().to(at::kDouble).ne(expected.flatten()).sum().item<std::int64_t>(),
                  expected.numel()));
  EXPECT_LE(error, GetParam().tolerance);
  EXPECT_EQ(found.size(1), network->channels());
  EXPECT_EQ(found.size(3), network->nodes());
}

TEST_P(GraphGolden, AnotherWeightWouldBeNoticed) {
  const at::NoGradGuard no_grad;
  for (at::Tensor& parameter : network->parameters()) parameter.mul_(1.01);
  const at::Tensor found = channels_first(features()), expected = golden->array(GetParam().features);
  const double error = relative_error(GetParam().probed ? test::probe(found, expected.numel()) : found, expected);
  EXPECT_GT(error, 10 * GetParam().tolerance);
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

/// Those networks that are published with their classifier.
class ClassifierGolden : public GraphGolden {};

TEST_P(ClassifierGolden, LogitsAreThoseOfTheOfficialCode) {
  const double error = relative_error(golden->logits(features(), GetParam().classifier), golden->array("logits"));
  RecordProperty("relative_error", fmt::format("{:.3g}", error));
  EXPECT_LE(error, GetParam().tolerance);
}

const Case kStGcn{"st-gcn", "stgcn", 1, 1, "feature_probe", true, "fcn", 1e-4};
const Case kAaGcn{"aa-gcn", "aagcn", 1, 2, "feature_probe", true, "fc", 1e-4};
const Case kCtrGcn{"ctr-gcn", "ctrgcn", 1, 2, "feature", false, "fc", 1e-4};
const Case kDgStgcn{"dg-stgcn", "dgstgcn", 0.5, 1, "output", false, "", 1e-4};

std::string name_of(const ::testing::TestParamInfo<Case>& made) { return made.param.folder; }

INSTANTIATE_TEST_SUITE_P(OfficialGolden, GraphGolden, ::testing::Values(kStGcn, kAaGcn, kCtrGcn, kDgStgcn), name_of);
INSTANTIATE_TEST_SUITE_P(OfficialGolden, ClassifierGolden, ::testing::Values(kStGcn, kAaGcn, kCtrGcn), name_of);

TEST(PartitionGolden, TheGraphsAreThePublishedOnes) {
  PURLSCOPE_NEEDS_SHARED();
  const std::vector<int> parents = test::published_ntu25().parent;
  EXPECT_LT(relative_error(direction_partition(parents), Golden("ctrgcn").array("A")), 1e-6);
  EXPECT_LT(relative_error(direction_partition(parents), Golden("aagcn").array("A")), 1e-6);
}

// The published code knows distances of one hop alone: beyond the centre's neighbours, joints nearer to it and farther
// from it fall into one group. Ours follows the paper, so that the groups agree on the centre's bones and in their sum.
TEST(PartitionGolden, TheSpatialGroupsAreThePublishedOnesAroundTheCentreAndInTheirSum) {
  PURLSCOPE_NEEDS_SHARED();
  constexpr std::int64_t kCentre = 20;
  const at::Tensor ours = spatial_partition(test::published_ntu25().parent),
                   published = Golden("stgcn").array("A_official");
  EXPECT_LT(relative_error(ours.sum(0), published.sum(0)), 1e-6);
  EXPECT_LT(relative_error(ours[0], published[0]), 1e-6);
  EXPECT_LT(relative_error(ours.select(1, kCentre), published.select(1, kCentre)), 1e-6);
  EXPECT_LT(relative_error(ours.select(2, kCentre), published.select(2, kCentre)), 1e-6);
}

}  // namespace
}  // namespace purlscope::models::backbones
