#include "render/film.h"

#include <gif_lib.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <opencv2/videoio.hpp>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/error.h"

namespace purlscope::render {
namespace {

namespace fs = std::filesystem;

constexpr int kWidth = 65;
constexpr int kHeight = 48;

fs::path temp(const std::string& name) { return fs::path(testing::TempDir()) / ("purlscope_film_" + name); }

/// A ground of one colour with a square that moves 4 pixels a picture.
Image picture(int number, const std::array<std::uint8_t, 3>& ground = {16, 18, 22}) {
  Image image{kWidth, kHeight, {}};
  for (int y = 0; y < kHeight; ++y) {
    for (int x = 0; x < kWidth; ++x) {
      const bool square = x >= 4 * number && x < 4 * number + 10 && y >= 10 && y < 20;
      if (square) {
        image.rgba.insert(image.rgba.end(), {253, 231, 37, 255});
      } else {
        image.rgba.insert(image.rgba.end(), {ground[0], ground[1], ground[2], 255});
      }
    }
  }
  return image;
}

Code code_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.code();
  }
  return Code::internal;
}

struct ReadGif {
  std::vector<std::vector<std::array<int, 3>>> frames;  ///< composed, [T][H * W]
  int delay = 0;                                        ///< sum, hundredths of a second
  long raster = 0;                                      ///< stored pixels of all frames
};

ReadGif read_gif(const fs::path& file) {
  int error = 0;
  GifFileType* gif = DGifOpenFileName(file.c_str(), &error);
  if (gif == nullptr || DGifSlurp(gif) == GIF_ERROR) throw std::runtime_error("unreadable GIF");
  ReadGif result;
  std::vector<std::array<int, 3>> canvas(static_cast<std::size_t>(gif->SWidth * gif->SHeight));
  for (int i = 0; i < gif->ImageCount; ++i) {
    const SavedImage& image = gif->SavedImages[i];
    GraphicsControlBlock control{};
    DGifSavedExtensionToGCB(gif, i, &control);
    result.delay += control.DelayTime;
    const ColorMapObject* map = image.ImageDesc.ColorMap != nullptr ? image.ImageDesc.ColorMap : gif->SColorMap;
    const auto& area = image.ImageDesc;
    result.raster += long{area.Width} * area.Height;
    for (int y = 0; y < area.Height; ++y) {
      for (int x = 0; x < area.Width; ++x) {
        const int index = image.RasterBits[y * area.Width + x];
        if (index == control.TransparentColor) continue;
        const GifColorType& c = map->Colors[index];
        canvas[static_cast<std::size_t>((area.Top + y) * gif->SWidth + area.Left + x)] = {c.Red, c.Green, c.Blue};
      }
    }
    result.frames.push_back(canvas);
  }
  DGifCloseFile(gif, nullptr);
  return result;
}

void expect_like(const std::vector<std::array<int, 3>>& found, const Image& wanted, int tolerance) {
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (std::size_t c = 0; c < 3; ++c) ASSERT_NEAR(found[i][c], wanted.rgba[4 * i + c], tolerance) << "pixel " << i;
  }
}

TEST(FilmWriter, GifHoldsEveryPictureAtItsTime) {
  const fs::path file = temp("square.gif");
  FilmWriter film(file, kWidth, kHeight, 30.0);
  for (int i = 0; i < 12; ++i) film.add(picture(i));
  film.finish();
  const ReadGif gif = read_gif(file);
  ASSERT_EQ(gif.frames.size(), 12U);
  EXPECT_EQ(gif.delay, 40) << "12 pictures at 30 a second";
  for (int i = 0; i < 12; ++i) expect_like(gif.frames[static_cast<std::size_t>(i)], picture(i), 4);
  EXPECT_LT(gif.raster, long{kWidth} * kHeight + 11 * 20 * 12) << "only changed parts are stored";
}

