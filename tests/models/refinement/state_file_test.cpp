#include "models/refinement/state_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "core/base/error.h"
#include "core/base/safetensors.h"
#include "tests/models/refinement/fake_scorer.h"
#include "tests/support/throws_error.h"

namespace purlscope::models::refinement {
namespace {

using test::Blobs;
using ::testing::AllOf;
using ::testing::HasSubstr;

class RefinementStateFile : public testing::Test {
 protected:
  ~RefinementStateFile() override { std::filesystem::remove(file_); }

  static core::LabelSet labels(const std::string& of_wave = "the hand moves") {
    core::LabelSet out;
    for (const char* name : {"wave", "kick"}) {
      core::Label label;
      label.text = name;
      label.sentences[0].text = std::string(name) == "wave" ? of_wave : "the leg swings";
      out.labels.push_back(label);
    }
    return out;
  }
  /// The file holds what twenty windows of the stream have taught.
  Blobs save_a_stream() const {
    Blobs blobs(20);
    Refiner saved{Options{}};
    saved.set_scorer(blobs.scorer);
    for (std::int64_t i = 0; i < 20; ++i) saved.observe(blobs.window(i));
    save_state(saved, identity(), file_);
    return blobs;
  }
  static Identity identity() { return identity_of("model", "encoder", "hash", labels()); }

  std::filesystem::path file_ =
      std::filesystem::temp_directory_path() /
      (std::string("purlscope_") + testing::UnitTest::GetInstance()->current_test_info()->name() + ".safetensors");
};

TEST_F(RefinementStateFile, GoesOnWhereItWasSaved) {
  for (const char* method : {"em", "scale-shift", "normalisation"}) {
    SCOPED_TRACE(method);
    const Blobs blobs(80);
    Options options;
    options.method = method;
    options.weight = 3;
    Refiner saved(options);
    saved.set_scorer(blobs.scorer);
    for (std::int64_t i = 0; i < 40; ++i) saved.observe(blobs.window(i, true));
    save_state(saved, identity(), file_);
    Refiner loaded = load_state(file_, identity(), blobs.scorer);
    EXPECT_EQ(loaded.options(), options);
    EXPECT_EQ(loaded.state().bank.size(), saved.state().bank.size());
    EXPECT_EQ(loaded.state().steps, saved.state().steps);
    for (std::int64_t i = 40; i < 80; ++i) {
      saved.observe(blobs.window(i, true));
      loaded.observe(blobs.window(i, true));
    }
    const Observation window = blobs.window(3, true);
    const auto total = [&](const Refiner& refiner) {
      return refiner.refined().corrections(window.features, window.evidence).total(window.evidence.scores);
    };
    EXPECT_TRUE(at::allclose(total(loaded), total(saved), 1e-4, 1e-5));
  }
}

TEST_F(RefinementStateFile, AnotherIdentityIsRefusedInWords) {
  const Blobs blobs = save_a_stream();
  core::LabelSet other = labels();
  other.labels[1].text = "jump";
  const struct {
    Identity now;
    std::string words;
  } cases[] = {{identity_of("model", "encoder", "hash", other), "wave, jump"},
               {identity_of("model", "encoder", "hash", labels("both hands move")), "sentences of 'wave'"},
               {identity_of("model", "clip", "hash", labels()), "text encoder 'encoder', now 'clip'"},
               {identity_of("another", "encoder", "hash", labels()), "now 'another' is open"}};
  for (const auto& bad : cases) {
    EXPECT_THAT([&] { load_state(file_, bad.now, blobs.scorer); },
                test::ThrowsError(Code::unsupported, AllOf(HasSubstr(file_.string()), HasSubstr(bad.words))));
  }
}

TEST_F(RefinementStateFile, OtherAndDamagedFilesAreRefused) {
  const Blobs blobs(20);
  std::ofstream(file_) << "no tensors";
  EXPECT_THAT([&] { load_state(file_, identity(), blobs.scorer); },
              test::ThrowsError(Code::bad_format, HasSubstr(file_.string())));
  core::save_safetensors(file_, {}, {{"architecture", "structured"}, {"version", "1"}});
  EXPECT_THAT([&] { load_state(file_, identity(), blobs.scorer); },
              test::ThrowsError(Code::unsupported, HasSubstr("architecture structured")));
  core::save_safetensors(file_, {},
                         {{"architecture", "refinement"}, {"version", "1"}, {"refinement", "{\"options\": 3}"}});
  EXPECT_THAT([&] { load_state(file_, identity(), blobs.scorer); },
              test::ThrowsError(Code::bad_format, HasSubstr("damaged")));
}

TEST_F(RefinementStateFile, ABankThatIsShorterThanItsListIsRefused) {
  const Blobs blobs = save_a_stream();
  const core::SafeTensors read = core::SafeTensors::open(file_);
  std::map<std::string, core::SafeTensorOut> tensors;
  for (const auto& [name, tensor] : read.tensors()) {
    std::vector<std::int64_t> shape = tensor.shape;
    if (name == "bank.features") --shape[0];
    std::vector<float> values = read.floats(name);
    std::int64_t size = 1;
    for (const std::int64_t extent : shape) size *= extent;
    values.resize(static_cast<std::size_t>(size));
    tensors[name] = core::to_safetensor(values, shape);
  }
  core::save_safetensors(file_, tensors, read.metadata());
  EXPECT_THAT([&] { load_state(file_, identity(), blobs.scorer); },
              test::ThrowsError(Code::shape_mismatch, HasSubstr("bank.features")));
}

}  // namespace
}  // namespace purlscope::models::refinement
