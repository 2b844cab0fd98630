#include "models/purls/data/augment.h"

#include <gtest/gtest.h>

#include "models/purls/data/motion.h"
#include "tests/models/purls/purls_fixture.h"

namespace purlscope::models::purls {
namespace {

/// Nothing changes.
AugmentOptions still() { return {0, 0, 0, 0, 0, 0, 0}; }

class PurlsAugment : public testing::Test {
 protected:
  PurlsAugment() {
    std::vector<at::Tensor> clips;
    for (int i = 0; i < 6; ++i) clips.push_back(canonical_motion(core::make_window(test::swing_clip(i, 0), {})));
    motions = at::stack(clips);
    const auto layout = core::joint_layout("kinect20");
    tree.parent = at::tensor(std::vector<std::int64_t>(layout->parent.begin(), layout->parent.end()));
    tree.mirror = at::tensor(std::vector<std::int64_t>(layout->mirror.begin(), layout->mirror.end()));
  }

  at::Tensor varied(const AugmentOptions& options, bool mirrorable = true) const {
    return augment(motions, at::full({6}, mirrorable, at::kBool), tree, 64, options, make_generator(7, 0));
  }

  at::Tensor motions;  ///< [6, 64, 20, 3]
  JointTree tree;
};

TEST_F(PurlsAugment, WithEverythingOffTheMotionStays) {
  EXPECT_TRUE(at::allclose(varied(still()), motions, 1e-4, 1e-5));
}

TEST_F(PurlsAugment, MirroredTwiceIsTheMotionAgain) {
  AugmentOptions options = still();
  options.mirror = 1;
  const at::Tensor once = varied(options);
  EXPECT_FALSE(at::allclose(once, motions, 1e-2, 1e-2));
  EXPECT_TRUE(at::allclose(once.select(2, 11).select(2, 1), motions.select(2, 7).select(2, 1), 1e-4, 1e-5))
      << "the height of the right hand is that of the left one before";
  const at::Tensor before = motions;
  motions = once;
  EXPECT_TRUE(at::allclose(varied(options), before, 1e-4, 1e-5));
}

TEST_F(PurlsAugment, AClassThatNamesASideIsNeverMirrored) {
  AugmentOptions options = still();
  options.mirror = 1;
  EXPECT_TRUE(at::allclose(varied(options, false), motions, 1e-4, 1e-5));
  core::Label label;
  label.text = "wave";
  EXPECT_TRUE(may_be_mirrored(label));
  label.sentences[2].text = "The upright body is bright";  // a side inside a word is none
  EXPECT_TRUE(may_be_mirrored(label));
  EXPECT_FALSE(may_be_mirrored(test::swing_label(0))) << "swing the right hand";
  for (const char* text : {"Swipe LEFT", "draw a circle (counter-clockwise)", "right-handed throw", "step leftwards"}) {
    label.text = text;
    EXPECT_FALSE(may_be_mirrored(label)) << text;
  }
  label.text = "throw";
  label.sentences[1].text = "the left hand rises";
  EXPECT_FALSE(may_be_mirrored(label));
}

TEST_F(PurlsAugment, ChangedSpeedKeepsBothEnds) {
  AugmentOptions options = still();
  options.speed = 0.8;
  const at::Tensor faster = varied(options);
  EXPECT_TRUE(at::allclose(faster.select(1, 0), motions.select(1, 0), 1e-4, 1e-4));
  EXPECT_TRUE(at::allclose(faster.select(1, 63), motions.select(1, 63), 1e-4, 1e-4));
  EXPECT_FALSE(at::allclose(faster, motions, 1e-2, 1e-2));
}

TEST_F(PurlsAugment, ADroppedJointLiesOnItsParent) {
  AugmentOptions options = still();
  options.joint_dropout = 0.5;
  const at::Tensor changed = varied(options);
  const at::Tensor on_parent = motions.index_select(2, tree.parent);
  const at::Tensor moved = (changed - motions).abs().amax({1, 3}).gt(1e-3);  // [6, 20]
  const at::Tensor dropped = (changed - on_parent).abs().amax({1, 3}).lt(1e-3);
  EXPECT_TRUE(moved.logical_and(dropped.logical_not()).logical_not().all().item<bool>());
  const auto share = moved.to(at::kFloat).mean().item<float>();
  EXPECT_GT(share, 0.3F);
  EXPECT_LT(share, 0.7F);
}

}  // namespace
}  // namespace purlscope::models::purls