TEST(FilmWriter, GifFollowsColoursThatAppearLater) {
  const fs::path file = temp("colours.gif");
  FilmWriter film(file, kWidth, kHeight, 10.0);
  const Image red = picture(3, {200, 20, 30});
  film.add(picture(0));
  film.add(red);
  film.add(red);
  film.finish();
  const ReadGif gif = read_gif(file);
  ASSERT_EQ(gif.frames.size(), 3U);
  expect_like(gif.frames[1], red, 4);
  expect_like(gif.frames[2], red, 4);
}

TEST(FilmWriter, Mp4CanBeReadBack) {
  const fs::path file = temp("square.mp4");
  FilmWriter film(file, kWidth, kHeight, 25.0);
  for (int i = 0; i < 10; ++i) film.add(picture(2, {40, 120, 200}));
  film.finish();
  cv::VideoCapture video(file.string());
  ASSERT_TRUE(video.isOpened());
  EXPECT_NEAR(video.get(cv::CAP_PROP_FPS), 25.0, 0.01);
  cv::Mat frame;
  int count = 0;
  while (video.read(frame)) ++count;
  EXPECT_EQ(count, 10);
  ASSERT_TRUE(video.open(file.string()) && video.read(frame));
  EXPECT_EQ(frame.cols, kWidth + 1) << "an odd side is made even";
  EXPECT_EQ(frame.rows, kHeight);
  const auto& ground = frame.at<cv::Vec3b>(40, 50);
  EXPECT_NEAR(ground[2], 40, 12);
  EXPECT_NEAR(ground[1], 120, 12);
  EXPECT_NEAR(ground[0], 200, 12);
}

TEST(FilmWriter, AnUnfinishedFilmLeavesNoFile) {
  const fs::path file = temp("broken.gif");
  {
    FilmWriter film(file, kWidth, kHeight, 30.0);
    film.add(picture(0));
  }
  EXPECT_FALSE(fs::exists(file));
}

TEST(RecordFilm, CancellingKeepsTheFilmThatWasThere) {
  const fs::path file = temp("kept.gif");
  const FilmPlan plan{.file = file, .width = kWidth, .height = kHeight, .fps = 10.0, .begin = 0.5, .frames = 4};
  std::vector<double> times;
  record_film(plan,
              [&](double seconds) {
                times.push_back(seconds);
                return picture(static_cast<int>(times.size()));
              },
              {}, {});
  EXPECT_THAT(times, testing::ElementsAre(0.5, 0.6, 0.7, 0.8));
  const auto size = fs::file_size(file);
  std::stop_source stop;
  EXPECT_EQ(code_of([&] {
              record_film(
                  plan,
                  [&](double) {
                    stop.request_stop();
                    return picture(0);
                  },
                  {}, stop.get_token());
            }),
            Code::cancelled);
  EXPECT_EQ(fs::file_size(file), size);
  for (const auto& entry : fs::directory_iterator(file.parent_path())) {
    EXPECT_EQ(entry.path().filename().string().find("purlscope_film_kept.part"), std::string::npos) << entry.path();
  }
}

TEST(FilmWriter, WhatCannotBeWrittenIsAnError) {
  EXPECT_EQ(code_of([] { FilmWriter(temp("a.avi"), 8, 8, 30.0); }), Code::bad_argument);
  EXPECT_EQ(code_of([] { FilmWriter(temp("a.gif"), 0, 8, 30.0); }), Code::bad_argument);
  EXPECT_EQ(code_of([] { FilmWriter(temp("a.gif"), 8, 8, 60.0); }), Code::bad_argument);
  EXPECT_EQ(code_of([] { FilmWriter(temp("a.mp4"), 8, 8, -1.0); }), Code::bad_argument);
  EXPECT_EQ(code_of([] { FilmWriter(temp("no/folder.mp4"), 8, 8, 30.0); }), Code::io);
  EXPECT_EQ(code_of([] {
              FilmWriter film(temp("b.gif"), 8, 8, 30.0);
              film.add(picture(0));
            }),
            Code::bad_argument);
  EXPECT_EQ(code_of([] { FilmWriter(temp("c.gif"), 8, 8, 30.0).finish(); }), Code::bad_argument);
}

}  // namespace
}  // namespace purlscope::render
