#pragma once

#include <filesystem>
#include <string>

#include "models/structured/fit/calibration.h"
#include "models/structured/fit/training_set.h"

namespace purlscope::models::structured {

inline constexpr const char* kArchitecture = "structured";

/// A trained recogniser: what a model file holds. The closed form is computed from it on loading (a fraction of a
/// second), so that a new label can be fitted with nothing but this file.
struct Model {
  std::string name;  ///< "purlscope-structured-v1"
  std::string licence;
  std::string data;          ///< names of the data sets it was trained on
  std::string card;          ///< Markdown
  std::string text_encoder;  ///< name of the encoder its text features come from
  Options options;
  TrainingSet training;
  Calibration calibration;
};

/// Writes a model file (safetensors; training samples and texts in half precision). @throws Error{Code::io}
void save_model(const Model& model, const std::filesystem::path& file);

/// @throws Error{Code::not_found, Code::bad_format, Code::shape_mismatch, Code::unsupported} naming file, key, found
///         and expected
Model load_model(const std::filesystem::path& file);

/// Refuses a text encoder that is not the one the model's text features come from: by name, by length, and by its
/// features of a phrase that the model holds. @throws Error{Code::unsupported} naming both and the remedy
void expect_encoder(const Model& model, TextEncoder& encoder);

}  // namespace purlscope::models::structured
