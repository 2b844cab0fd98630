// Programs of others that send to us: libraries of PyPI that the set-up of the tests installs.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "core/live/make_source.h"
#include "tests/core/live/support.h"
#include "tests/support/shared.h"
#include "tests/support/source_dir.h"

namespace purlscope::core {
namespace {

using test::Python;
using test::wait_until;

class Peers : public testing::Test {
 protected:
  void SetUp() override {
    if (std::filesystem::exists(PURLSCOPE_PEERS)) return;
    const std::string remedy = fmt::format("{} is missing: ./test.sh installs it", PURLSCOPE_PEERS);
    if (test::in_ci()) FAIL() << remedy;
    GTEST_SKIP() << remedy;
  }

  /// Opens a source and waits until it listens.
  void listen(const char* scheme, int kind) {
    address_ = fmt::format("{}://127.0.0.1:{}", scheme, port_ = test::free_port(kind));
    source_ = make_source(address_);
    source_->start();
    ASSERT_TRUE(wait_until([&] { return source_->status().state == SourceState::waiting; }));
  }

  static std::string script(const char* name) {
    return (test::source_dir() / "tests" / "core" / "live" / name).string();
  }

  bool comes(std::uint64_t frames) const {
    return wait_until([&] { return source_->status().received >= frames; }, 30.0);
  }

  std::uint16_t port_ = 0;
  std::string address_;
  std::unique_ptr<PoseSource> source_;
};

TEST_F(Peers, PythonOscSendsVmc) {
  ASSERT_NO_FATAL_FAILURE(listen("vmc", SOCK_DGRAM));
  const Python sender({script("protocols/vmc_sender.py"), PURLSCOPE_PEERS, std::to_string(port_)});
  ASSERT_TRUE(comes(60)) << source_->status().last_error;
  EXPECT_EQ(source_->status().bad, 0U) << source_->status().first_bad;
  const auto frames = source_->frames().after(0);
  const LiveFrame& frame = *frames.back();
  ASSERT_EQ(frame.layout->id, "vrm");
  ASSERT_EQ(frame.persons.size(), 1U);
  const auto joint = [](const LiveFrame& of, const char* name) {
    return of.persons.at(0).joints[static_cast<std::size_t>(of.layout->joint(name))];
  };
  EXPECT_NEAR(joint(frame, "Head")[1], 1.55, 1e-4) << "0.95 + 0.1 + 0.15 + 0.25 + 0.1, as sent";
  EXPECT_NEAR(joint(frame, "LeftFoot")[1], 0.06, 1e-4);
  EXPECT_LT(joint(frame, "LeftHand")[1], joint(frame, "LeftUpperArm")[1]) << "the left arm hangs";
  EXPECT_GT(joint(frame, "RightHand")[1], joint(frame, "RightUpperArm")[1]) << "the right arm is raised";
  float low = 1e9F;
  float high = -1e9F;
  for (const auto& one : frames) {
    low = std::min(low, joint(*one, "RightHand")[0]);
    high = std::max(high, joint(*one, "RightHand")[0]);
  }
  EXPECT_GT(high - low, 0.1F) << "and waves";
}

TEST_F(Peers, AWebSocketClientSendsTextsAndBinaryMessages) {
  ASSERT_NO_FATAL_FAILURE(listen("ws", SOCK_STREAM));
  const Python sender({script("websocket_client.py"), PURLSCOPE_PEERS, address_});
  ASSERT_TRUE(comes(20)) << source_->status().last_error;
  EXPECT_EQ(source_->status().bad, 0U) << source_->status().first_bad;
  EXPECT_EQ(source_->status().reconnects, 0U) << "the long message and the ping are taken as well";
  EXPECT_NEAR(source_->frames().after(0).back()->persons.at(0).joints[19][1], 0.95, 1e-5);
}

}  // namespace
}  // namespace purlscope::core
