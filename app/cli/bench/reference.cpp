#include "app/cli/bench/reference.h"

#include <fmt/format.h>
#include <poll.h>

#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/base/error.h"
#include "core/base/paths.h"
#include "core/base/progress.h"

namespace purlscope::app::cli {
namespace {

constexpr int kLongestPoll = 50;             // milliseconds; also how soon a stop request is seen
constexpr std::size_t kQuotedErrors = 1000;  // bytes of its last words in a message

std::vector<std::string> command(const std::string& python, const std::filesystem::path& weights,
                                 const std::filesystem::path& input, int threads,
                                 const std::vector<std::string>& further) {
  const std::filesystem::path script = core::engine_library().parent_path() / "reference" / "time_shift_gcn.py";
  std::vector<std::string> all = {python,         "-u",        script.string(),         weights.string(),
                                  input.string(), "--threads", std::to_string(threads), "--serve"};
  all.insert(all.end(), further.begin(), further.end());
  return all;
}

nlohmann::json parse(const std::string& line) {
  nlohmann::json document = nlohmann::json::parse(line, nullptr, false);
  if (document.is_object()) return document;
  throw Error(Code::unsupported, fmt::format("--reference: found \"{}\", expected a line of JSON from "
                                             "benchmarks/reference/time_shift_gcn.py",
                                             line));
}

}  // namespace

Reference::Reference(const std::string& python, const std::filesystem::path& weights,
                     const std::filesystem::path& input, int threads, std::stop_token stop,
                     const std::vector<std::string>& further)
    : stop_(std::move(stop)), process_(command(python, weights, input, threads, further)) {
  version_ = parse(read_line()).value("torch", "");
}

double Reference::run() {
  const std::byte line{'\n'};
  process_.write({&line, 1});
  const nlohmann::json answer = parse(read_line());
  logits_ = answer.value("logits", std::vector<float>());
  return answer.value("ms", 0.0);
}

std::string Reference::read_line() {
  for (;;) {
    if (const std::size_t end = pending_.find('\n'); end != std::string::npos) {
      std::string line = pending_.substr(0, end);
      pending_.erase(0, end + 1);
      return line;
    }
    core::throw_if_stopped(stop_);
    std::array<pollfd, 2> streams = {{{process_.output(), POLLIN, 0}, {process_.errors(), POLLIN, 0}}};
    poll(streams.data(), streams.size(), kLongestPoll);
    process_.read_errors(errors_);
    if (process_.read_output(pending_)) continue;
    const std::string end = process_.end();
    if (errors_.size() > kQuotedErrors) errors_.erase(0, errors_.size() - kQuotedErrors);
    throw Error(Code::unsupported, fmt::format("--reference: the Python program ended ({}): {}\nGive an interpreter "
                                               "that has what benchmarks/reference/requirements.txt names.",
                                               end, errors_));
  }
}

}  // namespace purlscope::app::cli
