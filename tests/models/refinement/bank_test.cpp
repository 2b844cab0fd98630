#include "models/refinement/bank.h"

#include <gtest/gtest.h>

namespace purlscope::models::refinement {
namespace {

EntryPtr entry(const std::string& slot, float confidence, std::uint64_t number) {
  auto out = std::make_shared<Entry>();
  out->slot = slot;
  out->confidence = confidence;
  out->number = number;
  return out;
}

std::vector<std::uint64_t> numbers(const Bank& bank) {
  std::vector<std::uint64_t> out;
  for (const EntryPtr& kept : bank.entries()) out.push_back(kept->number);
  return out;
}

TEST(RefinementBank, EverySlotHasItsOwnRoom) {
  Bank bank(2);
  for (std::uint64_t i = 0; i < 5; ++i) bank.offer(entry("wave", 0.5F, i));
  EXPECT_TRUE(bank.offer(entry("kick", 0.1F, 9))) << "many waves take no room from kicks";
  EXPECT_EQ(bank.slots().at("wave").size(), 2U);
  EXPECT_EQ(bank.size(), 3U);
}

TEST(RefinementBank, TheLeastConfidentLeavesForASurerOneAlone) {
  Bank bank(2);
  bank.offer(entry("wave", 0.9F, 0));
  bank.offer(entry("wave", 0.4F, 1));
  EXPECT_FALSE(bank.offer(entry("wave", 0.3F, 2)));
  EXPECT_FALSE(bank.offer(entry("wave", 0.4F, 3))) << "as sure is not surer";
  EXPECT_TRUE(bank.offer(entry("wave", 0.6F, 4)));
  EXPECT_EQ(numbers(bank), (std::vector<std::uint64_t>{0, 4}));
}

TEST(RefinementBank, CopiesDoNotFeelEachOther) {
  Bank bank(2);
  bank.offer(entry("wave", 0.9F, 0));
  Bank copy = bank;
  copy.offer(entry("wave", 0.8F, 1));
  copy.transform([](const EntryPtr& kept) { return kept->number == 0 ? nullptr : kept; });
  EXPECT_EQ(numbers(bank), (std::vector<std::uint64_t>{0}));
  EXPECT_EQ(numbers(copy), (std::vector<std::uint64_t>{1}));
}

}  // namespace
}  // namespace purlscope::models::refinement
