#include "models/evaluation/generalised.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "models/evaluation/folds.h"
#include "models/evaluation/scoring.h"
#include "models/evaluation/statistics.h"

namespace purlscope::models {
namespace {

constexpr double kHeldShare = 0.2;
constexpr int kRounds = 3;  // of pretended unseen classes, from which the offset is chosen
constexpr std::size_t kFewestClasses = 2;

double share_of(int round) { return static_cast<double>(round) / kRounds; }

/// How each clip stands between the two groups of classes.
struct Standing {
  std::vector<double> margin;  ///< best seen score minus best unseen score
  std::vector<bool> right;     ///< the truth is the best of its own group
};

Standing standing(const ScoredClips& clips, std::int64_t seen_count) {
  const at::Tensor scores = clips.scores.to(at::kDouble);
  const auto [seen, best_seen] = scores.slice(1, 0, seen_count).max(1);
  const auto [unseen, best_unseen] = scores.slice(1, seen_count).max(1);
  const at::Tensor margin = (seen - unseen).contiguous();
  const at::Tensor own = at::where(clips.truth.lt(seen_count), best_seen, best_unseen + seen_count);
  Standing out;
  for (std::int64_t i = 0; i < margin.size(0); ++i) {
    out.margin.push_back(margin[i].item<double>());
    out.right.push_back(own[i].item<std::int64_t>() == clips.truth[i].item<std::int64_t>());
  }
  return out;
}

/// Share of clips whose group and class are right. @param of_seen whether their truth is a seen class
double share_right(const Standing& clips, bool of_seen, double offset) {
  std::size_t right = 0;
  for (std::size_t i = 0; i < clips.margin.size(); ++i) {
    if (clips.right[i] && (clips.margin[i] > offset) == of_seen) ++right;
  }
  return static_cast<double>(right) / static_cast<double>(clips.margin.size());
}

Generalised accuracy_at(const Standing& seen, const Standing& unseen, double offset) {
  Generalised out{share_right(seen, true, offset), share_right(unseen, false, offset), 0};
  if (out.seen + out.unseen > 0) out.harmonic = 2 * out.seen * out.unseen / (out.seen + out.unseen);
  return out;
}

ScoredClips scored(ZeroShotMethod& method, const LabelledClips& clips, const std::vector<core::Label>& candidates,
                   std::int64_t first, const char* what, const std::stop_token& stop) {
  const UsableScores usable = score_usable(method, clips, candidates, what, stop);
  return {usable.scores, usable.truth + first};
}

/// Labels of both groups, the seen ones first.
std::vector<core::Label> candidates_of(const core::ClipSet& set, std::vector<int> seen,
                                       const std::vector<int>& unseen) {
  seen.insert(seen.end(), unseen.begin(), unseen.end());
  return labels_of(set, seen);
}

}  // namespace

Generalised generalised_accuracy(const ScoredClips& seen, const ScoredClips& unseen, std::int64_t seen_count,
                                 double offset) {
  return accuracy_at(standing(seen, seen_count), standing(unseen, seen_count), offset);
}

double best_offset(const std::vector<GeneralisedTrial>& trials) {
  std::vector<std::pair<Standing, Standing>> standings;
  std::vector<double> margins;
  for (const GeneralisedTrial& trial : trials) {
    standings.emplace_back(standing(trial.seen, trial.seen_count), standing(trial.unseen, trial.seen_count));
    for (const Standing* side : {&standings.back().first, &standings.back().second}) {
      margins.insert(margins.end(), side->margin.begin(), side->margin.end());
    }
  }
  std::ranges::sort(margins);
  double best = 0;
  double highest = -1;
  for (std::size_t i = 0; i + 1 < margins.size(); ++i) {
    const double offset = (margins[i] + margins[i + 1]) / 2;
    double harmonic = 0;
    for (const auto& [seen, unseen] : standings) harmonic += accuracy_at(seen, unseen, offset).harmonic;
    if (harmonic <= highest) continue;
    highest = harmonic;
    best = offset;
  }
  return best;
}

GeneralisedEvaluation::GeneralisedEvaluation(const core::LabData& data) : data_(data), seen_(seen_classes(data)) {
  if (seen_.size() < 2 * kFewestClasses) {
    throw Error(Code::bad_argument, fmt::format("split {} leaves {} seen classes with clips: generalised recognition "
                                                "needs {} to choose its offset; use fewer unseen classes",
                                                data.split, seen_.size(), 2 * kFewestClasses));
  }
}

double GeneralisedEvaluation::choose_offset(const core::LabData& training, ZeroShotMethod& method, std::uint64_t seed,
                                            const core::ProgressFn& progress, const std::stop_token& stop) const {
  const double share =
      static_cast<double>(data_.unseen.size()) / static_cast<double>(data_.unseen.size() + seen_.size());
  const auto wanted = static_cast<std::size_t>(std::lround(share * static_cast<double>(seen_.size())));
  const std::size_t count = std::clamp(wanted, kFewestClasses, seen_.size() - kFewestClasses);
  std::vector<GeneralisedTrial> trials;
  for (int round = 0; round < kRounds; ++round) {
    const std::uint64_t number = seed * kRounds + static_cast<std::uint64_t>(round);
    const std::vector<int> pretended = draw(seen_, count, number);
    const core::LabData problem = with_unseen(training, pretended);
    const Held held = hold_clips(training_data(problem), kHeldShare, number);
    const std::vector<int> known = seen_classes(problem);
    method.fit(held.training, seed, part_of(progress, share_of(round), share_of(round + 1), "pretended unseen classes"),
               stop);
    const std::vector<core::Label> candidates = candidates_of(data_.target, known, pretended);
    const auto first = static_cast<std::int64_t>(known.size());
    trials.push_back(
        {scored(method, held.clips, candidates, 0, "the seen classes", stop),
         scored(method, clips_of(training.target, pretended, false), candidates, first, "the classes held out", stop),
         first});
  }
  return best_offset(trials);
}

void GeneralisedEvaluation::add_seed(ZeroShotMethod& method, std::uint64_t seed, const core::ProgressFn& progress,
                                     std::stop_token stop) {
  const Held held = hold_clips(training_data(data_), kHeldShare, seed);
  const double offset =
      choose_offset(held.training, method, seed, part_of(progress, 0, 0.75, "choosing the offset"), stop);
  method.fit(held.training, seed, part_of(progress, 0.75, 1, "all seen classes"), stop);
  const std::vector<core::Label> candidates = candidates_of(data_.target, seen_, data_.unseen);
  const auto first = static_cast<std::int64_t>(seen_.size());
  const ScoredClips seen = scored(method, held.clips, candidates, 0, "the seen classes", stop);
  const ScoredClips unseen =
      scored(method, clips_of(data_.target, data_.unseen, false), candidates, first, "the unseen classes", stop);
  const Generalised result = generalised_accuracy(seen, unseen, first, offset);
  seen_accuracy_.push_back(result.seen);
  unseen_accuracy_.push_back(result.unseen);
  harmonic_.push_back(result.harmonic);
  offsets_.push_back(offset);
  seen_clips_ = static_cast<std::size_t>(seen.truth.size(0));
  unseen_clips_ = static_cast<std::size_t>(unseen.truth.size(0));
}

nlohmann::json GeneralisedEvaluation::to_json() const {
  return {{"seen", mean_and_deviation(seen_accuracy_)},
          {"unseen", mean_and_deviation(unseen_accuracy_)},
          {"harmonic", mean_and_deviation(harmonic_)},
          {"offset", offsets_},
          {"samples", {{"seen", seen_clips_}, {"unseen", unseen_clips_}}},
          {"classes", {{"seen", seen_.size()}, {"unseen", data_.unseen.size()}}}};
}

}  // namespace purlscope::models
