#pragma once

#include <memory>
#include <string>

#include "core/live/source_uri.h"
#include "core/live/transport/transport.h"

namespace purlscope::core {

/// Listens for WebSocket senders (RFC 6455), at most eight at a time; any path. Pages that a browser loaded from
/// elsewhere are refused (their Origin is not this machine), so that no web page can feed the program.
/// @throws Error{Code::bad_argument} for a host that is no address
std::unique_ptr<Transport> make_websocket_server(const HostPort& place);

/// Connects to a WebSocket server and takes what it sends; connects again with growing pauses (0.25 s to 5 s).
/// @param path  "/poses"
std::unique_ptr<Transport> make_websocket_client(const HostPort& place, std::string path);

}  // namespace purlscope::core
