#pragma once

#include <QByteArray>
#include <optional>

#include "core/text/labels.h"

namespace purlscope::app {

/// Labels, sentences and where each sentence comes from, as JSON:
/// `[{"text": "wave", "sentences": [{"text": "...", "origin": "bank"}, ...]}, ...]`, eight sentences each, and
/// `"nearest"` where they are those of another label of the bank.
QByteArray write_labels(const core::LabelSet& labels);
/// Nothing when the text is not what write_labels makes, or a label or sentence would be refused if typed.
std::optional<core::LabelSet> read_labels(const QByteArray& json);

}  // namespace purlscope::app
