#include "models/purls/train/training_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/log.h"
#include "models/purls/data/motion.h"
#include "models/purls/data/ntu_motion.h"

namespace purlscope::models::purls {
namespace {

/// Reports how many clips of a job are prepared.
class ClipProgress {
 public:
  ClipProgress(const core::ProgressFn& report, std::stop_token stop, std::size_t total)
      : report_(report), stop_(std::move(stop)), total_(total) {}
  void next() {
    constexpr std::size_t kEvery = 50;
    core::throw_if_stopped(stop_);
    if (report_ && done_ % kEvery == 0) {
      report_({"Preparing clips", static_cast<double>(done_) / static_cast<double>(total_),
               fmt::format("{} of {}", done_, total_)});
    }
    ++done_;
  }

 private:
  const core::ProgressFn& report_;
  std::stop_token stop_;
  std::size_t total_, done_ = 0;
};

/// New number of each class of a set, -1 for classes that must not be used or have no clip.
std::vector<std::int64_t> number_classes(const core::ClipSet& set, const std::vector<int>& excluded) {
  std::vector<bool> present(set.labels.size(), false);
  for (const auto& clip : set.clips) {
    const int label = clip->label_index.value_or(-1);
    if (label >= 0 && static_cast<std::size_t>(label) < present.size()) present[static_cast<std::size_t>(label)] = true;
  }
  for (const int label : excluded) present.at(static_cast<std::size_t>(label)) = false;
  std::vector<std::int64_t> numbers(present.size(), -1);
  std::int64_t next = 0;
  for (std::size_t i = 0; i < present.size(); ++i) {
    if (present[i]) numbers[i] = next++;
  }
  return numbers;
}

std::int64_t class_of(const core::Clip& clip, const std::vector<std::int64_t>& numbers) {
  const int label = clip.label_index.value_or(-1);
  if (label < 0 || static_cast<std::size_t>(label) >= numbers.size()) return -1;
  return numbers[static_cast<std::size_t>(label)];
}

/// Grows a training set clip by clip.
class Collector {
 public:
  explicit Collector(const std::string& layout) : layout_(layout) {}

  void add_set(const core::ClipSet& clips, const std::vector<int>& excluded, ClipProgress& progress) {
    const std::vector<std::int64_t> numbers = number_classes(clips, excluded);
    const auto first = static_cast<std::int64_t>(result_.labels.size());
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      if (numbers[i] < 0) continue;
      result_.labels.push_back(clips.labels[i]);
      result_.classes.push_back({clips.kind, static_cast<int>(i), clips.labels[i].text});
    }
    for (const auto& clip : clips.clips) {
      progress.next();
      const std::int64_t number = class_of(*clip, numbers);
      if (number < 0) continue;
      auto motion = clip_motion(clip, layout_);
      if (!motion) continue;
      motions_.push_back(std::move(*motion));
      set_.push_back(static_cast<std::int64_t>(result_.classes_per_set.size()));
      class_in_set_.push_back(number);
      target_.push_back(first + number);
    }
    result_.classes_per_set.push_back(static_cast<std::int64_t>(result_.labels.size()) - first);
  }

  TrainingSet finish() {
    if (result_.labels.size() < 2 || motions_.size() < 2) {
      throw Error(Code::bad_argument,
                  fmt::format("{} seen classes with {} usable clips remain for training: at least two of "
                              "each are needed, choose a split with fewer unseen classes",
                              result_.labels.size(), motions_.size()));
    }
    result_.motions = at::stack(motions_);
    result_.set = at::tensor(set_);
    result_.class_in_set = at::tensor(class_in_set_);
    result_.target = at::tensor(target_);
    return std::move(result_);
  }

 private:
  const std::string& layout_;
  TrainingSet result_;
  std::vector<at::Tensor> motions_;
  std::vector<std::int64_t> set_, class_in_set_, target_;
};

}  // namespace

at::Tensor window_motion(const core::Window& window) {
  return window.layout->id == kNtuLayout ? ntu_motion(window) : canonical_motion(window);
}

std::optional<at::Tensor> clip_motion(const core::ClipPtr& clip, const std::string& layout) {
  try {
    core::WindowOptions options;
    options.layout = layout;
    return window_motion(core::make_window(clip, options));
  } catch (const Error& error) {
    core::log(core::LogLevel::warning, fmt::format("{} is left out: {}", clip->name, error.what()));
    return std::nullopt;
  }
}

const at::Tensor& MotionStore::find(const core::ClipPtr& clip) {
  const auto known = motions_.find(clip);
  if (known != motions_.end()) return known->second;
  return motions_.emplace(clip, clip_motion(clip, layout_).value_or(at::Tensor())).first->second;
}

at::Tensor MotionStore::stack(std::span<const core::ClipPtr> clips) {
  std::vector<at::Tensor> motions;
  motions.reserve(clips.size());
  for (const core::ClipPtr& clip : clips) motions.push_back(find(clip));
  return at::stack(motions);
}

TrainingSet select_rows(const TrainingSet& set, const at::Tensor& rows) {
  TrainingSet chosen = set;
  for (at::Tensor* column : {&chosen.motions, &chosen.set, &chosen.class_in_set, &chosen.target}) {
    *column = column->index_select(0, rows);
  }
  return chosen;
}

TrainingSet collect_seen(const core::LabData& data, const core::ProgressFn& progress, std::stop_token stop,
                         const std::string& layout) {
  std::size_t total = data.target.clips.size();
  for (const auto& other : data.others) total += other.clips.size();
  ClipProgress counter(progress, std::move(stop), total);
  Collector collector(layout);
  collector.add_set(data.target, data.unseen, counter);
  for (std::size_t i = 0; i < data.others.size(); ++i) {
    std::vector<int> excluded;
    for (const auto& [set, label] : data.left_out) {
      if (set == i) excluded.push_back(label);
    }
    collector.add_set(data.others[i], excluded, counter);
  }
  return collector.finish();
}

}  // namespace purlscope::models::purls
