#pragma once

#include <chrono>
#include <stop_token>
#include <string>
#include <vector>

namespace purlscope::core {

/// What a server answered.
struct HttpAnswer {
  long status = 0;
  std::string body;
  std::chrono::seconds retry_after{0};  ///< as the server asks for; 0 when it does not
};

/// Posts a JSON text and waits for the answer, whatever its status. HTTP and HTTPS alone; redirections are not
/// followed, so that a key never reaches another server. Thread: any; blocks until the answer, the time-out or the stop
/// request.
/// @param headers  further header lines: "Authorization: Bearer ..."
/// @throws Error{Code::io} when no answer comes (address, refused connection, certificate, time-out), naming the URL
/// and
///         the reason; Error{Code::limit} for an answer of more than 4 MB; Error{Code::bad_argument} for a URL that is
///         none; Error{Code::cancelled}
HttpAnswer post_json(const std::string& url, const std::vector<std::string>& headers, const std::string& body,
                     std::chrono::milliseconds timeout, const std::stop_token& stop);

}  // namespace purlscope::core
