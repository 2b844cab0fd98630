#include <gmock/gmock.h>

#include <cmath>

#include "core/base/safetensors.h"
#include "core/formats/numpy/npz_writer.h"
#include "tests/app/cli/program.h"

namespace purlscope::test {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;

/// Folders of a user of its own.
struct CliWeights : ::testing::Test {
  Outcome run(const std::vector<std::string>& arguments) const {
    return run_program(arguments, {{"XDG_DATA_HOME", (dir.path() / "data").string()},
                                   {"XDG_CONFIG_HOME", (dir.path() / "config").string()}});
  }
  TempDir dir;
};

TEST_F(CliWeights, ImportAndListTellWhatIsInstalled) {
  const auto file = (dir.path() / "net.safetensors").string();
  core::save_safetensors(file, {{"fc", core::to_safetensor(std::vector<float>{1, 2}, {2})}},
                         {{"architecture", "shift-gcn"}});
  EXPECT_EQ(run({"weights", "list", "--json"}).json(), json::array());
  const Outcome imported = run({"weights", "import", file, "--licence", "CC0", "--json"});
  ASSERT_EQ(imported.code, 0) << imported.err;
  const json document = imported.json();
  EXPECT_EQ(document["name"], "net");
  EXPECT_EQ(document["kind"], "shift-gcn");
  EXPECT_EQ(document["parameters"], 2);
  EXPECT_EQ(document["sha256"].get<std::string>().size(), 64U);
  EXPECT_EQ(document["licence"], "CC0");
  EXPECT_EQ(run({"weights", "list", "--json"}).json(), json::array({document}));
  // Found by its name: what is wrong with it is told of the installed file.
  const Outcome used = run({"classify", bundled("wave"), "--closed-set", "--weights", "net"});
  EXPECT_EQ(used.code, 1);
  EXPECT_THAT(used.err, HasSubstr("weights/net/model.safetensors"));
}

TEST_F(CliWeights, OtherFilesAreRefusedInWords) {
  const auto file = (dir.path() / "net.safetensors").string();
  core::save_safetensors(file, {{"conv", core::to_safetensor(std::vector<float>{1}, {1})}}, {});
  const Outcome refused = run({"weights", "import", file});
  EXPECT_EQ(refused.code, 1);
  EXPECT_THAT(refused.err, AllOf(HasSubstr("'conv'"), HasSubstr("known: Shift-GCN")));
  EXPECT_EQ(run({"weights"}).code, 2);
  EXPECT_EQ(run({"weights", "import"}).code, 2);
}

TEST_F(CliWeights, FeaturesComputedElsewhereStandInForAnEncoder) {
  const std::string file = (dir.path() / "texts.npz").string();
  core::NdArray features({2, 2});
  features.data = {3, 4, 0, 2};
  core::write_npz(file, {{"texts", std::vector<std::string>{"wave", "clap"}}, {"features", features}});
  const Outcome known = run({"encode", "--json", "--encoder", file, "--", "clap", "wave"});
  ASSERT_EQ(known.code, 0) << known.err;
  EXPECT_EQ(known.json()["encoder"], "texts.npz");
  EXPECT_EQ(known.json()["features"][0], json::array({0.0, 1.0}));
  EXPECT_NEAR(known.json()["features"][1][0].get<double>(), 0.6, 1e-6);
  const Outcome unknown = run({"encode", "--json", "--encoder", file, "--", "jump"});
  EXPECT_EQ(unknown.code, 1);
  EXPECT_THAT(unknown.err, AllOf(HasSubstr("texts.npz"), HasSubstr("\"jump\"")));
  const Outcome other = run({"classify", bundled("wave"), "--labels", "wave,clap", "--encoder", file});
  EXPECT_EQ(other.code, 1);
  EXPECT_THAT(other.err, AllOf(HasSubstr("all-MiniLM-L6-v2"), HasSubstr("texts.npz"))) << "the model needs another";
  EXPECT_THAT(run({"encode", "--encoder", "clip", "--", "x"}).err, HasSubstr("weights import FILE --vocab"));
}

TEST_F(CliWeights, AnInstalledClipEncodes) {
  PURLSCOPE_NEEDS_SHARED();
  const auto golden = shared_dir() / "golden" / "clip_text" / "weights.safetensors";
  const auto vocabulary = shared_dir() / "texts" / "bpe_simple_vocab_16e6.txt.gz";
  const Outcome imported = run({"weights", "import", golden.string(), "--vocab", vocabulary.string(), "--json"});
  ASSERT_EQ(imported.code, 0) << imported.err;
  EXPECT_EQ(imported.json()["kind"], "clip-text");
  EXPECT_EQ(imported.json()["name"], "clip");
  const json document = run({"encode", "--json", "--encoder", "clip", "--", "a person waves", ""}).json();
  EXPECT_EQ(document["encoder"], "clip");
  EXPECT_EQ(document["dim"], 48);
  double norm = 0;
  for (const json& value : document["features"][1]) norm += value.get<double>() * value.get<double>();
  EXPECT_NEAR(norm, 1.0, 1e-4);
}

TEST_F(CliWeights, AnEndpointIsOffUntilItIsNamed) {
  const Outcome off = run({"describe", "throw", "--source", "endpoint"});
  EXPECT_EQ(off.code, 1);
  EXPECT_THAT(off.err, HasSubstr("--endpoint URL"));
  const Outcome absent = run(
      {"describe", "throw", "--source", "endpoint", "--endpoint", "http://127.0.0.1:1/v1", "--endpoint-model", "tiny"});
  EXPECT_EQ(absent.code, 1);
  EXPECT_THAT(absent.err, HasSubstr("check that the server runs"));
}

TEST_F(CliWeights, TheUsersOwnDescriptionsComeBeforeTheNearestLabels) {
  const std::string row = "\tlook up\tmove arms\tlean back\tstep on\tstart it\tgo on\tstop it\tdo it all\n";
  dir.write("data/purlscope/descriptions.tsv",
            "label\thead\thands\ttorso\tlegs\tstart\tmiddle\tend\tglobal\nchuck a ball" + row);
  const json own = run({"describe", "chuck a ball"}).json();
  EXPECT_EQ(own["origin"]["head"], "endpoint");
  EXPECT_EQ(own["sentences"]["global"], "do it all");
}

}  // namespace
}  // namespace purlscope::test
