#include "core/engine/margin.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "core/base/error.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

/// Two labels over two time nodes and three joints, with shares that differ everywhere.
Recognition two_labels() {
  Recognition out;
  for (std::size_t label = 0; label < 2; ++label) {
    LabelScore score;
    LabelAttention attention;
    attention.contribution = NdArray({kSentenceCount, 2, 3});
    score.other = label == 0 ? 0.5F : -0.25F;
    score.score = score.other;
    for (std::size_t sentence = 0; sentence < kSentenceCount; ++sentence) {
      for (std::size_t node = 0; node < 6; ++node) {
        const float share = 0.01F * static_cast<float>((label + 1) * (sentence + 2) * (node + 1) % 7);
        attention.contribution.data[sentence * 6 + node] = share;
        score.levels[sentence] += share;
      }
      score.score += score.levels[sentence];
    }
    out.labels.push_back(score);
    out.attention.push_back(attention);
  }
  return out;
}

double sum(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

TEST(Margin, EachWayOfTakingItApartAddsUpToIt) {
  const Recognition recognition = two_labels();
  const Margin margin = margin_between(recognition, 0, 1);
  EXPECT_NEAR(margin.total, recognition.labels[0].score - recognition.labels[1].score, 1e-6);
  EXPECT_NEAR(std::accumulate(margin.sentences.begin(), margin.sentences.end(), margin.other), margin.total, 1e-5);
  EXPECT_NEAR(sum(margin.joints) + margin.elsewhere, margin.total, 1e-6);
  EXPECT_NEAR(sum(margin.times) + margin.elsewhere, margin.total, 1e-6);
  EXPECT_NEAR(margin.elsewhere, 0.75, 1e-5) << "the labels' other parts alone are nowhere";
}

TEST(Margin, TheOtherWayRoundHasTheOtherSign) {
  const Recognition recognition = two_labels();
  const Margin there = margin_between(recognition, 0, 1), back = margin_between(recognition, 1, 0);
  EXPECT_DOUBLE_EQ(there.total, -back.total);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_DOUBLE_EQ(there.joints[i], -back.joints[i]);
}

TEST(Margin, WhatRefinementAddsIsAtNoJoint) {
  Recognition recognition = two_labels();
  const double before = margin_between(recognition, 0, 1).elsewhere;
  recognition.labels[0].levels[2] += 0.5F;
  recognition.labels[0].score += 0.5F;
  recognition.labels[0].refinement = 0.5F;
  EXPECT_NEAR(margin_between(recognition, 0, 1).elsewhere, before + 0.5, 1e-5);
}

TEST(Margin, NeedsContributionsAndKnownLabels) {
  Recognition recognition = two_labels();
  EXPECT_THAT([&] { margin_between(recognition, 0, 2); },
              test::ThrowsError(Code::bad_argument, testing::HasSubstr("2")));
  recognition.attention.clear();
  EXPECT_THAT([&] { margin_between(recognition, 0, 1); },
              test::ThrowsError(Code::bad_argument, testing::HasSubstr("attention")));
}

}  // namespace
}  // namespace purlscope::core
