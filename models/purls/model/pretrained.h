#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "models/backbones/backbone.h"

namespace purlscope::models::purls {

/// A backbone that somebody else has trained, and on how much.
struct Pretrained {
  std::string weights;       ///< as the config names them; empty = none
  std::int64_t classes = 0;  ///< of its own classifier

  bool none() const { return weights.empty(); }
  /// Why a figure measured on it is not zero-shot, a clause: "the backbone was trained on ...".
  std::string reason() const;
};

/// The file that a config's `backbone.pretrained` means. @param name of installed weights, or a file
std::filesystem::path pretrained_file(const std::string& name);

/// Reads the file to its end. @throws Error as load_pretrained()
Pretrained check_pretrained(const std::string& name);

/// Overwrites the weights of a backbone of one performer with a published Shift-GCN's. Of its input norm, which knows
/// two performers, it takes the first one's part, so that the features are those of a person alone.
/// @param backbone "shift-gcn" at width 1, layout ntu25
/// @throws Error{Code::not_found, Code::bad_format, Code::shape_mismatch} naming the file, and how weights are
/// installed
Pretrained load_pretrained(const std::string& name, backbones::Backbone& backbone);

}  // namespace purlscope::models::purls
