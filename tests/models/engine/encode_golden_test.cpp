#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "models/engine/engine.h"
#include "tests/support/npz.h"
#include "tests/support/shared.h"
#include "tests/support/temp_dir.h"

namespace purlscope::models {
namespace {

/// The whole way of a text through the engine: tokenizer, network, cache.
class EncodeGolden : public ::testing::Test {
 protected:
  void SetUp() override {
    PURLSCOPE_NEEDS_SHARED();
    const char* before = std::getenv("XDG_CACHE_HOME");
    cache_home = before == nullptr ? "" : before;
    ::setenv("XDG_CACHE_HOME", dir.path().c_str(), 1);
    std::ifstream in(test::shared_dir() / "golden/minilm/minilm.json");
    for (const auto& entry : nlohmann::json::parse(in)) texts.push_back(entry.at("text"));
    golden = test::read_npz(test::shared_dir() / "golden/minilm/minilm.npz").at("features").floats();
  }
  void TearDown() override {
    if (cache_home.empty()) {
      ::unsetenv("XDG_CACHE_HOME");
    } else {
      ::setenv("XDG_CACHE_HOME", cache_home.c_str(), 1);
    }
  }

  static void expect_near(const std::vector<float>& found, const std::vector<float>& expected) {
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) ASSERT_NEAR(found[i], expected[i], 1e-4F) << "text " << i / 384;
  }

  test::TempDir dir;
  std::string cache_home;
  std::vector<std::string> texts;
  std::vector<float> golden;
};

TEST_F(EncodeGolden, EncodesWithoutAModelAndFromTheCacheOfAnEarlierStart) {
  const core::NdArray first = CpuEngine({"no such model", 1}).encode(texts);
  EXPECT_EQ(first.shape, (std::vector<std::size_t>{126, 384}));
  expect_near(first.data, golden);
  EXPECT_FALSE(std::filesystem::is_empty(dir.path() / "purlscope" / "texts"));
  EXPECT_EQ(CpuEngine({"no such model", 1}).encode(texts).data, first.data);
}

TEST_F(EncodeGolden, RepeatedTextsAndNoTextsAreFine) {
  CpuEngine engine({"no such model", 1});
  const core::NdArray features = engine.encode({texts[2], texts[3], texts[2]});
  for (std::size_t k = 0; k < 384; ++k) ASSERT_EQ(features.data[k], features.data[2 * 384 + k]);
  EXPECT_EQ(engine.encode({}).shape, (std::vector<std::size_t>{0, 384}));
}

}  // namespace
}  // namespace purlscope::models
