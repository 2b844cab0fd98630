// Recordings of what a person does: the file, and the names by which widgets are found again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QBoxLayout>
#include <QLineEdit>
#include <QToolButton>
#include <fstream>
#include <sstream>

#include "app/studio/replay/data_path.h"
#include "app/studio/replay/interaction.h"
#include "app/studio/replay/target.h"
#include "core/base/error.h"
#include "core/base/paths.h"
#include "tests/app/studio/support.h"

namespace purlscope::test {
namespace {

using app::Interaction;
using testing::HasSubstr;

constexpr const char* kHeader = R"({"purlscope_ui":1,"window":[1280,800]})"
                                "\n";
constexpr const char* kMove = R"({"t":0.5,"event":"move","at":[0.5,0.5],"target":{"path":["studio"]}})"
                              "\n";

std::string trouble(const std::string& content, Code code) {
  try {
    app::read_interactions(write_file("replay/bad.jsonl", content));
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code) << error.what();
    return error.what();
  }
  ADD_FAILURE() << "it was read: " << content;
  return {};
}

TEST(StudioReplayFile, ALineSaysWhatWasDoneAndIsReadBack) {
  const app::Target target{{"studio", "labels", "label_table"}, 2, app::Item{{"group", "wave \"x\" 👋"}, 3, 1}};
  std::vector<Interaction> done;
  done.push_back({.time = 0.25,
                  .kind = Interaction::Kind::press,
                  .target = target,
                  .at = {0.5, -1.25},
                  .button = 2,
                  .buttons = 3,
                  .modifiers = int(Qt::ShiftModifier | Qt::ControlModifier)});
  done.push_back({.time = 1.0,
                  .kind = Interaction::Kind::key_press,
                  .target = {{"label_line"}, 0, {}},
                  .key = Qt::Key_Adiaeresis,
                  .repeat = true,
                  .text = "ä"});
  done.push_back(
      {.time = 1.5, .kind = Interaction::Kind::wheel, .target = target, .at = {0.1, 0.2}, .turn = {0, -120}});
  done.push_back({.time = 2.0, .kind = Interaction::Kind::resize, .target = {{"studio"}, 0, {}}, .size = {900, 700}});
  done.push_back({.time = 2.5,
                  .kind = Interaction::Kind::drop,
                  .target = {{"studio"}, 0, {}},
                  .at = {0.5, 0.5},
                  .files = {"/a b.skeleton", "data:clips/wave.skeleton"}});
  done.push_back({.time = 3.0, .kind = Interaction::Kind::text, .target = {{"label_line"}, 0, {}}, .text = "日本"});
  done.push_back({.time = 3.5, .kind = Interaction::Kind::secret, .target = {{"password"}, 0, {}}});
  std::string content = app::interaction_header({1280, 800}) + "\n";
  for (const Interaction& step : done) content += app::interaction_line(step) + "\n";

  const auto read = app::read_interactions(write_file("replay/all.jsonl", content));
  EXPECT_EQ(read.window, QSize(1280, 800));
  EXPECT_FALSE(read.cut);
  ASSERT_EQ(read.steps.size(), done.size());
  for (std::size_t i = 0; i < done.size(); ++i) {
    EXPECT_EQ(read.steps[i].interaction, done[i]) << "line " << i + 2;
    EXPECT_EQ(read.steps[i].line, static_cast<int>(i) + 2);
  }
}

TEST(StudioReplayFile, ALineThatBrokeOffIsLeftOut) {
  const auto read =
      app::read_interactions(write_file("replay/cut.jsonl", std::string(kHeader) + kMove + R"({"t":0.7,"event":"pre)"));
  EXPECT_TRUE(read.cut);
  EXPECT_EQ(read.steps.size(), 1U);
}

TEST(StudioReplayFile, DamagedLinesNameTheLineAndWhatIsWrong) {
  const auto with = [](const std::string& line) { return kHeader + (kMove + line) + "\n"; };
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"[1,2", "expected one JSON object"},
      {"[1,2]", "expected an object"},
      {R"({"event":"move","at":[0,0],"target":{"path":["a"]}})", "\"t\" is missing"},
      {R"({"t":-1,"event":"move","at":[0,0],"target":{"path":["a"]}})", "\"t\" is -1"},
      {R"({"t":1,"event":"dance","at":[0,0],"target":{"path":["a"]}})", "\"event\" is \"dance\""},
      {R"({"t":1,"event":"move","at":[0],"target":{"path":["a"]}})", "\"at\" is"},
      {R"({"t":1,"event":"move","at":[0,0],"target":{"path":[]}})", "\"path\" is"},
      {R"({"t":1,"event":"move","at":[0,0],"target":"studio"})", "expected an object"},
      {R"({"t":1,"event":"press","at":[0,0],"target":{"path":["a"]}})", "\"button\" is missing"},
      {R"({"t":1,"event":"press","button":"NoseButton","at":[0,0],"target":{"path":["a"]}})", "NoseButton"},
      {R"({"t":1,"event":"key_press","key":"Key_Nose","target":{"path":["a"]}})", "Key_Nose"},
      {R"({"t":1,"event":"drop","at":[0,0],"files":[3],"target":{"path":["a"]}})", "\"files\" is 3"},
      {R"({"t":1,"event":"resize","size":[0,1e9],"target":{"path":["a"]}})", "\"size\" is"}};
  for (const auto& [line, expected] : cases) {
    const std::string text = trouble(with(line), Code::bad_format);
    EXPECT_THAT(text, HasSubstr("bad.jsonl line 3: "));
    EXPECT_THAT(text, HasSubstr(expected));
    EXPECT_THAT(text, HasSubstr("--record-ui"));
  }
}

