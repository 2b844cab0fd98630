#pragma once

#include <QByteArray>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/text/labels.h"

namespace purlscope::app {

/// Labels, sentences and where each sentence comes from, as JSON:
/// `[{"text": "wave", "sentences": [{"text": "...", "origin": "bank"}, ...]}, ...]`, eight sentences each, and
/// `"nearest"` where they are those of another label of the bank.
nlohmann::ordered_json labels_json(const core::LabelSet& labels);
/// The labels that are right; what is wrong of the others becomes a line of `problems`: place, found, expected, and
/// what is used instead. A label without its sentences gets the suggested ones.
/// @param key of the list, for the problems
core::LabelSet labels_from_json(const nlohmann::json& list, const std::string& key, std::vector<std::string>& problems);

/// The same as a text.
QByteArray write_labels(const core::LabelSet& labels);
/// Nothing when the text is not what write_labels makes, or a label or sentence would be refused if typed.
std::optional<core::LabelSet> read_labels(const QByteArray& json);

}  // namespace purlscope::app
