#include <gtest/gtest.h>

#include <optional>

#include "models/nets/shift_gcn.h"
#include "tests/models/support/converted.h"
#include "tests/support/npz.h"

namespace purlscope::models {
namespace {

at::Tensor to_tensor(const test::NpzArray& array) {
  const std::vector<std::int64_t> shape(array.shape.begin(), array.shape.end());
  const std::vector<float> values = array.floats();
  return at::tensor(values).view(shape);
}

struct Case {
  const char* checkpoint;
  const char* clip;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.checkpoint << " on " << c.clip; }

/// Against the official Python code with the published weights.
class ShiftGcnGolden : public ::testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    PURLSCOPE_NEEDS_SHARED();
    const auto [checkpoint, clip] = GetParam();
    const auto golden =
        test::read_npz(test::shared_dir() / "golden/shift-gcn" / (std::string(checkpoint) + "__" + clip + ".npz"));
    input = to_tensor(golden.at("input"));
    logits = to_tensor(golden.at("logits"));
    features = to_tensor(golden.at("features"));
    network.emplace(ShiftGcn::load(test::converted_shift_gcn(checkpoint)));
  }

  at::Tensor input, logits, features;
  std::optional<ShiftGcn> network;
};

TEST_P(ShiftGcnGolden, AgreesWithTheOfficialCodeAndNamesTheAction) {
  const ShiftGcn::Output output = network->forward(input);
  ASSERT_EQ(output.logits.sizes(), logits.sizes());
  ASSERT_EQ(output.features.sizes(), features.sizes());
  EXPECT_LT((output.logits - logits).abs().max().item<float>(), 1e-3F);
  const float largest = features.abs().max().item<float>();
  EXPECT_LT((output.features - features).abs().max().item<float>(), 1e-3F * largest);

  const std::string clip = GetParam().clip;  // S001C001P001R001A011: the eleventh action
  const int action = std::stoi(clip.substr(clip.find('A') + 1)) - 1;
  EXPECT_EQ(output.logits.argmax().item<std::int64_t>(), action);
  EXPECT_TRUE(at::equal(network->forward(input).logits, output.logits)) << "a second call gives other bits";
}

std::vector<Case> cases() {
  std::vector<Case> all;
  for (const char* checkpoint : {"ntu_ShiftGCN_joint_xsub", "ntu120_ShiftGCN_joint_xsub"}) {
    for (const char* clip : {"S001C001P001R001A011", "S001C003P008R002A058", "S002C001P003R001A003",
                             "S003C001P015R001A034", "S004C002P003R001A017"}) {
      all.push_back({checkpoint, clip});
    }
  }
  return all;
}

std::string name_of(const ::testing::TestParamInfo<Case>& info) {
  return std::string(info.param.checkpoint).substr(0, 6) + "_" + info.param.clip;
}

INSTANTIATE_TEST_SUITE_P(OfficialGolden, ShiftGcnGolden, ::testing::ValuesIn(cases()), name_of);

}  // namespace
}  // namespace purlscope::models
