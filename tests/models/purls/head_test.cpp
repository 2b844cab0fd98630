#include "models/purls/net/head.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "core/base/error.h"
#include "models/purls/net/losses.h"
#include "models/purls/net/prepared_head.h"

namespace purlscope::models::purls {
namespace {

at::Tensor unit(const at::Tensor& x) { return x / x.norm(2, -1, true); }

at::Tensor random_unit(at::IntArrayRef shape, std::uint64_t seed) {
  return unit(at::randn(shape, make_generator(seed, 0)));
}

HeadOptions small_head(HeadForm form = HeadForm::paper) {
  HeadOptions options;
  options.form = form;
  options.text_dim = 12;
  options.node_dim = 10;
  options.key_dim = 6;
  options.hidden = 16;
  return options;
}

std::shared_ptr<PurlsHead> made_head(const HeadOptions& options) {
  auto head = std::make_shared<PurlsHead>(options);
  head->initialise(make_generator(7, 0));
  head->eval();
  return head;
}

/// What PurlsModel::similarities() computes.
at::Tensor similarities_of(PurlsHead& head, const at::Tensor& texts, const at::Tensor& nodes) {
  return (head.project(head.attend_candidates(texts, nodes.unsqueeze(0)).pooled) * texts).sum(-1)[0];
}

TEST(PreparedHead, HasTheSimilaritiesOfTheHead) {
  const at::NoGradGuard no_grad;
  const at::Tensor texts = random_unit({5, 8, 12}, 1), nodes = random_unit({60, 10}, 2);
  const auto head = made_head(small_head());
  ASSERT_TRUE(PreparedHead::fits(*head, at::kCPU));
  EXPECT_TRUE(at::allclose(PreparedHead(head, texts, texts).similarities(nodes), similarities_of(*head, texts, nodes),
                           1e-4, 1e-5));
}

TEST(PreparedHead, HasThePartitionOfTheHead) {
  const at::NoGradGuard no_grad;
  HeadOptions options = small_head();
  options.partition = Partition::static_set;
  const auto head = std::make_shared<PurlsHead>(options, at::randn({8, 60}, make_generator(3, 0)));
  head->initialise(make_generator(7, 0));
  head->eval();
  const at::Tensor texts = random_unit({5, 8, 12}, 1), nodes = random_unit({60, 10}, 2);
  EXPECT_TRUE(at::allclose(PreparedHead(head, texts, texts).similarities(nodes), similarities_of(*head, texts, nodes),
                           1e-4, 1e-5));
}

TEST(PreparedHead, IsNotForTheOfficialFormWhichMixesTheSentences) {
  EXPECT_FALSE(PreparedHead::fits(*made_head(small_head(HeadForm::official)), at::kCPU));
}

TEST(PurlsHead, AttentionOfEverySentenceSumsToOne) {
  const auto head = made_head(small_head());
  const Attended attended = head->attend_candidates(random_unit({3, 8, 12}, 1), random_unit({2, 60, 10}, 2));
  EXPECT_EQ(attended.weights.sizes(), (std::vector<std::int64_t>{2, 3, 8, 60}));
  EXPECT_TRUE(at::allclose(attended.weights.sum(-1), at::ones({2, 3, 8}), 1e-5, 1e-6));
  EXPECT_GE(attended.weights.min().item<float>(), 0.0F);
}

TEST(PurlsHead, AttentionFollowsEquationOne) {
  HeadOptions options = small_head();
  options.input_gain = 1;
  options.key_dim = 4;
  const auto head = made_head(options);
  const auto parameters = head->named_parameters();
  const at::Tensor texts = random_unit({1, 8, 12}, 3), nodes = random_unit({1, 5, 10}, 4);
  const at::Tensor queries = at::matmul(texts[0], parameters["attention.linear_q.weight"].t());
  const at::Tensor keys = at::matmul(nodes[0], parameters["attention.linear_k.weight"].t());
  const at::Tensor expected = (at::matmul(queries, keys.t()) / 2.0).softmax(-1);  // sqrt(h) = 2
  const Attended attended = head->attend_candidates(texts, nodes);
  EXPECT_TRUE(at::allclose(attended.weights[0][0], expected, 1e-5, 1e-6));
  EXPECT_TRUE(at::allclose(attended.pooled[0][0], at::matmul(expected, nodes[0]), 1e-5, 1e-6));
}

/// Joints (by name) and slots that a sentence takes under the static partition of kinect20.
std::set<std::string> joints_of(const at::Tensor& logits, std::int64_t level, std::int64_t slot) {
  const auto layout = core::joint_layout("kinect20");
  std::set<std::string> names;
  for (std::size_t j = 0; j < layout->size(); ++j) {
    const auto node = slot * static_cast<std::int64_t>(layout->size()) + static_cast<std::int64_t>(j);
    if (logits[level][node].item<float>() == 0) names.insert(layout->joints[j]);
  }
  return names;
}

TEST(PurlsPartition, StaticGroupsAreThoseOfTheOfficialLists) {
  const at::Tensor logits = partition_logits(Partition::static_set, *core::joint_layout("ntu25"), 3, 25);
  const auto joints = [&](std::int64_t level) {
    std::set<std::int64_t> out;
    for (std::int64_t j = 0; j < 25; ++j) {
      if (logits[level][j].item<float>() == 0) out.insert(j);
    }
    return out;
  };
  EXPECT_EQ(joints(0), (std::set<std::int64_t>{2, 3, 4, 8, 20}));
  EXPECT_EQ(joints(1), (std::set<std::int64_t>{4, 5, 6, 7, 8, 9, 10, 11, 21, 22, 23, 24}));
  EXPECT_EQ(joints(2), (std::set<std::int64_t>{0, 1, 4, 8, 12, 16, 20}));
  EXPECT_EQ(joints(3), (std::set<std::int64_t>{0, 12, 13, 14, 15, 16, 17, 18, 19}));
  for (std::int64_t third = 0; third < 3; ++third) {
    for (std::int64_t slot = 0; slot < 3; ++slot) {
      EXPECT_EQ(logits[4 + third][slot * 25].item<float>() == 0, third == slot);
    }
  }
  EXPECT_EQ(joints(7).size(), 25U);
}

TEST(PurlsPartition, WithoutLearnedAttentionTheTakenNodesAreMeanPooled) {
  HeadOptions options = small_head();
  options.partition = Partition::static_set;
  const at::Tensor places = partition_logits(options.partition, *core::joint_layout("kinect20"), 3, 20);
  const auto head = std::make_shared<PurlsHead>(options, places);
  head->initialise(make_generator(7, 0));
  head->eval();
  const at::Tensor nodes = random_unit({2, 60, 10}, 2);
  const Attended attended = head->attend_candidates(random_unit({3, 8, 12}, 1), nodes);
  const std::size_t legs = joints_of(places, 3, 0).size();
  EXPECT_EQ(legs, 9U);
  EXPECT_NEAR(attended.weights[1][2][3].max().item<double>(), 1.0 / static_cast<double>(3 * legs), 1e-6);
  EXPECT_TRUE(at::allclose(attended.pooled[0][0][7], nodes[0].mean(0), 1e-5, 1e-6)) << "the global sentence";
  EXPECT_TRUE(at::allclose(attended.weights[0][0], attended.weights[0][1])) << "whatever the sentence says";
}

TEST(PurlsHead, LevelsThatTakeNoPartHaveNoWeight) {
  HeadOptions options = small_head();
  options.intervals = false;
  const auto head = made_head(options);
  const at::Tensor expected = at::tensor({1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0}) / 5;
  EXPECT_TRUE(at::allclose(head->equal_shares(), expected.to(at::kFloat)));
  EXPECT_TRUE(at::allclose(head->level_weights(), expected.to(at::kFloat)));
}

TEST(PurlsHead, CandidatesDoNotInfluenceEachOther) {
  for (const HeadForm form : {HeadForm::paper, HeadForm::official}) {
    const auto head = made_head(small_head(form));
    const at::Tensor texts = random_unit({4, 8, 12}, 5), nodes = random_unit({3, 60, 10}, 6);
    const at::Tensor all = head->project(head->attend_candidates(texts, nodes).pooled);
    const at::Tensor alone = head->project(head->attend_candidates(texts.slice(0, 2, 3), nodes).pooled);
    EXPECT_TRUE(at::allclose(all.slice(1, 2, 3), alone, 1e-4, 1e-5));
  }
}

TEST(PurlsHead, AskingWithOnesOwnSentencesIsTheDiagonalOfAskingWithAll) {
  const auto head = made_head(small_head());
  const at::Tensor texts = random_unit({4, 8, 12}, 8), nodes = random_unit({4, 60, 10}, 9);
  const at::Tensor all = head->attend_candidates(texts, nodes).pooled, own = head->attend_own(texts, nodes).pooled;
  for (std::int64_t i = 0; i < 4; ++i) EXPECT_TRUE(at::allclose(all[i][i], own[i], 1e-5, 1e-6));
}

TEST(PurlsHead, GradientsReachEveryPartOfThePaperForm) {
  const auto head = made_head(small_head());
  head->train();
  const at::Tensor texts = random_unit({3, 8, 12}, 10), nodes = random_unit({6, 60, 10}, 11);
  const at::Tensor projected = head->project(head->attend_candidates(texts, nodes).pooled);
  const at::Tensor similarity = (projected * texts).sum(-1) * head->similarity_scale();
  const at::Tensor target = at::tensor(std::vector<std::int64_t>{0, 1, 2, 0, 1, 2});
  candidate_loss(similarity, target, head->level_weights(), head->equal_shares(), 0.05).backward();
  for (const auto& item : head->named_parameters()) {
    if (!item.value().requires_grad()) continue;
    ASSERT_TRUE(item.value().grad().defined()) << item.key();
    EXPECT_GT(item.value().grad().abs().max().item<float>(), 0.0F) << item.key();
  }
}

TEST(PurlsHead, NamesTheWidthThatDoesNotFit) {
  const auto head = made_head(small_head());
  try {
    head->attend_candidates(random_unit({2, 8, 13}, 12), random_unit({1, 60, 10}, 13));
    FAIL() << "a text of 13 channels was accepted by a head for 12";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::shape_mismatch);
    EXPECT_NE(std::string(error.what()).find("13"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("12"), std::string::npos) << error.what();
  }
}

// Two samples of one class and one of another, one level, similarities chosen by hand.
TEST(PurlsLosses, PaperLossMatchesHandCalculation) {
  const at::Tensor projected = at::tensor({1.0F, 0.0F, 1.0F, 0.0F, 0.0F, 1.0F}).view({3, 1, 2});
  const at::Tensor classes = at::tensor({1.0F, 0.0F, 0.0F, 1.0F}).view({2, 1, 2});
  const at::Tensor target = at::tensor(std::vector<std::int64_t>{0, 0, 1}), scale = at::ones({1});
  const double e = std::exp(1.0);
  const double over_classes = -std::log(e / (e + 1));
  const double text_zero = -std::log(e / (2 * e + 1));  // either positive of the two samples of class 0
  const double text_one = -std::log(e / (e + 2));
  const double positive = 0.5 * over_classes + 0.5 * (2 * text_zero + text_one) / 3;
  EXPECT_NEAR(paper_level_losses(projected, classes, target, scale, true)[0].item<double>(), positive, 1e-6);
  // With every other sample as a negative the value is the same here: both samples of class 0 are alike.
  EXPECT_NEAR(paper_level_losses(projected, classes, target, scale, false)[0].item<double>(), positive, 1e-6);
  // An odd one out in class 0 is what tells the options apart.
  const at::Tensor apart = at::tensor({1.0F, 0.0F, 0.0F, 0.0F, 0.0F, 1.0F}).view({3, 1, 2});
  const double log_sum_zero = std::log(e + 2), log_sum_one = std::log(e + 2);
  const double classes_part = (2 * 0.0 + std::log(e + 1) - 1 + std::log(2.0) + std::log(e + 1) - 1) / 3;
  const double same = (2 * (log_sum_zero - 0.5) + log_sum_one - 1) / 3;
  const double self = (log_sum_zero - 1 + log_sum_zero - 0 + log_sum_one - 1) / 3;
  EXPECT_NEAR(paper_level_losses(apart, classes, target, scale, true)[0].item<double>(), 0.5 * (classes_part + same),
              1e-6);
  EXPECT_NEAR(paper_level_losses(apart, classes, target, scale, false)[0].item<double>(), 0.5 * (classes_part + self),
              1e-6);
}

TEST(PurlsLosses, CandidateLossIsLowestWhereTheTrueClassLeads) {
  const at::Tensor target = at::tensor(std::vector<std::int64_t>{1}), weights = at::full({8}, 0.125);
  const at::Tensor& shares = weights;
  at::Tensor right = at::zeros({1, 3, 8}), wrong = at::zeros({1, 3, 8});
  right.select(1, 1).fill_(4);
  wrong.select(1, 2).fill_(4);
  const double expected = 2 * -std::log(std::exp(4.0) / (std::exp(4.0) + 2));  // levels and their mean alike
  EXPECT_NEAR(candidate_loss(right, target, weights, shares, 0).item<double>(), expected, 1e-5);
  EXPECT_GT(candidate_loss(wrong, target, weights, shares, 0).item<double>(), expected + 1);
}

}  // namespace
}  // namespace purlscope::models::purls
