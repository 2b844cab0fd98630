#include "models/evaluation/zero_shot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/base/error.h"
#include "core/base/stopwatch.h"
#include "models/evaluation/deletion.h"
#include "models/evaluation/folds.h"
#include "models/evaluation/generalised.h"
#include "models/evaluation/robustness.h"
#include "models/evaluation/scoring.h"
#include "models/evaluation/statistics.h"
#include "models/evaluation/stream.h"
#include "models/evaluation/tally.h"

namespace purlscope::models {
namespace {

constexpr const char* kTestClips = "the unseen classes";

void check_split(const core::LabData& data) {
  if (data.unseen.empty()) throw Error(Code::bad_argument, fmt::format("split {} has no unseen class", data.split));
  for (const int label : data.unseen) {
    if (label >= 0 && static_cast<std::size_t>(label) < data.target.labels.size()) continue;
    throw Error(Code::bad_argument, fmt::format("split {}: class {} does not exist, the data set has {}", data.split,
                                                label, data.target.labels.size()));
  }
}

/// Calibration under a temperature that comes from seen classes which the method was made not to know.
class CalibrationTest {
 public:
  explicit CalibrationTest(const core::LabData& data) : data_(data) {}

  /// @param test scores of the unseen classes' clips by the method as fitted on all seen classes
  void add_seed(ZeroShotMethod& method, const UsableScores& test, std::uint64_t seed, const core::ProgressFn& progress,
                const std::stop_token& stop) {
    const std::vector<int> seen = seen_classes(data_);
    const std::size_t count = std::min(data_.unseen.size(), seen.size() / 2);
    const std::vector<int> pretended = draw(seen, std::max<std::size_t>(2, count), seed);
    const core::LabData training = training_data(data_);
    method.fit(training_data(with_unseen(training, pretended)), seed, progress, stop);
    const UsableScores held = score_usable(method, clips_of(training.target, pretended, false),
                                           labels_of(data_.target, pretended), "the classes held out", stop);
    temperatures_.push_back(fit_temperature(held.scores, held.truth));
    errors_.push_back(calibration_error((test.scores / temperatures_.back()).softmax(1), test.truth));
  }

  nlohmann::json to_json() const { return {{"error", mean_and_deviation(errors_)}, {"temperature", temperatures_}}; }

 private:
  const core::LabData& data_;
  std::vector<double> temperatures_, errors_;
};

/// One evaluation, seed by seed.
class Evaluation {
 public:
  Evaluation(const core::LabData& data, const core::EvaluateOptions& options, ZeroShotMethod& method,
             const core::ProgressFn& progress, std::stop_token stop)
      : data_(data),
        options_(options),
        method_(method),
        progress_(progress),
        stop_(std::move(stop)),
        test_(clips_of(data.target, data.unseen, options.count_repeats)),
        candidates_(labels_of(data.target, data.unseen)),
        training_(training_data(data)) {
    if (options.generalised) generalised_.emplace(data);
    if (options.calibration) calibration_.emplace(data);
    if (options.faithfulness) deletion_.emplace();
    if (options.orders > 0) stream_.emplace(refinement::options_from_json(options.refinement), options.orders);
    if (!options.disturbances.empty()) robustness_.emplace(test_, options.disturbances);
  }

  void run() {
    const int seeds = options_.model.empty() ? options_.seeds : 1;
    for (int seed = 0; seed < seeds; ++seed) {
      const auto share = [&](double inside) { return (seed + inside) / seeds; };
      const std::string remark = fmt::format("seed {} of {}", seed + 1, seeds);
      const bool more = generalised_ || calibration_;
      const auto part = [&](double begin, double end) { return part_of(progress_, share(begin), share(end), remark); };
      const auto number = static_cast<std::uint64_t>(seed);
      method_.fit(training_, number, part(0, more ? 0.4 : 1), stop_);
      const UsableScores scores = score_test();
      stream_ ? count_stream(scores, number) : count(scores);
      if (deletion_) test_deletion(scores);
      if (robustness_) robustness_->add_seed(method_, candidates_, stop_);
      if (calibration_) calibration_->add_seed(method_, scores, number, part(0.4, 0.6), stop_);
      if (generalised_) generalised_->add_seed(method_, number, part(0.6, 1), stop_);
    }
  }

  nlohmann::json report() const {
    nlohmann::json out = tally_->to_json();
    out.update({{"dataset", data_.target.kind},
                {"split", data_.split},
                {"protocol", options_.protocol},
                {"count_repeats", options_.count_repeats},
                {"wordings", wordings()},
                {"zero_shot", true},
                {"problems", data_.target.problems}});
    for (const core::ClipSet& other : data_.others) {
      for (const std::string& problem : other.problems) out["problems"].push_back(problem);
    }
    out["left_out"] = left_out();
    out.update(method_.facts());
    if (stream_) {
      out["accuracy"].update(mean_and_deviation(stream_->on_arrival()));
      out["stream"] = stream_->to_json();
    }
    if (generalised_) out["gzsl"] = generalised_->to_json();
    if (calibration_) out["calibration"] = calibration_->to_json();
    if (deletion_) out["faithfulness"] = deletion_->to_json();
    if (robustness_) out["robustness"] = robustness_->to_json();
    if (options_.protocol == kPublished) {
      out["note"] =
          "The true label's sentences guided the attention, as in the published code: a leak, not an accuracy";
    }
    return out;
  }

