#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/layout.h"
#include "models/purls/model/config.h"
#include "models/purls/model/pretrained.h"
#include "models/purls/net/classifier.h"
#include "models/purls/net/head.h"

namespace purlscope::models::purls {

/// A class that a model was trained on.
struct TrainedClass {
  std::string dataset;  ///< kind of the set: "utd-mhad"
  int index = 0;        ///< in the class order of the set
  std::string label;
};

/// Where a model comes from: enough to tell what it may be tested on.
struct Provenance {
  std::string name;                   ///< "purls-utd-mhad-ru5-seed0"
  std::string dataset, split;         ///< target set and split it was trained for
  std::vector<std::string> unseen;    ///< classes of the target kept out of training
  std::vector<TrainedClass> classes;  ///< everything it was trained on
  std::string text_encoder, text_encoder_hash;
  std::uint64_t seed = 0;
  Pretrained pretrained;  ///< what the backbone knew before; none where it was trained for this model
};

/// How scores become probabilities: softmax(score / temperature) over the labels and a constant `none_score`.
struct Calibration {
  double temperature = 0.1;
  double none_score = 0;
};

/// A trained PURLS model: backbone, head, and what both were centred on. Its networks lie on one device, the processor
/// at first. What its functions are given may lie anywhere; they compute on the device, and what they return lies on
/// the processor unless they say otherwise.
struct PurlsModel {
  Config config;
  Provenance provenance;
  Calibration calibration;
  std::shared_ptr<const core::JointLayout> layout;
  std::shared_ptr<backbones::Backbone> backbone;
  std::shared_ptr<SeenClassifier> classifier;  ///< the backbone with the classifiers that train it
  std::shared_ptr<PurlsHead> head;
  at::Tensor text_mean;        ///< [8, m] mean sentence features of the seen classes
  at::Tensor node_mean;        ///< [S, n] mean nodes of the seen clips: where integrated gradients start
  std::string card;            ///< Markdown
  std::filesystem::path file;  ///< where it was read, empty for a new one

  at::Device device() const { return device_; }
  /// Moves both networks. Thread: none may use the model meanwhile.
  void move_to(at::Device device);

  /// Unit-norm nodes of canonical motions. @param motions [N, 64, J, 3] @return [N, S, n], joint fastest
  at::Tensor nodes(const at::Tensor& motions) const;
  /// What nodes hold, handed on to the joints that they are made of (backbones::Backbone::joint_shares()), so that sums
  /// stay. @param values [..., S] @param motion [64, J, 3] @return [..., T' * J], joint fastest
  at::Tensor on_joints(const at::Tensor& values, const at::Tensor& motion) const;
  /// Queries and targets for labels. @return [C, 8, m] unit norm
  at::Tensor texts(std::span<const core::Label> labels, TextEncoder& encoder) const;
  /// Weight of each level in the score, [8]: 1/8 each, or the global one alone; on the device.
  at::Tensor level_shares() const;
  /// Sentences that ask for each candidate: its own; or class-agnostic ones: the seen mean where the head was trained
  /// on that, else the mean over the candidates. @param texts [C, 8, m] @return [C, 8, m], on the device of the texts
  at::Tensor queries(const at::Tensor& texts) const;

  /// Leak-free similarities: takes no label of a sample. @param nodes [N, S, n] @param texts [C, 8, m]
  /// @return [N, C, 8]
  at::Tensor similarities(const at::Tensor& nodes, const at::Tensor& texts) const;
  /// What the nodes answer to each label's sentences, on the scale of the text vectors. @return [N, C, 8, m]
  at::Tensor said(const at::Tensor& nodes, const at::Tensor& texts) const;
  /// The published protocol: sample i is asked with the sentences of its TRUE label `truth[i]`. A leak, kept for
  /// comparison alone. @return [N, C, 8]
  at::Tensor published_similarities(const at::Tensor& nodes, const at::Tensor& texts, const at::Tensor& truth) const;
  /// The one query set of class-agnostic training, the normalised seen mean, [1, 8, m].
  at::Tensor agnostic_query() const;
  /// @param similarities [N, C, 8] @return scores [N, C], on the device of the similarities
  at::Tensor scores(const at::Tensor& similarities) const;

 private:
  at::Device device_ = at::kCPU;
};

/// An untrained model with all its parts, in evaluation mode.
/// @param classes_per_set seen classes of each training set
PurlsModel make_model(const Config& config, const std::vector<std::int64_t>& classes_per_set);

/// Writes a safetensors file with metadata `architecture` "purls". @throws Error{Code::io}
void save_model(const PurlsModel& model, const std::filesystem::path& file);

/// @throws Error{Code::not_found, Code::bad_format, Code::shape_mismatch} naming the file and what is wrong with it
PurlsModel load_model(const std::filesystem::path& path);

/// @throws Error{Code::bad_format} naming the model's file when the encoder is not the one that it was trained with
void expect_encoder(const PurlsModel& model, const TextEncoder& encoder);

}  // namespace purlscope::models::purls
