#include "core/report/paper_tables.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/formats/class_list.h"
#include "core/formats/dataset/split/split.h"

namespace purlscope::core {
namespace {

const PaperTable& table(const PaperTables& tables, int number) {
  return *std::ranges::find(tables.tables, number, &PaperTable::number);
}

std::vector<std::string> keys(const PaperTable& table, bool in_paper) {
  std::vector<std::string> out;
  for (const PaperColumn& column : table.columns) {
    if (column.in_paper == in_paper) out.push_back(column_key(column));
  }
  return out;
}

TEST(PaperTables, HoldThePapersFigures) {
  const PaperTables tables = bundled_paper_tables();
  ASSERT_EQ(tables.tables.size(), 4U);
  const PaperTable& third = table(tables, 3);
  const auto purls = std::ranges::find(third.rows, "PURLS", &PaperRow::name);
  ASSERT_NE(purls, third.rows.end());
  EXPECT_EQ(purls->published.at("ntu60/ru5"), 79.23);
  EXPECT_EQ(purls->published.at("ntu120/ru60"), 19.63);
  EXPECT_EQ(purls->published.at("kinetics200/ru20"), 32.22);
  EXPECT_EQ(purls->published.at("nw-ucla/ru5"), 49.47);
  EXPECT_EQ(table(tables, 4).rows.size(), 10U);
  EXPECT_EQ(table(tables, 6).rows.size(), 7U);
  for (const PaperTable& each : tables.tables) {
    const std::vector<std::string> columns = keys(each, true);
    for (const PaperRow& row : each.rows) {
      for (const auto& [key, figure] : row.published) {
        EXPECT_THAT(columns, testing::Contains(key)) << each.number << " " << row.name;
        EXPECT_GT(figure, 0);
        EXPECT_LT(figure, 100);
      }
    }
  }
}

TEST(PaperTables, EveryTableHasEverySplitThePapersOwnFirst) {
  const PaperTables tables = bundled_paper_tables();
  for (const PaperTable& each : tables.tables) {
    EXPECT_EQ(each.columns.size(), 4U + 4 + 4 + 4 + 2 + 3 + 3) << each.number;
    EXPECT_TRUE(std::ranges::is_partitioned(each.columns, [](const PaperColumn& column) { return column.in_paper; }));
  }
  EXPECT_THAT(keys(table(tables, 4), true),
              testing::ElementsAre("ntu60/ru5", "ntu60/ru12", "ntu60/ru20", "ntu60/ru30"));
  EXPECT_THAT(keys(table(tables, 5), true), testing::SizeIs(8)) << "NTU 60 and 120";
  EXPECT_THAT(keys(table(tables, 6), false),
              testing::IsSupersetOf({"nw-ucla/ru2", "utd-mhad/ru13", "kinetics200/ru80"}));
}

TEST(PaperTables, SplitsAreThoseOfTheirDataSets) {
  for (const PaperDataset& dataset : bundled_paper_tables().datasets) {
    EXPECT_LE(dataset.classes, class_list(dataset.kind).classes.size()) << dataset.name;
    EXPECT_FALSE(dataset.how_to_get.empty()) << dataset.name;
    const auto published = unseen_splits(dataset.kind, dataset.classes);
    EXPECT_EQ(dataset.splits.size(), published.size()) << dataset.name;
    for (const PaperSplit& split : dataset.splits) {
      ASSERT_TRUE(published.contains(split.name)) << dataset.name << " " << split.name;
      const std::size_t unseen = published.at(split.name).size();
      EXPECT_EQ(split.title, fmt::format("{}/{}", dataset.classes - unseen, unseen)) << dataset.name;
    }
  }
}

}  // namespace
}  // namespace purlscope::core
