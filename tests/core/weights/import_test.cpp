#include "core/weights/import.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <limits>

#include "core/base/safetensors.h"
#include "core/weights/sha256.h"
#include "tests/support/clip_merges.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::ThrowsError;
using ::testing::AllOf;
using ::testing::HasSubstr;
using Tensors = std::map<std::string, SafeTensorOut>;

SafeTensorOut numbers(const std::vector<float>& values) {
  return to_safetensor(values, {static_cast<std::int64_t>(values.size())});
}

Tensors clip_tensors() {
  return {{"text_model.embeddings.token_embedding.weight", numbers({1, 2, 3})},
          {"text_model.final_layer_norm.weight", numbers({4})},
          {"text_projection.weight", numbers({5, 6})}};
}

/// Data of a user of its own, so that no test touches a real one's.
class WeightsImportTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* value = std::getenv("XDG_DATA_HOME");
    before = value == nullptr ? "" : value;
    ::setenv("XDG_DATA_HOME", (dir.path() / "data").c_str(), 1);
  }
  void TearDown() override {
    if (before.empty())
      ::unsetenv("XDG_DATA_HOME");
    else
      ::setenv("XDG_DATA_HOME", before.c_str(), 1);
  }
  std::filesystem::path write(const Tensors& tensors, const std::map<std::string, std::string>& metadata = {}) {
    save_safetensors(dir.path() / "net.safetensors", tensors, metadata);
    return dir.path() / "net.safetensors";
  }
  std::filesystem::path checkpoint() {
    return write({{"fc.weight", numbers({1, 2})}, {"steps", {"I64", {1}, std::vector<std::byte>(8)}}},
                 {{"architecture", "shift-gcn"}, {"licence", "CC0"}});
  }
  test::TempDir dir;
  std::string before;
};

