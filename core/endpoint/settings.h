#pragma once

#include <chrono>
#include <string>

namespace purlscope::core {

/// A language model behind an OpenAI-compatible HTTP interface. Off until the user names a URL and a model.
struct EndpointSettings {
  std::string url;                             ///< up to the version: "http://localhost:8080/v1"
  std::string model;                           ///< name that the server knows
  std::string api_key;                         ///< empty = none is sent
  std::chrono::milliseconds timeout{60000};    ///< for one answer
  std::chrono::milliseconds first_wait{1000};  ///< before the first repetition; doubles each time
  int attempts = 4;                            ///< of one request, when the server is busy or fails
};

/// The settings of the user: `endpoint.json` in the folder of settings, an object with `url`, `model`, `api_key` and
/// `timeout_s`, each optional; the key is rather taken from $PURLSCOPE_API_KEY. Empty when there is no such file.
/// @throws Error{Code::bad_format} with file and key
EndpointSettings endpoint_settings();

}  // namespace purlscope::core
