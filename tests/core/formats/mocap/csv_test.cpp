#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/formats/registry.h"
#include "tests/core/formats/mocap/mocap_reader.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using test::MocapReader;
using test::ThrowsError;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using CsvReader = MocapReader;

TEST_F(CsvReader, ReadsItsOwnForm) {
  const ClipPtr clip = read("a.csv",
                            "# layout: own\n# unit: cm\n# parents: 0 0\n# label: wave, twice\n"
                            "time,7:hip.x,7:hip.y,7:hip.z,7:hand.x,7:hand.y,7:hand.z,7:hand.state,"
                            "x:hand.x,x:hand.y,x:hand.z,x:hip.x,x:hip.y,x:hip.z\n"
                            "2.5,1,2,3,4,5,6,inferred,7,8,9,10,11,12\n"
                            "2.7,1,2,3,,,,missing,7,8,9,,,\n");
  EXPECT_EQ(clip->format, "csv");
  EXPECT_THAT(clip->layout->joints, ElementsAre("hip", "hand"));
  EXPECT_THAT(clip->layout->parent, ElementsAre(0, 0));
  EXPECT_EQ(clip->unit, "cm");
  EXPECT_EQ(clip->label, "wave, twice");
  EXPECT_EQ(clip->fps, std::nullopt);
  ASSERT_EQ(clip->persons.size(), 2U);
  EXPECT_EQ(clip->persons[0].id, "7");
  EXPECT_EQ(clip->persons[1].id, "x");
  EXPECT_NEAR(clip->times[1], 0.2, 1e-12);
  expect_at(*clip, 0, "hand", {0.04F, 0.05F, 0.06F});
  EXPECT_EQ(state(*clip, 0, "hand"), JointState::inferred);
  EXPECT_EQ(state(*clip, 1, "hand"), JointState::missing);
  EXPECT_EQ(at(*clip, 0, "hip", 1), (Vec3{0.1F, 0.11F, 0.12F}));
  EXPECT_EQ(state(*clip, 1, "hip", 1), JointState::missing);
  EXPECT_THAT(clip->warnings, IsEmpty());
}

TEST_F(CsvReader, ReadsTablesOfConverters) {
  for (const char* header :
       {"Time,Hips.x,Hips.y,Hips.z,Head.x,Head.y,Head.z", "time,Hips_X,Hips_Y,Hips_Z,Head_X,Head_Y,Head_Z",
        "time,Hips X,Hips Y,Hips Z,Head X,Head Y,Head Z", "Time,Hips.X,Hips.Y,Hips.Z,Head.X,Head.Y,Head.Z",
        "\"Time\",\"Hips_position_x\",\"Hips_position_y\",\"Hips_position_z\",Head_pos_x,Head_pos_y,Head_pos_z"}) {
    const ClipPtr clip = read("a.csv", std::string(header) + "\n0,1,2,3,10,172,30\n0.5,1,2,3,10,172,30\n");
    EXPECT_THAT(clip->layout->joints, ElementsAre("Hips", "Head")) << header;
    expect_at(*clip, 1, "Head", {-0.1F, 1.72F, -0.3F});
    EXPECT_EQ(clip->rate(), 2.0);
    EXPECT_EQ(clip->unit, "cm");
  }
}

TEST_F(CsvReader, KnowsSemicolonsTabsAndDecimalCommas) {
  const ClipPtr semicolons =
      read("a.csv", "\xEF\xBB\xBF# unit: m\r\n# up: z\r\ntime_ms;a.x;a.y;a.z;\r\n0;1,5;2;3;\r\n500;1,5;2;3;\r\n");
  expect_at(*semicolons, 1, "a", {-1.5F, 3, 2});
  EXPECT_NEAR(semicolons->times[1], 0.5, 1e-12);
  const ClipPtr tabs = read("a.tsv", "frame\ta.x\ta.y\ta.z\n1\t1.5\t2\t3\n2\t1.5\t2\t3\n");
  EXPECT_EQ(tabs->frames, 2U);
  EXPECT_THAT(tabs->warnings, Contains(HasSubstr("taken as 30 fps")));
}

TEST_F(CsvReader, PassesOverRotations) {
  const ClipPtr clip =
      read("a.csv", "Hips.x,Hips.y,Hips.z,Hips_rotation_x,Hips_rotation_y,Hips_rotation_z,quality\n1,2,3,4,5,6,7\n");
  EXPECT_THAT(clip->layout->joints, ElementsAre("Hips"));
  EXPECT_THAT(clip->warnings, Contains("4 columns are no positions and were ignored"));
}