TEST(Sha256, EqualsThePublishedValues) {  // FIPS 180-2, appendix B; the third: 119 bytes, two blocks of padding
  const test::TempDir dir;
  EXPECT_EQ(sha256_of(dir.write("a", "abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_of(dir.write("a", "")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_of(dir.write("a", "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256_of(dir.write("a", std::string(1000000, 'a'))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_F(WeightsImportTest, ACheckpointIsInstalledAndFoundByItsName) {
  EXPECT_TRUE(installed_weights().empty());
  const InstalledWeights weights =
      import_weights({.file = checkpoint(), .vocabulary = {}, .name = "mine", .licence = {}});
  EXPECT_EQ(weights.kind, "shift-gcn");
  EXPECT_EQ(weights.parameters, 2) << "counters are no parameters";
  EXPECT_EQ(weights.licence, "CC0");
  EXPECT_EQ(weights.sha256, sha256_of(dir.path() / "net.safetensors"));
  ASSERT_EQ(installed_weights().size(), 1U);
  EXPECT_EQ(installed_weights()[0].sha256, weights.sha256);
  EXPECT_EQ(SafeTensors::open(weights_file("mine")).floats("fc.weight"), (std::vector<float>{1, 2}));
  EXPECT_EQ(weights_file("none"), "none");
  EXPECT_EQ(weights_file((dir.path() / "net.safetensors").string()), dir.path() / "net.safetensors");
}

TEST_F(WeightsImportTest, TheSameNameIsReplacedWhole) {
  import_weights({.file = checkpoint(), .vocabulary = {}, .name = {}, .licence = "mine alone"});
  EXPECT_EQ(installed_weights().at(0).licence, "mine alone");
  import_weights({.file = write({{"x", numbers({1, 2, 3})}}, {{"architecture", "purls"}}),
                  .vocabulary = {},
                  .name = {},
                  .licence = {}});
  ASSERT_EQ(installed_weights().size(), 1U);
  EXPECT_EQ(installed_weights()[0].name, "net");
  EXPECT_EQ(installed_weights()[0].kind, "purls");
  EXPECT_EQ(installed_weights()[0].licence, std::nullopt);
}

TEST_F(WeightsImportTest, ATextEncoderComesWithItsVocabulary) {
  const auto file = write(clip_tensors());
  EXPECT_THAT([&] { import_weights({.file = file, .vocabulary = {}, .name = {}, .licence = {}}); },
              ThrowsError(Code::bad_argument, HasSubstr("--vocab bpe_simple_vocab_16e6.txt.gz")));
  const std::string merges = test::made_up_merges();
  const auto packed = dir.path() / "bpe.txt.gz";
  gzFile out = gzopen(packed.c_str(), "wb");
  gzwrite(out, merges.data(), static_cast<unsigned>(merges.size()));
  gzclose(out);
  for (const auto& vocabulary : {packed, dir.write("merges.txt", merges)}) {
    const InstalledWeights clip = import_weights({.file = file, .vocabulary = vocabulary, .name = {}, .licence = {}});
    EXPECT_EQ(clip.name, "clip");
    EXPECT_EQ(clip.kind, "clip-text");
    EXPECT_EQ(clip.parameters, 6);
    std::ifstream in(clip.folder / "merges.txt");
    EXPECT_EQ((std::string{std::istreambuf_iterator<char>(in), {}}), merges);
  }
  EXPECT_THAT(
      [&] {
        import_weights({.file = file, .vocabulary = dir.write("v.json", "{\"a\": 1}"), .name = "other", .licence = {}});
      },
      ThrowsError(Code::bad_format, AllOf(HasSubstr("v.json"), HasSubstr("not the vocabulary"))));
  EXPECT_EQ(installed_weights().size(), 1U) << "nothing is left of a refused import";
}

TEST_F(WeightsImportTest, OthersAreRefusedInWords) {
  const auto refusal = [&](const std::filesystem::path& file, Code code, const char* words) {
    EXPECT_THAT([&] { import_weights({.file = file, .vocabulary = {}, .name = {}, .licence = {}}); },
                ThrowsError(code, HasSubstr(words)));
  };
  refusal(write({{"conv1.weight", numbers({1})}}), Code::unsupported,
          "found tensors such as 'conv1.weight'; known: Shift");
  refusal(write({{"a", numbers({1})}}, {{"architecture", "resnet"}}), Code::unsupported, "architecture 'resnet'");
  refusal(write({{"a", numbers({1, std::numeric_limits<float>::infinity()})}}, {{"architecture", "purls"}}),
          Code::bad_format, "tensor 'a' holds values that are not finite: value 1 of 2");
  refusal(dir.write("net.pt", "PK\3\4 a PyTorch checkpoint"), Code::bad_format, "convert_checkpoint.py");
  refusal(dir.path() / "none", Code::not_found, "none");
  for (const char* name : {"../up", ".hidden", "a b"}) {
    EXPECT_THAT([&] { import_weights({.file = checkpoint(), .vocabulary = {}, .name = name, .licence = {}}); },
                ThrowsError(Code::bad_argument, AllOf(HasSubstr(name), HasSubstr("--name"))));
  }
  EXPECT_THAT(
      [&] { import_weights({.file = checkpoint(), .vocabulary = dir.write("v", "x"), .name = {}, .licence = {}}); },
      ThrowsError(Code::bad_argument, HasSubstr("leave --vocab out")));
  EXPECT_TRUE(installed_weights().empty());
}

TEST_F(WeightsImportTest, ADamagedEntryDoesNotHideTheOthers) {
  import_weights({.file = checkpoint(), .vocabulary = {}, .name = "good", .licence = {}});
  dir.write("data/purlscope/weights/bad/weights.json", "{");
  ASSERT_EQ(installed_weights().size(), 1U);
  EXPECT_THAT([&] { read_installed(weights_dir() / "bad"); },
              ThrowsError(Code::bad_format, AllOf(HasSubstr("weights.json"), HasSubstr("import the weights again"))));
}

}  // namespace
}  // namespace purlscope::core
