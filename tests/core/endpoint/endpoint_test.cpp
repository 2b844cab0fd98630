#include "core/endpoint/endpoint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <thread>

#include "core/endpoint/questions.h"
#include "tests/core/endpoint/chat_server.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using namespace std::chrono_literals;
using test::ChatServer;
using test::Reply;
using test::ThrowsError;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string completion(const std::string& text) {
  return nlohmann::json{{"choices", {{{"message", {{"role", "assistant"}, {"content", text}}}}}}}.dump();
}

const std::string kParts = "head: look at the ball\nHands: grip the ball\n\ntorso: twist\nlegs: step forward\n";
const std::string kPhases = "start: raise the arm\nmiddle: swing the arm\nend: let go";
const std::string kWhole = "global: throw the ball overarm";

std::vector<Reply> good_answers() {
  return {{200, completion(kParts)}, {200, completion(kPhases)}, {200, completion(kWhole)}};
}

/// Settings and data of a user of its own, so that no test touches a real one's.
class EndpointTest : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char* name : {"XDG_DATA_HOME", "XDG_CONFIG_HOME", "PURLSCOPE_API_KEY"}) {
      const char* value = std::getenv(name);
      before.emplace_back(name, value == nullptr ? "" : value);
    }
    ::setenv("XDG_DATA_HOME", (dir.path() / "data").c_str(), 1);
    ::setenv("XDG_CONFIG_HOME", (dir.path() / "config").c_str(), 1);
    ::unsetenv("PURLSCOPE_API_KEY");
  }
  void TearDown() override {
    for (const auto& [name, value] : before) {
      if (value.empty())
        ::unsetenv(name.c_str());
      else
        ::setenv(name.c_str(), value.c_str(), 1);
    }
  }
  static EndpointSettings settings_for(const ChatServer& server) {
    return {.url = server.url(), .model = "tiny", .api_key = {}, .timeout = 5s, .first_wait = 1ms, .attempts = 3};
  }
  test::TempDir dir;
  std::vector<std::pair<std::string, std::string>> before;
};

TEST_F(EndpointTest, AsksThreeQuestionsAndKeepsTheAnswers) {
  const ChatServer server(good_answers());
  EndpointSettings settings = settings_for(server);
  settings.api_key = "secret";
  const Label label = describe_by_endpoint(" Throw  a ball ", settings, {});
  EXPECT_EQ(label.text, "Throw a ball");
  EXPECT_EQ(label.sentences[1].text, "grip the ball");
  EXPECT_EQ(label.sentences[6].text, "let go");
  EXPECT_EQ(origin_text(label, 7), "endpoint");
  const std::vector<std::string> asked = server.requests();
  ASSERT_EQ(asked.size(), 3U);
  EXPECT_THAT(asked[0], AllOf(HasSubstr("POST /v1/chat/completions"), HasSubstr("Authorization: Bearer secret"),
                              HasSubstr("each body part moves for Throw a ball"), HasSubstr("\"model\":\"tiny\"")));
  EXPECT_THAT(asked[1], HasSubstr("into three phases"));

  const Label again = describe_by_endpoint("throw the ball", settings, {});
  EXPECT_EQ(server.requests().size(), 3U) << "what is known is not asked again";
  EXPECT_EQ(again.text, "throw the ball");
  EXPECT_EQ(again.sentences[4].text, "raise the arm");
  EXPECT_FALSE(find_in_own_bank("wave").has_value());
}

TEST_F(EndpointTest, SendsNoKeyWhenThereIsNone) {
  const ChatServer server(good_answers());
  describe_by_endpoint("wave", settings_for(server), {});
  EXPECT_THAT(server.requests().at(0), Not(HasSubstr("Authorization")));
}

TEST_F(EndpointTest, AsksAgainWhenTheServerIsBusyOrFails) {
  std::vector<Reply> script = good_answers();
  script.insert(script.begin(), {{429, "", 0ms, "Retry-After: 0\r\n"}, {503, "overloaded"}});
  const ChatServer server(script);
  EXPECT_EQ(describe_by_endpoint("wave", settings_for(server), {}).sentences[7].text, "throw the ball overarm");
  EXPECT_EQ(server.requests().size(), 5U);
}

TEST_F(EndpointTest, GivesUpAfterSomeAttemptsInTheServersWords) {
  const ChatServer failing({{500, R"({"error": {"message": "model\ncrashed"}})"}});
  EXPECT_THAT([&] { describe_by_endpoint("wave", settings_for(failing), {}); },
              ThrowsError(Code::io, AllOf(HasSubstr("status 500 after 3 attempts"), HasSubstr("model crashed"))));
  EXPECT_EQ(failing.requests().size(), 3U);
  const ChatServer refusing({{401, "who are you"}});
  EXPECT_THAT([&] { describe_by_endpoint("wave", settings_for(refusing), {}); },
              ThrowsError(Code::io, AllOf(HasSubstr("status 401 after 1 attempt:"), HasSubstr("PURLSCOPE_API_KEY"))));
  EXPECT_EQ(refusing.requests().size(), 1U);
  EXPECT_FALSE(std::filesystem::exists(own_bank_file())) << "nothing is kept of a failure";
}

