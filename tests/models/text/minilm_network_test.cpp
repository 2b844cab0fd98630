#include "models/text/minilm_network.h"

#include <gtest/gtest.h>

#include "core/base/safetensors.h"
#include "models/weights/load.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::models {
namespace {

using test::ThrowsError;
using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr std::int64_t kVocabulary = 10, kLongest = 6;

/// Random weights of the right shapes with a tiny vocabulary.
std::map<std::string, core::SafeTensorOut> weights() {
  at::manual_seed(3);
  std::map<std::string, core::SafeTensorOut> tensors;
  const auto add = [&](const std::string& name, at::IntArrayRef shape) {
    tensors[name] = store_tensor(at::randn(shape) * 0.05);
  };
  const auto linear = [&](const std::string& name, std::int64_t in, std::int64_t out) {
    add(name + ".weight", {out, in});
    add(name + ".bias", {out});
  };
  const auto norm = [&](const std::string& name) {
    tensors[name + ".weight"] = store_tensor(at::ones({384}));
    add(name + ".bias", {384});
  };
  add("embeddings.word_embeddings.weight", {kVocabulary, 384});
  add("embeddings.position_embeddings.weight", {kLongest, 384});
  add("embeddings.token_type_embeddings.weight", {2, 384});
  norm("embeddings.LayerNorm");
  for (int i = 0; i < 6; ++i) {
    const std::string layer = "encoder.layer." + std::to_string(i) + ".";
    for (const char* part : {"query", "key", "value"}) linear(layer + "attention.self." + part, 384, 384);
    linear(layer + "attention.output.dense", 384, 384);
    norm(layer + "attention.output.LayerNorm");
    linear(layer + "intermediate.dense", 384, 1536);
    linear(layer + "output.dense", 1536, 384);
    norm(layer + "output.LayerNorm");
  }
  return tensors;
}

class MiniLmNetworkTest : public ::testing::Test {
 protected:
  std::filesystem::path write(const std::map<std::string, core::SafeTensorOut>& tensors) {
    core::save_safetensors(dir.path() / "model.safetensors", tensors, {});
    return dir.path() / "model.safetensors";
  }
  test::TempDir dir;
};

using Tokens = std::vector<std::vector<std::int64_t>>;

TEST_F(MiniLmNetworkTest, RefusesTextsItCannotRepresent) {
  const MiniLmNetwork network = MiniLmNetwork::load(write(weights()));
  EXPECT_THAT(
      [&] {
        network.encode(Tokens{{1}, {}});
      },
      ThrowsError(Code::bad_argument, HasSubstr("0 tokens, expected 1 to 6")));
  EXPECT_THAT(
      [&] {
        network.encode(Tokens{{1, 2, 3, 4, 5, 6, 7}});
      },
      ThrowsError(Code::bad_argument, HasSubstr("7 tokens")));
  EXPECT_THAT(
      [&] {
        network.encode(Tokens{{1, 10}});
      },
      ThrowsError(Code::bad_argument, AllOf(HasSubstr("token 10"), HasSubstr("vocab.txt"))));
  EXPECT_THAT([&] { network.encode(Tokens{{-1}}); }, ThrowsError(Code::bad_argument, HasSubstr("token -1")));
}

TEST_F(MiniLmNetworkTest, NoTextsGiveNoRows) {
  const MiniLmNetwork network = MiniLmNetwork::load(write(weights()));
  EXPECT_EQ(network.encode({}).sizes(), at::IntArrayRef({0, 384}));
}

TEST_F(MiniLmNetworkTest, RowsComeInTheOrderOfTheTexts) {
  const MiniLmNetwork network = MiniLmNetwork::load(write(weights()));
  const Tokens tokens = {{1, 5, 6, 2}, {1, 2}, {1, 7, 2}, {1, 2}, {1, 6, 5, 2}};
  const at::Tensor all = network.encode(tokens);
  EXPECT_TRUE(at::equal(all[1], all[3]));
  for (std::int64_t i = 0; i < all.size(0); ++i) {
    const at::Tensor alone = network.encode(std::span(tokens).subspan(static_cast<std::size_t>(i), 1));
    EXPECT_LT((alone[0] - all[i]).abs().max().item<float>(), 1e-6F) << i;
  }
  EXPECT_GT((all[0] - all[4]).abs().max().item<float>(), 1e-4F) << "word order must matter";
}

TEST_F(MiniLmNetworkTest, FeaturesCarryNoGradient) {
  const MiniLmNetwork network = MiniLmNetwork::load(write(weights()));
  const at::Tensor features = network.encode(Tokens{{1, 2}});
  EXPECT_FALSE(features.requires_grad());
  EXPECT_FALSE(features.is_inference()) << "training must be able to use them";
}

TEST_F(MiniLmNetworkTest, NamesWhatIsMissingOrMisshapen) {
  auto tensors = weights();
  tensors.erase("encoder.layer.3.output.dense.bias");
  EXPECT_THAT([&] { MiniLmNetwork::load(write(tensors)); },
              ThrowsError(Code::not_found, HasSubstr("encoder.layer.3.output.dense.bias")));
  tensors = weights();
  tensors["encoder.layer.0.attention.self.key.weight"] = store_tensor(at::zeros({384, 768}));
  EXPECT_THAT([&] { MiniLmNetwork::load(write(tensors)); },
              ThrowsError(Code::shape_mismatch, AllOf(HasSubstr("key.weight"), HasSubstr("[384, 768]"))));
  EXPECT_THAT([&] { MiniLmNetwork::load(dir.path() / "none.safetensors"); },
              ThrowsError(Code::not_found, HasSubstr("none")));
}

}  // namespace
}  // namespace purlscope::models
