// Everything can be reached and is named: for people who use the keyboard, or hear the window.
#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMainWindow>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QSlider>
#include <QTabBar>
#include <set>

#include "app/studio/commands/command_palette.h"
#include "app/studio/commands/command_table.h"
#include "app/studio/session/session.h"
#include "app/studio/view/view_panel.h"
#include "app/studio/view/viewport.h"
#include "tests/app/studio/widget_walk.h"
#include "tests/app/studio/window_picture.h"

namespace purlscope::test {
namespace {

template <typename... Kinds>
bool is_one_of(const QWidget& widget) {
  return (... || (qobject_cast<const Kinds*>(&widget) != nullptr));
}

/// Part of a control that has the name and the keys for it: the field of a spin box, the head of a table.
bool is_part(const QWidget& widget) {
  if (widget.focusProxy() != nullptr || qobject_cast<const QHeaderView*>(&widget)) return true;
  for (const QWidget* up = widget.parentWidget(); up != nullptr && !up->isWindow(); up = up->parentWidget()) {
    if (is_one_of<QAbstractSpinBox, QComboBox, QLineEdit, QAbstractItemView, QTabBar, QMenuBar>(*up)) return true;
  }
  return false;
}

bool is_control(const QWidget& widget) {
  if (!widget.isVisible() || !widget.isEnabled() || is_part(widget)) return false;
  // The tabs of panels: "View > Panel ..." raises each.
  if (qobject_cast<const QTabBar*>(&widget) && qobject_cast<const QMainWindow*>(widget.parentWidget())) return false;
  if (is_one_of<QLabel>(widget)) return false;  // text that can be marked with the mouse; it is read as it stands
  if (widget.objectName() == QLatin1String("palette_list")) return false;  // the field above it has its keys
  return widget.focusPolicy() != Qt::NoFocus ||
         is_one_of<QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox, QSlider, QAbstractItemView, QPlainTextEdit>(
             widget);
}

/// A frame around content that scrolls; the content is named.
bool is_frame(const QWidget& widget) { return widget.inherits("QScrollArea") || widget.inherits("QMenuBar"); }

std::string name_of(QWidget& widget) {
  QAccessibleInterface* face = QAccessible::queryAccessibleInterface(&widget);
  return face == nullptr ? std::string() : face->text(QAccessible::Name).toStdString();
}

/// A button of a command has that command's key, or the palette.
bool runs_a_command(Studio& studio, const QWidget& widget) {
  for (const QAction* action : widget.actions()) {
    if (action->parent() == &studio.window().commands()) return true;
  }
  return false;
}

bool has_tab(const QWidget& widget) { return (widget.focusPolicy() & Qt::TabFocus) != 0; }

void fill(Studio& studio) {
  show_bundled(studio, app::ThemeChoice::dark);
  studio.session().choose_label(1);
  studio.session().choose_sentence(1);
}

TEST(StudioAccessGui, EveryControlHasANameAndKeys) {
  forget_settings();
  Studio studio;
  fill(studio);
  std::set<std::string> wrong;
  show_all(studio, [&](const std::string& where, QWidget& root) {
    for (QWidget* widget : root.findChildren<QWidget*>()) {
      if (!is_control(*widget) || is_frame(*widget)) continue;
      const std::string text = where + ": " + who(*widget);
      if (name_of(*widget).empty()) wrong.insert(text + " has no accessible name");
      if (!has_tab(*widget) && !runs_a_command(studio, *widget)) wrong.insert(text + " is not reached by Tab");
    }
  });
  for (const std::string& line : wrong) ADD_FAILURE() << line;
}

/// With the key itself: a field that keeps Tab for its text ends the way.
TEST(StudioAccessGui, TabComesToEveryControl) {
  forget_settings();
  Studio studio;
  fill(studio);
  show_all(studio, [&](const std::string& where, QWidget& root) {
    if (&root != &studio.window() || where != "window") return;  // as it is first shown
    QWidget* window = root.window();
    QApplication::setActiveWindow(window);
    std::set<QWidget*> reached;
    QWidget* first = nullptr;
    for (int steps = 0; steps < 1000; ++steps) {
      QWidget* from = QApplication::focusWidget();
      if (from != nullptr) reached.insert(from);  // where it began
      QTest::keyClick(from != nullptr ? from : window, Qt::Key_Tab);
      QWidget* focus = QApplication::focusWidget();
      if (focus == nullptr) break;
      if (focus == first) break;
      if (first == nullptr) first = focus;
      reached.insert(focus);
    }
    for (QWidget* widget : root.findChildren<QWidget*>()) {
      if (!is_control(*widget) || is_frame(*widget) || !has_tab(*widget)) continue;
      EXPECT_TRUE(reached.contains(widget)) << where << ": " << who(*widget);
    }
  });
}

TEST(StudioAccessGui, EveryCommandIsInThePaletteAsItStands) {
  forget_settings();
  Studio studio;
  const auto expect_listed = [&](const char* when) {
    QTest::keyClick(&studio.window(), Qt::Key_K, Qt::ControlModifier);
    auto* query = studio.find<QLineEdit>("palette_query");
    auto* list = studio.find<QListWidget>("palette_list");
    for (const app::CommandGroup& group : studio.window().commands().groups()) {
      for (const QString& id : group.ids) {
        const app::Command& command = studio.window().commands().command(id);
        query->setText(command.text);
        const auto row = studio.window().palette_overlay().shown().indexOf(id);
        ASSERT_GE(row, 0) << when << ": " << id.toStdString();
        EXPECT_LT(row, 4) << id.toStdString() << " does not come first when its words are typed";
        EXPECT_EQ((list->item(int(row))->flags() & Qt::ItemIsEnabled) != 0,
                  studio.window().commands().is_enabled(command))
            << when << ": " << id.toStdString();
      }
    }
    QTest::keyClick(query, Qt::Key_Escape);
  };
  expect_listed("empty");
  fill(studio);
  expect_listed("with a clip and labels");
}

/// A disabled action would keep its key from working, an enabled one would pretend.
TEST(StudioAccessGui, KeysActWhereTheirCommandsDo) {
  forget_settings();
  Studio studio;
  fill(studio);
  studio.window().commands().refresh();
  for (const app::CommandGroup& group : studio.window().commands().groups()) {
    for (const QString& id : group.ids) {
      const app::Command& command = studio.window().commands().command(id);
      EXPECT_EQ(studio.window().commands().action(id)->isEnabled(), studio.window().commands().is_enabled(command))
          << id.toStdString();
    }
  }
}

}  // namespace
}  // namespace purlscope::test
