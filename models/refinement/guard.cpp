#include "models/refinement/guard.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace purlscope::models::refinement {
namespace {

constexpr double kLeastEntropy = 0.05;  // labels that were hardly shared out anyway

double entropy(const at::Tensor& shares) { return -(shares * shares.clamp_min(1e-12).log()).sum().item<double>(); }

}  // namespace

void Guard::add(const at::Tensor& plain, const at::Tensor& refined) {
  // Other labels than before: what was seen says nothing of them.
  if (!seen_.empty() && seen_.front().plain.numel() != plain.numel()) seen_.clear();
  Seen seen{plain, refined, plain.argmax().item<std::int64_t>(), refined.argmax().item<std::int64_t>(), 0};
  if (plain.numel() > 1) {
    const at::Tensor highest = std::get<0>(plain.topk(2));
    seen.margin = (highest[0] - highest[1]).item<double>();
  }
  seen_.push_back(std::move(seen));
  if (seen_.size() > kWindow) seen_.pop_front();
}

Guard::Shares Guard::shares() const {
  const std::int64_t labels = seen_.front().plain.numel();
  Shares out{at::zeros({labels}), at::zeros({labels})};
  for (const Seen& seen : seen_) {
    out.plain[seen.plain_best] += 1.0 / static_cast<double>(seen_.size());
    out.refined[seen.refined_best] += 1.0 / static_cast<double>(seen_.size());
  }
  return out;
}

core::RefinementPoint Guard::point(std::uint64_t window) const {
  core::RefinementPoint out;
  out.window = window;
  if (seen_.empty()) return out;
  const Shares now = shares();
  const auto same = std::ranges::count_if(seen_, [](const Seen& s) { return s.plain_best == s.refined_best; });
  out.agreement = static_cast<float>(same) / static_cast<float>(seen_.size());
  const double before = entropy(now.plain);
  out.evenness = before < kLeastEntropy ? 1.0F : static_cast<float>(entropy(now.refined) / before);
  out.largest = now.refined.max().item<float>();
  return out;
}

std::optional<std::string> Guard::complaint(const std::vector<std::string>& names) const {
  if (seen_.size() < kFewest || names.size() < 2) return std::nullopt;
  const Shares now = shares();
  const auto largest = (now.refined - now.plain).argmax().item<std::int64_t>();
  const auto grown = (now.refined - now.plain)[largest].item<double>();
  if (grown > kSwallowed) {
    return fmt::format("'{}' took {:.0f} % of the last {} windows, {:.0f} % without refinement",
                       names.at(static_cast<std::size_t>(largest)), 100 * now.refined[largest].item<double>(),
                       seen_.size(), 100 * now.plain[largest].item<double>());
  }
  const core::RefinementPoint seen = point(0);
  if (seen.evenness < kCollapsed) {
    return fmt::format("the labels of the last {} windows are shared out far less evenly than without refinement",
                       seen_.size());
  }
  std::vector<double> margins;
  for (const Seen& entry : seen_) margins.push_back(entry.margin);
  std::ranges::nth_element(margins, margins.begin() + static_cast<std::ptrdiff_t>(margins.size() / 2));
  const double median = margins[margins.size() / 2];
  double sure = 0;
  double kept = 0;
  for (const Seen& entry : seen_) {
    if (entry.margin < median) continue;
    sure += 1;
    if (entry.plain_best == entry.refined_best) kept += 1;
  }
  if (kept < kDisagrees * sure) {
    return fmt::format("of the windows that were sure without refinement only {:.0f} % keep their label",
                       100 * kept / sure);
  }
  return std::nullopt;
}

}  // namespace purlscope::models::refinement
