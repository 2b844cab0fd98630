// The data-set view without a window: filters, splits, and what a hundred thousand rows cost.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <malloc.h>

#include <QSignalSpy>

#include "app/studio/dataset/clip_filter.h"
#include "app/studio/dataset/folder_listing.h"
#include "app/studio/dataset/split_choice.h"
#include "app/studio/panels/library/clip_list.h"
#include "app/studio/panels/library/library_model.h"
#include "app/studio/panels/library/problems/problem_words.h"
#include "core/formats/class_list.h"
#include "core/formats/dataset/split/own_split.h"
#include "tests/support/temp_dir.h"
#include "tests/support/throws_error.h"

namespace purlscope::app {
namespace {

using test::TempDir;
using test::ThrowsError;
using testing::ElementsAre;
using testing::HasSubstr;

/// Clips as NW-UCLA names them, class by class, subjects and cameras in turn; nothing lies on the disk.
core::Dataset nw_ucla(std::size_t clips) {
  core::Dataset dataset;
  dataset.kind = "nw-ucla";
  dataset.path = "/data/nw-ucla";
  dataset.classes = core::class_list("nw-ucla").classes;
  const std::size_t of_class = (clips + 9) / 10;
  for (std::size_t i = 0; i < clips; ++i) {
    core::DatasetEntry& entry = dataset.entries.emplace_back();
    entry.label_index = static_cast<int>(i / of_class);
    entry.subject = std::to_string(1 + i % 10);
    entry.camera = std::to_string(1 + i % 3);
    entry.repetition = std::to_string(i % 5);
    entry.bytes = 1;
    entry.format = "nw-ucla";
    entry.file = fmt::format("/data/nw-ucla/a{:02}_s{:02}_e{:02}_v{:02}_{:06}.json", entry.label_index + 1, 1 + i % 10,
                             i % 5, 1 + i % 3, i);
  }
  return dataset;
}

std::size_t heap_bytes() { return mallinfo2().uordblks; }

TEST(FolderListing, TellsKindAndNumbersInWords) {
  const FolderListingPtr listing = make_listing(nw_ucla(1475));
  EXPECT_EQ(listing_title(*listing), "NW-UCLA");
  EXPECT_EQ(listing_facts(*listing), "1,475 clips · 10 classes · 10 subjects · 3 cameras");
  EXPECT_EQ(listing_facts(*make_listing(nw_ucla(1))), "1 clip · 1 of 10 classes · 1 subject · 1 camera");
  EXPECT_EQ(listing_facts(*make_file_listing({"a.bvh", "b.bvh"})), "2 clips");
}

TEST(ClipFilter, TakesClassSubjectCameraAndWordsTogether) {
  const core::Dataset dataset = nw_ucla(300);
  ClipFilter filter;
  EXPECT_EQ(matching_clips(dataset, {}, filter).size(), 300U);
  filter.label = 1;
  EXPECT_EQ(matching_clips(dataset, {}, filter).size(), 30U);
  filter.subject = "3";
  EXPECT_THAT(matching_clips(dataset, {}, filter), ElementsAre(32U, 42U, 52U));
  filter.camera = "1";
  EXPECT_THAT(matching_clips(dataset, {}, filter), ElementsAre(42U));
  filter = {};
  filter.search = "Pick  TWO subject 3";
  EXPECT_THAT(matching_clips(dataset, {}, filter), ElementsAre(32U, 42U, 52U));
  filter.search = "a02_s03 000042";
  EXPECT_THAT(matching_clips(dataset, {}, filter), ElementsAre(42U));
  filter.search = "no such clip";
  EXPECT_TRUE(matching_clips(dataset, {}, filter).empty());
}

TEST(ClipFilter, PartsOfASplitAreDisjointAndWhole) {
  const core::Dataset dataset = nw_ucla(300);
  SplitChoice split{"ru2", {1, 4}, core::recording_split(dataset, "xview")};
  const auto size = [&](SplitPart part) {
    ClipFilter filter;
    filter.part = part;
    return matching_clips(dataset, split, filter).size();
  };
  EXPECT_EQ(parts_of(split).size(), 7U);
  EXPECT_EQ(size(SplitPart::unseen), 60U);
  EXPECT_EQ(size(SplitPart::seen), 240U);
  EXPECT_EQ(size(SplitPart::train), 200U);
  EXPECT_EQ(size(SplitPart::test), 100U);
  EXPECT_EQ(size(SplitPart::to_train), 160U);
  EXPECT_EQ(size(SplitPart::to_test), 20U);
  EXPECT_EQ(parts_of({}).size(), 1U);
  split.recordings.reset();
  EXPECT_THAT(parts_of(split), ElementsAre(SplitPart::all, SplitPart::seen, SplitPart::unseen));
}

TEST(SplitChoice, IsSavedForEvaluateAndLoadedAgain) {
  const TempDir folder;
  const core::Dataset dataset = nw_ucla(300);
  const auto file = folder.path() / "mine.json";
  save_split({"hands only", {8, 9}, {}}, dataset, file);
  EXPECT_EQ(core::read_own_split(file).unseen, (std::vector<std::string>{"throw", "carry"}));
  const SplitChoice loaded = load_split(file, dataset);
  EXPECT_EQ(loaded.name, "hands only");
  EXPECT_THAT(loaded.unseen, ElementsAre(8, 9));
  const SplitChoice lines = load_split(folder.write("lines.txt", "Carry\nthrow\n"), dataset);
  EXPECT_EQ(lines.name, "lines");
  EXPECT_THAT(lines.unseen, ElementsAre(9, 8));
}

TEST(SplitChoice, FilesThatDoNotFitAreRefused) {
  const TempDir folder;
  const core::Dataset dataset = nw_ucla(300);
  const auto refuses = [&](const char* name, const std::string& content, const char* why, Code code) {
    const auto file = folder.write(name, content);
    EXPECT_THAT([&] { load_split(file, dataset); }, ThrowsError(code, testing::AllOf(HasSubstr(name), HasSubstr(why))));
  };
  refuses("broken.json", "{", "is no valid JSON", Code::bad_format);
  refuses("other.json", R"({"purlscope_split": 1, "dataset": "utd-mhad", "unseen": ["throw"]})", "made for utd-mhad",
          Code::bad_argument);
  refuses("unknown.json", R"({"purlscope_split": 1, "unseen": ["swim"]})", "'swim' is no class", Code::bad_argument);
  refuses("lines.txt", "throw\nswim\n", "line 2", Code::bad_argument);
  std::string all;
  for (const std::string& name : dataset.classes) all += name + "\n";
  refuses("all.txt", all, "at least one must be seen", Code::bad_argument);
  EXPECT_THAT(
      [&] {
        save_split({"none", {}, {}}, dataset, folder.path() / "none.json");
      },
      ThrowsError(Code::bad_argument, HasSubstr("no class is unseen")));
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "none.json"));
}

