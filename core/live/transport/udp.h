#pragma once

#include <memory>

#include "core/live/source_uri.h"
#include "core/live/transport/transport.h"

namespace purlscope::core {

/// Listens for datagrams. @throws Error{Code::bad_argument} for a host that is no address
std::unique_ptr<Transport> make_udp(const HostPort& place);

}  // namespace purlscope::core
