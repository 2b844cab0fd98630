#pragma once

#include <QObject>
#include <functional>
#include <string>

#include "app/studio/panels/evaluation/evaluation_job.h"

namespace purlscope::app {

class Background;

/// Writes what was found to files, without holding up the window. Thread: UI.
class EvaluationExport : public QObject {
  Q_OBJECT

 public:
  explicit EvaluationExport(QObject* parent = nullptr);

  /// One page with all of it.
  void save_report(const EvaluationRunPtr& run, const QString& file);
  /// A line for every clip.
  void save_predictions(const EvaluationRunPtr& run, const QString& file);

 Q_SIGNALS:
  void saved(const QString& file);
  void failed(const QString& text);

 private:
  void write(const QString& file, std::function<std::string()> text);

  Background* files_;
};

}  // namespace purlscope::app
