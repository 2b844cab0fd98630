#include "app/studio/refinement/bank_rows.h"

#include <algorithm>

namespace purlscope::app {

std::vector<BankRow> bank_rows(const core::RefinementState& state, const std::vector<std::string>& labels,
                               const ArrivalRecord& record) {
  std::vector<BankRow> rows;
  for (const std::string& label : labels) rows.push_back({label, true, {}});
  const auto others = static_cast<std::ptrdiff_t>(rows.size());
  for (const core::BankEntry& entry : state.bank) {
    auto row = std::ranges::find(rows, entry.slot, &BankRow::slot);
    if (row == rows.end()) row = rows.insert(rows.end(), {entry.slot, false, {}});
    const Arrival* arrival = record.find(entry);
    row->cells.push_back({entry, arrival != nullptr ? std::optional(*arrival) : std::nullopt});
  }
  std::sort(rows.begin() + others, rows.end(), [](const auto& a, const auto& b) { return a.slot < b.slot; });
  for (BankRow& row : rows) {
    std::ranges::stable_sort(row.cells,
                             [](const auto& a, const auto& b) { return a.entry.confidence > b.entry.confidence; });
  }
  return rows;
}

std::size_t bank_places(const core::RefinementState& state) {
  return state.settings.is_object() ? state.settings.value("bank", std::size_t{0}) : 0;
}

}  // namespace purlscope::app
