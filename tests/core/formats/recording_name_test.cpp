#include "core/formats/recording_name.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "core/formats/class_list.h"

namespace purlscope::core {
namespace {

TEST(RecordingNames, StateKindClassAndWho) {
  const struct {
    const char* name;
    const char* kind;
    int action;
    std::map<std::string, std::string> tags;
  } cases[] = {
      {"S018C002P003R001A113.skeleton",
       "ntu-rgbd",
       113,
       {{"setup", "18"}, {"camera", "2"}, {"subject", "3"}, {"repetition", "1"}}},
      {"a27_s8_t4_skeleton.mat", "utd-mhad", 27, {{"subject", "8"}, {"repetition", "4"}}},
      {"a12_s10_e03_v02.json", "nw-ucla", 12, {{"subject", "10"}, {"repetition", "3"}, {"camera", "2"}}},
      {"a20_s10_e03_skeleton3D.txt", "msr-action3d", 20, {{"subject", "10"}, {"repetition", "3"}}},
      {"a30_s05_v04_e01.txt", "uwa3d-ii", 30, {{"subject", "5"}, {"camera", "4"}, {"repetition", "1"}}},
      {"a30_s05_e01_v04.mat", "uwa3d-ii", 30, {{"subject", "5"}, {"camera", "4"}, {"repetition", "1"}}},
      {"joints_s09_e02.txt", "utkinect", 0, {{"subject", "9"}, {"repetition", "2"}}},
      {"0002-L.txt", "pku-mmd", 0, {{"camera", "L"}}},
      {"A01N26-M.txt", "pku-mmd", 0, {{"camera", "M"}}},
  };
  for (const auto& known : cases) {
    const auto name = parse_recording_name(known.name);
    ASSERT_TRUE(name) << known.name;
    EXPECT_EQ(name->kind, known.kind);
    EXPECT_EQ(name->action, known.action);
    EXPECT_EQ(name->tags, known.tags) << known.name;
    EXPECT_TRUE(has_recording_names(known.kind));
  }
  EXPECT_FALSE(parse_recording_name("S018C002P003R001A113.txt"));
  EXPECT_FALSE(parse_recording_name("0002-X.txt"));
  EXPECT_FALSE(has_recording_names("kinetics-skeleton")) << "its clips are named after videos";
}

TEST(ClassLists, EveryFileOfTheFolderIsOne) {
  EXPECT_THAT(class_list_kinds(), testing::IsSupersetOf({"kinetics-skeleton", "msr-action3d", "ntu-rgbd", "nw-ucla",
                                                         "utd-mhad", "utkinect", "uwa3d-ii"}));
  EXPECT_EQ(class_list("kinetics-skeleton").classes.size(), 400U);
  EXPECT_EQ(class_list("uwa3d-ii").classes.size(), 30U);
  EXPECT_EQ(class_list("utkinect").classes.size(), 10U);
  for (const std::string& kind : class_list_kinds()) {
    const std::vector<std::string>& classes = class_list(kind).classes;
    EXPECT_EQ(std::set<std::string>(classes.begin(), classes.end()).size(), classes.size()) << kind;
  }
  EXPECT_EQ(layout_of_format("ntu-skeleton"), "ntu25");
  EXPECT_EQ(layout_of_format("bvh"), "");
}

}  // namespace
}  // namespace purlscope::core
