#pragma once

#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "models/structured/fit/problem.h"
#include "models/structured/kinematics/backwards.h"
#include "models/structured/model.h"
#include "models/structured/text/reversal.h"
#include "models/text/encoder.h"
#include "tests/models/structured/bodies.h"

namespace purlscope::test {

/// Texts to unit vectors by their words: each word has a fixed random vector, a text is their sum.
class WordEncoder final : public models::TextEncoder {
 public:
  static constexpr std::int64_t kDim = 32;
  std::string name() const override { return "words"; }
  std::string hash() const override { return "words-1"; }
  std::int64_t dim() const override { return kDim; }
  at::Tensor encode(std::span<const std::string> texts) override {
    at::Tensor out = at::zeros({static_cast<std::int64_t>(texts.size()), kDim});
    for (std::size_t i = 0; i < texts.size(); ++i) {
      at::Tensor row = out[static_cast<std::int64_t>(i)];
      std::string word;
      for (const char c : texts[i] + " ") {
        if (c != ' ') {
          word += c;
          continue;
        }
        add(word, row);
        word.clear();
      }
      row.div_(row.norm().clamp_min(1e-6));
    }
    return out;
  }

 private:
  static void add(const std::string& word, at::Tensor& row) {
    std::uint32_t seed = 2166136261U;  // FNV-1a
    for (const char c : word) seed = (seed ^ static_cast<unsigned char>(c)) * 16777619U;
    std::mt19937 generator(seed);
    for (std::int64_t k = 0; k < kDim; ++k) row[k] += static_cast<float>(generator()) / 2147483648.0F - 1.0F;
  }
};

inline core::Label label_of(const std::string& text, const std::string& hands, const std::string& legs) {
  core::Label label{text, {}};
  for (std::size_t i = 0; i < core::kSentenceCount; ++i) label.sentences[i].text = "the person does " + text;
  label.sentences[1].text = hands;
  label.sentences[3].text = legs;
  return label;
}

inline std::vector<core::Label> four_labels() {
  return {label_of("raise right hand", "the right hand moves up", "the legs stand still"),
          label_of("raise left hand", "the left hand moves up", "the legs stand still"),
          label_of("squat", "the hands hang down", "the knees bend and the hips go down"),
          label_of("walk", "the hands hang down", "the feet step forward one after the other")};
}

/// Some windows of each of four actions, each performed with another amplitude and a little noise.
inline models::structured::FeatureSet small_set(const std::string& source, std::uint32_t seed) {
  using namespace models::structured;
  static const std::vector<Animate> actions = {raise_right_hand, raise_left_hand, squat, walk};
  std::mt19937 generator(seed);
  const auto uniform = [&] { return static_cast<double>(generator()) / 4294967296.0; };
  FeatureSet out;
  out.source = source;
  std::vector<MotionFeatures> parts;
  std::vector<at::Tensor> played_backwards;
  for (std::size_t action = 0; action < actions.size(); ++action) {
    for (int sample = 0; sample < 6; ++sample) {
      const double amplitude = 0.7 + 0.6 * uniform();
      const core::Window window = window_of([&](double time, Pose& pose) {
        const Pose rest = pose;
        actions[action](time, pose);
        for (std::size_t j = 0; j < pose.size(); ++j) {
          for (std::size_t k = 0; k < 3; ++k) {
            const auto noise = static_cast<float>(0.004 * (uniform() - 0.5));
            pose[j][k] = rest[j][k] + static_cast<float>(amplitude) * (pose[j][k] - rest[j][k]) + noise;
          }
        }
      });
      const CanonicalMotion motion = steady_motion(window);  // the names tell sides
      parts.push_back(motion_features(motion));
      played_backwards.push_back(clip_measures_of(backwards(motion.motion)));
      out.label_of.push_back(static_cast<int>(action));
    }
  }
  out.features = concatenate(parts);
  out.backwards = at::cat(played_backwards);
  WordEncoder encoder;
  std::vector<core::Label> reversed;
  for (const core::Label& label : four_labels()) {
    out.labels.push_back(label.text);
    reversed.push_back(ReversalWords::bundled().reversed(label));
    out.reversed_labels.push_back(reversed.back().text);
  }
  out.texts = encode_labels(four_labels(), encoder);
  out.reversed_texts = encode_labels(reversed, encoder);
  return out;
}

/// A model trained on the four actions.
inline models::structured::Model small_model() {
  using namespace models::structured;
  WordEncoder encoder;
  const FeatureSet set = small_set("made", 1);
  Model model;
  model.name = "small";
  model.licence = "none";
  model.data = "made";
  model.card = "# Small";
  model.text_encoder = encoder.name();
  model.training = make_training_set({&set}, {{}}, encode_joint_phrases(encoder), model.options, 0);
  model.calibration = measure_spread(fit_closed_form(model.training, model.options), model.training.texts, {});
  return model;
}

}  // namespace purlscope::test
