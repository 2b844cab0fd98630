#include "core/live/camera/child_process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/live/support.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::ThrowsError;
using test::wait_until;
using testing::AllOf;
using testing::HasSubstr;

TEST(ChildProcess, TalksThroughItsStreams) {
  ChildProcess child({"sh", "-c", "read line; echo \"got $line\"; echo trouble >&2; exit 5"});
  const std::string line = "it\n";
  EXPECT_EQ(child.write(std::as_bytes(std::span(line))), line.size());
  std::string out;
  std::string err;
  ASSERT_TRUE(wait_until([&] { return !child.read_output(out); }));
  ASSERT_TRUE(wait_until([&] { return !child.read_errors(err); }));
  EXPECT_EQ(out, "got it\n");
  EXPECT_EQ(err, "trouble\n");
  EXPECT_EQ(child.end(), "exit code 5");
}

TEST(ChildProcess, InheritsNoOtherOfOurFiles) {
  const int ours = dup2(STDERR_FILENO, 90);  // as a socket that is not closed on exec
  ASSERT_EQ(ours, 90);
  ChildProcess child({"sh", "-c", "if [ -e /proc/self/fd/90 ]; then echo open; else echo closed; fi"});
  std::string out;
  ASSERT_TRUE(wait_until([&] { return !child.read_output(out); }));
  EXPECT_EQ(out, "closed\n");
  close(ours);
}

TEST(ChildProcess, WritingToADeadOneIsNoSignal) {
  ChildProcess child({"true"});
  std::string out;
  ASSERT_TRUE(wait_until([&] { return !child.read_output(out); }));
  const std::vector<std::byte> many(1 << 20);
  for (int i = 0; i < 4; ++i) child.write(many);
  EXPECT_EQ(child.end(), "exit code 0");
}

TEST(ChildProcess, OneThatWillNotGoIsKilledAndLeavesNoZombie) {
  pid_t id = 0;
  const LiveTime begin = LiveClock::now();
  {
    ChildProcess child({"sh", "-c", "trap '' TERM INT HUP; echo up; while :; do sleep 1; done"});
    id = child.id();
    std::string out;
    ASSERT_TRUE(wait_until([&] { return child.read_output(out) && out == "up\n"; }));
  }
  EXPECT_LT(seconds_between(begin, LiveClock::now()), 5.0);
  EXPECT_EQ(waitpid(id, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
}

TEST(ChildProcess, NamesAProgramThatIsNotThere) {
  EXPECT_THAT([] { ChildProcess({"/nowhere/python"}); },
              ThrowsError(Code::io, AllOf(HasSubstr("/nowhere/python"), HasSubstr("No such file"))));
}

}  // namespace
}  // namespace purlscope::core
