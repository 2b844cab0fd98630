// Figures and tables for papers, without a window.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QImage>
#include <QPainter>
#include <QSvgRenderer>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "app/studio/export/attention_export.h"
#include "app/studio/export/export_file.h"
#include "app/studio/export/figures/ink.h"
#include "app/studio/export/scores_export.h"
#include "core/base/error.h"
#include "core/base/layout.h"
#include "tests/support/mock_engine.h"
#include "tests/support/throws_error.h"

namespace purlscope::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

core::RecognitionPtr recognised(const std::vector<std::string>& labels, const char* layout = "ntu25", double end = 2) {
  core::LabelSet set;
  for (const std::string& text : labels) set.labels.push_back({.text = text, .sentences = {}});
  test::MockEngine engine;
  engine.set_labels(set);
  core::Window window;
  window.layout = core::joint_layout(layout);
  window.frames = static_cast<std::size_t>(30 * end);
  window.end = end;
  return std::make_shared<const core::Recognition>(engine.recognise(window));
}

ShownAttention shown_attention(const core::RecognitionPtr& recognition, bool contribution = false) {
  ShownAttention shown;
  shown.recognition = recognition;
  shown.contribution = contribution;
  const MatrixLook look{contribution, contribution ? "coolwarm" : "viridis"};
  shown.over_joints = joints_matrix(*recognition, 0, std::vector<bool>(recognition->spans.size(), true), look);
  shown.over_time = time_matrix(*recognition, 0, look);
  return shown;
}

ScoredWindow window_of(double begin, double end, const core::RecognitionPtr& recognition) {
  ScoredWindow window;
  window.begin = begin;
  window.end = end;
  window.recognition = recognition;
  return window;
}

/// The last window is the one that is shown.
ShownScores shown_scores(const std::string& recording, const std::vector<ScoredWindow>& windows) {
  ShownScores shown;
  shown.recording = recording;
  shown.now = windows.back();
  if (windows.size() > 1) shown.windows = windows;
  return shown;
}

/// Pixels of the outermost millimetre that are not white.
int ink_at_the_edge(const QImage& picture) {
  constexpr int kEdge = 12;
  int ink = 0;
  for (int y = 0; y < picture.height(); ++y) {
    for (int x = 0; x < picture.width(); ++x) {
      const bool inside = x >= kEdge && y >= kEdge && x < picture.width() - kEdge && y < picture.height() - kEdge;
      if (!inside && qGray(picture.pixel(x, y)) < 200) ++ink;
    }
  }
  return ink;
}

TEST(ExportFigure, NamesEveryAxisJointAndUnitAsText) {
  const ShownAttention shown = shown_attention(recognised({"wave", "throw"}));
  const std::string svg = figure_svg(matrix_figure(attention_figure(shown, "clip.skeleton"))).toStdString();
  for (const char* words : {"wave: attention of its sentences", "clip.skeleton", "Sentence", "Joint (ntu25)",
                            "Stretch of the clip (s)", "Attention (share)", "hands", "global", "0.0–0.7"}) {
    EXPECT_THAT(svg, HasSubstr(words));
  }
  for (const std::string& joint : shown.recognition->layout->joints) EXPECT_THAT(svg, HasSubstr(">" + joint + "<"));
  const ShownAttention other = shown_attention(shown.recognition, true);
  const std::string signed_svg = figure_svg(matrix_figure(attention_figure(other, "clip"))).toStdString();
  EXPECT_THAT(signed_svg, HasSubstr("Contribution (score)"));
  EXPECT_THAT(signed_svg, HasSubstr(">−0.0")) << "a scale about 0";
}

TEST(ExportFigure, IsOnePageOfPdfAndAPictureForPrint) {
  const Figure figure = matrix_figure(attention_figure(shown_attention(recognised({"wave"})), "clip"));
  const QByteArray pdf = figure_pdf(figure);
  EXPECT_TRUE(pdf.startsWith("%PDF"));
  EXPECT_THAT(pdf.toStdString(), HasSubstr("/Count 1\n"));
  EXPECT_THAT(pdf.toStdString(), HasSubstr("/FontFile")) << "fonts are embedded";
  const QImage picture = QImage::fromData(figure_png(figure), "PNG");
  EXPECT_EQ(picture.width(), 2100) << "7 inches of 300 pixels";
  EXPECT_NEAR(picture.dotsPerMeterX(), 11811, 1);
}