TEST(StudioReplayFile, OtherFilesAndNewerOnesAreRefused) {
  EXPECT_THAT(trouble("", Code::bad_format), HasSubstr("empty"));
  EXPECT_THAT(trouble("dear reader\n", Code::bad_format), HasSubstr("line 1: found \"dear reader\""));
  EXPECT_THAT(trouble("{\"labels\":[]}\n", Code::bad_format), HasSubstr("purlscope_ui"));
  EXPECT_THAT(trouble(R"({"purlscope_ui":2,"window":[1,1]})", Code::unsupported), HasSubstr("version 2"));
  EXPECT_THROW(app::read_interactions("/does/not/exist.jsonl"), Error);
}

TEST(StudioReplayFile, ClipsOfTheProgramAreFoundOnEveryMachine) {
  const QString clip = QString::fromStdString(core::resource("clips/wave.skeleton").string());
  EXPECT_EQ(app::stored_path(clip), "data:clips/wave.skeleton");
  EXPECT_TRUE(QFile::exists(app::real_path("data:clips/wave.skeleton")));
  EXPECT_EQ(app::stored_path("/elsewhere/wave.skeleton"), "/elsewhere/wave.skeleton");
  EXPECT_EQ(app::real_path("/elsewhere/wave.skeleton"), "/elsewhere/wave.skeleton");
}

/// A panel of a named frame with two unnamed fields and a button.
struct Panel {
  explicit Panel(bool changed) {
    window.setObjectName("panel_window");
    auto* rows = new QVBoxLayout(&window);
    auto* frame = new QWidget;
    frame->setObjectName("inner");
    if (changed) rows->addWidget(new QLineEdit);  // a newcomer, elsewhere
    auto* around = new QWidget;
    auto* extra = new QVBoxLayout(around);
    (changed ? extra : rows)->addWidget(frame);
    if (changed) rows->addWidget(around);
    auto* inner = new QVBoxLayout(frame);
    inner->addWidget(first = new QLineEdit);
    inner->addWidget(second = new QLineEdit);
    inner->addWidget(button = new QToolButton);
    button->setAccessibleName("Close");
    if (!changed) delete around;
    window.show();
  }
  QWidget window;
  QLineEdit* first;
  QLineEdit* second;
  QToolButton* button;
};

TEST(StudioReplayTarget, IsFoundAgainWithOtherWidgetsAround) {
  app::Target first, second, button;
  {
    Panel recorded(false);
    first = app::target_of(*recorded.first);
    second = app::target_of(*recorded.second);
    button = app::target_of(*recorded.button);
    EXPECT_NE(first, second);
    EXPECT_EQ(app::find_target(second), recorded.second);
  }
  EXPECT_EQ(app::find_target(second), nullptr) << "nothing is shown";
  Panel now(true);
  EXPECT_EQ(app::find_target(first), now.first);
  EXPECT_EQ(app::find_target(second), now.second);
  EXPECT_EQ(app::find_target(button), now.button);
  now.button->hide();
  EXPECT_EQ(app::find_target(button), nullptr) << "what cannot be seen cannot be clicked";
}

}  // namespace
}  // namespace purlscope::test
