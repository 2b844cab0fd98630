#include "core/endpoint/endpoint.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/paths.h"
#include "core/base/progress.h"
#include "core/endpoint/http.h"
#include "core/endpoint/questions.h"
#include "core/text/description_rows.h"

namespace purlscope::core {
namespace fs = std::filesystem;
using nlohmann::json;
namespace {

constexpr std::chrono::milliseconds kLongestWait{30000};
constexpr std::size_t kShownBytes = 200;

void check(const EndpointSettings& settings) {
  if (!settings.url.empty() && !settings.model.empty()) return;
  throw Error(Code::unsupported,
              fmt::format("no language model is configured: {} is missing; give --endpoint URL and --endpoint-model "
                          "NAME, or write them to {}",
                          settings.url.empty() ? "the URL" : "the model's name",
                          (user_config_dir() / "endpoint.json").string()));
}

std::string chat_url(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return url + "/chat/completions";
}

/// The server's own words about a failure, shortened.
std::string complaint(const std::string& body) {
  const json document = json::parse(body, nullptr, false);
  const json::json_pointer message("/error/message");
  const bool told = document.is_object() && document.contains(message) && document[message].is_string();
  std::string text = told ? document[message].get<std::string>() : body;
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < 0x20; }, ' ');
  return text.substr(0, kShownBytes);
}

bool is_passing(long status) { return status == 429 || status >= 500; }

void wait(std::chrono::milliseconds time, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, stop, time, [] { return false; });
  throw_if_stopped(stop);
}

std::string post(const EndpointSettings& settings, const std::string& body, const std::stop_token& stop) {
  const std::string url = chat_url(settings.url);
  std::vector<std::string> headers;
  if (!settings.api_key.empty()) headers.push_back("Authorization: Bearer " + settings.api_key);
  std::chrono::milliseconds pause = settings.first_wait;
  for (int attempt = 1;; ++attempt) {
    HttpAnswer answer = post_json(url, headers, body, settings.timeout, stop);
    if (answer.status == 200) return std::move(answer.body);
    if (!is_passing(answer.status) || attempt >= settings.attempts) {
      throw Error(Code::io, fmt::format("{}: status {} after {} attempt{}: {}; {}", url, answer.status, attempt,
                                        attempt == 1 ? "" : "s", complaint(answer.body),
                                        answer.status == 401 ? "set PURLSCOPE_API_KEY to a valid key"
                                                             : "check URL and model, or try again later"));
    }
    wait(std::min(std::max<std::chrono::milliseconds>(pause, answer.retry_after), kLongestWait), stop);
    pause *= 2;
  }
}

std::string ask(const EndpointSettings& settings, const std::string& question, const std::stop_token& stop) {
  const json request = {{"model", settings.model},
                        {"messages", json::array({{{"role", "user"}, {"content", question}}})},
                        {"temperature", 0},
                        {"stream", false}};
  const std::string body = post(settings, request.dump(), stop);
  const json answer = json::parse(body, nullptr, false);
  const json::json_pointer content("/choices/0/message/content");
  if (answer.is_discarded() || !answer.contains(content) || !answer[content].is_string()) {
    throw Error(Code::bad_format, fmt::format("{}: the answer is no chat completion: found \"{}\", expected JSON with "
                                              "choices[0].message.content; is it an OpenAI-compatible server?",
                                              settings.url, complaint(body)));
  }
  return answer[content].get<std::string>();
}

std::vector<Label> own_labels() {
  std::error_code missing;
  if (!fs::exists(own_bank_file(), missing)) return {};
  return read_description_table(own_bank_file(), Origin::endpoint);
}

void keep(const Label& label) {
  std::vector<Label> labels = own_labels();
  labels.push_back(label);
  std::string table = fmt::format("{}\n", fmt::join(description_columns(), "\t"));
  for (const Label& row : labels) {
    table += row.text;
    for (const Sentence& sentence : row.sentences) table.append("\t").append(sentence.text);
    table += '\n';
  }
  fs::create_directories(own_bank_file().parent_path());
  AtomicFile file(own_bank_file());
  file.write(table.data(), table.size());
  file.commit();
}

}  // namespace

fs::path own_bank_file() { return user_data_dir() / "descriptions.tsv"; }

std::optional<Label> find_in_own_bank(std::string_view label) {
  std::optional<Label> found = DescriptionBank(own_labels()).find(label);
  if (found) found->text = clean_label(label);
  return found;
}

Label describe_by_endpoint(std::string_view label, const EndpointSettings& settings, const std::stop_token& stop) {
  Label result;
  result.text = clean_label(label);
  if (auto known = find_in_own_bank(result.text)) return *std::move(known);
  check(settings);
  for (const Question& question : questions_about(result.text)) {
    take_answer(question, ask(settings, question.text, stop), result);
  }
  keep(result);
  return result;
}

}  // namespace purlscope::core
