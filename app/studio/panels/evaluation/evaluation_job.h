#pragma once

#include <QString>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>

#include "app/studio/dataset/folder_listing.h"
#include "app/studio/dataset/split_choice.h"
#include "app/studio/session/job.h"
#include "app/studio/session/lab_factory.h"
#include "core/base/progress.h"
#include "core/report/evaluation/evaluation.h"
#include "core/report/evaluation/published.h"

namespace purlscope::app {

/// What is to be evaluated.
struct EvaluationWish {
  FolderListingPtr listing;
  std::string split;       ///< as `purlscope evaluate --split` takes it
  SplitChoice own;         ///< in place of it where classes are unseen here: a split that is in no file
  std::string recordings;  ///< recording split, empty for none
  core::EvaluateOptions options;
};

/// A finished evaluation, and the folder whose clips it names. Unchanged once made.
struct EvaluationRun {
  core::Evaluation evaluation;
  core::PublishedFigures published;
};
using EvaluationRunPtr = std::shared_ptr<const EvaluationRun>;

/// How far an evaluation is.
struct EvaluationProgress {
  QString text;              ///< "Loading clips: 420 of 861"
  double fraction = -1;      ///< 0 to 1, negative when unknown
  double rate = 0;           ///< clips a second, 0 when unknown
  double seconds_left = -1;  ///< of this stage, negative when unknown
};

/// One evaluation at a time on a thread of its own, by the very calls of `purlscope evaluate`. Answers arrive as
/// signals on the UI thread. Thread: UI.
class EvaluationJob : public Job {
  Q_OBJECT

 public:
  /// @param factory empty = the engine's lab
  explicit EvaluationJob(LabFactory factory = {}, QObject* parent = nullptr);
  ~EvaluationJob() override;

  /// Nothing happens while one is at work.
  void start(const EvaluationWish& wish);

 Q_SIGNALS:
  void progressed(const EvaluationProgress& progress);
  void finished(const EvaluationRunPtr& run);

 private:
  EvaluationRunPtr evaluate(const EvaluationWish& wish, const std::stop_token& stop);
  core::ProgressFn reporter();

  LabFactory factory_;
};

}  // namespace purlscope::app
