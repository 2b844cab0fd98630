#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <stop_token>
#include <string>

#include "core/live/source_uri.h"
#include "core/live/transport/transport.h"

namespace purlscope::core {

/// Runs the handlers of a transport and the receiver's ticks until the stop request.
void run_io(boost::asio::io_context& io, PacketReceiver& receiver, const std::stop_token& stop);

/// The address to listen at: a numeric one, or "localhost".
/// @throws Error{Code::bad_argument} for any other name: which of its addresses were meant?
boost::asio::ip::address listening_address(const HostPort& place);

}  // namespace purlscope::core
