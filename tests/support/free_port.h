#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <stdexcept>

namespace purlscope::test {

/// A place on this machine.
inline sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in place{};
  place.sin_family = AF_INET;
  place.sin_port = htons(port);
  place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return place;
}

/// A port that nobody uses just now. @param kind  SOCK_DGRAM or SOCK_STREAM
inline std::uint16_t free_port(int kind) {
  const int probe = socket(AF_INET, kind, 0);
  sockaddr_in place = loopback(0);
  socklen_t size = sizeof(place);
  if (bind(probe, reinterpret_cast<sockaddr*>(&place), size) != 0) throw std::runtime_error("no free port");
  getsockname(probe, reinterpret_cast<sockaddr*>(&place), &size);
  close(probe);
  return ntohs(place.sin_port);
}

}  // namespace purlscope::test
