#include "models/text/feature_cache.h"

#include <gtest/gtest.h>

#include <fstream>

#include "core/base/log.h"
#include "tests/support/temp_dir.h"

namespace purlscope::models {
namespace {

using Row = std::vector<float>;

class FeatureCacheTest : public ::testing::Test {
 protected:
  void SetUp() override {
    core::set_log_sink([](core::LogLevel, const std::string&) {});
  }

  static void add(FeatureCache& cache, const std::string& text, const Row& row) {
    cache.add(std::vector<std::string>{text}, row);
  }

  test::TempDir dir;
  std::filesystem::path file = dir.path() / "texts" / "encoder.features";
};

TEST_F(FeatureCacheTest, RemembersForTheNextStart) {
  {
    FeatureCache cache(file, 2);
    EXPECT_EQ(cache.find("wave"), nullptr);
    cache.add(std::vector<std::string>{"wave", ""}, Row{1, 2, 3, 4});
    add(cache, "„Ünïcode“\n", {5, 6});
    ASSERT_NE(cache.find("wave"), nullptr);
  }
  const FeatureCache again(file, 2);
  EXPECT_EQ(*again.find("wave"), (Row{1, 2}));
  EXPECT_EQ(*again.find(""), (Row{3, 4}));
  EXPECT_EQ(*again.find("„Ünïcode“\n"), (Row{5, 6}));
  EXPECT_EQ(again.find("wav"), nullptr);
}

TEST_F(FeatureCacheTest, TwoProgramsMayShareTheFile) {
  FeatureCache one(file, 1), two(file, 1);
  add(one, "a", {1});
  add(two, "b", {2});
  add(one, "c", {3});
  const FeatureCache both(file, 1);
  EXPECT_EQ(*both.find("a"), Row{1});
  EXPECT_EQ(*both.find("b"), Row{2});
  EXPECT_EQ(*both.find("c"), Row{3});
}

TEST_F(FeatureCacheTest, WithoutAFileItRemembersInMemory) {
  FeatureCache cache({}, 1);
  add(cache, "a", {1});
  EXPECT_EQ(*cache.find("a"), Row{1});
}

TEST_F(FeatureCacheTest, DamageNeverGivesWrongFeatures) {
  {
    FeatureCache cache(file, 3);
    add(cache, "wave", {1, 2, 3});
    add(cache, "throw", {4, 5, 6});
  }
  const std::string whole = test::read_text(file);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    std::string bytes = whole;
    bytes[i] = static_cast<char>(bytes[i] ^ 0x10);
    dir.write(file, bytes);
    const FeatureCache cache(file, 3);
    const Row* wave = cache.find("wave");
    const Row* thrown = cache.find("throw");
    EXPECT_TRUE(wave == nullptr || *wave == (Row{1, 2, 3})) << "byte " << i;
    EXPECT_TRUE(thrown == nullptr || *thrown == (Row{4, 5, 6})) << "byte " << i;
    EXPECT_FALSE(std::filesystem::exists(file)) << "a damaged file is made anew; byte " << i;
  }
}

TEST_F(FeatureCacheTest, ACutOffFileKeepsItsWholeRecords) {
  {
    FeatureCache cache(file, 1);
    add(cache, "wave", {1});
    add(cache, "throw", {2});
  }
  const std::string whole = test::read_text(file);
  dir.write(file, whole.substr(0, whole.size() - 1));
  FeatureCache cache(file, 1);
  EXPECT_NE(cache.find("wave"), nullptr);
  EXPECT_EQ(cache.find("throw"), nullptr);
  add(cache, "throw", {2});
  EXPECT_EQ(*FeatureCache(file, 1).find("throw"), Row{2});
}

TEST_F(FeatureCacheTest, AFileOfAnotherWidthIsNotUsed) {
  {
    FeatureCache cache(file, 2);
    add(cache, "wave", {1, 2});
  }
  EXPECT_EQ(FeatureCache(file, 1).find("wave"), nullptr);
}

TEST_F(FeatureCacheTest, AFolderThatCannotBeWrittenIsReportedOnceAndHarmsNothing) {
  const auto occupied = dir.write("occupied", "a file where a folder should be");
  std::vector<std::string> warnings;
  core::set_log_sink([&](core::LogLevel level, const std::string& message) {
    if (level == core::LogLevel::warning) warnings.push_back(message);
  });
  FeatureCache cache(occupied / "encoder.features", 1);
  add(cache, "a", {1});
  add(cache, "b", {2});
  EXPECT_EQ(*cache.find("a"), Row{1});
  EXPECT_EQ(*cache.find("b"), Row{2});
  EXPECT_EQ(warnings.size(), 1U);
}

}  // namespace
}  // namespace purlscope::models
