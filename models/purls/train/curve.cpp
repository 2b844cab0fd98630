#include "models/purls/train/curve.h"

#include <limits>
#include <string>

namespace purlscope::models::purls {
namespace {

using nlohmann::json;

json optional_to_json(const std::optional<double>& value) { return value ? json(*value) : json(); }

std::optional<double> optional_from_json(const json& value) {
  return value.is_null() ? std::nullopt : std::optional(value.get<double>());
}

/// JSON has no NaN: a loss that has run away is written as null.
double number(const json& value) {
  return value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>();
}

double loss_of(const core::TrainingPoint& point) {
  return point.held_loss.value_or(std::numeric_limits<double>::infinity());
}

}  // namespace

json curve_to_json(const Curve& curve) {
  json out = json::array();
  for (const core::TrainingPoint& point : curve) {
    out.push_back({{"stage", point.stage},
                   {"epoch", point.epoch},
                   {"epochs", point.epochs},
                   {"loss", point.loss},
                   {"seen_accuracy", point.seen_accuracy},
                   {"held_loss", optional_to_json(point.held_loss)},
                   {"held_accuracy", optional_to_json(point.held_accuracy)},
                   {"seconds", point.seconds}});
  }
  return out;
}

Curve curve_from_json(const json& value) {
  Curve curve;
  for (const json& entry : value.get<json::array_t>()) {
    core::TrainingPoint point;
    point.stage = entry.at("stage").get<std::string>();
    point.epoch = entry.at("epoch").get<int>();
    point.epochs = entry.at("epochs").get<int>();
    point.loss = number(entry.at("loss"));
    point.seen_accuracy = number(entry.at("seen_accuracy"));
    point.held_loss = optional_from_json(entry.at("held_loss"));
    point.held_accuracy = optional_from_json(entry.at("held_accuracy"));
    point.seconds = entry.at("seconds").get<double>();
    curve.push_back(std::move(point));
  }
  return curve;
}

std::int64_t best_epoch(const Curve& curve) {
  const core::TrainingPoint* best = nullptr;
  for (const core::TrainingPoint& point : curve) {
    if (!point.held_accuracy) continue;
    const bool gains = best == nullptr || *point.held_accuracy > *best->held_accuracy ||
                       (*point.held_accuracy == *best->held_accuracy && loss_of(point) < loss_of(*best));
    if (gains) best = &point;
  }
  return best == nullptr ? 0 : best->epoch;
}

}  // namespace purlscope::models::purls
