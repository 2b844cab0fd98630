#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "models/evaluation/deletion.h"
#include "models/evaluation/method.h"
#include "models/purls/train/trainer.h"
#include "models/text/encoder.h"

namespace purlscope::models::purls {

/// PURLS as evaluation sees it: trained afresh by every fit, or a trained model that is tested as it is.
class PurlsMethod : public ZeroShotMethod, public NodeMethod, public RefinableMethod {
 public:
  /// @param backbones folder of trained backbones shared by runs, see TrainingPlan @param encoder outlives the method
  /// @throws Error{Code::unsupported} for a device that this machine does not have
  PurlsMethod(Config config, std::filesystem::path backbones, TextEncoder& encoder);
  /// @param backbone that the model must have; empty = any @param device that it computes on
  /// @throws Error when the model cannot be read or was trained with another text encoder or backbone
  PurlsMethod(const std::filesystem::path& model, const std::string& backbone, at::Device device, TextEncoder& encoder);

  /// @throws Error{Code::bad_argument} also when the given model was trained on a class that is unseen, or on one of
  ///         its meaning
  void fit(const core::LabData& training, std::uint64_t seed, const core::ProgressFn& progress,
           std::stop_token stop) override;
  at::Tensor scores(std::span<const core::ClipPtr> clips, std::span<const core::Label> candidates,
                    std::stop_token stop) override;
  at::Tensor published_scores(std::span<const core::ClipPtr> clips, std::span<const core::Label> candidates,
                              std::span<const std::int64_t> truth, std::stop_token stop) override;
  nlohmann::json facts() const override;

  NodeRanks ranks(std::span<const core::ClipPtr> clips, std::span<const core::Label> candidates,
                  std::stop_token stop) override;
  /// A node that is taken out becomes the mean node of the seen clips.
  at::Tensor scores_of_nodes(std::span<const core::ClipPtr> clips, std::span<const core::Label> candidates,
                             const at::Tensor& kept, std::stop_token stop) override;

  std::shared_ptr<const refinement::Scorer> scorer(std::span<const core::Label> candidates,
                                                   std::stop_token stop) override;
  at::Tensor refinable_features(std::span<const core::ClipPtr> clips) override;

 protected:
  /// @param nodes [N, S, n] of the clips that can be used @param texts [C, 8, m] @param rows [N] their places among all
  /// @return [N, C, 8]
  using Similarities =
      std::function<at::Tensor(const at::Tensor& nodes, const at::Tensor& texts, const at::Tensor& rows)>;

  const PurlsModel& model() const { return trained_ ? trained_->model : *given_; }
  at::Tensor scores_by(std::span<const core::ClipPtr> clips, std::span<const core::Label> candidates,
                       const Similarities& similarities, const std::stop_token& stop);
  /// Notes for facts() that true labels were used. @return them, [clips]
  at::Tensor as_published(std::span<const std::int64_t> truth);

 private:
  at::Tensor nodes_of(std::span<const core::ClipPtr> clips);

  Config config_;
  std::filesystem::path backbones_;
  at::Device device_;
  TextEncoder& encoder_;
  std::optional<PurlsModel> given_;
  std::optional<TrainedModel> trained_;
  std::string text_source_;
  bool published_ = false;
  MotionStore motions_;
};

}  // namespace purlscope::models::purls
