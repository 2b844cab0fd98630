#include "models/nets/shift_gcn.h"

#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <thread>
#include <vector>

#include "core/base/safetensors.h"
#include "models/weights/load.h"
#include "tests/models/support/converted.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::models {
namespace {

using test::ThrowsError;
using ::testing::AllOf;
using ::testing::HasSubstr;

using Tensors = std::map<std::string, core::SafeTensorOut>;
using Metadata = std::map<std::string, std::string>;

/// The official NTU-60 checkpoint with one thing changed.
class ShiftGcnData : public ::testing::Test {
 protected:
  void SetUp() override {
    PURLSCOPE_NEEDS_SHARED();
    const auto file = core::SafeTensors::open(test::converted_shift_gcn("ntu_ShiftGCN_joint_xsub"));
    metadata = file.metadata();
    for (const auto& [name, tensor] : file.tensors()) {
      tensors[name] = {tensor.dtype, tensor.shape, {tensor.bytes.begin(), tensor.bytes.end()}};
    }
  }
  std::filesystem::path write() {
    const auto file = dir.path() / "changed.safetensors";
    core::save_safetensors(file, tensors, metadata);
    return file;
  }

  test::TempDir dir;
  Tensors tensors;
  Metadata metadata;
};

TEST_F(ShiftGcnData, NamesATensorThatIsMissing) {
  tensors.erase("l7.tcn1.temporal_linear.weight");
  EXPECT_THAT([&] { ShiftGcn::load(write()); },
              ThrowsError(Code::not_found,
                          AllOf(HasSubstr("changed.safetensors"), HasSubstr("l7.tcn1.temporal_linear.weight"))));
}

TEST_F(ShiftGcnData, NamesATensorOfAnotherShape) {
  tensors["l5.gcn1.Linear_weight"] = store_tensor(at::zeros({64, 64}));
  EXPECT_THAT([&] { ShiftGcn::load(write()); },
              ThrowsError(Code::shape_mismatch,
                          AllOf(HasSubstr("l5.gcn1.Linear_weight"), HasSubstr("[64, 64]"), HasSubstr("[64, 128]"))));
}

TEST_F(ShiftGcnData, RefusesAnotherJointShift) {
  std::swap(tensors["l2.gcn1.shift_in"], tensors["l2.gcn1.shift_out"]);
  EXPECT_THAT([&] { ShiftGcn::load(write()); }, ThrowsError(Code::unsupported, HasSubstr("l2.gcn1.shift_in")));
}

TEST_F(ShiftGcnData, RefusesShiftsInTimeThatNoClipHas) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  for (const float position : {1e30F, -1e30F, 9.3e18F, 301.0F, nan}) {
    for (const char* name : {"l1.tcn1.shift_in.ypos", "l10.tcn1.shift_out.ypos"}) {
      const auto whole = tensors;
      at::Tensor positions = at::zeros(tensors[name].shape);
      positions[positions.size(0) - 1] = position;
      tensors[name] = store_tensor(positions);
      EXPECT_THAT([&] { ShiftGcn::load(write()); },
                  ThrowsError(Code::bad_format, AllOf(HasSubstr("changed.safetensors"), HasSubstr(name))))
          << position;
      tensors = whole;
    }
  }
}

TEST_F(ShiftGcnData, RefusesWeightsThatAreNotFiniteAndNegativeVariances) {
  const auto refused = [&](const char* name, float value, const char* why) {
    const auto whole = tensors;
    at::Tensor changed = at::ones(tensors[name].shape);
    changed.view(-1)[7] = value;
    tensors[name] = store_tensor(changed);
    EXPECT_THAT(
        [&] { ShiftGcn::load(write()); },
        ThrowsError(Code::bad_format, AllOf(HasSubstr("changed.safetensors"), HasSubstr(name), HasSubstr(why))));
    tensors = whole;
  };
  const float infinite = std::numeric_limits<float>::infinity();
  refused("fc.weight", std::numeric_limits<float>::quiet_NaN(), "value 7 of 15360 is nan");  // 60 classes x 256
  refused("l4.tcn1.temporal_linear.weight", infinite, "is inf");
  refused("l9.gcn1.Feature_Mask", -infinite, "is -inf");
  refused("l2.tcn1.bn.running_var", -1.0F, "negative");
}

