#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/variable.h>

#include <cmath>
#include <numbers>
#include <utility>

#include "models/refinement/methods/methods.h"
#include "models/refinement/methods/prototypes.h"

namespace purlscope::models::refinement {
namespace {

// Adam. Source: Kingma and Ba, "Adam", ICLR 2015.
constexpr double kFirst = 0.9;
constexpr double kSecond = 0.999;
constexpr double kFloor = 1e-8;
constexpr double kLastRate = 0.1;  // share of the rate that stays at the schedule's end

/// Rows at the length of others. Gradients flow.
at::Tensor at_length_of(const at::Tensor& rows, const at::Tensor& others) {
  return rows * (others.norm(2, -1, true) / rows.norm(2, -1, true).clamp_min(1e-12));
}

/// Refined text vectors of the slots. [S, 8, m]
at::Tensor refined_targets(const at::Tensor& targets, const at::Tensor& scale, const at::Tensor& shift) {
  return at_length_of(scale * targets + shift, targets);
}

/// What the windows' products with other targets than the model's add to each sentence's share. [B, L, 8]
at::Tensor gain(const Scorer& scorer, const Evidence& evidence, const at::Tensor& change) {
  const std::int64_t labels = evidence.slots.size(1);
  const at::Tensor of_labels =
      change.index_select(0, evidence.slots.flatten()).view({evidence.count(), labels, change.size(1), change.size(2)});
  return (evidence.said * of_labels).sum(-1) * scorer.weights();
}

class ScaleShift final : public Method {
 public:
  ScaleShift(Options options, bool official) : options_(std::move(options)), official_(official) {}

  bool needs_said() const override { return true; }
  bool remembers() const override { return true; }

  std::map<std::string, at::Tensor> fresh(const Scorer& scorer) const override {
    const at::Tensor targets = scorer.targets();
    return {{"scale", at::ones({1, targets.size(1), targets.size(2)})}};
  }

  Learned learn(const Scorer& scorer, const Bank& bank, const Stream&, const LearnedPtr& before) const override {
    const c10::InferenceMode normal(false);
    const at::AutoGradMode gradients(true);
    Learned now = before ? *before : start(scorer);
    const Evidence evidence = bank.evidence();
    const Goal goal{evidence.scores.clone(),  evidence.said.clone(),
                    evidence.slots.clone(),   membership(bank, scorer.slots()).clone(),
                    scorer.targets().clone(), scorer.weights().clone()};
    for (std::int64_t i = 0; i < options_.steps; ++i) step(goal, scorer.unit(), now);
    return now;
  }

  Corrections corrections(const Scorer& scorer, const Evidence& evidence, const Learned& learned) const override {
    const at::Tensor targets = scorer.targets();
    const at::Tensor refined = refined_targets(targets, learned.by_slot.at("scale"), learned.by_slot.at("shift"));
    return {gain(scorer, evidence, refined - targets), {}};
  }

  std::vector<core::TextChange> text_change(const Learned& learned) const override {
    const auto norms = [&](const char* name, double home) {
      return (learned.by_slot.at(name) - home).norm(2, -1).mean(0).contiguous();  // [8]
    };
    const at::Tensor scale = norms("scale", 1), shift = norms("shift", 0);
    std::vector<core::TextChange> out(static_cast<std::size_t>(scale.numel()));
    for (std::size_t i = 0; i < out.size(); ++i) {
      out[i] = {scale.const_data_ptr<float>()[i], shift.const_data_ptr<float>()[i]};
    }
    return out;
  }

 private:
  /// What a step needs, made outside of inference mode.
  struct Goal {
    at::Tensor scores, said, slots, members, targets, weights;
  };

  static Learned start(const Scorer& scorer) {
    const at::Tensor targets = scorer.targets();
    const auto zeros = [&] { return at::zeros(targets.sizes()); };
    return {scorer.slots(),
            {{"scale", at::ones(targets.sizes())},
             {"shift", zeros()},
             {"scale_first", zeros()},
             {"scale_second", zeros()},
             {"shift_first", zeros()},
             {"shift_second", zeros()}},
            {{"steps", at::zeros({1})}}};
  }

  /// Cross entropy of the bank's windows against what they were taken for.
  at::Tensor loss(const Goal& goal, double unit, const at::Tensor& scale, const at::Tensor& shift) const {
    const at::Tensor change = refined_targets(goal.targets, scale, shift) - goal.targets;
    const std::int64_t labels = goal.slots.size(1);
    const at::Tensor of_labels =
        change.index_select(0, goal.slots.flatten()).view({goal.slots.size(0), labels, change.size(1), change.size(2)});
    const at::Tensor scores = goal.scores + ((goal.said * of_labels).sum(-1) * goal.weights).sum(-1);
    const at::Tensor log_likely = (scores / (unit * options_.temperature)).log_softmax(1);  // [B, L]
    const at::Tensor taken = goal.members.gather(1, goal.slots);                            // [B, L]
    const at::Tensor each = -(log_likely * taken).sum(1);                                   // [B]
    if (official_) return each.mean();
    const at::Tensor sizes = goal.members.sum(0);  // [S]
    const at::Tensor means = goal.members.t().mv(each) / sizes.clamp_min(1);
    return means.sum() / (sizes > 0).sum();
  }

  void step(const Goal& goal, double unit, Learned& now) const {
    at::Tensor scale = now.by_slot.at("scale").clone().requires_grad_();
    at::Tensor shift = now.by_slot.at("shift").clone().requires_grad_();
    const at::Tensor value = loss(goal, unit, scale, shift);
    value.backward();
    const at::NoGradGuard no_grad;
    const double steps = now.shared.at("steps").item<double>();
    const double way = std::min(1.0, steps / static_cast<double>(options_.schedule));
    const double rate =
        options_.learning_rate * (kLastRate + (1 - kLastRate) * (1 + std::cos(std::numbers::pi * way)) / 2);
    const double home = official_ ? 0 : 1;
    move(now, "scale", scale.detach(), scale.grad(), home, rate, steps + 1);
    move(now, "shift", shift.detach(), shift.grad(), 0, rate, steps + 1);
    now.shared["steps"] = at::full({1}, steps + 1);
  }

  /// A step of Adam; the pull towards `home` is part of the gradient, as its decay is.
  void move(Learned& now, const std::string& name, const at::Tensor& value, const at::Tensor& gradient, double home,
            double rate, double steps) const {
    const at::Tensor pulled = gradient + options_.decay * (value - home);
    at::Tensor first = now.by_slot.at(name + "_first") * kFirst + pulled * (1 - kFirst);
    at::Tensor second = now.by_slot.at(name + "_second") * kSecond + pulled.square() * (1 - kSecond);
    const at::Tensor mean = first / (1 - std::pow(kFirst, steps));
    const at::Tensor spread = (second / (1 - std::pow(kSecond, steps))).sqrt() + kFloor;
    now.by_slot[name] = value - rate * mean / spread;
    now.by_slot[name + "_first"] = std::move(first);
    now.by_slot[name + "_second"] = std::move(second);
  }

  Options options_;
  bool official_;
};

}  // namespace

std::unique_ptr<const Method> make_scale_shift(const Options& options, bool official) {
  return std::make_unique<ScaleShift>(options, official);
}

}  // namespace purlscope::models::refinement
