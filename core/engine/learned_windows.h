#pragma once

#include <mutex>
#include <set>
#include <string>

namespace purlscope::core {

/// Whether the window of a recognition is to be learned from, where refinement is on.
struct LearnFrom {
  bool wanted = false;
  std::string once = {};  ///< name of the window: it is learned from once; empty = whenever it is wanted
};

/// The windows that refinement has learned from, by name, so that a window that is scored again (other labels, another
/// look) is not learned from again. Thread: any.
class LearnedWindows {
 public:
  /// Whether a window is to be learned from now.
  bool due(const LearnFrom& window) const;
  void add(const LearnFrom& window);
  /// The window may be learned from again.
  void release(const std::string& name);
  /// With Refinement::accept(): forget() comes back to here.
  void keep();
  /// With Refinement::reset().
  void forget();
  /// With Refinement::start() and load().
  void clear();

 private:
  mutable std::mutex mutex_;
  std::set<std::string> names_;
  std::set<std::string> kept_;
};

}  // namespace purlscope::core
