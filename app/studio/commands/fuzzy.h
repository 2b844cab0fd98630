#pragma once

#include <QString>
#include <optional>

namespace purlscope::app {

/// How well a query fits a text: its letters must occur in order, case and blanks aside. Higher is better; starts of
/// words, unbroken runs and early hits count more. Nothing when it does not fit; an empty query fits everything with 0.
std::optional<int> fuzzy_score(const QString& query, const QString& text);

}  // namespace purlscope::app
