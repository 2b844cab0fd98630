#include "app/studio/export/attention_export.h"

#include <QCoreApplication>
#include <algorithm>

#include "app/studio/panels/attention/joint_groups.h"
#include "app/studio/words.h"
#include "core/report/attention_arrays.h"
#include "core/report/csv_text.h"

namespace purlscope::app {
namespace {

class ExportWords {
  Q_DECLARE_TR_FUNCTIONS(Export)
};

std::string measure_of(const ShownAttention& shown) { return shown.contribution ? "contribution" : "attention"; }

/// Attention of a sentence adds up to 1 over all joints and times; contributions to the label's score.
std::string unit_of(const ShownAttention& shown) { return shown.contribution ? "score" : "share of the sentence"; }

core::TimeSpan whole(const core::Recognition& recognition) {
  return {recognition.window.begin, recognition.window.end};
}

QString range_text(const core::TimeSpan& span) {
  return ExportWords::tr("%1–%2 s").arg(span.begin, 0, 'f', 1).arg(span.end, 0, 'f', 1);
}

/// Names of the joints in the order of the matrix.
std::vector<std::string> shown_joints(const ShownAttention& shown) {
  std::vector<std::string> names;
  for (const QString& name : shown.over_joints.columns) names.push_back(name.toStdString());
  return names;
}

core::NdArray array_of(const MatrixData& matrix) {
  core::NdArray array({matrix.rows.size(), matrix.columns.size()});
  array.data = matrix.values;
  return array;
}

}  // namespace

MatrixFigure attention_figure(const ShownAttention& shown, const QString& recording) {
  const core::Recognition& recognition = *shown.recognition;
  const core::LabelScore& score = recognition.labels[shown.label];
  const QString label = QString::fromStdString(score.label);
  MatrixFigure figure;
  figure.title = shown.contribution ? ExportWords::tr("%1: contribution of each sentence to the score").arg(label)
                                    : ExportWords::tr("%1: attention of its sentences").arg(label);
  figure.facts = QStringList{recording, ExportWords::tr("probability %1 %").arg(100 * score.probability, 0, 'f', 1),
                             ExportWords::tr("score %1").arg(signed_number(score.score, 3)),
                             QString::fromStdString(recognition.model)}
                     .join(QStringLiteral(" · "));
  figure.unit = shown.contribution ? ExportWords::tr("Contribution (score)") : ExportWords::tr("Attention (share)");
  const QString over = shown.moment
                           ? ExportWords::tr("Over joints, moments at %1 s").arg(*shown.moment, 0, 'f', 2)
                           : ExportWords::tr("Over joints, whole clip (%1)").arg(range_text(whole(recognition)));
  figure.parts.push_back({over, ExportWords::tr("Joint (%1)").arg(QString::fromStdString(recognition.layout->id)),
                          shown.over_joints, true});
  MatrixPart times{ExportWords::tr("Over time, all joints"), ExportWords::tr("Stretch of the clip (s)"),
                   shown.over_time};
  for (std::size_t i = 0; i < times.data.columns.size(); ++i) {
    const core::TimeSpan& span = recognition.spans[i];
    times.data.columns[i] = QStringLiteral("%1–%2").arg(span.begin, 0, 'f', 1).arg(span.end, 0, 'f', 1);
  }
  figure.parts.push_back(std::move(times));
  return figure;
}

std::string attention_csv(const ShownAttention& shown, const std::string& recording) {
  const core::Recognition& recognition = *shown.recognition;
  std::string text = core::csv_row(
      {"recording", "label", "matrix", "sentence", "joint", "begin_s", "end_s", "measure", "value", "unit"});
  const auto add = [&](const char* matrix, std::size_t row, const std::string& joint, const core::TimeSpan& span,
                       float value) {
    text += core::csv_row({recording, recognition.labels[shown.label].label, matrix, std::string(core::kSentences[row]),
                           joint, core::csv_number(span.begin), core::csv_number(span.end), measure_of(shown),
                           core::csv_number(value), unit_of(shown)});
  };
  const std::vector<std::string> joints = shown_joints(shown);
  const core::TimeSpan part = shown.moment ? core::TimeSpan{*shown.moment, *shown.moment} : whole(recognition);
  for (std::size_t row = 0; row < core::kSentenceCount; ++row) {
    for (std::size_t joint = 0; joint < joints.size(); ++joint) {
      add("joints", row, joints[joint], part, shown.over_joints.values[row * joints.size() + joint]);
    }
  }
  const std::size_t times = recognition.spans.size();
  for (std::size_t row = 0; row < core::kSentenceCount; ++row) {
    for (std::size_t node = 0; node < times; ++node) {
      add("time", row, {}, recognition.spans[node], shown.over_time.values[row * times + node]);
    }
  }
  return text;
}

std::map<std::string, core::NpzValue> attention_npz(const ShownAttention& shown, const std::string& recording) {
  const core::Recognition& recognition = *shown.recognition;
  std::map<std::string, core::NpzValue> arrays = core::attention_arrays(recognition, shown.label);
  arrays["over_joints"] = array_of(shown.over_joints);
  arrays["over_time"] = array_of(shown.over_time);
  arrays["shown_joints"] = shown_joints(shown);
  arrays["measure"] = measure_of(shown);
  arrays["unit"] = unit_of(shown);
  arrays["label"] = recognition.labels[shown.label].label;
  arrays["recording"] = recording;
  arrays["model"] = recognition.model;
  if (shown.moment) arrays["moment"] = core::NpzNumbers<double>{{}, {*shown.moment}};
  return arrays;
}

}  // namespace purlscope::app
