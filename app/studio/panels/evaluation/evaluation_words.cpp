#include "app/studio/panels/evaluation/evaluation_words.h"

#include <QCoreApplication>
#include <QStringList>
#include <cmath>

#include "app/studio/words.h"
#include "core/report/evaluation/evaluation_page.h"

namespace purlscope::app {
namespace {

class EvaluationWords {
  Q_DECLARE_TR_FUNCTIONS(EvaluationWords)
};

}  // namespace

QString figure_text(double share) { return EvaluationWords::tr("%1 %").arg(100 * share, 0, 'f', 1); }

QString figure_text(const core::SeedFigure& figure) {
  if (figure.seeds < 2) return figure_text(figure.mean);
  return EvaluationWords::tr("%1 % ± %2").arg(100 * figure.mean, 0, 'f', 1).arg(100 * figure.deviation, 0, 'f', 1);
}

QString points_text(double share) { return EvaluationWords::tr("%1 points").arg(signed_number(100 * share, 1)); }

QString run_title(const core::Evaluation& evaluation) {
  QStringList parts{QStringLiteral("%1 %2").arg(QString::fromStdString(evaluation.setup.title),
                                                QString::fromStdString(evaluation.split)),
                    method_name(evaluation.method)};
  if (evaluation.refinement) parts.append(QString::fromStdString(evaluation.refinement->method));
  if (evaluation.protocol == "published") parts.append(EvaluationWords::tr("published protocol"));
  return parts.join(QStringLiteral(" · "));
}

QString pace_text(const EvaluationProgress& progress) {
  QStringList parts;
  if (progress.rate > 0)
    parts.append(EvaluationWords::tr("%1 clips/s").arg(number_text(qsizetype(std::llround(progress.rate)))));
  if (progress.seconds_left >= 0) {
    parts.append(EvaluationWords::tr("%1 left of this step").arg(about_text(progress.seconds_left)));
  }
  return parts.join(QStringLiteral(" · "));
}

QString method_name(const std::string& method) { return QString::fromStdString(core::method_title(method)); }

}  // namespace purlscope::app
