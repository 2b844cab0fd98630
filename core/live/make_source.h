#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/live/pose_source.h"
#include "core/live/source_uri.h"

namespace purlscope::core {

/// One kind of source.
struct SourceKind {
  std::string scheme;                                        ///< "udp"
  std::string title;                                         ///< "SkeletonStream over UDP"
  std::string example;                                       ///< "udp://127.0.0.1:5005"
  std::unique_ptr<LiveInput> (*make)(const SourceUri& uri);  ///< throws Error{Code::bad_argument} for a bad address
};

/// All kinds, in the order in which people are shown them.
std::span<const SourceKind> source_kinds();

/// Whether a text begins with the scheme of a known kind and a colon, and so is meant as a source, not as a file.
bool is_source_address(std::string_view text);

/// A source by its address, not yet started. Whether it can be opened shows after start().
/// @throws Error{Code::bad_argument} naming the known kinds, or what is wrong with the address
std::unique_ptr<PoseSource> make_source(std::string_view uri);

}  // namespace purlscope::core
