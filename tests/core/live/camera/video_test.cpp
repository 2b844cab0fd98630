#include "core/live/camera/video_capture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "core/live/camera/picture_queue.h"
#include "tests/support/shared.h"
#include "tests/support/source_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::ThrowsError;
using testing::AllOf;
using testing::HasSubstr;

TEST(VideoCapture, NamesFilesThatAreNoVideos) {
  EXPECT_THAT([] { open_video("/nowhere/a.mp4"); }, ThrowsError(Code::not_found, HasSubstr("/nowhere/a.mp4")));
  EXPECT_THAT([] { open_video(test::source_dir()); }, ThrowsError(Code::not_found, HasSubstr("is no file")));
  EXPECT_THAT([] { open_video(test::source_dir() / "README.md"); },
              ThrowsError(Code::bad_format, AllOf(HasSubstr("README.md"), HasSubstr("MP4"))));
}

TEST(VideoCaptureData, ReadsPicturesWithTheirTimeStamps) {
  PURLSCOPE_NEEDS_SHARED();
  const auto video = open_video(test::shared_dir() / "data/videos/basketball.mp4");
  std::size_t count = 0;
  double last = 0.0;
  for (Picture picture; video->read(picture); ++count) {
    ASSERT_EQ(picture.width, 426);
    ASSERT_EQ(picture.height, 240);
    ASSERT_EQ(picture.rgb.size(), 426U * 240U * 3U);
    if (count > 0) {
      EXPECT_NEAR(picture.time - last, 1.0 / 29.97, 1e-3);
    }
    last = picture.time;
  }
  EXPECT_EQ(count, 300U);
}

TEST(PictureQueue, TheNewestReplacesThoseThatWait) {
  PictureQueue queue;
  Picture picture;
  EXPECT_EQ(queue.put_newest(picture), 0U);
  picture.time = 1.0;
  EXPECT_EQ(queue.put_newest(picture), 1U);
  const auto taken = queue.take();
  ASSERT_TRUE(taken.has_value());
  EXPECT_EQ(taken->time, 1.0);
  EXPECT_FALSE(queue.take().has_value());
  EXPECT_FALSE(queue.finished());
  queue.close();
  EXPECT_TRUE(queue.finished());
}

TEST(PictureQueue, AFullOneWaitsAndAStopRequestEndsTheWait) {
  PictureQueue queue;
  std::stop_source stop;
  ASSERT_TRUE(queue.put({}, stop.get_token()));
  ASSERT_TRUE(queue.put({}, stop.get_token()));
  std::jthread later([&] { stop.request_stop(); });
  EXPECT_FALSE(queue.put({}, stop.get_token()));
}

}  // namespace
}  // namespace purlscope::core
