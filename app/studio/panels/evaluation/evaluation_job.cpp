#include "app/studio/panels/evaluation/evaluation_job.h"

#include <QTemporaryDir>
#include <chrono>
#include <utility>

#include "core/base/error.h"
#include "core/engine/loader.h"
#include "core/formats/dataset.h"

namespace purlscope::app {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kReportEvery{100};
constexpr double kFirstEstimate = 0.5;  // seconds of a stage before its rate means something

/// Rate and time left of one stage after the other.
class Estimate {
 public:
  /// @return whether enough time has passed since the last report
  bool due(const core::Progress& progress) {
    const auto now = Clock::now();
    const bool again = progress.done < done_ || progress.fraction < first_fraction_;  // the next seed's turn
    done_ = progress.done;
    if (progress.stage != stage_ || again) {
      stage_ = progress.stage;
      begin_ = now;
      first_ = progress.done;
      first_fraction_ = progress.fraction;
    } else if (now - last_ < kReportEvery) {
      return false;
    }
    last_ = now;
    return true;
  }

  void fill(const core::Progress& progress, EvaluationProgress& out) const {
    const double seconds = std::chrono::duration<double>(last_ - begin_).count();
    if (seconds < kFirstEstimate) return;
    if (progress.done > first_) out.rate = static_cast<double>(progress.done - first_) / seconds;
    const double way = progress.fraction - first_fraction_;
    if (progress.total > 0 && out.rate > 0) {
      out.seconds_left = static_cast<double>(progress.total - progress.done) / out.rate;
    } else if (first_fraction_ >= 0 && way > 0) {
      out.seconds_left = seconds * (1 - progress.fraction) / way;
    }
  }

 private:
  std::string stage_;
  Clock::time_point begin_, last_;
  std::size_t first_ = 0, done_ = 0;
  double first_fraction_ = 0;
};

/// The file of a split that has none; goes with this.
class SplitFile {
 public:
  explicit SplitFile(const EvaluationWish& wish) {
    if (!wish.own.by_class()) return;
    if (!folder_.isValid()) throw Error(Code::io, folder_.errorString().toStdString());
    file_ = std::filesystem::path(folder_.path().toStdString()) / "own.json";
    save_split(wish.own, wish.listing->dataset, file_);
  }
  std::string name(const EvaluationWish& wish) const { return file_.empty() ? wish.split : file_.string(); }

 private:
  QTemporaryDir folder_;
  std::filesystem::path file_;
};

core::LabData load(const EvaluationWish& wish, const core::ProgressFn& progress, const std::stop_token& stop) {
  const SplitFile file(wish);
  core::LabSource source;
  source.dataset = wish.listing->dataset.path;
  source.split = file.name(wish);
  source.recordings = wish.recordings;
  core::LabData data = core::load_lab_data(source, progress, stop);
  if (wish.own.by_class()) {
    data.split = wish.own.name.empty() ? "own" : wish.own.name;
    if (!wish.recordings.empty()) data.split += "+" + wish.recordings;
  }
  return data;
}

}  // namespace

EvaluationJob::EvaluationJob(LabFactory factory, QObject* parent) : Job(parent), factory_(std::move(factory)) {
  if (!factory_) factory_ = [] { return core::load_engine_module().make_lab({}); };
}

EvaluationJob::~EvaluationJob() { leave(); }

void EvaluationJob::start(const EvaluationWish& wish) {
  begin(
      [this, wish](const std::stop_token& stop) -> Told {
        return [this, made = evaluate(wish, stop)] { Q_EMIT finished(made); };
      },
      tr("The evaluation failed: %1"));
}

EvaluationRunPtr EvaluationJob::evaluate(const EvaluationWish& wish, const std::stop_token& stop) {
  const core::ProgressFn progress = reporter();
  const std::unique_ptr<core::Lab> lab = factory_();
  lab->check(wish.options);
  const core::LabData data = load(wish, progress, stop);
  core::EvaluationSetup setup = core::describe_setup(data);
  setup.recordings = wish.recordings;
  setup.model = wish.options.model.string();
  auto made = std::make_shared<EvaluationRun>();
  made->evaluation = core::read_evaluation(lab->evaluate(data, wish.options, progress, stop), std::move(setup));
  made->published = core::published_figures(core::bundled_paper_tables(), made->evaluation);
  return made;
}

core::ProgressFn EvaluationJob::reporter() {
  return [this, estimate = Estimate()](const core::Progress& progress) mutable {
    if (!estimate.due(progress)) return;
    EvaluationProgress report;
    report.text = QString::fromStdString(progress.stage);
    if (!progress.detail.empty()) report.text += QStringLiteral(": ") + QString::fromStdString(progress.detail);
    report.fraction = progress.fraction;
    estimate.fill(progress, report);
    deliver([this, report] { Q_EMIT progressed(report); });
  };
}

}  // namespace purlscope::app
