#include "app/studio/panels/evaluation/evaluation_export.h"

#include <memory>
#include <utility>

#include "app/studio/document/background.h"
#include "core/base/atomic_file.h"
#include "core/report/evaluation/evaluation_page.h"

namespace purlscope::app {

EvaluationExport::EvaluationExport(QObject* parent) : QObject(parent), files_(new Background(this)) {}

void EvaluationExport::save_report(const EvaluationRunPtr& run, const QString& file) {
  write(file, [run] { return core::evaluation_page(run->evaluation, run->published); });
}

void EvaluationExport::save_predictions(const EvaluationRunPtr& run, const QString& file) {
  write(file, [run] { return core::predictions_csv(run->evaluation); });
}

void EvaluationExport::write(const QString& file, std::function<std::string()> text) {
  const auto problem = std::make_shared<QString>();
  const auto work = [file, text = std::move(text), problem] {
    try {
      const std::string content = text();
      core::AtomicFile out(file.toStdString());
      out.write(content.data(), content.size());
      out.commit();
    } catch (const std::exception& error) {
      *problem = QString::fromUtf8(error.what());
    }
  };
  files_->run(work, [this, file, problem] {
    if (problem->isEmpty()) {
      Q_EMIT saved(file);
    } else {
      Q_EMIT failed(*problem);
    }
  });
}

}  // namespace purlscope::app
