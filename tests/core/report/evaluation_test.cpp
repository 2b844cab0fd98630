#include "core/report/evaluation/evaluation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/report/evaluation/confusion_svg.h"
#include "core/report/evaluation/evaluation_page.h"
#include "core/report/evaluation/published.h"
#include "tests/support/throws_error.h"

namespace purlscope::core {
namespace {

using nlohmann::json;
using test::ThrowsError;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

json one(double value) { return {{"mean", value}, {"sd", 0.0}, {"per_seed", {value}}}; }

/// Three clips of "sit", one of "<jump>"; the second clip is taken for a jump.
json small_result() {
  json accuracy = one(0.75);
  accuracy["confidence"] = {{"level", 0.95}, {"low", 0.25}, {"high", 1.0}};
  return {{"dataset", "utd-mhad"},
          {"split", "ru5"},
          {"method", "purls"},
          {"backbone", "small-gcn"},
          {"text", "all-MiniLM-L6-v2"},
          {"protocol", "leak-free"},
          {"accuracy", accuracy},
          {"samples", 4},
          {"seconds", 1.5},
          {"unseen", {"sit", "<jump>"}},
          {"confusion", {{2, 1}, {0, 1}}},
          {"zero_shot", true},
          {"problems", {"a, \"b\" & <c>: left out"}},
          {"predictions",
           {{"clips", {"/data/a.mat", "/data/b,1.mat", "/data/sub/c.mat", "/else/d.mat"}},
            {"truth", {0, 0, 0, 1}},
            {"predicted", {{0, 1, 0, 1}}}}}};
}

EvaluationSetup setup() {
  EvaluationSetup setup;
  setup.path = "/data";
  setup.title = "UTD & co";
  setup.classes = 27;
  return setup;
}

Evaluation small() { return read_evaluation(small_result(), setup()); }

TEST(Evaluation, CountsClassesAndFindsTheClipsOfACell) {
  const Evaluation evaluation = small();
  EXPECT_EQ(evaluation.accuracy.mean, 0.75);
  EXPECT_EQ(evaluation.chance(), 0.5);
  EXPECT_THAT(evaluation.clips_of(0, 0), ElementsAre(0, 2));
  EXPECT_THAT(evaluation.clips_of(0, 1), ElementsAre(1));
  EXPECT_THAT(evaluation.clips_of(1, 0), IsEmpty());
  const std::vector<ClassResult> classes = evaluation.classes();
  EXPECT_EQ(classes[0].clips, 3U);
  EXPECT_EQ(classes[0].right, 2U);
  EXPECT_FALSE(classes[0].before);
  EXPECT_EQ(evaluation.confusion.decisions(0), 3U);
  EXPECT_DOUBLE_EQ(evaluation.confusion.share(0, 1), 1.0 / 3);
}

TEST(Evaluation, SeveralRunsAndRefinementAreCountedApart) {
  json result = small_result();
  result["stream"] = {{"orders", 2},        {"refinement", {{"method", "em"}}},
                      {"before", one(0.5)}, {"rescored", one(1)},
                      {"worst_gain", 0.0},  {"rollbacks", 1}};
  result["confusion"] = {{5, 1}, {0, 2}};
  result["predictions"]["predicted"] = {{0, 1, 0, 1}, {0, 0, 0, 1}};
  result["predictions"]["before"] = {{0, 1, 1, 1}};
  const Evaluation evaluation = read_evaluation(result, setup());
  EXPECT_THAT(evaluation.clips_of(0, 1), ElementsAre(1)) << "in some run";
  EXPECT_THAT(evaluation.clips_of(0, 0), ElementsAre(0, 1, 2));
  EXPECT_DOUBLE_EQ(evaluation.classes()[0].before.value(), 1.0 / 3);
  EXPECT_THAT(predictions_csv(evaluation), HasSubstr("\"b,1.mat\",sit,0,1,sit,1,<jump>\n"));
  EXPECT_THAT(evaluation_page(evaluation, {}), HasSubstr("<td>100.0</td><td>+50.0</td>"));
}

TEST(Evaluation, AResultThatDoesNotFitIsRefused) {
  json result = small_result();
  result["predictions"]["predicted"] = {{0, 2, 0, 1}};
  EXPECT_THAT([&] { read_evaluation(result, {}); }, ThrowsError(Code::bad_format, HasSubstr("2 classes and 4 clips")));
  result.erase("predictions");
  EXPECT_THAT([&] { read_evaluation(result, {}); }, ThrowsError(Code::bad_format, HasSubstr("predictions")));
}

TEST(Evaluation, PublishedFiguresAreThoseOfDataSetAndSplit) {
  const PaperTables tables = bundled_paper_tables();
  Evaluation evaluation = small();
  const PublishedFigures utd = published_figures(tables, evaluation);
  ASSERT_EQ(utd.figures.size(), 1U);
  EXPECT_EQ(utd.title, "UTD-MHAD 22/5");
  EXPECT_EQ(utd.figures[0].system, "PURLS");
  EXPECT_DOUBLE_EQ(utd.figures[0].accuracy, 0.575);  // the paper's supplement
  EXPECT_TRUE(utd.figures[0].same_method);
  evaluation.setup.recordings = "xsub";
  EXPECT_THAT(published_figures(tables, evaluation).figures, IsEmpty()) << "other clips";
  evaluation.setup.recordings.clear();
  evaluation.split = "random:5:0";
  EXPECT_THAT(published_figures(tables, evaluation).figures, IsEmpty());
  evaluation.kind = "ntu-rgbd";
  evaluation.split = "ru12";
  evaluation.setup.classes = 60;
  const PublishedFigures ntu = published_figures(tables, evaluation);
  EXPECT_EQ(ntu.title, "NTU RGB+D 60 48/12");
  EXPECT_EQ(ntu.figures.front().system, "ReViSE");
  EXPECT_EQ(ntu.figures.front().accuracy, 0.2644);  // table 3
}

TEST(Evaluation, ThePageStandsAloneAndEscapesAllNames) {
  const Evaluation evaluation = small();
  const std::string page = evaluation_page(evaluation, published_figures(bundled_paper_tables(), evaluation));
  EXPECT_THAT(page, HasSubstr("<h1>UTD &amp; co ru5: PURLS</h1>"));
  EXPECT_THAT(page, HasSubstr("<p class=\"figure\">75.0 %</p>"));
  EXPECT_THAT(page, HasSubstr("<td>57.50</td><td>published, table 3</td>"));
  EXPECT_THAT(page, HasSubstr("CVPR 2024")) << "the source of what is published";
  EXPECT_THAT(page, HasSubstr("<title>true sit, said &lt;jump&gt;: 1 of 3</title>"));
  EXPECT_THAT(page, HasSubstr("a, &quot;b&quot; &amp; &lt;c&gt;: left out"));
  EXPECT_THAT(page, Not(HasSubstr("<jump>")));
  for (const char* outside : {"src=", "<script", "<link", "url("}) EXPECT_THAT(page, Not(HasSubstr(outside)));
}

TEST(Evaluation, PredictionsAreNamedBelowTheFolder) {
  EXPECT_EQ(predictions_csv(small()),
            "clip,true,seed,order,said,right,before\n"
            "a.mat,sit,0,0,sit,1,\n"
            "\"b,1.mat\",sit,0,0,<jump>,0,\n"
            "sub/c.mat,sit,0,0,sit,1,\n"
            "/else/d.mat,<jump>,0,0,<jump>,1,\n");
}

TEST(ConfusionSvg, ManyClassesLeaveTheNumbersOut) {
  Confusion confusion{std::vector<std::string>(60, "walk"), std::vector(60, std::vector<std::size_t>(60, 3))};
  EXPECT_THAT(confusion_svg(confusion), Not(HasSubstr(">3</text>")));
  confusion = {{"walk"}, {{3}}};
  EXPECT_THAT(confusion_svg(confusion), HasSubstr("class=\"over\""));
  EXPECT_EQ(confusion_svg({}), "");
}

}  // namespace
}  // namespace purlscope::core