 private:
  UsableScores score_test() {
    if (test_.clips.empty()) {
      throw Error(Code::bad_argument, fmt::format("split {}: no clip of its classes", data_.split));
    }
    const at::Tensor scores = options_.protocol == kPublished
                                  ? method_.published_scores(test_.clips, candidates_, test_.truth, stop_)
                                  : method_.scores(test_.clips, candidates_, stop_);
    return keep_usable(scores, test_.truth, kTestClips);
  }

  /// Wordings of each sentence of the classes.
  std::size_t wordings() const { return data_.target.labels.front().wordings(); }

  /// Classes of the further training sets that were not learned from, because they mean the same as an unseen class.
  nlohmann::json left_out() const {
    nlohmann::json out = nlohmann::json::array();
    for (const auto& [set, label] : data_.left_out) {
      const core::ClipSet& other = data_.others.at(set);
      out.push_back({{"dataset", other.kind}, {"class", other.labels.at(static_cast<std::size_t>(label)).text}});
    }
    return out;
  }

  static std::vector<std::int64_t> values(const at::Tensor& tensor) {
    const at::Tensor flat = tensor.contiguous();
    const auto* data = flat.const_data_ptr<std::int64_t>();
    return {data, data + flat.numel()};
  }

  Tally& tally(const UsableScores& scores) {
    if (!tally_) {
      std::vector<std::string> names;
      for (const core::Label& label : candidates_) names.push_back(label.text);
      TestedClips clips{{}, values(scores.truth)};
      for (const core::ClipPtr& clip : usable_clips(scores)) clips.places.push_back(clip->place());
      tally_.emplace(names, std::move(clips));
    }
    return *tally_;
  }

  void count(const UsableScores& scores) { tally(scores).add_seed(values(scores.scores.argmax(1))); }

  void count_stream(const UsableScores& scores, std::uint64_t seed) {
    auto* refinable = dynamic_cast<RefinableMethod*>(&method_);
    if (refinable == nullptr) {
      throw Error(Code::bad_argument, "a stream needs a method that can be refined: structured, purls or dynapurls");
    }
    tally(scores).add_before(values(scores.scores.argmax(1)));
    const auto orders = stream_->add_seed(*refinable, usable_clips(scores), candidates_, scores.truth, seed, stop_);
    for (const std::vector<std::int64_t>& predicted : orders) tally(scores).add_seed(predicted);
  }

  std::vector<core::ClipPtr> usable_clips(const UsableScores& scores) const {
    std::vector<core::ClipPtr> clips;
    for (const std::int64_t row : values(scores.rows)) clips.push_back(test_.clips[static_cast<std::size_t>(row)]);
    return clips;
  }

  void test_deletion(const UsableScores& scores) {
    auto* nodes = dynamic_cast<NodeMethod*>(&method_);
    if (nodes == nullptr) {
      throw Error(Code::bad_argument, "the deletion test needs a method with nodes: structured or purls");
    }
    deletion_->add_seed(*nodes, usable_clips(scores), candidates_, scores.truth, stop_);
  }

  const core::LabData& data_;
  const core::EvaluateOptions& options_;
  ZeroShotMethod& method_;
  const core::ProgressFn& progress_;
  std::stop_token stop_;
  LabelledClips test_;
  std::vector<core::Label> candidates_;
  core::LabData training_;
  std::optional<Tally> tally_;
  std::optional<GeneralisedEvaluation> generalised_;
  std::optional<CalibrationTest> calibration_;
  std::optional<DeletionTest> deletion_;
  std::optional<RobustnessTest> robustness_;
  std::optional<StreamTest> stream_;
};

}  // namespace

void check_evaluation(const core::EvaluateOptions& options) {
  if (options.protocol != kPublished && options.protocol != kLeakFree) {
    throw Error(Code::bad_argument,
                fmt::format("unknown protocol '{}': expected '{}' or '{}'", options.protocol, kLeakFree, kPublished));
  }
  if (options.seeds < 1) {
    throw Error(Code::bad_argument, fmt::format("seeds: found {}, expected 1 or more", options.seeds));
  }
  if (options.orders < 0) {
    throw Error(Code::bad_argument, fmt::format("orders: found {}, expected 1 or more", options.orders));
  }
  refinement::options_from_json(options.refinement);
  if (options.orders == 0 && !options.refinement.is_null()) {
    throw Error(Code::bad_argument, "a refinement needs a stream to learn from: ask for the stream as well");
  }
  const bool extras = options.orders > 0 || options.generalised || options.calibration || options.faithfulness ||
                      !options.disturbances.empty();
  if (options.protocol == kPublished && extras) {
    throw Error(Code::bad_argument,
                "protocol published measures accuracy alone: what else can be asked for is measured leak-free");
  }
  if (options.model.empty() || (!options.generalised && !options.calibration)) return;
  throw Error(Code::bad_argument,
              "a trained model has learned from every clip of its seen classes, so none is left to test them on: leave "
              "the model out, and one is trained for each seed");
}

nlohmann::json evaluate_zero_shot(const core::LabData& data, const core::EvaluateOptions& options,
                                  ZeroShotMethod& method, const core::ProgressFn& progress, std::stop_token stop) {
  const core::Stopwatch watch;
  check_evaluation(options);
  check_split(data);
  Evaluation evaluation(data, options, method, progress, std::move(stop));
  evaluation.run();
  nlohmann::json report = evaluation.report();
  report["seconds"] = watch.seconds();
  return report;
}

}  // namespace purlscope::models
