#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace purlscope::models::baselines {

/// Reads the settings of one method from its `--config`: each is asked for by name, with its default and its range, and
/// finish() refuses what nobody asked for.
class Settings {
 public:
  /// @param config an object, or null for all defaults @throws Error{Code::bad_argument} for anything else
  Settings(std::string method, const nlohmann::json& config);

  /// @throws Error{Code::bad_argument} naming key, found and expected
  double number(const char* key, double fallback, double low, double high);
  std::int64_t count(const char* key, std::int64_t fallback, std::int64_t low, std::int64_t high);
  bool flag(const char* key, bool fallback);
  std::string choice(const char* key, const char* fallback, const std::vector<std::string>& known);

  /// @return every setting that was asked for, with its value @throws Error{Code::bad_argument} naming an unknown key
  ///         and the known ones
  nlohmann::json finish() const;

 private:
  const nlohmann::json* find(const char* key) const;
  [[noreturn]] void refuse(const char* key, const nlohmann::json& found, const std::string& expected) const;

  std::string method_;
  nlohmann::json config_, used_;
};

/// How long and how fast a method learns. Defaults are the published figures; on sets of some hundred clips as many
/// steps would only take time, so `speed_up` times fewer are made at a rate `speed_up` times as high (Adam's way is
/// rate x steps). `speed_up` 1 trains as published.
struct Schedule {
  std::int64_t steps = 1;       ///< `steps`: batches, of the published training
  std::int64_t batch = 64;      ///< `batch`: clips, all of them where there are fewer
  double learning_rate = 1e-4;  ///< `learning_rate`: of Adam
  double speed_up = 1;          ///< `speed_up`

  /// All four settings.
  static Schedule read(Settings& settings, const Schedule& fallback);
  /// All but `steps`.
  static Schedule read_pace(Settings& settings, const Schedule& fallback);
  std::int64_t steps_made() const;
  double rate_used() const { return learning_rate * speed_up; }
};

}  // namespace purlscope::models::baselines
