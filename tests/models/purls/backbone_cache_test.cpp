#include "models/purls/train/backbone_cache.h"

#include <ATen/Parallel.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <iterator>

#include "core/base/log.h"
#include "models/purls/train/trainer.h"
#include "tests/models/purls/purls_fixture.h"
#include "tests/support/temp_dir.h"

namespace purlscope::models::purls {
namespace {

namespace fs = std::filesystem;

class BackboneCacheTest : public testing::Test {
 protected:
  void SetUp() override {
    at::set_num_threads(1);
    core::set_log_sink([](core::LogLevel, const std::string&) {});
    seen_ = collect_seen(data_, {}, {});
  }

  TrainingPlan plan(const fs::path& backbones, std::uint64_t seed = 0) const {
    return {Config::parse(test::tiny_config()), seed, {}, backbones};
  }

  /// Nodes of the seen clips, and whether a backbone was trained for them.
  at::Tensor nodes(const TrainingPlan& plan) {
    trained_ = false;
    const auto watch = [&](const core::Progress&) { trained_ = true; };
    return train_backbone(data_, seen_, plan, encoder_, watch, {}).model.nodes(seen_.motions);
  }

  fs::path only_file() const { return fs::directory_iterator(folder_)->path(); }

  test::TempDir dir_;
  fs::path folder_ = dir_.path() / "backbones";
  core::LabData data_ = test::swing_data(4);
  TrainingSet seen_;
  test::WordHashEncoder encoder_;
  bool trained_ = false;
};

TEST_F(BackboneCacheTest, ALaterRunHasTheSameBackboneWithoutTraining) {
  const at::Tensor fresh = nodes(plan({}));
  EXPECT_TRUE(trained_);
  EXPECT_TRUE(at::equal(nodes(plan(folder_)), fresh));
  EXPECT_TRUE(trained_);
  EXPECT_TRUE(at::equal(nodes(plan(folder_)), fresh));
  EXPECT_FALSE(trained_);
  EXPECT_FALSE(at::equal(nodes(plan(folder_, 1)), fresh));
  EXPECT_TRUE(trained_) << "another seed is another backbone";
}

TEST_F(BackboneCacheTest, AWholeTrainingEndsTheSameOnAKeptBackbone) {
  const auto scores = [&] {
    const PurlsModel model = train_model(data_, seen_, plan(folder_), encoder_, {}, {}).model;
    return model.scores(model.similarities(model.nodes(seen_.motions), model.texts(seen_.labels, encoder_)));
  };
  const at::Tensor first = scores();
  EXPECT_TRUE(at::equal(scores(), first));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);
}

TEST_F(BackboneCacheTest, BackbonesOfTheProcessorAndOfAGpuAreKeptApart) {
  const Config config = plan({}).config;
  EXPECT_FALSE(backbone_fingerprint(config, 0, seen_, seen_).contains("device"));
  EXPECT_EQ(backbone_fingerprint(config, 0, seen_, seen_, at::kCUDA)["device"], "cuda");
}

TEST_F(BackboneCacheTest, ADamagedFileIsTrainedAnew) {
  const at::Tensor fresh = nodes(plan(folder_));
  const fs::path file = only_file();
  fs::resize_file(file, fs::file_size(file) / 2);
  EXPECT_TRUE(at::equal(nodes(plan(folder_)), fresh));
  EXPECT_TRUE(trained_);
  nodes(plan(folder_));
  EXPECT_FALSE(trained_) << "the damaged file has been replaced";
}

TEST_F(BackboneCacheTest, AFileOfOtherNetworksLeavesNothingBehind) {
  // A whole file under the right name whose tensors fit only in part: the first ones are read before one is missing.
  const BackboneCache cache(folder_, backbone_fingerprint(plan({}).config, 0, seen_, seen_));
  PurlsModel model = make_model(plan({}).config, seen_.classes_per_set);
  cache.store(*model.backbone, {});
  Config deeper = Config::parse(nullptr);
  PurlsModel other = make_model(deeper, seen_.classes_per_set);
  const at::Tensor before = other.nodes(seen_.motions);
  EXPECT_FALSE(cache.load(*other.backbone));
  EXPECT_TRUE(at::equal(other.nodes(seen_.motions), before));
}

TEST_F(BackboneCacheTest, AFolderThatCannotBeWrittenCostsOnlyTheReuse) {
  const fs::path file = dir_.write("not-a-folder", "x");
  nodes(plan(file / "backbones"));
  EXPECT_TRUE(trained_);
}

}  // namespace
}  // namespace purlscope::models::purls
