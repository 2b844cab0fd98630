#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace purlscope::core {

/// A source's address in its parts: "replay:walk.purlrec?speed=2" is scheme "replay", place "walk.purlrec", option
/// speed = 2. The slashes of "udp://" belong to neither. A question mark counts only in front of "key=value".
struct SourceUri {
  std::string text;    ///< as given
  std::string scheme;  ///< "udp"
  std::string place;   ///< "127.0.0.1:5005", "0", a file or folder
  std::map<std::string, std::string> options;

  /// Refuses options that the kind does not know. @throws Error{Code::bad_argument}
  void require_options(std::initializer_list<std::string_view> known) const;
  /// A number among the options. @throws Error{Code::bad_argument} unless it lies from `low` to `high`
  double number(const std::string& option, double otherwise, double low, double high) const;
};

/// @throws Error{Code::bad_argument} when there is no scheme, no place, or an option stands twice
SourceUri parse_source_uri(std::string_view text);

/// Where to listen or connect.
struct HostPort {
  std::string host;  ///< loopback where the address leaves it out
  std::uint16_t port = 0;
};

/// Reads "HOST:PORT", "[IPV6]:PORT", ":PORT" or "PORT"; without a host it is 127.0.0.1.
/// @throws Error{Code::bad_argument} showing an example
HostPort parse_host_port(const SourceUri& uri);

}  // namespace purlscope::core
