#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/safetensors.h"
#include "core/text/clip/bpe.h"
#include "models/text/clip_network.h"
#include "models/text/encoder.h"
#include "models/weights/load.h"
#include "tests/models/text/clip_files.h"
#include "tests/support/clip_merges.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::models {
namespace {

using test::ThrowsError;
using ::testing::AllOf;
using ::testing::HasSubstr;
using Tokens = std::vector<std::vector<std::int64_t>>;
using Tensors = std::map<std::string, core::SafeTensorOut>;

constexpr std::int64_t kWidth = 64, kVocabulary = core::kClipEnd + 1, kLongest = 6;

/// Random weights of the right shapes: one layer, one head.
Tensors weights() {
  at::manual_seed(5);
  Tensors tensors;
  const auto add = [&](const std::string& name, at::IntArrayRef shape) {
    tensors[name] = store_tensor(at::randn(shape) * 0.2);
  };
  const auto linear = [&](const std::string& name, std::int64_t in, std::int64_t out) {
    add(name + ".weight", {out, in});
    add(name + ".bias", {out});
  };
  const auto norm = [&](const std::string& name) {
    tensors[name + ".weight"] = store_tensor(at::ones({kWidth}));
    add(name + ".bias", {kWidth});
  };
  add("text_model.embeddings.token_embedding.weight", {kVocabulary, kWidth});
  add("text_model.embeddings.position_embedding.weight", {kLongest, kWidth});
  const std::string layer = "text_model.encoder.layers.0.";
  norm(layer + "layer_norm1");
  norm(layer + "layer_norm2");
  for (const char* part : {"q_proj", "k_proj", "v_proj", "out_proj"})
    linear(layer + "self_attn." + part, kWidth, kWidth);
  linear(layer + "mlp.fc1", kWidth, 32);
  linear(layer + "mlp.fc2", 32, kWidth);
  norm("text_model.final_layer_norm");
  add("text_projection.weight", {8, kWidth});
  return tensors;
}

class ClipEncoderTest : public ::testing::Test {
 protected:
  std::filesystem::path write(const Tensors& tensors, const std::map<std::string, std::string>& metadata = {}) {
    core::save_safetensors(dir.path() / "model.safetensors", tensors, metadata);
    return dir.path() / "model.safetensors";
  }
  test::TempDir dir;
};

TEST_F(ClipEncoderTest, NeitherTheOtherTextsNorWhatStandsBehindTheEndMatters) {
  const ClipNetwork network = ClipNetwork::load(write(weights()));
  const std::int64_t end = core::kClipEnd;
  const at::Tensor all = network.encode(Tokens{{1, 5, end, 0, 0}, {1, end}, {1, 5, end}, {5, 1, end}});
  EXPECT_EQ(all.sizes(), at::IntArrayRef({4, 8}));
  EXPECT_TRUE(at::equal(all[0], all[2]));
  EXPECT_LT((network.encode(Tokens{{1, 5, end}})[0] - all[0]).abs().max().item<float>(), 1e-6F);
  EXPECT_GT((all[0] - all[3]).abs().max().item<float>(), 1e-4F) << "word order must matter";
  EXPECT_LT((all.norm(2, {1}) - 1).abs().max().item<float>(), 1e-6F);
  EXPECT_EQ(network.encode({}).sizes(), at::IntArrayRef({0, 8}));
}

TEST_F(ClipEncoderTest, RefusesTextsItCannotRepresent) {
  const ClipNetwork network = ClipNetwork::load(write(weights()));
  const auto refusal = [&](const Tokens& tokens, const char* words) {
    EXPECT_THAT([&] { network.encode(tokens); }, ThrowsError(Code::bad_argument, HasSubstr(words)));
  };
  refusal({{}}, "no end token");
  refusal({{1, 2}}, "no end token");
  refusal({{1, 2, 3, 4, 5, 6, core::kClipEnd}}, "7 tokens, expected at most 6");
  refusal({{-1, core::kClipEnd}}, "token -1");
}

TEST_F(ClipEncoderTest, NamesWhatIsMissingOrMisshapen) {
  Tensors tensors = weights();
  tensors.erase("text_model.encoder.layers.0.mlp.fc2.bias");
  EXPECT_THAT([&] { ClipNetwork::load(write(tensors)); }, ThrowsError(Code::not_found, HasSubstr("mlp.fc2.bias")));
  tensors = weights();
  tensors["text_projection.weight"] = store_tensor(at::zeros({8, 9}));
  EXPECT_THAT([&] { ClipNetwork::load(write(tensors)); },
              ThrowsError(Code::shape_mismatch, HasSubstr("text_projection.weight")));
  EXPECT_THAT(
      [&] {
        ClipNetwork::load(write(weights(), {{"heads", "7"}}));
      },
      ThrowsError(Code::bad_format, AllOf(HasSubstr("64 channels"), HasSubstr("7 heads"))));
}

TEST_F(ClipEncoderTest, AMissingPieceNamesTheRemedy) {
  EXPECT_THAT([&] { make_clip_encoder(dir.path() / "none"); },
              ThrowsError(Code::not_found, AllOf(HasSubstr("merges.txt"), HasSubstr("weights import"))));
  write(weights());
  EXPECT_THAT([&] { make_clip_encoder(dir.path()); }, ThrowsError(Code::not_found, HasSubstr("--vocab")));
  dir.write("merges.txt", test::made_up_merges());
  write({{"other", store_tensor(at::ones({1}))}});
  EXPECT_THAT([&] { make_clip_encoder(dir.path()); }, ThrowsError(Code::bad_format, HasSubstr("text_projection")));
}

TEST_F(ClipEncoderTest, AnotherVocabularyIsAnotherEncoder) {
  const test::CacheHome cache(dir.path() / "cache");
  write(weights());
  const std::string merges = test::made_up_merges();
  dir.write("merges.txt", merges);
  const std::string hash = make_clip_encoder(dir.path())->hash();
  EXPECT_EQ(make_clip_encoder(dir.path())->hash(), hash);
  dir.write("merges.txt", merges + "extra line\n");
  EXPECT_NE(make_clip_encoder(dir.path())->hash(), hash);
}

}  // namespace
}  // namespace purlscope::models