TEST(LibraryModel, GroupsClipsByClassAndFindsThemAgain) {
  const LibrarySource source = make_source(make_listing(nw_ucla(300)));
  LibraryModel model;
  model.show(&source);
  ASSERT_EQ(model.rowCount(), 10);
  const QModelIndex second = model.index(1, 0);
  EXPECT_EQ(second.data().toString(), "pick up with two hands");
  EXPECT_EQ(second.data(LibraryModel::kDetail).toString(), "30");
  ASSERT_EQ(model.rowCount(second), 30);
  const QModelIndex clip = model.index(12, 0, second);
  EXPECT_EQ(clip.data().toString(), "subject 3 · take 2");
  EXPECT_EQ(clip.data(LibraryModel::kDetail).toString(), "camera 1");
  EXPECT_EQ(model.index_of(clip.data(LibraryModel::kPath).toString()), clip);
  EXPECT_EQ(clip.parent(), second);
  EXPECT_EQ(model.neighbour(model.index(29, 0, second), 1), model.index(0, 0, model.index(2, 0)));
  EXPECT_EQ(model.neighbour(model.index(0, 0, second), -1), model.index(29, 0, model.index(0, 0)));
  EXPECT_EQ(model.neighbour({}, -1), model.index(29, 0, model.index(9, 0)));
  ClipFilter filter;
  filter.label = 1;
  model.set_filter(filter);
  EXPECT_EQ(model.rowCount(), 1);
  EXPECT_EQ(model.clip_count(), 30);
}

TEST(LibraryModel, AHundredThousandRowsCostLittle) {
  constexpr std::size_t kClips = 100'000;
  const LibrarySource source = make_source(make_listing(nw_ucla(kClips)));
  const std::size_t before = heap_bytes();
  LibraryModel model;
  model.show(&source);
  ASSERT_EQ(model.clip_count(), static_cast<int>(kClips));
  const std::size_t shown = heap_bytes();
  EXPECT_LE(shown - before, 16 * kClips) << "a row is an index";
  ClipList list(&model);
  list.resize(260, 600);
  list.expandAll();
  list.show();
  QCoreApplication::processEvents();
  EXPECT_LT(list.findChildren<QWidget*>().size(), 20) << "no widget a row: the view's own parts alone";
  EXPECT_LE(heap_bytes() - shown, 200 * kClips);
  list.scrollToBottom();
  list.hide();

  QSignalSpy wanted(&model, &LibraryModel::thumbnail_wanted);
  const QModelIndex last = model.index(9, 0);
  const auto path_of = [&](int row) { return model.index(row, 0, last).data(LibraryModel::kPath).toString(); };
  const auto summary = std::make_shared<ClipSummary>();
  for (int row = 0; row < 2 * static_cast<int>(LibraryModel::kSummaries); ++row)
    model.set_summary(path_of(row), summary);
  wanted.clear();
  model.index(0, 0, last).data(LibraryModel::kSummary);
  EXPECT_EQ(wanted.size(), 1) << "the oldest thumbnails are forgotten";
  model.index(2 * static_cast<int>(LibraryModel::kSummaries) - 1, 0, last).data(LibraryModel::kSummary);
  EXPECT_EQ(wanted.size(), 1) << "the newest are kept";
}

TEST(ProblemWords, EveryKindHasATitleAndARemedy) {
  for (const char* kind : {"unknown-class", "missing-recordings", "same-name", "other-data-set", "mixed-formats",
                           "empty-file", "unreadable", "no-skeleton", "too-short", "repeat", "mixed-layouts"}) {
    EXPECT_NE(problem_title(kind), kind);
    EXPECT_FALSE(problem_remedy(kind).isEmpty()) << kind;
  }
}

}  // namespace
}  // namespace purlscope::app
