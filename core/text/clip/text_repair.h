#pragma once

#include <string>

namespace purlscope::core {

/// A text with the accidents of its way through other programs undone, as CLIP's training texts were treated before
/// they were cut into tokens: character references, UTF-8 that was read as Windows-1252 or Latin-1 (also more than
/// once), C1 controls, ligatures, full-width and half-width forms, curled quotation marks, control characters; NFC at
/// the end. The order is that of the `ftfy` package, whose behaviour for other encodings and for texts that were
/// damaged on the way is not followed.
std::u32string repaired_text(std::u32string text);

}  // namespace purlscope::core
