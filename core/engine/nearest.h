#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/engine/engine.h"
#include "core/text/descriptions.h"

namespace purlscope::core {

/// A label of a bank and how near it is in meaning.
struct Neighbour {
  std::string label;
  float nearness = 0.0F;  ///< 0.6 of the text's cosine with the label and 0.4 of that with its global sentence
};

/// The bank's label that is nearest in meaning to a text, however far, among the 64 whose names are. The features of
/// the bank's texts lie in the encoder's cache on disk, so that a later start computes those of the text alone. Thread:
/// the engine's.
/// @throws what Engine::encode throws, Error{Code::not_found} for an empty bank
Neighbour nearest_in_bank(std::string_view text, const DescriptionBank& bank, Engine& engine);

/// Nearness from which on two labels are taken for the same action; measured for the encoder by the pairs in
/// tests/models/text/nearest_labels.tsv, absent for encoders that have not been measured.
std::optional<float> nearest_threshold(std::string_view text_encoder);

/// Gives every label that nobody has described (is_undescribed) the sentences of the nearest label of the bundled bank,
/// when that is near enough for the engine's encoder. Labels keep their texts; a set without such labels costs nothing.
/// Thread: the engine's. @throws what Engine::describe and Engine::encode throw
LabelSet with_nearest(LabelSet labels, Engine& engine);

}  // namespace purlscope::core
