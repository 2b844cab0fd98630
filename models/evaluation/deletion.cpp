#include "models/evaluation/deletion.h"

#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>

#include "models/evaluation/statistics.h"

namespace purlscope::models {
namespace {

constexpr double kShare = 0.2;
constexpr int kDraws = 5;

/// 0 at each row's largest values, 1 elsewhere. @param order [N, S]
at::Tensor without_largest(const at::Tensor& order) {
  const auto count = static_cast<std::int64_t>(kShare * static_cast<double>(order.size(1)));
  const at::Tensor largest = std::get<1>(order.topk(count, 1));
  return at::ones(order.sizes(), at::kFloat).scatter(1, largest, 0.0);
}

}  // namespace

DeletionTest::Row DeletionTest::measure(NodeMethod& method, std::span<const core::ClipPtr> clips,
                                        const std::vector<core::Label>& candidates, const at::Tensor& truth,
                                        const at::Tensor& kept, const std::stop_token& stop) const {
  const at::Tensor best = method.scores_of_nodes(clips, candidates, kept, stop).argmax(1);
  return {best.eq(truth).to(at::kDouble).mean().item<double>(),
          best.ne(decided_).to(at::kDouble).mean().item<double>()};
}

void DeletionTest::add(const char* name, const Row& row) {
  auto found = std::ranges::find(rows_, name, &std::pair<std::string, std::vector<Row>>::first);
  if (found == rows_.end()) found = rows_.insert(rows_.end(), {name, {}});
  found->second.push_back(row);
}

void DeletionTest::add_seed(NodeMethod& method, std::span<const core::ClipPtr> clips,
                            const std::vector<core::Label>& candidates, const at::Tensor& truth, std::stop_token stop) {
  const NodeRanks ranks = method.ranks(clips, candidates, stop);
  const at::Tensor all = at::ones(ranks.attention.sizes(), at::kFloat);
  decided_ = method.scores_of_nodes(clips, candidates, all, stop).argmax(1);
  const auto run = [&](const char* name, const at::Tensor& order) {
    add(name, measure(method, clips, candidates, truth, without_largest(order), stop));
  };
  add("all_nodes", measure(method, clips, candidates, truth, all, stop));
  run("most_attention", ranks.attention);
  run("least_attention", -ranks.attention);
  run("most_contribution", ranks.contribution);
  run("least_contribution", -ranks.contribution);
  at::Generator generator = at::detail::createCPUGenerator(0);
  Row mean;
  for (int draw = 0; draw < kDraws; ++draw) {
    const at::Tensor order = at::rand(all.sizes(), generator);
    const Row row = measure(method, clips, candidates, truth, without_largest(order), stop);
    mean.accuracy += row.accuracy / kDraws;
    mean.changed += row.changed / kDraws;
  }
  add("random", mean);
}

nlohmann::json DeletionTest::to_json() const {
  nlohmann::json out = {{"share", kShare}};
  double whole = 0;
  for (const auto& [name, seeds] : rows_) {
    std::vector<double> accuracy;
    std::vector<double> changed;
    for (const Row& row : seeds) {
      accuracy.push_back(row.accuracy);
      changed.push_back(row.changed);
    }
    const double mean = mean_and_deviation(accuracy).at("mean").get<double>();
    if (name == "all_nodes") whole = mean;
    out[name] = {{"accuracy", mean}, {"cost", whole - mean}, {"changed", mean_and_deviation(changed).at("mean")}};
  }
  return out;
}

}  // namespace purlscope::models
