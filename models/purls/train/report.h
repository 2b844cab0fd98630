#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "models/evaluation/tally.h"
#include "models/purls/train/trainer.h"

namespace purlscope::models::purls {

/// Collects predictions of several seeds into the JSON of `purlscope evaluate`.
class EvaluationReport {
 public:
  EvaluationReport(const core::LabData& data, const TestSet& test);
  /// @param predicted class of each test clip @param model that made them
  void add_seed(const std::vector<std::int64_t>& predicted, const PurlsModel& model);
  nlohmann::json to_json(const std::string& protocol, const std::string& text_encoder, double seconds) const;

 private:
  const core::LabData& data_;
  Tally tally_;
  nlohmann::json config_;  ///< of the last model
};

/// The model card that travels with the weights, Markdown.
std::string model_card(const core::LabData& data, const TrainedModel& trained);

}  // namespace purlscope::models::purls
