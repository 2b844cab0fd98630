#include "render/renderer.h"
#include "tests/render/figure.h"
#include "tests/render/gl_fixture.h"

namespace purlscope::render {
namespace {

class BesideGl : public test::GlTest {};

/// Part of a picture, all rows.
Image columns(const Image& picture, int from, int width) {
  Image part{width, picture.height, {}};
  for (int y = 0; y < picture.height; ++y) {
    const auto first = picture.rgba.begin() + std::ptrdiff_t{4} * (std::ptrdiff_t{y} * picture.width + from);
    part.rgba.insert(part.rgba.end(), first, first + std::ptrdiff_t{4} * width);
  }
  return part;
}

TEST_F(BesideGl, EachHalfIsThePictureOfItsSceneAlone) {
  const Scene left = test::throwing_scene();
  Scene right = left;
  right.camera.yaw += 1.0F;
  right.theme = Theme::light();
  const Viewport whole{643, 300, 1.0F, false};
  const auto [left_half, right_half] = halves(whole);
  ASSERT_EQ(left_half.width + 2 + right_half.width, whole.width);
  const Image both = renderer_->grab_beside(left, right, whole);
  Viewport alone = right_half;
  alone.left = 0;
  EXPECT_LT(image_error(columns(both, 0, left_half.width), grab(left, left_half)), 1e-4);
  EXPECT_LT(image_error(columns(both, right_half.left, right_half.width), grab(right, alone)), 1e-4);
  EXPECT_GT(image_error(columns(both, 0, right_half.width), grab(right, alone)), 0.01);
}

TEST_F(BesideGl, APictureTooNarrowForTwoIsStillDrawn) {
  const Scene scene = test::throwing_scene();
  EXPECT_EQ(renderer_->grab_beside(scene, scene, {2, 40, 1.0F, false}).width, 2);
}

}  // namespace
}  // namespace purlscope::render