TEST_F(EndpointTest, AnAnswerInAnotherFormIsRefused) {
  for (const char* body :
       {"<html>hello</html>", "{}", R"({"choices": []})", R"({"choices": [{"message": {"content": 7}}]})"}) {
    const ChatServer server({{200, body}});
    EXPECT_THAT([&] { describe_by_endpoint("wave", settings_for(server), {}); },
                ThrowsError(Code::bad_format, HasSubstr("choices[0].message.content")))
        << body;
  }
  const ChatServer chatty({{200, completion("Sure! Here you are:\n" + kParts)}});
  EXPECT_THAT([&] { describe_by_endpoint("wave", settings_for(chatty), {}); },
              ThrowsError(Code::bad_format, AllOf(HasSubstr("Sure! Here"), HasSubstr("head: ..."))));
}

TEST_F(EndpointTest, ASlowServerAndAStopRequestEndTheWait) {
  const ChatServer slow({{200, "", 10s}});
  EndpointSettings settings = settings_for(slow);
  settings.timeout = 100ms;
  EXPECT_THAT([&] { describe_by_endpoint("wave", settings, {}); },
              ThrowsError(Code::io, AllOf(HasSubstr(slow.url()), HasSubstr("imed out"))));
  settings.timeout = 10s;
  std::stop_source stop;
  const std::jthread soon([&] {
    std::this_thread::sleep_for(50ms);
    stop.request_stop();
  });
  const auto start = std::chrono::steady_clock::now();
  EXPECT_THAT([&] { describe_by_endpoint("wave", settings, stop.get_token()); },
              ThrowsError(Code::cancelled, HasSubstr("stopped")));
  EXPECT_LT(std::chrono::steady_clock::now() - start, 8s);
}

TEST_F(EndpointTest, AbsentServersAndOddUrlsAreNamed) {
  EndpointSettings settings;
  settings.url = "http://127.0.0.1:1/v1";
  settings.model = "tiny";
  EXPECT_THAT([&] { describe_by_endpoint("wave", settings, {}); },
              ThrowsError(Code::io, AllOf(HasSubstr("127.0.0.1:1"), HasSubstr("check that the server runs"))));
  settings.url = "file:///etc/hostname#";
  EXPECT_THAT([&] { describe_by_endpoint("wave", settings, {}); },
              ThrowsError(Code::bad_argument, HasSubstr("http://localhost:8080/v1")));
}

TEST_F(EndpointTest, IsOffUntilUrlAndModelAreNamed) {
  EXPECT_EQ(endpoint_settings().url, "");
  EXPECT_THAT([] { describe_by_endpoint("wave", endpoint_settings(), {}); },
              ThrowsError(Code::unsupported, AllOf(HasSubstr("--endpoint URL"), HasSubstr("endpoint.json"))));
  dir.write("config/purlscope/endpoint.json",
            R"({"url": "http://a/v1", "model": "m", "api_key": "k", "timeout_s": 2})");
  EXPECT_EQ(endpoint_settings().url, "http://a/v1");
  EXPECT_EQ(endpoint_settings().api_key, "k");
  EXPECT_EQ(endpoint_settings().timeout, 2s);
  ::setenv("PURLSCOPE_API_KEY", "from the environment", 1);
  EXPECT_EQ(endpoint_settings().api_key, "from the environment");
}

TEST_F(EndpointTest, SettingsThatMakeNoSenseAreNamedByTheirKey) {
  const auto refusal = [&](const char* text, const char* words) {
    dir.write("config/purlscope/endpoint.json", text);
    EXPECT_THAT([] { endpoint_settings(); },
                ThrowsError(Code::bad_format, AllOf(HasSubstr("endpoint.json"), HasSubstr(words))));
  };
  refusal("[1]", "JSON object");
  refusal("{\"url\"", "JSON object");
  refusal(R"({"speed": "x"})", "key 'speed'");
  refusal(R"({"model": 3})", "key 'model': expected a text");
  refusal(R"({"timeout_s": 0})", "key 'timeout_s': expected seconds");
}

TEST(Questions, AnswersAreReadStrictly) {
  const Question parts = questions_about("wave").at(0);
  const auto refusal = [&](const std::string& answer, const char* words) {
    Label label;
    EXPECT_THAT([&] { take_answer(parts, answer, label); },
                ThrowsError(Code::bad_format, AllOf(HasSubstr(words), HasSubstr("head: ... hands: ..."))));
  };
  refusal("", "nothing for head");
  refusal("head: a\nhands: b\ntorso: c", "nothing for legs");
  refusal("head: a\nhead: b\nhands: c\ntorso: d\nlegs: e", "\"head: b\"");
  refusal("head: a\nhands:\ntorso: c\nlegs: d", "no sentence for hands");
  refusal("head a", "\"head a\"");
  refusal("start: a", "\"start: a\"");
  refusal("head: " + std::string(401, 'x'), "401 bytes for head");
  refusal("head: \xFF", "not UTF-8");
}

}  // namespace
}  // namespace purlscope::core
