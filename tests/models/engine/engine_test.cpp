#include "models/engine/engine.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/base/layout.h"
#include "core/base/safetensors.h"
#include "models/engine/guard.h"
#include "models/engine/lab.h"
#include "models/engine/registry.h"
#include "models/engine/threads.h"
#include "tests/models/support/converted.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::models {
namespace {

using test::ThrowsError;
using ::testing::AllOf;
using ::testing::HasSubstr;

class EngineTest : public ::testing::Test {
 protected:
  std::filesystem::path model_file(const std::map<std::string, std::string>& metadata) {
    const auto file = dir.path() / "model.safetensors";
    core::save_safetensors(file, {}, metadata);
    return file;
  }
  static core::EngineOptions options(const std::filesystem::path& model) { return {model, 1}; }

  test::TempDir dir;
};

TEST_F(EngineTest, LeavesACoreToTheWindow) {
  EXPECT_GE(default_threads(), 1);
  EXPECT_LT(default_threads(), std::max(2, physical_cores()));
  EXPECT_EQ(set_threads(1), 1);
  EXPECT_EQ(at::get_num_threads(), 1);
}

TEST_F(EngineTest, NamesAMissingModel) {
  CpuEngine engine(options(dir.path() / "none.safetensors"));
  EXPECT_THAT([&] { engine.describe(); }, ThrowsError(Code::not_found, HasSubstr("none.safetensors")));
}

TEST_F(EngineTest, RefusesModelsItDoesNotKnow) {
  EXPECT_THAT(
      [&] {
        load_recogniser(model_file({{"architecture", "shift-gcn"}}));
      },
      ThrowsError(Code::unsupported, AllOf(HasSubstr("'shift-gcn'"), HasSubstr("purls, structured"))));
  EXPECT_THAT([&] { load_recogniser(model_file({})); },
              ThrowsError(Code::bad_format, AllOf(HasSubstr("model.safetensors"), HasSubstr("no architecture"))));
}

TEST_F(EngineTest, OpensTheModelInsideAFolder) {
  model_file({{"architecture", "of another program"}});
  EXPECT_THAT([&] { load_recogniser(dir.path()); }, ThrowsError(Code::unsupported, HasSubstr("of another program")));
}

TEST_F(EngineTest, WantsLabelsBeforeItRecognises) {
  CpuEngine engine(options(model_file({})));
  EXPECT_THAT([&] { engine.recognise({}, true, {}); }, ThrowsError(Code::bad_argument, HasSubstr("no labels")));
  EXPECT_THAT([&] { engine.set_labels({}, {}); }, ThrowsError(Code::bad_argument, HasSubstr("no labels")));
}

TEST_F(EngineTest, NamesMissingAndWrongClosedSetWeights) {
  CpuEngine engine(options({}));
  EXPECT_THAT([&] { engine.classify_closed_set({}, dir.path() / "none.safetensors"); },
              ThrowsError(Code::not_found, AllOf(HasSubstr("none.safetensors"), HasSubstr("convert_checkpoint.py"))));
  EXPECT_THAT(
      [&] {
        engine.classify_closed_set({}, model_file({{"architecture", "purls"}}));
      },
      ThrowsError(Code::bad_format, HasSubstr("expected 'shift-gcn'")));
}

TEST_F(EngineTest, AnUnknownMethodIsTheCallersMistake) {
  CpuLab lab({{}, 1});
  core::EvaluateOptions options;
  options.method = "magic";
  EXPECT_THAT([&] { lab.evaluate({}, options, {}, {}); },
              ThrowsError(Code::bad_argument, AllOf(HasSubstr("'magic'"), HasSubstr("structured, purls"))));
}

TEST_F(EngineTest, AnOverlongModelPathIsAnErrorLikeAnother) {
  const std::string name(5000, 'm');
  EXPECT_THAT([&] { load_recogniser(dir.path() / name); }, ThrowsError(Code::io, HasSubstr(name)));
}

TEST_F(EngineTest, ForeignExceptionsBecomeItsOwn) {
  EXPECT_THAT([] { guarded("testing", []() -> int { throw std::bad_alloc(); }); },
              ThrowsError(Code::limit, HasSubstr("testing: out of memory")));
  constexpr std::int64_t kNoMachineHasIt = std::int64_t{1} << 46;  // floats
  EXPECT_THAT([] { guarded("testing", [] { return at::empty({kNoMachineHasIt}); }); },
              ThrowsError(Code::limit, AllOf(HasSubstr("testing: out of memory"), HasSubstr("shorter clip"))));
  EXPECT_THAT(
      [] { guarded("testing", []() -> int { TORCH_CHECK(false, "CUDA out of memory. Tried to allocate 2 GiB"); }); },
      ThrowsError(Code::limit, HasSubstr("fewer labels")));
  EXPECT_THAT([] { guarded("testing", [] {
                     return at::mm(at::zeros({2, 3}), at::zeros({2, 3}));
                   }); },
              ThrowsError(Code::internal, HasSubstr("testing")));
  EXPECT_THAT([] { guarded("testing", []() -> int { throw Error(Code::io, "disk"); }); },
              ThrowsError(Code::io, "disk"));
}

/// A person in the layout of NTU who stands still but for one hand.
core::Clip waving_clip() {
  core::Clip clip;
  clip.layout = core::joint_layout("ntu25");
  clip.frames = 40;
  core::Person person;
  for (std::size_t t = 0; t < clip.frames; ++t) {
    clip.times.push_back(static_cast<double>(t) / 30);
    for (std::size_t j = 0; j < 25; ++j) {
      const float wave = j == 11 ? 0.2F * std::sin(static_cast<float>(t) / 3) : 0.0F;
      person.joints.push_back({0.1F * static_cast<float>(j % 5) + wave, 0.1F * static_cast<float>(j / 5), 3.0F});
      person.state.push_back(core::JointState::given);
    }
  }
  clip.persons.push_back(person);
  return clip;
}

TEST(EngineData, ClassifiesWithACheckpointAndReportsTimes) {
  PURLSCOPE_NEEDS_SHARED();
  CpuEngine engine({{}, 1});
  const auto weights = test::converted_shift_gcn("ntu120_ShiftGCN_joint_xsub");
  const core::ClosedSetResult first = engine.classify_closed_set(waving_clip(), weights);
  EXPECT_EQ(first.logits.size(), 120U);
  EXPECT_EQ(first.architecture, "shift-gcn");
  EXPECT_TRUE(first.classes.empty());
  EXPECT_GT(first.timings.backbone, 0);
  EXPECT_GE(first.timings.total, first.timings.load + first.timings.preprocess + first.timings.backbone);
  const core::ClosedSetResult second = engine.classify_closed_set(waving_clip(), weights);
  EXPECT_EQ(second.logits, first.logits);
  EXPECT_LT(second.timings.load, first.timings.load) << "the weights are opened once";
}

}  // namespace
}  // namespace purlscope::models
