#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "core/endpoint/settings.h"
#include "core/text/descriptions.h"

namespace purlscope::core {

/// The user's own descriptions, a table as read_description_table() reads: what a language model has answered is kept
/// there and can be edited.
std::filesystem::path own_bank_file();

/// A label's row in the user's own descriptions, by the rules of DescriptionBank; the label keeps its text.
/// @throws as read_description_table when the file is damaged
std::optional<Label> find_in_own_bank(std::string_view label);

/// Asks a language model for the eight sentences of a label and keeps them in the user's own descriptions; what stands
/// there is not asked again. Busy or failing servers (429, 5xx) are asked again a few times. Thread: any; blocks.
/// @throws Error{Code::unsupported} without URL or model; Error{Code::io} for no answer or a refusal, with status and
///         the server's words; Error{Code::bad_format} for an answer in another form; Error{Code::cancelled}
Label describe_by_endpoint(std::string_view label, const EndpointSettings& settings, const std::stop_token& stop);

}  // namespace purlscope::core
