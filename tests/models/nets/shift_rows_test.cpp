#include "models/nets/shift/rows.h"

#include <gmock/gmock.h>

#include <vector>

#include "models/nets/shift/weights.h"

namespace purlscope::models::shift {
namespace {

using ::testing::ElementsAre;

const std::vector<float> kNothing(8);

/// A row of four frames as Shift-GCN's time shifts see it, three zeros before and after.
class MarginRow {
 public:
  static constexpr std::int64_t kMargin = 3;
  explicit MarginRow(std::vector<float> frames) : row_(kMargin) {
    row_.insert(row_.end(), frames.begin(), frames.end());
    row_.resize(row_.size() + kMargin);
  }
  const float* at(std::int64_t frame) const { return row_.data() + kMargin + frame; }

 private:
  std::vector<float> row_;
};

TEST(ShiftRows, ARowIsScaledOrRectified) {
  const std::vector<float> in = {-3, 1, 3};
  std::vector<float> out(3);
  scale_row(in.data(), 2, out.data(), 3);
  EXPECT_THAT(out, ElementsAre(-6, 2, 6));
  rectify_row(in.data(), 1, out.data(), 3);
  EXPECT_THAT(out, ElementsAre(0, 2, 4));
}

TEST(ShiftRows, TheSpatialPartIsNormedRectifiedAndNormedAgain) {
  const std::vector<float> in = {30, 10, 20}, residual = {0, 0, -1};
  std::vector<float> out(3);
  // 2 * 30 - 40, relu(2 * 10 - 40), relu(2 * 20 - 40 - 1); times 10 plus 1.
  spatial_row(in.data(), residual.data(), {.scale = 2, .offset = -40, .next_scale = 10, .next_offset = 1}, out.data(),
              3);
  EXPECT_THAT(out, ElementsAre(201, 1, 1));
}

TEST(ShiftRows, TimeShiftsInterpolateAndSeeZerosOutside) {
  const MarginRow row({1, 2, 3, 4});
  const auto shifted = [&](float by) {
    const TemporalShift shift = TemporalShift::from(at::tensor({by}));
    std::vector<float> out(4);
    shift_row(row.at(shift.first[0]), 1 - shift.weight[0], shift.weight[0], out.data(), 4);
    return out;
  };
  EXPECT_THAT(shifted(0.0F), ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(shifted(1.0F), ElementsAre(2, 3, 4, 0));
  EXPECT_THAT(shifted(-1.0F), ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(shifted(0.25F), ElementsAre(1.25F, 2.25F, 3.25F, 3));
  EXPECT_THAT(shifted(-0.25F), ElementsAre(0.75F, 1.75F, 2.75F, 3.75F));
  EXPECT_THAT(shifted(2.0F), ElementsAre(3, 4, 0, 0));
}

TEST(ShiftRows, AStridedShiftSamplesBeforeItDropsFrames) {
  const MarginRow row({1, 2, 3, 4});
  std::vector<float> out(2);
  temporal_row(row.at(0), kNothing.data(), {.earlier = 1, .later = 0, .offset = 0}, 2, out.data(), 2);
  EXPECT_THAT(out, ElementsAre(1, 3));
  temporal_row(row.at(0), kNothing.data(), {.earlier = 0.5F, .later = 0.5F, .offset = 0}, 2, out.data(), 2);
  EXPECT_THAT(out, ElementsAre(1.5F, 3.5F));
  temporal_row(row.at(-2), kNothing.data(), {.earlier = 0.5F, .later = 0.5F, .offset = 0}, 2, out.data(), 2);
  EXPECT_THAT(out, ElementsAre(0, 1.5F));
}

TEST(ShiftRows, TheResidualComesBeforeTheLastRectification) {
  const MarginRow row({0, 2, 4});
  const std::vector<float> residual = {10, 0, -6};
  std::vector<float> out(3);
  temporal_row(row.at(0), residual.data(), {.earlier = 2, .later = 0, .offset = -3}, 1, out.data(), 3);
  EXPECT_THAT(out, ElementsAre(7, 1, 0));
}

TEST(ShiftRows, EveryLengthOfRowIsDoneToItsEnd) {
  for (std::int64_t frames = 1; frames <= 40; ++frames) {
    std::vector<float> in(static_cast<std::size_t>(frames), 3.0F), out(in.size() + 1, -1.0F);
    scale_row(in.data(), 2, out.data(), frames);
    EXPECT_EQ(out[in.size() - 1], 6.0F);
    EXPECT_EQ(out[in.size()], -1.0F) << "wrote behind a row of " << frames;
  }
}

TEST(TemporalShift, KnowsHowFarItReaches) {
  const TemporalShift shift = TemporalShift::from(at::tensor({-2.5F, 0.0F, 3.0F, 1.25F}));
  EXPECT_EQ(shift.behind(), 3);  // frames -3 and -2
  EXPECT_EQ(shift.ahead(), 3);   // a whole number of frames needs no second one
  EXPECT_EQ(TemporalShift::from(at::tensor({-0.5F})).ahead(), 0);
}

}  // namespace
}  // namespace purlscope::models::shift