TEST_F(ShiftGcnData, RefusesAnotherArchitecture) {
  metadata["architecture"] = "ctr-gcn";
  EXPECT_THAT([&] { ShiftGcn::load(write()); },
              ThrowsError(Code::bad_format, HasSubstr("'ctr-gcn', expected 'shift-gcn'")));
  metadata.erase("architecture");
  EXPECT_THAT([&] { ShiftGcn::load(write()); }, ThrowsError(Code::bad_format, HasSubstr("convert_checkpoint.py")));
}

TEST_F(ShiftGcnData, ReadsClassNamesAndRefusesAWrongNumber) {
  EXPECT_TRUE(ShiftGcn::load(write()).classes().empty());
  nlohmann::json names = nlohmann::json::array();
  for (int i = 0; i < 60; ++i) names.push_back("class " + std::to_string(i));
  metadata["classes"] = names.dump();
  EXPECT_EQ(ShiftGcn::load(write()).classes().at(59), "class 59");
  names.erase(0);
  metadata["classes"] = names.dump();
  EXPECT_THAT([&] { ShiftGcn::load(write()); }, ThrowsError(Code::bad_format, HasSubstr("list of 60 names")));
  metadata["classes"] = "drink water";
  EXPECT_THAT([&] { ShiftGcn::load(write()); }, ThrowsError(Code::bad_format, HasSubstr("list of 60 names")));
}

TEST_F(ShiftGcnData, RefusesInputsOfAnotherShape) {
  const ShiftGcn network = ShiftGcn::load(write());
  for (const std::vector<std::int64_t>& shape : std::vector<std::vector<std::int64_t>>{
           {3, 300, 25}, {3, 300, 20, 2}, {3, 298, 25, 2}, {3, 0, 25, 2}, {2, 300, 25, 2}}) {
    EXPECT_THAT([&] { network.forward(at::zeros(shape)); },
                ThrowsError(Code::shape_mismatch, HasSubstr("[3, T, 25, 2]")));
  }
}

TEST_F(ShiftGcnData, AnEmptySlotIsTheLimitOfANearlyEmptyOne) {
  const ShiftGcn network = ShiftGcn::load(write());
  at::Tensor input = at::zeros({3, 40, 25, 2});
  input.select(3, 0).copy_(at::linspace(-1, 1, 3 * 40 * 25).view({3, 40, 25}));
  const at::Tensor empty = network.forward(input).features;
  input.select(3, 1).fill_(1e-7);  // no longer skipped
  EXPECT_LT((network.forward(input).features - empty).abs().max().item<float>(), 1e-3F);
  input.select(3, 1).fill_(0.5);
  EXPECT_GT((network.forward(input).features - empty).abs().max().item<float>(), 1e-2F);
}

TEST_F(ShiftGcnData, CallsAtTheSameTimeDoNotMeet) {
  const ShiftGcn network = ShiftGcn::load(write());
  std::vector<at::Tensor> inputs, alone, together(4);
  for (std::size_t i = 0; i < together.size(); ++i) {
    inputs.push_back(at::linspace(-1, 1 + static_cast<double>(i), 3 * 40 * 25 * 2).view({3, 40, 25, 2}));
    alone.push_back(network.forward(inputs[i]).logits);
  }
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < together.size(); ++i) {
      threads.emplace_back([&, i] { together[i] = network.forward(inputs[i]).logits; });
    }
  }
  for (std::size_t i = 0; i < together.size(); ++i) {
    EXPECT_LT((together[i] - alone[i]).abs().max().item<float>(), 1e-4F * alone[i].abs().max().item<float>()) << i;
  }
  EXPECT_GT((alone[0] - alone[1]).abs().max().item<float>(), 1e-2F);
}

}  // namespace
}  // namespace purlscope::models
