#include "app/cli/support/json_output.h"

#include <cstdio>

#include "core/base/error.h"

namespace purlscope::app::cli {
namespace {

void print(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    throw Error(Code::io, "standard output could not be written: is the disk full, or the reader gone?");
  }
}

}  // namespace

Json rows(const core::NdArray& array) {
  Json list = Json::array();
  if (array.shape.size() != 2) return list;
  const std::size_t width = array.shape[1];
  for (std::size_t row = 0; row < array.shape[0]; ++row) {
    list.push_back(numbers(std::span(array.data).subspan(row * width, width)));
  }
  return list;
}

void print_line(const Json& document) { print(document.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"); }

void print_pretty(const Json& document) { print(document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"); }

}  // namespace purlscope::app::cli
