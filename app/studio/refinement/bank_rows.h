#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "app/studio/refinement/arrival_record.h"

namespace purlscope::app {

/// A place of the bank that is taken.
struct BankCell {
  core::BankEntry entry;
  std::optional<Arrival> arrival;  ///< nothing for a window that came with a saved state
};

/// What the bank holds of one label.
struct BankRow {
  std::string slot;
  bool asked = true;            ///< false for what a motion looks like in a mirror, where that is no label asked for
  std::vector<BankCell> cells;  ///< the surest first
};

/// The bank as a table: a row for every label, in order, also without windows; after them other slots by name.
std::vector<BankRow> bank_rows(const core::RefinementState& state, const std::vector<std::string>& labels,
                               const ArrivalRecord& record);

/// Windows that the bank has room for of one label. 0 before the first start.
std::size_t bank_places(const core::RefinementState& state);

}  // namespace purlscope::app