TEST_F(CsvReader, FitsALayoutByNames) {
  const auto ntu = joint_layout("ntu25");
  std::string header = "time";
  std::string row = "0";
  for (std::size_t j = ntu->size(); j-- > 0;) {  // in any order, with underscores
    std::string name = ntu->joints[j];
    std::ranges::replace(name, ' ', '_');
    for (const char axis : {'x', 'y', 'z'}) header += "," + name + "." + axis;
    row += "," + std::to_string(j) + ",0,0";
  }
  ReadOptions options;
  options.layout = "ntu25";
  const ClipPtr clip = read("a.csv", "# up: y\n" + header + "\n" + row + "\n", options);
  EXPECT_EQ(clip->layout->id, "ntu25");
  const float unit = clip->persons[0].joints[1][0];
  for (std::size_t j = 0; j < ntu->size(); ++j)
    EXPECT_NEAR(clip->persons[0].joints[j][0], unit * static_cast<float>(j), 1e-4);
  options.layout = "coco17";
  EXPECT_THAT(reading("a.csv", header + "\n" + row + "\n", options),
              ThrowsError(Code::shape_mismatch, HasSubstr("layout coco17 needs a joint 'nose'")));
  EXPECT_THAT(reading("a.csv", "# layout: ntu26\n" + header + "\n" + row + "\n"),
              ThrowsError(Code::not_found, AllOf(HasSubstr("a.csv"), HasSubstr("ntu26"))));
}

TEST_F(CsvReader, NamesLineAndColumn) {
  const std::string header = "time,a.x,a.y,a.z\n";
  EXPECT_THAT(reading("a.csv", header + "0,1,2,3\n1,1,2\n"),
              ThrowsError(Code::bad_format, HasSubstr("line 3: 3 cells, expected 4")));
  EXPECT_THAT(reading("a.csv", header + "0,1,2,3,4\n"), ThrowsError(Code::bad_format, HasSubstr("line 2: more cells")));
  EXPECT_THAT(reading("a.csv", header + "0,1,two,3\n"),
              ThrowsError(Code::bad_format, HasSubstr("line 2: column 3: found 'two', expected a number")));
  EXPECT_THAT(reading("a.csv", header + "1,1,2,3\n0,1,2,3\n"),
              ThrowsError(Code::bad_format, HasSubstr("line 3: the time 0 s")));
  EXPECT_THAT(reading("a.csv", header), ThrowsError(Code::bad_format, HasSubstr("no row")));
  EXPECT_THAT(reading("a.csv", "time,a.x,a.y\n0,1,2\n"),
              ThrowsError(Code::bad_format, HasSubstr("joint 'a' has no column z")));
  EXPECT_THAT(reading("a.csv", "time,a.x,a.y,a.z,a.x\n0,1,2,3,4\n"),
              ThrowsError(Code::bad_format, HasSubstr("two columns")));
  ReadOptions options;
  options.format = "csv";
  EXPECT_THAT(reading("a.csv", "year,sales\n2020,7\n", options),
              ThrowsError(Code::bad_format, HasSubstr("line 1: no column is a coordinate")));
  EXPECT_THAT(reading("a.csv", "# unit: ells\n" + header + "0,1,2,3\n"),
              ThrowsError(Code::bad_format, HasSubstr("expected m, cm, mm or in")));
  EXPECT_THAT(reading("a.csv", "# layout: own\ntime,1:a.x,1:a.y,1:a.z,2:b.x,2:b.y,2:b.z\n0,1,2,3,4,5,6\n"),
              ThrowsError(Code::bad_format, HasSubstr("joint 'b' of person '1' has no column x")));
}

TEST_F(CsvReader, LeavesOtherTablesAlone) {
  for (const char* name : {"sales.csv", "descriptions.tsv"}) {
    EXPECT_EQ(recognise_format(folder_.write(name, "label\tsentence\nsit down\tthis body goes down\n")), nullptr);
  }
  EXPECT_NE(recognise_format(folder_.write("no_extension", "# layout: own\ntime,1:a.x,1:a.y,1:a.z\n")), nullptr);
}

TEST_F(CsvReader, PersonsTimesJointsIsBoundedByTheColumns) {
  std::string header = "# unit: m\ntime";
  for (int i = 0; i < 3000; ++i) header += fmt::format(",{0}:j{0}.x", i);
  EXPECT_THAT(reading("a.csv", header + "\n0\n"),
              ThrowsError(Code::bad_format, HasSubstr("each person needs each joint")));
}

}  // namespace
}  // namespace purlscope::core
