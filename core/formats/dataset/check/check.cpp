#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <new>
#include <thread>

#include "core/formats/dataset.h"
#include "core/formats/dataset/check/clip_facts.h"
#include "core/formats/dataset/index/folder_walk.h"
#include "core/formats/dataset/index/index_cache.h"
#include "core/formats/dataset/index/labelling.h"
#include "core/formats/registry.h"

namespace purlscope::core {
namespace {

constexpr std::size_t kMostThreads = 8;  // more would wait for the disk

ClipFacts unreadable(std::string why) {
  ClipFacts facts;
  facts.error = std::move(why);
  return facts;
}

/// @throws Error{Code::cancelled}
ClipFacts read_facts(const DatasetEntry& entry, const std::stop_token& stop) {
  try {
    ReadOptions options;
    options.stop = stop;
    return facts_of(*read_clip(entry.file, options));
  } catch (const Error& error) {
    if (error.code() == Code::cancelled) throw;
    return unreadable(error.what());
  } catch (const std::bad_alloc&) {
    return unreadable(fmt::format("{}: not enough memory to read it", entry.file.string()));
  } catch (const std::exception& error) {
    return unreadable(fmt::format("{}: {}", entry.file.string(), error.what()));
  }
}

/// Hands the entries without facts out to threads; each entry is written by one of them alone.
class Checker {
 public:
  Checker(Dataset& dataset, const IndexOptions& options) : options_(options) {
    for (DatasetEntry& entry : dataset.entries) {
      if (!entry.facts) todo_.push_back(&entry);
    }
  }

  std::size_t count() const { return todo_.size(); }

  void run() {
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    std::vector<std::jthread> helpers;
    for (std::size_t i = 1; i < std::min({cores, kMostThreads, todo_.size()}); ++i) {
      helpers.emplace_back([this] { work({}); });
    }
    work(options_.progress);
  }

 private:
  void work(const ProgressFn& progress) {
    while (!options_.stop.stop_requested()) {
      const std::size_t next = next_.fetch_add(1);
      if (next >= todo_.size()) return;
      if (progress) {
        const std::size_t done = done_.load();
        progress({"Reading clips", static_cast<double>(done) / static_cast<double>(todo_.size()),
                  fmt::format("{} of {}", done, todo_.size()), done, todo_.size()});
      }
      try {
        todo_[next]->facts = read_facts(*todo_[next], options_.stop);
      } catch (const Error&) {
        return;  // cancelled
      }
      done_.fetch_add(1);
    }
  }

  const IndexOptions& options_;
  std::vector<DatasetEntry*> todo_;
  std::atomic<std::size_t> next_{0};
  std::atomic<std::size_t> done_{0};
};

/// The cache of the folder with the new facts; what it knows of files outside the entries stays.
void remember(const Dataset& dataset, const std::filesystem::path& cache) {
  if (cache.empty()) return;
  CachedFiles rest = read_index_cache(cache, dataset.path).value_or(CachedFiles());
  for (const DatasetEntry& entry : dataset.entries) rest.erase(below(dataset.path, entry.file));
  write_index_cache(cache, dataset.path, dataset.entries, rest);
}

}  // namespace

void check_dataset(Dataset& dataset, const IndexOptions& options) {
  Checker checker(dataset, options);
  if (checker.count() > 0) {
    checker.run();
    remember(dataset, options.cache);
  }
  throw_if_stopped(options.stop);
  take_labels_from_facts(dataset);
  if (options.progress)
    options.progress({"Reading clips", 1.0, fmt::format("{} of {}", checker.count(), checker.count())});
}

}  // namespace purlscope::core
