#include "app/studio/theme/tokens.h"

#include <QGuiApplication>

namespace purlscope::app {
namespace {

const Tokens kDark{.ground = QColor(0x16, 0x18, 0x1d),
                   .panel = QColor(0x1d, 0x20, 0x27),
                   .raised = QColor(0x26, 0x2a, 0x33),
                   .line = QColor(0x33, 0x39, 0x44),
                   .text = QColor(0xe6, 0xe8, 0xec),
                   .muted = QColor(0x9a, 0xa3, 0xb2),
                   .accent = QColor(0x4c, 0x9b, 0xe8),
                   .selection = QColor(0x20, 0x39, 0x55),
                   .warning = QColor(0xe8, 0xa3, 0x3d),
                   .live = QColor(0xf0, 0x6b, 0x62),
                   .good = QColor(0x57, 0xb3, 0x7a)};

const Tokens kLight{.ground = QColor(0xee, 0xf1, 0xf5),
                    .panel = QColor(0xff, 0xff, 0xff),
                    .raised = QColor(0xf0, 0xf3, 0xf7),
                    .line = QColor(0xcd, 0xd4, 0xde),
                    .text = QColor(0x1a, 0x1d, 0x23),
                    .muted = QColor(0x56, 0x5f, 0x6e),
                    .accent = QColor(0x1b, 0x6a, 0xb8),
                    .selection = QColor(0xd9, 0xe8, 0xf8),
                    .warning = QColor(0x8a, 0x51, 0x06),
                    .live = QColor(0xb8, 0x2a, 0x23),
                    .good = QColor(0x1d, 0x6b, 0x42)};

}  // namespace

const Tokens& tokens(Scheme scheme) { return scheme == Scheme::dark ? kDark : kLight; }

Scheme scheme_of(const QPalette& palette) {
  return palette.color(QPalette::Window).lightness() < 128 ? Scheme::dark : Scheme::light;
}

Scheme current_scheme() { return scheme_of(QGuiApplication::palette()); }

const Tokens& current_tokens() { return tokens(current_scheme()); }

QPalette make_palette(Scheme scheme) {
  const Tokens& t = tokens(scheme);
  QPalette p;
  p.setColor(QPalette::Window, t.ground);
  p.setColor(QPalette::WindowText, t.text);
  p.setColor(QPalette::Base, t.panel);
  p.setColor(QPalette::AlternateBase, t.raised);
  p.setColor(QPalette::Text, t.text);
  p.setColor(QPalette::PlaceholderText, t.muted);
  p.setColor(QPalette::Button, t.raised);
  p.setColor(QPalette::ButtonText, t.text);
  p.setColor(QPalette::BrightText, t.live);
  p.setColor(QPalette::ToolTipBase, t.raised);
  p.setColor(QPalette::ToolTipText, t.text);
  p.setColor(QPalette::Highlight, t.selection);
  p.setColor(QPalette::HighlightedText, t.text);
  p.setColor(QPalette::Link, t.accent);
  p.setColor(QPalette::LinkVisited, t.accent);
  p.setColor(QPalette::Light, t.raised);
  p.setColor(QPalette::Midlight, t.raised);
  p.setColor(QPalette::Mid, t.line);
  p.setColor(QPalette::Dark, t.line);
  p.setColor(QPalette::Shadow, t.ground.darker(130));
  QColor faint = t.muted;
  faint.setAlpha(140);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText}) {
    p.setColor(QPalette::Disabled, role, faint);
  }
  return p;
}

