#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace purlscope::core {

struct LabData;

/// What was evaluated, where the result itself does not say it.
struct EvaluationSetup {
  std::string path;         ///< folder of the data set
  std::string title;        ///< of the data set, for people
  std::size_t classes = 0;  ///< of the data set; 0 = not known
  std::string recordings;   ///< recording split, empty for none
  std::string model;        ///< folder of a trained model, empty = trained for the split
  std::string version;      ///< of the program
  std::string date;         ///< "2026-03-09 14:05"
};

/// A figure over seeds, as a fraction.
struct SeedFigure {
  double mean = 0, deviation = 0;
  std::size_t seeds = 0;
};

/// How often clips of each class were taken for each class, over all runs (seeds, and orders of a stream).
struct Confusion {
  std::vector<std::string> classes;
  std::vector<std::vector<std::size_t>> counts;  ///< [true][said]

  /// Decisions on clips of a class.
  std::size_t decisions(std::size_t truth) const;
  /// Share of a class's decisions, 0 where it has none.
  double share(std::size_t truth, std::size_t said) const;
};

/// What was said of every tested clip.
struct Predictions {
  std::vector<std::string> clips;                ///< files
  std::vector<std::size_t> truth;                ///< class of each
  std::vector<std::vector<std::size_t>> said;    ///< [run][clip]; runs are seeds, each with all its orders of a stream
  std::vector<std::vector<std::size_t>> before;  ///< [seed][clip] without refinement; empty where nothing refined
};

/// A class, counted over all runs.
struct ClassResult {
  std::string name;
  std::size_t clips = 0;
  std::size_t decisions = 0, right = 0;
  std::optional<double> before;  ///< share that was right without refinement

  double share() const { return decisions == 0 ? 0.0 : static_cast<double>(right) / static_cast<double>(decisions); }
};

/// What refinement on the stream of test clips did.
struct RefinementResult {
  std::string method;
  std::size_t orders = 0;  ///< of the stream, each seed
  SeedFigure before, rescored;
  double worst_gain = 0;
  std::size_t rollbacks = 0;
};

/// With seen and unseen classes as candidates.
struct GeneralisedResult {
  SeedFigure seen, unseen, harmonic;
};

/// A finished evaluation, as reports and the studio show it.
struct Evaluation {
  EvaluationSetup setup;
  std::string kind, split, method, backbone, text, protocol;
  std::string note;          ///< why the figure is no accuracy, or not zero-shot; may be empty
  SeedFigure accuracy;       ///< with refinement on arrival: before anything is learned from the clip
  double low = 0, high = 0;  ///< 95 % interval over draws of the clips
  std::size_t samples = 0;   ///< clips tested
  double seconds = 0;
  Confusion confusion;
  Predictions predictions;
  std::optional<RefinementResult> refinement;
  std::optional<GeneralisedResult> generalised;
  nlohmann::json settings;            ///< of the method, as it reports them
  std::vector<std::string> problems;  ///< of the recordings

  /// Right by chance alone: one of as many classes.
  double chance() const;
  std::vector<ClassResult> classes() const;
  /// Indices of the clips of a class that some run took for another (or, where both are the same, for their own).
  std::vector<std::size_t> clips_of(std::size_t truth, std::size_t said) const;
};

/// What the data tell, with the program's version and the present date (local time).
EvaluationSetup describe_setup(const LabData& data);

/// @param result  as Lab::evaluate() returns it
/// @throws Error{Code::bad_format} naming what is not as expected
Evaluation read_evaluation(const nlohmann::json& result, EvaluationSetup setup);

}  // namespace purlscope::core
