#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/text/clip/bpe.h"
#include "models/text/clip_network.h"
#include "models/text/encoder.h"
#include "tests/models/text/clip_files.h"
#include "tests/support/clip_merges.h"
#include "tests/support/npz.h"
#include "tests/support/shared.h"
#include "tests/support/temp_dir.h"

namespace purlscope::models {
namespace {

/// Against transformers' CLIPTextModelWithProjection with random weights, and OpenAI's tokenizer.
class ClipGolden : public ::testing::Test {
 protected:
  void SetUp() override {
    PURLSCOPE_NEEDS_SHARED();
    const auto folder = test::shared_dir() / "golden" / "clip_text";
    std::ifstream in(folder / "texts.json");
    for (const auto& entry : nlohmann::json::parse(in)) texts.push_back(entry.at("text"));
    io = test::read_npz(folder / "io.npz");
    test::copy_with_heads(folder / "weights.safetensors", dir.path() / "clip" / "model.safetensors", 4);
    dir.write("clip/merges.txt", test::clip_merges());
    for (const double i : io.at("embed_index").data) chosen.push_back(texts.at(static_cast<std::size_t>(i)));
    expected = at::tensor(io.at("text_embeds").floats()).view({20, 48});
  }

  test::TempDir dir;
  std::vector<std::string> texts, chosen;
  std::map<std::string, test::NpzArray> io;
  at::Tensor expected;  // [20, 48]
};

double relative_error(const at::Tensor& found, const at::Tensor& expected) {
  return ((found - expected).norm(2, {1}) / expected.norm(2, {1})).max().item<double>();
}

TEST_F(ClipGolden, TokensFilledUpWithZerosAreThoseOfTheReference) {
  const core::ClipBpe tokenizer(dir.path() / "clip" / "merges.txt");
  const std::vector<double>& rows = io.at("tokens").data;
  ASSERT_EQ(rows.size(), texts.size() * core::kClipContext);
  for (std::size_t t = 0; t < texts.size(); ++t) {
    std::vector<std::int64_t> ids = tokenizer.encode(texts[t]);
    ids.resize(core::kClipContext);
    const auto row = rows.begin() + static_cast<std::ptrdiff_t>(t * core::kClipContext);
    EXPECT_TRUE(std::equal(ids.begin(), ids.end(), row)) << texts[t];
  }
}

TEST_F(ClipGolden, ProjectedFeaturesAgree) {
  const ClipNetwork network = ClipNetwork::load(dir.path() / "clip" / "model.safetensors");
  std::vector<std::vector<std::int64_t>> tokens;
  const std::vector<double>& rows = io.at("tokens").data;
  for (const double i : io.at("embed_index").data) {
    const auto row = rows.begin() + static_cast<std::ptrdiff_t>(i) * static_cast<std::ptrdiff_t>(core::kClipContext);
    tokens.emplace_back(row, row + static_cast<std::ptrdiff_t>(core::kClipContext));
  }
  ASSERT_EQ(tokens.size(), 20U);
  const double error = relative_error(network.project(tokens), expected);
  RecordProperty("relative_error", std::to_string(error));
  EXPECT_LT(error, 1e-4);
}

TEST_F(ClipGolden, TheEncoderGoesTheWholeWayFromTextToUnitNorm) {
  const test::CacheHome cache(dir.path() / "cache");
  const auto encoder = make_clip_encoder(dir.path() / "clip");
  EXPECT_EQ(encoder->name(), "clip");
  ASSERT_EQ(encoder->dim(), 48);
  const at::Tensor features = encoder->encode(chosen);
  EXPECT_LT(relative_error(features, expected / expected.norm(2, {1}, true)), 1e-4);
  EXPECT_TRUE(at::equal(make_clip_encoder(dir.path() / "clip")->encode(chosen), features)) << "from the cache";
}

}  // namespace
}  // namespace purlscope::models
