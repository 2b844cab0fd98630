#include "app/studio/dataset/folder_jobs.h"

#include <QFileInfo>
#include <QMetaObject>
#include <utility>

#include "core/formats/registry.h"

namespace purlscope::app {
namespace fs = std::filesystem;
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kReportEvery{100};
constexpr double kFirstEstimate = 0.5;  // seconds of work before a rate means something

QString text_of(const fs::path& path) { return QString::fromStdString(path.string()); }

/// Rate and time left of one stage of a job.
class Estimate {
 public:
  /// @return nothing when the last report is only just gone
  std::optional<FolderProgress> take(const core::Progress& progress, const QString& text) {
    const auto now = Clock::now();
    if (progress.stage != stage_) {
      stage_ = progress.stage;
      begin_ = now;
      first_ = progress.done;
    } else if (now - last_ < kReportEvery) {
      return std::nullopt;
    }
    last_ = now;
    FolderProgress report{text, progress.fraction, progress.done, progress.total, 0.0, -1.0};
    const double seconds = std::chrono::duration<double>(now - begin_).count();
    if (seconds < kFirstEstimate || progress.done <= first_) return report;
    report.rate = static_cast<double>(progress.done - first_) / seconds;
    if (progress.total > 0) report.seconds_left = static_cast<double>(progress.total - progress.done) / report.rate;
    return report;
  }

 private:
  std::string stage_;
  Clock::time_point begin_, last_;
  std::size_t first_ = 0;
};

}  // namespace

FolderJobs::FolderJobs(QObject* parent)
    : QObject(parent), thread_([this](const std::stop_token& stop) { run(stop); }) {}

FolderJobs::~FolderJobs() {
  cancel();
  thread_.request_stop();
  wake_.notify_all();
  thread_.join();
}

void FolderJobs::open(const fs::path& named) {
  const fs::path folder = named.has_filename() ? named : named.parent_path();  // "clips/" is "clips"
  add(folder, [this, folder](const std::stop_token& stop) { index(folder, stop); });
}

void FolderJobs::check(const FolderListingPtr& listing) {
  add(listing->dataset.path, [this, listing](const std::stop_token& stop) { read_clips(*listing, stop); });
}

void FolderJobs::cancel() {
  const std::lock_guard lock(mutex_);
  job_stop_.request_stop();
}

bool FolderJobs::busy() const {
  const std::lock_guard lock(mutex_);
  return working_ || !jobs_.empty();
}

void FolderJobs::add(const fs::path& folder, Job job) {
  {
    const std::lock_guard lock(mutex_);
    jobs_.emplace_back(folder, std::move(job));
  }
  wake_.notify_all();
  Q_EMIT busy_changed();
}

void FolderJobs::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, stop, [this] { return !jobs_.empty(); });
    if (stop.stop_requested()) return;
    const auto [folder, job] = std::move(jobs_.front());
    jobs_.pop_front();
    job_stop_ = std::stop_source();
    std::stop_source source = job_stop_;
    working_ = true;
    lock.unlock();
    const std::stop_callback end(stop, [&source] { source.request_stop(); });
    work(folder, job, source.get_token());
    lock.lock();
    working_ = false;
    lock.unlock();
    deliver([this] { Q_EMIT busy_changed(); });
  }
}

template <typename Call>
void FolderJobs::deliver(Call call) {
  QMetaObject::invokeMethod(this, std::move(call), Qt::QueuedConnection);
}

void FolderJobs::work(const fs::path& folder, const Job& job, const std::stop_token& stop) {
  QString problem;
  try {
    job(stop);
    return;
  } catch (const Error& error) {
    if (error.code() == Code::cancelled) return;
    problem = QString::fromUtf8(error.what());
  } catch (const std::exception& error) {  // e.g. out of memory: the program goes on
    problem = text_of(folder) + QStringLiteral(": listing failed: ") + QString::fromUtf8(error.what());
  }
  deliver([this, path = text_of(folder), problem] { Q_EMIT failed(path, problem); });
}

void FolderJobs::index(const fs::path& folder, const std::stop_token& stop) {
  if (core::recognise_format(folder) != nullptr) {
    deliver([this, path = text_of(folder)] { Q_EMIT is_recording(path); });
    return;
  }
  core::IndexOptions options;
  options.cache = core::dataset_cache_dir();
  options.progress = reporter(tr("Indexing %1").arg(QFileInfo(text_of(folder)).fileName()));
  options.stop = stop;
  const FolderListingPtr listing = make_listing(core::index_dataset(folder, options));
  core::throw_if_stopped(stop);
  deliver([this, listing] { Q_EMIT listed(listing); });
}

void FolderJobs::read_clips(const FolderListing& listing, const std::stop_token& stop) {
  core::IndexOptions options;
  options.cache = core::dataset_cache_dir();
  options.progress = reporter(tr("Checking %1").arg(listing_title(listing)));
  options.stop = stop;
  core::Dataset dataset = listing.dataset;
  core::check_dataset(dataset, options);
  deliver([this, done = make_listing(std::move(dataset))] { Q_EMIT checked(done); });
}

core::ProgressFn FolderJobs::reporter(const QString& text) {
  return [this, text, estimate = Estimate()](const core::Progress& progress) mutable {
    if (const auto report = estimate.take(progress, text)) {
      deliver([this, report = *report] { Q_EMIT progressed(report); });
    }
  };
}

}  // namespace purlscope::app
