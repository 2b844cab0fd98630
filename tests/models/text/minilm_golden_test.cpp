#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/paths.h"
#include "core/text/wordpiece.h"
#include "models/text/minilm_network.h"
#include "tests/support/npz.h"
#include "tests/support/shared.h"

namespace purlscope::models {
namespace {

/// Against the reference tokenizer and network (sentence-transformers), 126 texts.
class MiniLmGolden : public ::testing::Test {
 protected:
  void SetUp() override {
    PURLSCOPE_NEEDS_SHARED();
    const auto folder = test::shared_dir() / "golden/minilm";
    std::ifstream in(folder / "minilm.json");
    for (const auto& entry : nlohmann::json::parse(in)) {
      texts.push_back(entry.at("text"));
      tokens.push_back(entry.at("input_ids"));
    }
    const auto golden = test::read_npz(folder / "minilm.npz").at("features");
    features = at::tensor(golden.floats()).view({static_cast<std::int64_t>(golden.shape.at(0)), 384});
    network.emplace(MiniLmNetwork::load(core::minilm_dir() / "model.safetensors"));
  }

  std::vector<std::string> texts;
  std::vector<std::vector<std::int64_t>> tokens;
  at::Tensor features;
  std::optional<MiniLmNetwork> network;
};

TEST_F(MiniLmGolden, FeaturesOfTheReferenceTokensAgree) {
  ASSERT_EQ(tokens.size(), 126U);
  const at::Tensor error = (network->encode(tokens) - features).abs().amax(1);
  for (std::int64_t i = 0; i < error.size(0); ++i) {
    EXPECT_LT(error[i].item<float>(), 1e-4F) << '"' << texts[static_cast<std::size_t>(i)] << '"';
  }
}

TEST_F(MiniLmGolden, FeaturesOfTheRawTextsAgree) {
  const core::WordPiece tokenizer(core::minilm_dir() / "vocab.txt");
  std::vector<std::vector<std::int64_t>> ours;
  for (const std::string& text : texts) ours.push_back(tokenizer.encode(text));
  EXPECT_LT((network->encode(ours) - features).abs().max().item<float>(), 1e-4F);
}

TEST_F(MiniLmGolden, ATextAloneHasTheFeaturesItHasInCompany) {
  const at::Tensor together = network->encode(tokens);
  for (const std::size_t i : {0U, 7U, 60U, 125U}) {
    const at::Tensor alone = network->encode(std::span(tokens).subspan(i, 1));
    EXPECT_LT((alone[0] - together[static_cast<std::int64_t>(i)]).abs().max().item<float>(), 1e-6F) << texts[i];
  }
}

TEST_F(MiniLmGolden, FeaturesHaveUnitNorm) {
  const at::Tensor norms = network->encode(tokens).norm(2, {1});
  EXPECT_LT((norms - 1).abs().max().item<float>(), 1e-6F);
}

}  // namespace
}  // namespace purlscope::models
