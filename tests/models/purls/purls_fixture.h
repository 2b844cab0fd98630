#pragma once

#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cmath>
#include <filesystem>
#include <memory>
#include <numbers>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/layout.h"
#include "core/engine/lab.h"
#include "models/purls/model/config.h"
#include "models/text/encoder.h"

namespace purlscope::test {

/// Text features without weights: a text's words are hashed to signs, so that texts sharing words are alike.
class WordHashEncoder final : public models::TextEncoder {
 public:
  std::string name() const override { return "word-hash"; }
  std::string hash() const override { return "word-hash-32"; }
  std::int64_t dim() const override { return kDim; }
  at::Tensor encode(std::span<const std::string> texts) override {
    at::Tensor rows = at::zeros({static_cast<std::int64_t>(texts.size()), kDim});
    for (std::size_t i = 0; i < texts.size(); ++i) add_words(texts[i], rows.data_ptr<float>() + i * kDim);
    return rows / rows.norm(2, -1, true).clamp_min(1e-9);
  }

 private:
  static constexpr std::int64_t kDim = 32;

  static void add_words(const std::string& text, float* row) {
    std::size_t begin = 0;
    while (begin < text.size()) {
      const std::size_t end = std::min(text.find(' ', begin), text.size());
      std::uint64_t state = 1469598103934665603ULL;  // FNV-1a
      for (std::size_t i = begin; i < end; ++i)
        state = (state ^ static_cast<unsigned char>(text[i])) * 1099511628211ULL;
      for (std::int64_t k = 0; k < kDim; ++k) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        row[k] += (state >> 63) != 0 ? 1.0F : -1.0F;
      }
      begin = end + 1;
    }
  }
};

/// A standing kinect20 body. Metres, y up.
inline std::array<core::Vec3, 20> standing_body() {
  return {{{0, 0.9F, 2},      {0, 1.1F, 2},      {0, 1.4F, 2},      {0, 1.6F, 2},      {-0.2F, 1.35F, 2},
           {-0.25F, 1.1F, 2}, {-0.25F, 0.9F, 2}, {-0.25F, 0.8F, 2}, {0.2F, 1.35F, 2},  {0.25F, 1.1F, 2},
           {0.25F, 0.9F, 2},  {0.25F, 0.8F, 2},  {-0.1F, 0.85F, 2}, {-0.12F, 0.5F, 2}, {-0.12F, 0.1F, 2},
           {-0.12F, 0, 1.9F}, {0.1F, 0.85F, 2},  {0.12F, 0.5F, 2},  {0.12F, 0.1F, 2},  {0.12F, 0, 1.9F}}};
}

/// A made-up recording: one joint chain swings. Classes differ in the chain and in the axis of the swing.
/// @param index class, 0 to 5: {right hand, left hand, right foot} x {up and down, to the side}
inline core::ClipPtr swing_clip(int index, int repetition) {
  constexpr std::size_t kFrames = 40, kJoints = 20;
  constexpr std::array<std::array<std::size_t, 3>, 3> kChains = {{{9, 10, 11}, {5, 6, 7}, {17, 18, 19}}};
  auto clip = std::make_shared<core::Clip>();
  clip->name = "swing_" + std::to_string(index) + "_" + std::to_string(repetition);
  clip->format = "made";
  clip->layout = core::joint_layout("kinect20");
  clip->frames = kFrames;
  clip->fps = 30.0;
  clip->label_index = index;
  core::Person person;
  person.id = "0";
  const auto body = standing_body();
  const auto& chain = kChains[static_cast<std::size_t>(index) % 3];
  const std::size_t axis = index < 3 ? 1 : 0;
  for (std::size_t t = 0; t < kFrames; ++t) {
    clip->times.push_back(static_cast<double>(t) / 30.0);
    auto pose = body;
    const double phase = 2 * std::numbers::pi * (static_cast<double>(t) / 20.0 + 0.13 * repetition);
    const auto swing = static_cast<float>((0.25 + 0.02 * repetition) * (1 - std::cos(phase)) / 2);
    for (std::size_t i = 0; i < chain.size(); ++i) pose[chain[i]][axis] += swing * static_cast<float>(i + 1);
    for (const auto& joint : pose) person.joints.push_back(joint);
  }
  person.state.assign(kFrames * kJoints, core::JointState::given);
  clip->persons.push_back(std::move(person));
  return clip;
}

inline core::Label swing_label(int index) {
  constexpr std::array<const char*, 3> kParts = {"right hand", "left hand", "right foot"};
  const std::string part = kParts[static_cast<std::size_t>(index) % 3];
  const std::string way = index < 3 ? "up and down" : "to the side";
  core::Label label;
  label.text = "swing the " + part + " " + way;
  for (std::size_t level = 0; level < core::kSentenceCount; ++level) {
    label.sentences[level].text = std::string(core::kSentences[level]) + " the " + part + " moves " + way;
  }
  return label;
}

/// Six classes of made-up clips; the last two classes are unseen.
inline core::LabData swing_data(int repetitions) {
  core::LabData data;
  data.target.kind = "swings";
  data.target.path = "swings";
  data.target.text_source = "made";
  data.split = "last2";
  data.unseen = {4, 5};
  for (int index = 0; index < 6; ++index) {
    data.target.labels.push_back(swing_label(index));
    data.target.classes.push_back(data.target.labels.back().text);
    for (int r = 0; r < repetitions; ++r) data.target.clips.push_back(swing_clip(index, r));
  }
  return data;
}

/// Why a configuration is refused; "accepted" for one that is not.
inline std::string config_refusal(const nlohmann::json& config) {
  try {
    models::purls::Config::parse(config);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::bad_argument);
    return error.what();
  }
  return "accepted";
}

/// A training that takes a second: small networks, few epochs, on the processor, where runs are equal bit by bit.
inline nlohmann::json tiny_config() {
  return {{"backbone", {{"widths", {8, 12}}, {"strides", {2, 2}}, {"frames", 16}, {"epochs", 3}, {"batch", 8}}},
          {"head", {{"hidden", 16}, {"key_dim", 8}, {"epochs", 3}, {"batch", 8}}},
          {"device", "cpu"},
          {"validation", 0.25}};
}

/// A new folder of the test's own, removed with it.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(const std::string& name)
      : path_(std::filesystem::temp_directory_path() / ("purlscope_" + name + "_" + std::to_string(::getpid()))) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace purlscope::test
