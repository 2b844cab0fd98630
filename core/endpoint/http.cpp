#include "core/endpoint/http.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <array>
#include <memory>

#include "core/base/error.h"
#include "core/base/progress.h"

namespace purlscope::core {
namespace {

constexpr std::size_t kMaxAnswerBytes = std::size_t{4} << 20U;

struct FreeHandle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Handle = std::unique_ptr<CURL, FreeHandle>;
using Headers = std::unique_ptr<curl_slist, FreeList>;

/// Once for the process, as the library demands.
void prepare_curl() {
  static const CURLcode kReady = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (kReady != CURLE_OK) throw Error(Code::unsupported, "the HTTP library cannot be started");
}

std::size_t take_bytes(char* bytes, std::size_t size, std::size_t count, void* body) {
  auto& text = *static_cast<std::string*>(body);
  if (text.size() + size * count > kMaxAnswerBytes) return 0;  // the transfer then fails with CURLE_WRITE_ERROR
  text.append(bytes, size * count);
  return size * count;
}

int stop_asked(void* token, curl_off_t /*all*/, curl_off_t /*got*/, curl_off_t /*to_send*/, curl_off_t /*sent*/) {
  return static_cast<const std::stop_token*>(token)->stop_requested() ? 1 : 0;
}

Headers make_headers(const std::vector<std::string>& lines) {
  Headers headers(curl_slist_append(nullptr, "Content-Type: application/json"));
  for (const std::string& line : lines) {
    curl_slist* const longer = curl_slist_append(headers.get(), line.c_str());
    if (longer == nullptr) throw Error(Code::limit, "out of memory while preparing an HTTP request");
    static_cast<void>(headers.release());  // the longer list owns it
    headers.reset(longer);
  }
  return headers;
}

Error failure_of(CURLcode code, const std::string& url, const char* detail, const std::stop_token& stop) {
  const std::string reason = *detail != '\0' ? detail : curl_easy_strerror(code);
  if (stop.stop_requested()) return {Code::cancelled, fmt::format("{}: stopped", url)};
  if (code == CURLE_WRITE_ERROR) {
    return {Code::limit, fmt::format("{}: the answer is larger than {} MB", url, kMaxAnswerBytes >> 20U)};
  }
  if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL) {
    return {Code::bad_argument, fmt::format("{}: {}; expected a URL such as http://localhost:8080/v1", url, reason)};
  }
  return {Code::io, fmt::format("{}: {}; check that the server runs and that the URL is right", url, reason)};
}

}  // namespace

HttpAnswer post_json(const std::string& url, const std::vector<std::string>& headers, const std::string& body,
                     std::chrono::milliseconds timeout, const std::stop_token& stop) {
  throw_if_stopped(stop);
  prepare_curl();
  const Handle handle(curl_easy_init());
  if (!handle) throw Error(Code::limit, "out of memory while preparing an HTTP request");
  const Headers list = make_headers(headers);
  HttpAnswer answer;
  std::array<char, CURL_ERROR_SIZE> detail{};
  std::stop_token token = stop;
  CURL* const curl = handle.get();
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list.get());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.c_str());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(timeout.count()));
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);  // other threads run
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &take_bytes);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, &stop_asked);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &token);
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, detail.data());
  const CURLcode code = curl_easy_perform(curl);
  if (code != CURLE_OK) throw failure_of(code, url, detail.data(), stop);
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
  curl_off_t wait = 0;
  if (curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &wait) == CURLE_OK) answer.retry_after = std::chrono::seconds(wait);
  return answer;
}

}  // namespace purlscope::core
