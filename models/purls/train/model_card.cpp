#include "models/purls/train/model_card.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>

namespace purlscope::models::purls {
namespace {

const char* objective_text(Objective objective) {
  switch (objective) {
    case Objective::per_candidate:
      return "per candidate: every seen class asks with its own sentences";
    case Objective::paper:
      return "equation 3 of the paper: the true class asks";
    case Objective::official:
      return "the official code's batch contrast: the true class asks";
    case Objective::class_agnostic:
      return "the mean of the seen classes' sentences asks";
  }
  return "";
}

/// Which epochs' weights were kept.
std::string kept_text(const TrainedModel& trained) {
  std::string text;
  const auto add = [&](const char* name, const StageReport& report, Keep keep) {
    if (report.curve.empty()) return;
    const core::TrainingPoint& kept = report.curve.at(static_cast<std::size_t>(report.kept - 1));
    text += fmt::format("- {}: epoch {} of {}", name, report.kept, report.epochs);
    if (keep == Keep::best && kept.held_accuracy) {
      text += fmt::format(", the best on seen clips kept out of training ({:.1f} % right)", 100 * *kept.held_accuracy);
    }
    text += "\n";
  };
  add("Backbone", trained.backbone, trained.model.config.backbone_fit.keep);
  add("Head", trained.head, trained.model.config.head_fit.keep);
  return text;
}

}  // namespace

std::string model_card(const core::LabData& data, const TrainedModel& trained) {
  const Provenance& origin = trained.model.provenance;
  std::map<std::string, std::vector<std::string>> classes;
  for (const auto& entry : origin.classes) classes[entry.dataset].push_back(entry.label);
  std::string card = fmt::format(
      "# {}\n\nZero-shot skeleton recogniser: the backbone {} (layout {}) and the PURLS head (Zhu et al., CVPR "
      "2024).\n\n"
      "- Texts: {} (eight sentences a label, from {})\n- Head trained by: {}\n- Seed: {}\n- Computed on: {}\n"
      "- Seen loss {:.3f}; {:.1f} % of seen clips right in training\n",
      origin.name, trained.model.config.backbone_name, trained.model.layout->id, origin.text_encoder,
      data.target.text_source, objective_text(trained.model.config.objective), origin.seed,
      trained.model.device().str(), trained.head.loss, 100 * trained.head.accuracy);
  card += kept_text(trained);
  if (!origin.pretrained.none()) card += fmt::format("- Not zero-shot: {}\n", origin.pretrained.reason());
  if (trained.held_clips > 0) {
    card += fmt::format("- {:.1f} % of {} seen clips kept out of training right, among all {} seen classes\n",
                        100 * trained.held_accuracy, trained.held_clips, origin.classes.size());
  }
  card += fmt::format(
      "- Probabilities: temperature {:.4f}, none of these {:.4f}, both fitted on seen classes alone: on new classes "
      "they "
      "are too sure\n\n## Classes kept out of training (split {})\n\n{}\n",
      trained.model.calibration.temperature, trained.model.calibration.none_score, origin.split,
      fmt::join(origin.unseen, ", "));
  for (const auto& [dataset, labels] : classes) {
    card += fmt::format("\n## Trained on {} ({} classes)\n\n{}\n", dataset, labels.size(), fmt::join(labels, ", "));
  }
  return card + "\nThe recordings' licences bind the use of these weights: see the data sets named above.\n";
}

}  // namespace purlscope::models::purls
