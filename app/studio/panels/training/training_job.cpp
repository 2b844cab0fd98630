#include "app/studio/panels/training/training_job.h"

#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/base/error.h"
#include "core/engine/loader.h"
#include "core/formats/dataset.h"

namespace purlscope::app {
namespace {

constexpr std::chrono::milliseconds kReportEvery{100};

nlohmann::json read_config(const std::filesystem::path& file) {
  if (file.empty()) return nlohmann::json::object();
  std::ifstream in(file);
  if (!in) throw Error(Code::not_found, file.string() + ": cannot be read: check the path of the config file.");
  nlohmann::json config = nlohmann::json::parse(in, nullptr, false);
  if (config.is_object()) return config;
  throw Error(Code::bad_argument, file.string() + ": no JSON object: expected the options of a training.");
}

}  // namespace

TrainingJob::TrainingJob(LabFactory factory, QObject* parent) : Job(parent), factory_(std::move(factory)) {
  if (!factory_) factory_ = [] { return core::load_engine_module().make_lab({}); };
}

TrainingJob::~TrainingJob() { leave(); }

void TrainingJob::start(const TrainingWish& wish) {
  begin(
      [this, wish](const std::stop_token& stop) -> Told {
        return [this, model = train(wish, stop)] { Q_EMIT finished(model); };
      },
      tr("The training failed: %1"));
}

QString TrainingJob::train(const TrainingWish& wish, const std::stop_token& stop) {
  core::TrainOptions options;
  options.out = wish.out;
  options.config = read_config(wish.config);
  options.seed = wish.seed;
  options.resume = !wish.fresh;
  std::error_code ignored;
  if (!std::filesystem::is_directory(wish.dataset, ignored)) {
    throw Error(Code::not_found, wish.dataset.string() + ": no such folder: choose the folder of a data set.");
  }
  const core::ProgressFn progress = reporter();
  const std::unique_ptr<core::Lab> lab = factory_();
  lab->check(options);
  const core::LabData data = core::load_lab_data(wish.dataset, wish.split, {}, {}, progress, stop);
  const nlohmann::json report = lab->train(data, options, progress, stop);
  return QString::fromStdString(report.value("model", (wish.out / "model.safetensors").string()));
}

core::ProgressFn TrainingJob::reporter() {
  using Clock = std::chrono::steady_clock;
  return [this, last = Clock::time_point(), stage = std::string()](const core::Progress& progress) mutable {
    if (progress.point) deliver([this, point = *progress.point] { Q_EMIT epoch_done(point); });
    const auto now = Clock::now();
    if (!progress.point && progress.stage == stage && now - last < kReportEvery) return;
    last = now;
    stage = progress.stage;
    QString text = QString::fromStdString(progress.stage);
    if (!progress.detail.empty()) text += QStringLiteral(": ") + QString::fromStdString(progress.detail);
    deliver([this, text, fraction = progress.fraction] { Q_EMIT progressed(text, fraction); });
  };
}

}  // namespace purlscope::app
