#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace purlscope::core {

/// What is told of an XML document, in order. Names come without their namespace prefix.
struct XmlEvents {
  std::function<void(const std::string& element, const std::map<std::string, std::string>& attributes)> start;
  std::function<void(const std::string& element)> end;
  std::function<void(std::string_view text)> text;  ///< UTF-8, in pieces
};

/// Reads a whole document. What a handler throws stops the reading and comes out.
/// @param place  file and part, for messages
/// @throws Error{Code::bad_format} with place and line; also for a document type declaration, which no spreadsheet has
///         and by which a small file could grow without end
void read_xml(const std::string& place, std::string_view document, const XmlEvents& events);

}  // namespace purlscope::core
