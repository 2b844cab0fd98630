#pragma once

#include <QString>
#include <cstddef>
#include <optional>
#include <vector>

#include "app/studio/panels/attention/joint_groups.h"
#include "core/engine/margin.h"

namespace purlscope::app {

/// A line of *Why this label?*: a part of the margin, and where it comes from.
struct WhyRow {
  enum class Kind { heading, sentence, body_part, joint, time, rest };
  Kind kind = Kind::heading;
  QString name;
  double share = 0;                ///< of the margin, in the unit of the score
  std::size_t place = 0;           ///< sentence, joint of the model's layout, or time node
  std::optional<BodyPart> part{};  ///< of a body part or joint
};

/// The lines of a margin, and what it was found to be without some of them.
struct WhyTable {
  QString label, rival;
  double margin = 0;  ///< of the two scores
  std::vector<WhyRow> rows;
  std::vector<std::optional<double>> hidden;  ///< [rows] margin when scored without it; nothing = not measured
};

/// All lines for a margin: by sentence, by body part (each with its joints), by time. Shares under each heading add up
/// to the margin.
std::vector<WhyRow> why_rows(const core::Recognition& recognition, const core::Margin& margin);

/// The largest share of any line under the same heading (for joints: of any joint), for the scale of the bars; at least
/// a small number. @param row  one of the rows
double largest_share(const std::vector<WhyRow>& rows, const WhyRow& row);

}  // namespace purlscope::app
