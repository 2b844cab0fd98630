#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "core/formats/registry.h"
#include "tests/app/cli/program.h"
#include "tests/support/free_port.h"
#include "tests/support/source_dir.h"

namespace purlscope::test {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

constexpr const char* kLabels = "wave, clap, throw";

/// tools/send_skeletons.py in the background.
class Sender {
 public:
  explicit Sender(const std::vector<std::string>& arguments) {
    process_ = fork();
    if (process_ != 0) return;
    const std::string script = (source_dir() / "tools/send_skeletons.py").string();
    std::vector<char*> argv = {const_cast<char*>("python3"), const_cast<char*>(script.c_str())};
    for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    execvp(argv[0], argv.data());
    _exit(127);
  }
  ~Sender() {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
  Sender(const Sender&) = delete;
  Sender& operator=(const Sender&) = delete;

 private:
  pid_t process_ = -1;
};

void expect_window(const json& line) {
  EXPECT_GE(line.at("t").get<double>(), 0.0);
  EXPECT_EQ(line.at("person"), 0);
  EXPECT_EQ(line.at("labels").size(), 3U);
  EXPECT_EQ(line.at("refined"), false);
  EXPECT_EQ(line.at("dropped"), 0);
  double probability = line.at("none_of_these");
  for (const json& label : line.at("labels")) probability += label.at("probability").get<double>();
  EXPECT_NEAR(probability, 1.0, 1e-4);
  const json& latency = line.at("latency_ms");
  double parts = 0.0;
  for (const char* part : {"source", "queue", "infer"}) {
    EXPECT_GE(latency.at(part).get<double>(), 0.0) << part;
    parts += latency.at(part).get<double>();
  }
  EXPECT_NEAR(latency.at("total"), parts, 1e-6);
}

/// Starts the program and waits for what it prints. @return whether it came
bool wait_for(const Running& program, const std::string& text, int seconds = 120) {
  for (int i = 0; i < 50 * seconds; ++i) {
    if (program.out_so_far().find(text) != std::string::npos) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return false;
}

TEST(CliWatch, AReplayGivesAWindowEachStrideAndIsRecorded) {
  const TempDir folder;
  const std::string record = (folder.path() / "r.purlrec").string();
  const Outcome run = run_program({"watch", "replay:" + bundled("throw") + "?speed=2", "--labels", kLabels, "--stride",
                                   "0.5", "--window", "1.5", "--record", record});
  EXPECT_EQ(run.code, 0) << run.err;
  const core::ClipPtr clip = core::read_clip(bundled("throw"));
  const auto lines = run.json_lines();
  // The machine may be too slow for each, but not for most.
  EXPECT_GE(lines.size(), static_cast<std::size_t>(clip->duration() / 0.5 / 2.0));
  EXPECT_LE(lines.size(), static_cast<std::size_t>(clip->duration() / 0.5) + 1);
  double before = 0.0;
  for (const json& line : lines) {
    expect_window(line);
    EXPECT_GT(line.at("t").get<double>(), before);
    before = line.at("t");
  }
  EXPECT_NEAR(before, clip->times.back(), 0.25 + 1e-6);  // the rest, if at least half a stride
  EXPECT_THAT(run.err, HasSubstr("latency median"));
  EXPECT_EQ(core::read_clip(record)->frames, clip->frames);
}

TEST(CliWatch, LearnsWhileItWatches) {
  const Outcome run = run_program({"watch", "replay:" + bundled("throw") + "?speed=0.5", "--labels", kLabels,
                                   "--stride", "0.2", "--window", "1.5", "--refine"});
  EXPECT_EQ(run.code, 0) << run.err;
  const auto lines = run.json_lines();
  ASSERT_GE(lines.size(), 8U);
  for (const json& line : lines) {
    EXPECT_EQ(line.at("refined"), true);
    double probability = line.at("none_of_these");
    for (const json& label : line.at("labels")) {
      probability += label.at("probability").get<double>();
      double parts = 0;
      for (const auto& [sentence, share] : label.at("levels").items()) parts += share.get<double>();
      EXPECT_NEAR(parts, label.at("score").get<double>(), 1e-3);
    }
    EXPECT_NEAR(probability, 1.0, 1e-4);
  }
  EXPECT_NE(lines.back().at("labels")[0].at("refinement").get<double>(), 0) << "by the end something was learned";
  EXPECT_THAT(run.err, HasSubstr("refinement: "));
}

TEST(CliWatch, AReplayAtTheEndSaysWhatClassifySays) {
  const Outcome live = run_program(
      {"watch", "replay:" + bundled("wave") + "?speed=1000", "--labels", kLabels, "--stride", "60", "--window", "60"});
  const Outcome file = run_program({"classify", bundled("wave"), "--labels", kLabels, "--json"});
  ASSERT_EQ(live.code, 0) << live.err;
  const auto lines = live.json_lines();
  ASSERT_EQ(lines.size(), 1U);
  const json expected = file.json();
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(lines[0]["labels"][i]["label"], expected["labels"][i]["label"]);
    EXPECT_NEAR(lines[0]["labels"][i]["probability"], expected["labels"][i]["probability"], 1e-3);
  }
}

TEST(CliWatch, TheSenderIsHeardOverUdpUntilSigint) {
  const std::string place = "udp://127.0.0.1:" + std::to_string(free_port(SOCK_DGRAM));
  Running program({"watch", place, "--labels", kLabels, "--window", "1", "--stride", "0.3"});
  const Sender sender({place, "walk"});
  ASSERT_TRUE(wait_for(program, "\"t\":")) << program.wait().err;
  program.send(SIGINT);
  const Outcome run = program.wait();
  EXPECT_EQ(run.code, 0) << run.err;
  ASSERT_FALSE(run.json_lines().empty());
  expect_window(run.json_lines().front());
  EXPECT_EQ(run.json_lines().front().at("person_id"), "walker");
  EXPECT_TRUE(run.out.ends_with("}\n"));
}

TEST(CliWatch, TheSenderIsHeardOverWebSocket) {
  const std::string place = "ws://127.0.0.1:" + std::to_string(free_port(SOCK_STREAM));
  Running program({"watch", place, "--labels", kLabels, "--window", "1", "--stride", "0.3", "--max-seconds", "60"});
  bool heard = false;
  for (int i = 0; i < 60 && !heard; ++i) {  // until it listens, the sender ends at once
    const Sender sender({place, bundled("clap"), "--loop"});
    heard = wait_for(program, "\"t\":", 2);
  }
  program.send(SIGINT);
  const Outcome run = program.wait();
  ASSERT_TRUE(heard) << run.err;
  EXPECT_EQ(run.code, 0) << run.err;
  expect_window(run.json_lines().front());
}

TEST(CliWatch, EndsAfterTheTimeAskedFor) {
  const std::string place = "udp://127.0.0.1:" + std::to_string(free_port(SOCK_DGRAM));
  const Outcome run = run_program({"watch", place, "--labels", kLabels, "--max-seconds", "0.5"});
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_EQ(run.out, "");
  EXPECT_THAT(run.err, HasSubstr("listening on udp"));
  EXPECT_THAT(run.err, HasSubstr("no window was recognised"));
}

TEST(CliWatch, SaysWhatCannotBe) {
  const auto expect = [](const std::vector<std::string>& arguments, int code, const char* words) {
    std::vector<std::string> all = {"watch"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    const Outcome run = run_program(all);
    EXPECT_EQ(run.code, code) << words;
    EXPECT_EQ(run.out, "");
    EXPECT_THAT(run.err, HasSubstr(words));
  };
  const std::string replay = "replay:" + bundled("wave");
  expect({replay, "--labels", kLabels, "--refinement", "em"}, 2, "--refine");
  expect({replay}, 2, "needs labels");
  expect({"tcp://1:2", "--labels", kLabels}, 2, "no kind 'tcp'");
  expect({"udp://127.0.0.1", "--labels", kLabels}, 2, "PORT");
  expect({"udp://example.invalid:5005", "--labels", kLabels}, 2, "an address of this machine");
  expect({replay, "--labels", kLabels, "--stride", "0"}, 2, "--stride");
  expect({"replay:/nowhere/a.skeleton", "--labels", kLabels}, 1, "/nowhere/a.skeleton");
}

TEST(CliWatch, ATakenPortFails) {
  const int port = free_port(SOCK_DGRAM);
  const int other = socket(AF_INET, SOCK_DGRAM, 0);
  sockaddr_in place{};
  place.sin_family = AF_INET;
  place.sin_port = htons(static_cast<std::uint16_t>(port));
  place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(bind(other, reinterpret_cast<sockaddr*>(&place), sizeof(place)), 0);
  const Outcome run = run_program({"watch", "udp://127.0.0.1:" + std::to_string(port), "--labels", kLabels});
  close(other);
  EXPECT_EQ(run.code, 1);
  EXPECT_THAT(run.err, HasSubstr("choose another port"));
}

}  // namespace
}  // namespace purlscope::test
