#pragma once

#include <QString>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/engine/recognition.h"

namespace purlscope::app {

/// Values of the eight sentences over columns: joints, or stretches of time.
struct MatrixData {
  std::vector<QString> rows;                    ///< [R] sentence names
  std::vector<QString> columns;                 ///< [C] full names, for tool tips
  std::vector<std::pair<QString, int>> groups;  ///< name and width of each run of columns, for the axis
  std::vector<float> values;                    ///< [R, C] row-major
  bool diverging = false;                       ///< colours symmetric about zero
  std::string colour_map = "viridis";
};

/// Least and greatest value of the colours: from 0, or symmetric about it.
std::pair<float, float> colour_range(const MatrixData& matrix);

/// How the values of a matrix are chosen and coloured.
struct MatrixLook {
  bool contribution = false;  ///< instead of attention
  std::string colour_map = "viridis";
};

/// Sums over the chosen time nodes, joints by body part as joints_by_part() has them.
/// @param label  place in recognition.labels. @param nodes  [T'] which time nodes count
MatrixData joints_matrix(const core::Recognition& recognition, std::size_t label, const std::vector<bool>& nodes,
                         const MatrixLook& look);
/// Sums over all joints, one column a time node.
MatrixData time_matrix(const core::Recognition& recognition, std::size_t label, const MatrixLook& look);

/// Both matrices of a label at a moment, and what they are made of.
struct ShownAttention {
  core::RecognitionPtr recognition;
  std::size_t label = 0;  ///< place in recognition->labels
  bool contribution = false;
  std::optional<double> moment;  ///< over joints: at this time of the recognition, seconds; nothing = the whole clip
  MatrixData over_joints;
  MatrixData over_time;
};

}  // namespace purlscope::app
