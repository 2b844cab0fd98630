#pragma once

#include <filesystem>
#include <memory>

#include "models/recogniser/recogniser.h"

namespace purlscope::models {

/// A model trained by train_purls() behind the live engine.
///
/// Attention [8, T', J] is that of the scored computation (T' stretches of equally many frames with the person). A
/// label's score is the mean of its level similarities (or the global one: the model's option). Level shares and
/// contributions are measured from the mean seen clip; `other` is that clip's own score, so that levels and other add
/// up to the score.
/// @param path the file, or the folder that train_purls() wrote
/// @throws Error{Code::not_found, Code::bad_format, Code::shape_mismatch}
std::unique_ptr<Recogniser> load_purls(const std::filesystem::path& path);

}  // namespace purlscope::models