QString make_style_sheet(Scheme scheme, const QString& icons) {
  const Tokens& t = tokens(scheme);
  // Placeholders in braces-free form, so that the sheet stays readable: @name is replaced by the token.
  QString sheet = QStringLiteral(R"(
QMainWindow::separator { background: transparent; width: 8px; height: 8px; }
QMainWindow::separator:hover { background: @line; }
QMenuBar { background: @ground; padding: 4px 0; }
QMenuBar QToolButton[text_button="true"] { padding: 2px 10px; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: @raised; }
QMenu { background: @panel; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 28px; border-radius: 4px; }
QMenu::item:selected { background: @selection; }
QMenu::item:disabled { color: @muted; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }
QMenu::indicator { width: 16px; height: 16px; left: 7px; }
QMenu::indicator:checked { image: url(@icons/check.svg); }
QMenu::right-arrow { image: url(@icons/arrow-right.svg); width: 12px; height: 12px; margin-right: 6px; }
QToolTip { background: @raised; color: @text; border: 1px solid @line; padding: 4px 6px; }
QStatusBar { background: @ground; color: @muted; }
QStatusBar::item { border: none; }

#dock_title { background: @panel; border-top-left-radius: 6px; border-top-right-radius: 6px; }
#dock_body { background: @panel; border-bottom-left-radius: 6px; border-bottom-right-radius: 6px; }
#dock_title[floating="true"] { border: 1px solid @line; border-bottom: none; border-radius: 0; }
#dock_body[floating="true"] { border: 1px solid @line; border-top: none; border-radius: 0; }
#card { background: @panel; border-radius: 6px; }
#banner { background: @raised; border: 1px solid @warning; border-radius: 6px; }
QFrame[notice="true"] { background: @raised; border: 1px solid @accent; border-radius: 6px; }
QFrame[notice="true"] QToolButton { border: 1px solid @line; background: @panel; }
QFrame[notice="true"] QToolButton:hover, QFrame[notice="true"] QToolButton:focus { border: 1px solid @accent; }
QFrame[notice="true"] QToolButton#notice_yes { background: @selection; border: 1px solid @accent; }
#overlay { background: @panel; border: 1px solid @line; border-radius: 8px; }
QLabel#head { font-weight: 600; }
QLabel#muted, QLabel#note, QLabel[muted="true"] { color: @muted; }
QLabel#note, QLabel#edited_note { font-size: 11px; }
QLabel#edited_note { color: @warning; }
QLabel#warning { color: @warning; }
QLabel#inline_error { color: @warning; font-size: 12px; }
QLabel#keycap { background: @raised; border: 1px solid @line; border-bottom-width: 2px; border-radius: 4px;
  padding: 1px 5px; font-size: 11px; }
QLabel#source_verdict[role="warning"] { color: @warning; }
QLabel#source_verdict[role="good"] { color: @good; }
QLabel#source_verdict[role="muted"] { color: @muted; }
QLabel[strong="true"] { font-weight: 600; }
QLabel#clock { font-size: 17px; font-weight: 600; }
QLabel#refinement_arrival { font-size: 15px; font-weight: 600; }
QLabel#empty_head { font-size: 15px; font-weight: 600; }

QLineEdit, QPlainTextEdit, QTextEdit { background: @raised; border: 1px solid @line; border-radius: 6px; padding: 5px 8px;
  selection-background-color: @accent; selection-color: @panel; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border: 1px solid @accent; }
QComboBox { background: @raised; border: 1px solid @line; border-radius: 6px; padding: 4px 8px; }
QComboBox:focus { border: 1px solid @accent; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox::down-arrow { image: url(@icons/arrow-down.svg); width: 12px; height: 12px; }
QComboBox[flat="true"] { background: transparent; border-color: transparent; padding: 2px 4px; font-size: 11px;
  color: @muted; }
QComboBox[flat="true"]:hover { background: @raised; }
QComboBox[flat="true"]:focus { border-color: @accent; }
QComboBox QAbstractItemView { background: @panel; border: 1px solid @line; padding: 4px; outline: none; }

QAbstractSpinBox { background: @raised; border: 1px solid @line; border-radius: 6px; padding: 4px 8px; }
QAbstractSpinBox:focus { border: 1px solid @accent; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: 20px; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: @line; border-radius: 3px; }
QAbstractSpinBox::up-arrow { image: url(@icons/arrow-up.svg); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url(@icons/arrow-down.svg); width: 10px; height: 10px; }
QCheckBox { spacing: 8px; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid @muted; border-radius: 3px; background: @raised; }
QCheckBox::indicator:checked { image: url(@icons/check.svg); }
QCheckBox:focus { color: @accent; }
QCheckBox::indicator:focus, QCheckBox::indicator:hover { border-color: @accent; }

QPushButton, QToolButton { background: @raised; border: 1px solid @raised; border-radius: 6px; padding: 5px 10px; }
QToolButton { padding: 4px; }
QPushButton:hover, QToolButton:hover { border-color: @line; background: @line; }
QPushButton:pressed, QToolButton:pressed { background: @selection; }
QPushButton:focus, QToolButton:focus { border: 1px solid @accent; }
QPushButton:disabled, QToolButton:disabled { color: @muted; background: transparent; }
QToolButton:checked { background: @selection; border-color: @accent; }
QToolButton:checked:focus { border-color: @text; }
QToolButton[flat="true"], QPushButton[flat="true"] { background: transparent; border-color: transparent; }
QToolButton[flat="true"]:hover, QPushButton[flat="true"]:hover { background: @raised; }
QToolButton[flat="true"]:focus, QPushButton[flat="true"]:focus { border-color: @accent; }
QToolButton[flat="true"]:checked { background: @selection; }
QToolButton[flat="true"]:checked:focus { border-color: @text; }
QToolButton[text_button="true"] { padding: 4px 10px; }
QToolButton[link="true"], QPushButton[link="true"] { color: @accent; background: transparent; border-color: transparent; padding: 2px 4px; }
QToolButton[link="true"]:hover, QPushButton[link="true"]:hover { background: @raised; }
QToolButton[link="true"]:focus { border-color: @accent; }
QToolButton[link="true"]:disabled { color: @muted; }
QToolButton[link="true"]::menu-indicator { image: none; }
QToolButton#lanes_menu { background: transparent; border-color: transparent; padding: 1px 4px; font-size: 12px; }
QToolButton#lanes_menu:hover { background: @raised; }
QToolButton#lanes_menu:focus { border-color: @accent; }
QToolButton#lanes_menu::menu-indicator { image: none; }
QToolButton[tab="true"] { padding: 2px 4px; color: @muted; font-size: 12px; }
QToolButton[tight="true"] { padding: 2px 0; }
QToolButton[tab="true"]:checked { color: @text; }
QToolButton[warning_link="true"] { color: @warning; background: transparent; border-color: transparent; padding: 2px 0;
  font-size: 11px; }
QToolButton[warning_link="true"]:hover { background: @raised; }
QToolButton[warning_link="true"]:focus { border-color: @accent; }
QProgressBar { background: @raised; border: none; border-radius: 2px; }
QProgressBar::chunk { background: @accent; border-radius: 2px; }
QPushButton:disabled[primary="true"] { background: @raised; color: @muted; border-color: @raised; }
QPushButton[primary="true"] { background: @accent; color: @on_accent; border-color: @accent; font-weight: 600; }
QPushButton[primary="true"]:disabled { background: transparent; color: @muted; border-color: @line; }
QDialog#connect_dialog QPushButton { border-color: @line; padding: 5px 16px; }
QDialog#connect_dialog QPushButton:focus { border-color: @accent; }
QPushButton[primary="true"]:hover { background: @accent; border-color: @text; }

QToolButton[overlay="true"] { background: @panel; border-color: @line; }
QToolButton[overlay="true"]:hover { background: @raised; }
QToolButton[overlay="true"]:checked { background: @selection; border-color: @accent; }
QToolButton[overlay="true"]:focus { border: 2px solid @accent; padding: 3px 9px; }
QToolButton[overlay="true"]:checked:focus { border: 2px solid @text; }

QListWidget#source_kinds { background: @panel; border: 1px solid @line; border-radius: 6px; padding: 4px; }
QListWidget#source_kinds::item { padding: 0 8px; border-radius: 4px; }
QListWidget#source_kinds::item:selected { background: @selection; color: @text; }
QAbstractItemView { background: transparent; border: none; outline: none; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @line; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QHeaderView { background: @panel; border: none; }
QHeaderView::section { background: @panel; color: @muted; border: none; border-bottom: 1px solid @line;
  padding: 4px 8px; }
QHeaderView::section:hover { background: @raised; color: @text; }
QTableCornerButton::section { background: @panel; border: none; border-bottom: 1px solid @line; }
QFileDialog #treeView, QFileDialog #listView, QFileDialog #sidebar { background: @panel; border: 1px solid @line;
  border-radius: 6px; }
QMessageBox#about QLabel#qt_msgbox_label { font-size: 17px; font-weight: 600; }
QMessageBox#about QLabel#qt_msgbox_informativelabel { min-width: 440px; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QDialogButtonBox QPushButton { border-color: @line; padding: 5px 16px; }
QDialogButtonBox QPushButton:focus { border-color: @accent; }
QTabBar::tab { background: @ground; color: @muted; padding: 4px 10px; border-top-left-radius: 6px; border-top-right-radius: 6px; }
QToolButton#qt_menubar_ext_button { qproperty-icon: url(@icons/chevron-right.svg); }
QTabBar::tab:selected { background: @panel; color: @text; }
)");
  const QColor on_accent = scheme == Scheme::dark ? t.ground : t.panel;
  const std::pair<QString, QString> values[] = {
      {QStringLiteral("@on_accent"), on_accent.name()},   {QStringLiteral("@ground"), t.ground.name()},
      {QStringLiteral("@panel"), t.panel.name()},         {QStringLiteral("@raised"), t.raised.name()},
      {QStringLiteral("@line"), t.line.name()},           {QStringLiteral("@text"), t.text.name()},
      {QStringLiteral("@muted"), t.muted.name()},         {QStringLiteral("@accent"), t.accent.name()},
      {QStringLiteral("@selection"), t.selection.name()}, {QStringLiteral("@warning"), t.warning.name()},
      {QStringLiteral("@good"), t.good.name()},           {QStringLiteral("@icons"), icons}};
  for (const auto& [key, value] : values) sheet.replace(key, value);
  return sheet;
}

}  // namespace purlscope::app
