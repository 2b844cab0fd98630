// Where the panels stand, and how they make room on a low window.
#include <QCloseEvent>
#include <QGuiApplication>
#include <QScreen>
#include <QStringEncoder>
#include <algorithm>
#include <utility>

#include "app/studio/document/document.h"
#include "app/studio/main_window.h"
#include "app/studio/session/player.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/widgets/dock.h"

namespace purlscope::app {
namespace {

constexpr int kLayoutVersion = 2;
constexpr QSize kDefaultSize{1440, 900};
constexpr QSize kMinimumSize{640, 480};
constexpr QSize kWindowFrame{16, 56};  // what a desktop puts around a window, with its title bar
constexpr int kTimelineHeight = 132;   // without scores over time
constexpr int kRightWidth = 288;       // of the panels at the right, at least
constexpr int kStackHeight = 720;      // a lower window has no room for three above each other
constexpr int kPairHeight = 660;       // and a still lower one none for two

/// A dock's name as QDataStream writes it.
QByteArray utf16_name(const Dock* dock) {
  QStringEncoder utf16(QStringEncoder::Utf16BE);
  return utf16(dock->objectName());
}

}  // namespace

void MainWindow::arrange_docks() {
  setMinimumSize(kMinimumSize);
  resize(kDefaultSize.boundedTo(screen()->availableGeometry().size() - kWindowFrame));
  for (Dock* dock : right_column()) dock->setMinimumWidth(kRightWidth);
  attention_dock_->raise();
  size_docks();
  default_layout_ = saveState(kLayoutVersion);
}

void MainWindow::size_docks() {
  // On a narrow window the view in the middle keeps its share.
  resizeDocks({library_dock_, labels_dock_}, {std::min(260, width() * 18 / 100), std::min(392, width() * 27 / 100)},
              Qt::Horizontal);
  // At the default size all show what they have; what is left over is shared.
  resizeDocks({labels_dock_, attention_dock_, refinement_dock_},
              {labels_dock_->sizeHint().height() + 2 * kGrid, 211, 140}, Qt::Vertical);
  resizeDocks({timeline_dock_}, {kTimelineHeight + lanes_height()}, Qt::Vertical);
  timeline_height_ = kTimelineHeight;
}

void MainWindow::restore_layout() {
  if (const auto labels = settings_.labels()) session_->load_labels(*labels);
  if (const QByteArray geometry = settings_.geometry(); !geometry.isEmpty()) restoreGeometry(geometry);
  const QByteArray layout = settings_.layout();
  if (layout.isEmpty()) return;
  placed_ = restoreState(layout, kLayoutVersion);
  placed_ ? place_new_panels(layout) : reset_layout();
}

/// A layout of an earlier version does not know the newer panels: they come beside those that they belong to.
void MainWindow::place_new_panels(const QByteArray& layout) {
  for (const auto& [dock, beside] : {std::pair(refinement_dock_, input_dock_), {why_dock_, attention_dock_}}) {
    if (layout.contains(utf16_name(dock))) continue;
    dock->setFloating(false);
    addDockWidget(Qt::RightDockWidgetArea, dock);
    tabifyDockWidget(beside, dock);
    dock->show();
    if (!beside->isHidden()) beside->raise();
  }
  if (!layout.contains(utf16_name(evaluation_dock_))) place_evaluation_dock();
}

void MainWindow::reset_layout() {
  restoreState(default_layout_, kLayoutVersion);
  for (Dock* dock : docks_) {
    dock->setFloating(false);
    const bool asked_for = dock == training_dock_ || dock == evaluation_dock_;  // few people train or evaluate
    dock->setVisible(!asked_for);
  }
  fold_ = 0;
  place_evaluation_dock();
  attention_dock_->raise();
  size_docks();
  fold_to_height();
  focus_view();  // panels that were hidden meanwhile gave it to the first button
}

bool MainWindow::right_column_is_plain() const {
  const std::vector<Dock*> column = right_column();
  const bool docked = std::all_of(column.begin(), column.end(), [this](Dock* dock) {
    return !dock->isHidden() && !dock->isFloating() && dockWidgetArea(dock) == Qt::RightDockWidgetArea;
  });
  // As many tabs beside the last one as this program itself has made.
  return docked && tabifiedDockWidgets(input_dock_).size() == fold_ + 2;
}

std::vector<Dock*> MainWindow::right_column() const {
  return {labels_dock_, attention_dock_, why_dock_, refinement_dock_, input_dock_};
}

void MainWindow::fold_to_height() {
  const int wanted = height() >= kStackHeight ? 0 : height() >= kPairHeight ? 1 : 2;
  if (wanted == fold_) return;
  if (right_column_is_plain()) fold_right_column(wanted);
  fold_ = wanted;
}

void MainWindow::fold_right_column(int fold) {
  for (Dock* dock : right_column()) {
    addDockWidget(Qt::RightDockWidgetArea, dock);  // takes it out of its tabs
  }
  if (fold > 1) tabifyDockWidget(labels_dock_, attention_dock_);
  tabifyDockWidget(attention_dock_, why_dock_);
  if (fold > 0) tabifyDockWidget(why_dock_, refinement_dock_);
  tabifyDockWidget(fold > 0 ? refinement_dock_ : why_dock_, input_dock_);
  attention_dock_->raise();
  labels_dock_->raise();
  size_docks();
}

void MainWindow::showEvent(QShowEvent* event) {
  QMainWindow::showEvent(event);
  if (!std::exchange(placed_, true)) {
    // Now that the window has its size, and once the panels know theirs in its style.
    QMetaObject::invokeMethod(this, &MainWindow::size_docks, Qt::QueuedConnection);
  }
  if (focusWidget() == nullptr) focus_view();  // else Qt takes the first button, and Space presses it
}

void MainWindow::resizeEvent(QResizeEvent* event) {
  QMainWindow::resizeEvent(event);
  fold_to_height();
  fit_evaluation_dock();
}

DockLayout MainWindow::dock_layout() const { return {kLayoutVersion, fold_, saveState(kLayoutVersion).toStdString()}; }

bool MainWindow::restore_docks(const DockLayout& layout) {
  const QByteArray before = saveState(kLayoutVersion);
  if (layout.version != kLayoutVersion || !restoreState(QByteArray::fromStdString(layout.bytes), kLayoutVersion)) {
    restoreState(before, kLayoutVersion);
    return false;
  }
  placed_ = true;
  fold_ = std::clamp(layout.fold, 0, 2);
  fold_to_height();
  for (Dock* dock : docks_) {  // the screen that it floated on may be another one's
    if (dock->isFloating() && QGuiApplication::screenAt(dock->geometry().center()) == nullptr) dock->setFloating(false);
  }
  return true;
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (!may_close()) {
    event->ignore();
    return;
  }
  settings_.set_window(saveGeometry(), saveState(kLayoutVersion));
  player_->pause();
  log_gaps();
  QMainWindow::closeEvent(event);
}

}  // namespace purlscope::app
