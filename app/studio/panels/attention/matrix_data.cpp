#include "app/studio/panels/attention/matrix_data.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "app/studio/panels/attention/joint_groups.h"
#include "app/studio/words.h"

namespace purlscope::app {
namespace {

/// A matrix without columns yet.
MatrixData empty_matrix(const MatrixLook& look) {
  MatrixData matrix;
  for (std::size_t i = 0; i < core::kSentenceCount; ++i) matrix.rows.push_back(sentence_name(i));
  matrix.diverging = look.contribution;
  matrix.colour_map = look.colour_map;
  return matrix;
}

const core::NdArray& nodes_of(const core::Recognition& recognition, std::size_t label, const MatrixLook& look) {
  const core::LabelAttention& source = recognition.attention.at(label);
  return look.contribution ? source.contribution : source.attention;
}

}  // namespace

std::pair<float, float> colour_range(const MatrixData& matrix) {
  float high = 0.0F;
  for (const float value : matrix.values) {
    if (std::isfinite(value)) high = std::max(high, matrix.diverging ? std::abs(value) : value);
  }
  if (high <= 0.0F) high = 1.0F;
  return {matrix.diverging ? -high : 0.0F, high};
}

MatrixData joints_matrix(const core::Recognition& recognition, std::size_t label, const std::vector<bool>& nodes,
                         const MatrixLook& look) {
  const core::NdArray& values = nodes_of(recognition, label, look);
  const std::vector<std::size_t> order = joints_by_part(*recognition.layout);
  MatrixData matrix = empty_matrix(look);
  for (const std::size_t joint : order) {
    matrix.columns.push_back(QString::fromStdString(recognition.layout->joints[joint]));
    const QString part = part_name(body_part(recognition.layout->joints[joint]));
    if (matrix.groups.empty() || matrix.groups.back().first != part) matrix.groups.emplace_back(part, 0);
    ++matrix.groups.back().second;
  }
  for (std::size_t row = 0; row < core::kSentenceCount; ++row) {
    for (const std::size_t joint : order) {
      float sum = 0.0F;
      for (std::size_t node = 0; node < nodes.size(); ++node) {
        if (nodes[node]) sum += values.at(row, node, joint);
      }
      matrix.values.push_back(sum);
    }
  }
  return matrix;
}

MatrixData time_matrix(const core::Recognition& recognition, std::size_t label, const MatrixLook& look) {
  const core::NdArray& values = nodes_of(recognition, label, look);
  MatrixData matrix = empty_matrix(look);
  for (const core::TimeSpan& span : recognition.spans) {
    const QString name =
        QCoreApplication::translate("AttentionPanel", "%1–%2 s").arg(span.begin, 0, 'f', 1).arg(span.end, 0, 'f', 1);
    matrix.columns.push_back(name);
    matrix.groups.emplace_back(name, 1);
  }
  for (std::size_t row = 0; row < core::kSentenceCount; ++row) {
    for (std::size_t node = 0; node < recognition.spans.size(); ++node) {
      float sum = 0.0F;
      for (std::size_t joint = 0; joint < recognition.layout->size(); ++joint) sum += values.at(row, node, joint);
      matrix.values.push_back(sum);
    }
  }
  return matrix;
}

}  // namespace purlscope::app
