#pragma once

#include <stdexcept>
#include <string>

namespace purlscope {

/// What went wrong, for callers that react to it (the message is for people).
enum class Code {
  bad_argument,    ///< the caller or the command line asked for something impossible
  bad_format,      ///< a file or packet is damaged or is not what it claims to be
  not_found,       ///< a file, resource, label or weight does not exist
  io,              ///< the operating system refused to read or write
  shape_mismatch,  ///< tensors or layouts that do not fit together
  unsupported,     ///< understood, but this build or machine cannot do it
  limit,           ///< a documented bound was exceeded (size, count, memory)
  cancelled,       ///< a stop token was triggered
  internal         ///< a broken invariant of our own
};

/// The one exception type of the product. The message says what happened, where (file, line or key), what was
/// found and what was expected, and what to do next.
class Error : public std::runtime_error {
 public:
  Error(Code code, const std::string& message) : std::runtime_error(message), code_(code) {}
  Code code() const noexcept { return code_; }

 private:
  Code code_;
};

}  // namespace purlscope
