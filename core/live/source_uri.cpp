#include "core/live/source_uri.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/base/error.h"

namespace purlscope::core {
namespace {

constexpr const char* kLoopback = "127.0.0.1";

/// Where "?key=value..." begins; the end when there is none.
std::size_t options_begin(std::string_view text) {
  const std::size_t mark = text.rfind('?');
  if (mark == std::string_view::npos) return text.size();
  return text.find('=', mark) == std::string_view::npos ? text.size() : mark;
}

}  // namespace

void SourceUri::require_options(std::initializer_list<std::string_view> known) const {
  for (const auto& [key, value] : options) {
    if (std::ranges::find(known, key) != known.end()) continue;
    std::string list;
    for (const std::string_view name : known) list += fmt::format("{}{}", list.empty() ? "" : ", ", name);
    throw Error(Code::bad_argument,
                fmt::format("source '{}': no option '{}' here; known: {}", text, key, list.empty() ? "none" : list));
  }
}

double SourceUri::number(const std::string& option, double otherwise, double low, double high) const {
  const auto found = options.find(option);
  if (found == options.end()) return otherwise;
  const std::string& digits = found->second;
  double value = 0.0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (failure == std::errc() && end == digits.data() + digits.size() && value >= low && value <= high) return value;
  throw Error(Code::bad_argument,
              fmt::format("source '{}': {} is '{}', expected a number from {} to {}", text, option, digits, low, high));
}

SourceUri parse_source_uri(std::string_view text) {
  SourceUri uri;
  uri.text = text;
  const std::size_t colon = text.find(':');
  if (colon == 0 || colon == std::string_view::npos) {
    throw Error(Code::bad_argument,
                fmt::format("source '{}': expected KIND:PLACE, for example udp://127.0.0.1:5005", text));
  }
  uri.scheme = text.substr(0, colon);
  std::string_view rest = text.substr(colon + 1);
  if (rest.starts_with("//")) rest.remove_prefix(2);
  const std::size_t mark = options_begin(rest);
  uri.place = rest.substr(0, mark);
  std::string_view query = rest.substr(std::min(mark + 1, rest.size()));
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::string_view value = equals < pair.size() ? pair.substr(equals + 1) : std::string_view();
    if (!uri.options.emplace(pair.substr(0, equals), value).second) {
      throw Error(Code::bad_argument,
                  fmt::format("source '{}': option '{}' stands twice", text, pair.substr(0, equals)));
    }
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  if (uri.place.empty()) throw Error(Code::bad_argument, fmt::format("source '{}': nothing after the colon", text));
  return uri;
}

HostPort parse_host_port(const SourceUri& uri) {
  std::string_view place = uri.place;
  if (place.ends_with('/')) place.remove_suffix(1);
  const std::size_t colon = place.rfind(':');
  std::string_view host = colon == std::string_view::npos ? std::string_view() : place.substr(0, colon);
  const std::string_view digits = colon == std::string_view::npos ? place : place.substr(colon + 1);
  if (host.size() > 2 && host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  unsigned port = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (failure != std::errc() || end != digits.data() + digits.size() || port == 0 || port > 65535) {
    throw Error(
        Code::bad_argument,
        fmt::format("source '{}': expected {}://HOST:PORT with a port from 1 to 65535, for example {}://{}:5005",
                    uri.text, uri.scheme, uri.scheme, kLoopback));
  }
  return {host.empty() ? kLoopback : std::string(host), static_cast<std::uint16_t>(port)};
}

}  // namespace purlscope::core
