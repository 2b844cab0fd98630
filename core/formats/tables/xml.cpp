#include "core/formats/tables/xml.h"

#include <expat.h>
#include <fmt/format.h>

#include <exception>
#include <limits>
#include <memory>

#include "core/base/error.h"

namespace purlscope::core {
namespace {

struct FreeParser {
  void operator()(XML_ParserStruct* parser) const { XML_ParserFree(parser); }
};
using Parser = std::unique_ptr<XML_ParserStruct, FreeParser>;

std::string local_name(const char* name) {
  const std::string_view full(name);
  const std::size_t colon = full.rfind(':');
  return std::string(colon == std::string_view::npos ? full : full.substr(colon + 1));
}

/// No exception may pass through the C library: it is kept, and the parser is stopped.
struct Reading {
  const XmlEvents& events;
  XML_Parser parser;
  std::exception_ptr failure = nullptr;

  template <typename Tell>
  void tell(Tell tell) {
    if (failure) return;
    try {
      tell();
    } catch (...) {
      failure = std::current_exception();
      XML_StopParser(parser, XML_FALSE);
    }
  }

  static void start(void* self, const char* element, const char** attributes) {
    auto& reading = *static_cast<Reading*>(self);
    reading.tell([&] {
      std::map<std::string, std::string> named;
      for (const char** pair = attributes; *pair != nullptr; pair += 2) named[local_name(pair[0])] = pair[1];
      reading.events.start(local_name(element), named);
    });
  }
  static void end(void* self, const char* element) {
    auto& reading = *static_cast<Reading*>(self);
    reading.tell([&] { reading.events.end(local_name(element)); });
  }
  static void text(void* self, const char* characters, int length) {
    auto& reading = *static_cast<Reading*>(self);
    reading.tell([&] { reading.events.text({characters, static_cast<std::size_t>(length)}); });
  }
  static void document_type(void* self, const char* /*name*/, const char* /*system*/, const char* /*public*/,
                            int /*internal*/) {
    static_cast<Reading*>(self)->tell(
        [] { throw Error(Code::bad_format, "a document type declaration, which spreadsheets do not have"); });
  }
};

}  // namespace

void read_xml(const std::string& place, std::string_view document, const XmlEvents& events) {
  if (document.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    throw Error(Code::limit, fmt::format("{}: {} bytes of XML are too many", place, document.size()));
  }
  const Parser parser(XML_ParserCreate("UTF-8"));
  if (!parser) throw Error(Code::limit, fmt::format("{}: no memory to read it", place));
  Reading reading{events, parser.get()};
  XML_SetUserData(parser.get(), &reading);
  XML_SetElementHandler(parser.get(), &Reading::start, &Reading::end);
  XML_SetCharacterDataHandler(parser.get(), &Reading::text);
  XML_SetStartDoctypeDeclHandler(parser.get(), &Reading::document_type);
  const auto status = XML_Parse(parser.get(), document.data(), static_cast<int>(document.size()), XML_TRUE);
  if (reading.failure) std::rethrow_exception(reading.failure);
  if (status != XML_STATUS_OK) {
    throw Error(Code::bad_format,
                fmt::format("{}, line {}: {}; save the spreadsheet again", place,
                            XML_GetCurrentLineNumber(parser.get()), XML_ErrorString(XML_GetErrorCode(parser.get()))));
  }
}

}  // namespace purlscope::core