/// Read by another hand: Qt's renderer of SVG. It knows no lists of typefaces, so letters differ.
TEST(ExportFigure, SvgLooksLikeThePicture) {
  const Figure figure = matrix_figure(attention_figure(shown_attention(recognised({"wave"})), "clip"));
  const QImage picture = QImage::fromData(figure_png(figure), "PNG").convertToFormat(QImage::Format_RGB32);
  QImage drawn(picture.size(), QImage::Format_RGB32);
  drawn.fill(Qt::white);
  QSvgRenderer renderer(figure_svg(figure));
  ASSERT_TRUE(renderer.isValid());
  QPainter painter(&drawn);
  renderer.render(&painter);
  painter.end();
  double difference = 0;
  for (int y = 0; y < picture.height(); ++y) {
    for (int x = 0; x < picture.width(); ++x) {
      difference += std::abs(qGray(picture.pixel(x, y)) - qGray(drawn.pixel(x, y)));
    }
  }
  EXPECT_LT(difference / (255.0 * picture.width() * picture.height()), 0.03);
}

TEST(ExportFigure, LongNamesStayOnThePaper) {
  const std::string endless = "a person who " + std::string(180, 'w') + " and then bows to everybody in the room";
  const core::RecognitionPtr recognition = recognised({endless, "w"});
  const Figure matrices = matrix_figure(attention_figure(shown_attention(recognition), QString(120, 'm')));
  EXPECT_EQ(ink_at_the_edge(QImage::fromData(figure_png(matrices), "PNG")), 0);
  const ShownScores scores =
      shown_scores(std::string(120, 'm'), {window_of(0, 2, recognition), window_of(1, 3, recognition)});
  const Figure bars = score_figure(scores_figure(scores));
  EXPECT_EQ(ink_at_the_edge(QImage::fromData(figure_png(bars), "PNG")), 0);
}

TEST(ExportFigure, TicksAreRoundNumbers) {
  EXPECT_THAT(nice_ticks(0, 0.23, 5), ElementsAre(0, testing::DoubleEq(0.05), testing::DoubleEq(0.1),
                                                  testing::DoubleNear(0.15, 1e-9), testing::DoubleEq(0.2)));
  EXPECT_EQ(tick_text(0.05, 0.05), "0.05");
  EXPECT_EQ(tick_text(-0.1, 0.1), "−0.1");
  EXPECT_EQ(tick_text(0, 0.025), "0.000");
  EXPECT_EQ(tick_text(40, 20), "40");
}

TEST(ExportScores, ShowTheirCourseWhereThereAreSeveralWindows) {
  const core::RecognitionPtr first = recognised({"wave", "throw"});
  const core::RecognitionPtr second = recognised({"wave", "throw"}, "ntu25", 3);
  const ShownScores one = shown_scores("clip.skeleton", {window_of(0, 2, first)});
  EXPECT_TRUE(scores_figure(one).curves.empty());
  const ShownScores both = shown_scores("stream", {window_of(0, 2, first), window_of(1, 4, second)});
  const ScoreFigure figure = scores_figure(both);
  ASSERT_EQ(figure.curves.size(), 2U);
  EXPECT_EQ(figure.curves[0].points[1], QPointF(2.5, second->labels[second->ranking()[0]].probability));
  const std::string svg = figure_svg(score_figure(figure)).toStdString();
  for (const char* words :
       {"Scores of stream", "wave", "throw", "none of these", "Probability (%)", "Middle of the window (s)"}) {
    EXPECT_THAT(svg, HasSubstr(words));
  }
  const auto document = nlohmann::json::parse(scores_json(both));
  EXPECT_EQ(document.at("windows").size(), 2U);
  EXPECT_EQ(document.at("windows").at(1).at("begin_s"), 1.0);
  EXPECT_EQ(nlohmann::json::parse(scores_json(one)).at("labels").size(), 2U);
}

TEST(ExportScores, AreOneLineALabelInCsv) {
  const core::RecognitionPtr result = recognised({"wave, slowly", "throw"});
  const std::string csv = scores_csv(shown_scores("clip", {window_of(0, 2, result)}));
  EXPECT_THAT(csv, testing::StartsWith("recording,begin_s,end_s,rank,label,score,probability,score_head,"));
  EXPECT_THAT(csv, HasSubstr("\"wave, slowly\""));
  EXPECT_THAT(csv, HasSubstr("clip,0,2,,none of these,,"));
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 4);
}

TEST(ExportFile, NamesAreSafeEverywhere) {
  EXPECT_EQ(export_name("throw.skeleton", {"draw a circle", "attention"}), "throw_draw-a-circle_attention");
  EXPECT_EQ(export_name("a/b: c?.npz", {"", "x"}), "b-c_x");
  EXPECT_EQ(export_name("", {""}), "export");
}

TEST(ExportFile, AnUnknownEndingIsRefusedWithTheKnownOnes) {
  const std::vector<FileKind> kinds{{"SVG", ".svg"}, {"PDF", ".pdf"}};
  check_ending("figure.SVG", kinds);
  EXPECT_THAT([&] { check_ending("figure.doc", kinds); },
              test::ThrowsError(Code::bad_argument, testing::AllOf(HasSubstr(".svg, .pdf"), HasSubstr(".doc"))));
}

}  // namespace
}  // namespace purlscope::app
