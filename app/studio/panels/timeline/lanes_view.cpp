#include "app/studio/panels/timeline/lanes_view.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QMouseEvent>
#include <QToolButton>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "app/studio/commands/command_table.h"
#include "app/studio/scores/score_lanes.h"
#include "app/studio/session/player.h"
#include "app/studio/session/session.h"
#include "app/studio/theme/icons.h"
#include "app/studio/theme/lane_colours.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/words.h"

namespace purlscope::app {
namespace {

constexpr int kLaneHeight = 22;
constexpr int kLeastLaneHeight = 17;
constexpr int kFewest = 3;
constexpr double kReach = 1.0;  // seconds from a window within which its scores are told

QString id(const char* text) { return QString::fromLatin1(text); }

}  // namespace

LanesView::LanesView(Session* session, Player* player, ScoreLanes* lanes, QWidget* parent)
    : QWidget(parent),
      session_(session),
      player_(player),
      lanes_(lanes),
      menu_button_(new QToolButton),
      stop_(new QToolButton),
      note_(new QLabel),
      menu_(new QMenu(this)) {
  setObjectName(id("lanes_view"));
  setAccessibleName(tr("Scores over time"));
  setFocusPolicy(Qt::TabFocus);
  setMouseTracking(true);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  menu_button_->setObjectName(id("lanes_menu"));
  menu_button_->setText(tr("Scores over time") + QStringLiteral(" ▾"));
  menu_button_->setAccessibleName(tr("Scores over time"));
  menu_button_->setFocusPolicy(Qt::TabFocus);
  menu_button_->setToolTip(tr("How a recording is cut into windows, and what is shown of their scores"));
  menu_button_->setPopupMode(QToolButton::InstantPopup);
  menu_button_->setMenu(menu_);
  menu_->setToolTipsVisible(true);
  note_->setObjectName(id("note"));
  note_->setProperty("role", id("lanes_note"));
  stop_->setIcon(themed_icon(id("close")));
  stop_->setObjectName(id("lanes_stop"));
  stop_->setProperty("flat", true);
  stop_->setFixedSize(18, 18);
  stop_->setFocusPolicy(Qt::TabFocus);
  auto* side = new QWidget(this);
  side->setGeometry(0, 0, kSideColumn, kHeadHeight);
  auto* row = new QHBoxLayout(side);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(4);
  row->addWidget(menu_button_);
  row->addStretch();
  row->addWidget(note_);
  row->addWidget(stop_);

  connect(lanes, &ScoreLanes::changed, this, [this] {
    update_head();
    invalidate();
  });
  connect(stop_, &QToolButton::clicked, lanes, &ScoreLanes::stop);
  connect(session, &Session::selection_changed, this, &LanesView::invalidate);
  connect(player, &Player::state_changed, this, qOverload<>(&QWidget::update));
  connect(player, &Player::time_changed, this, [this] {
    update();
    if (QAccessible::isActive()) setAccessibleDescription(spoken());
  });
  update_head();
}

void LanesView::add_buttons(const CommandTable& commands) {
  for (const char* name : {"timeline.score", "timeline.stop"}) menu_->addAction(commands.action(id(name)));
  const auto part = [&](const QString& title, const QString& prefix) {
    menu_->addSection(title);
    for (const CommandGroup& group : commands.groups()) {
      for (const QString& command : group.ids) {
        if (command.startsWith(prefix)) menu_->addAction(commands.action(command));
      }
    }
  };
  part(tr("Length of a window"), id("timeline.window."));
  part(tr("From one window to the next"), id("timeline.stride."));
  menu_->addSeparator();
  menu_->addAction(commands.action(id("timeline.lanes")));
  connect(menu_, &QMenu::aboutToShow, &commands, &CommandTable::refresh);
  const Command& stop = commands.command(id("timeline.stop"));
  stop_->setToolTip(stop.tooltip);
  stop_->setAccessibleName(stop.text);
}

void LanesView::set_axis(const TimeAxis& axis) {
  axis_ = axis;
  invalidate();
}

QSize LanesView::sizeHint() const { return {600, kHeadHeight + kFewest * kLaneHeight}; }
QSize LanesView::minimumSizeHint() const { return {300, kHeadHeight + kFewest * kLeastLaneHeight}; }

QRectF LanesView::lane_rect(std::size_t lane) const {
  const auto count = static_cast<double>(std::max<std::size_t>(1, lanes_->lanes().size()));
  const double height_of_one = std::min(2.0 * kLaneHeight, (height() - kHeadHeight) / count);
  return {0.0, kHeadHeight + static_cast<double>(lane) * height_of_one, static_cast<double>(width()), height_of_one};
}

std::optional<std::size_t> LanesView::lane_at(const QPointF& at) const {
  for (std::size_t lane = 0; lane < lanes_->lanes().size(); ++lane) {
    if (lane_rect(lane).contains(at)) return lane;
  }
  return std::nullopt;
}

double LanesView::time_at(double x) const {
  const double duration = session_->clip() ? session_->clip()->duration() : 0.0;
  return std::clamp(axis_.time_at(x - kSideColumn - kSideGap), 0.0, duration);
}

std::optional<std::size_t> LanesView::window_at(double seconds) const {
  const core::ScoreTrack& track = lanes_->track();
  const auto window = track.nearest(seconds + lanes_->offset());
  if (!window) return std::nullopt;
  const double time = seconds + lanes_->offset();
  const bool inside = time >= track.windows[*window].begin && time < track.windows[*window].end + kReach;
  return inside ? window : std::nullopt;
}

void LanesView::update_head() {
  const bool scoring = lanes_->scoring();
  stop_->setVisible(scoring);
  if (scoring) {
    note_->setText(per_cent(lanes_->progress()));
    note_->setToolTip(tr("Share of the recording that has been scored; nothing else waits for it"));
  } else {
    note_->setText(lanes_->lanes().empty() ? QString() : tr("0 to %1").arg(per_cent(lanes_->scale())));
    note_->setToolTip(tr("Scale of all lanes: probability"));
  }
}

void LanesView::invalidate() {
  background_ = QPixmap();
  update();
}

QString LanesView::empty_text() const {
  if (lanes_->scoring()) return {};
  if (!lanes_->reason().empty()) return QString::fromStdString(lanes_->reason());
  if (session_->live()) return tr("Scores come with the first window");
  return tr("Not scored yet: choose Score the whole recording from the menu at the left");
}

QString LanesView::spoken() const {
  QStringList parts{seconds_text(player_->time())};
  const std::size_t at = core::segment_at(lanes_->segments(), player_->time() + lanes_->offset());
  const auto name = [this](std::size_t label) { return QString::fromStdString(lanes_->track().labels[label]); };
  if (at < lanes_->segments().size()) parts.append(tr("segment %1").arg(name(lanes_->segments()[at].label)));
  if (const auto window = window_at(player_->time())) {
    for (const Lane& lane : lanes_->lanes()) {
      const float value = lanes_->track().at(*window, lane.label);
      if (std::isfinite(value))
        parts.append(name(lane.label) + QLatin1Char(' ') + per_cent(static_cast<double>(value)));
    }
  }
  return parts.join(QStringLiteral(", "));
}

QString LanesView::tooltip_at(const QPointF& at) const {
  const core::ScoreTrack& track = lanes_->track();
  const auto name = [&](std::size_t label) { return QString::fromStdString(track.labels[label]); };
  const auto lane = lane_at(at);
  if (!on_axis(at)) {
    return lane ? tr("%1: click to choose this label").arg(name(lanes_->lanes()[*lane].label)) : QString();
  }
  const double time = time_at(at.x());
  if (at.y() < kHeadHeight) {
    const std::size_t found = core::segment_at(lanes_->segments(), time + lanes_->offset());
    if (found == lanes_->segments().size()) return {};
    const core::FoundSegment& segment = lanes_->segments()[found];
    return tr("%1, %2 to %3, mean score %4: double-click to repeat and recognise this part")
        .arg(name(segment.label), seconds_text(segment.begin - lanes_->offset()),
             seconds_text(segment.end - lanes_->offset()), per_cent(segment.score));
  }
  const auto window = window_at(time);
  if (!lane || !window) return {};
  const core::TimeSpan& span = track.windows[*window];
  const float value = track.at(*window, lanes_->lanes()[*lane].label);
  if (!std::isfinite(value)) return {};
  return tr("%1: %2 %3, none of these %4 (window from %5 to %6)")
      .arg(clock_time(time), name(lanes_->lanes()[*lane].label), per_cent(static_cast<double>(value)),
           per_cent(static_cast<double>(track.none[*window])), seconds_text(span.begin - lanes_->offset()),
           seconds_text(span.end - lanes_->offset()));
}

void LanesView::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  if (!on_axis(event->position())) {
    if (const auto lane = lane_at(event->position())) session_->choose_label(lanes_->lanes()[*lane].label);
    return;
  }
  scrubbing_ = true;
  Q_EMIT scrub_started();
  Q_EMIT scrubbed(time_at(event->position().x()));
}

void LanesView::mouseMoveEvent(QMouseEvent* event) {
  if (scrubbing_) Q_EMIT scrubbed(time_at(event->position().x()));
  hovered_ = on_axis(event->position()) ? std::optional(time_at(event->position().x())) : std::nullopt;
  setCursor(!on_axis(event->position()) && lane_at(event->position()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
  update();
}

void LanesView::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton && std::exchange(scrubbing_, false)) Q_EMIT scrub_ended();
}

void LanesView::mouseDoubleClickEvent(QMouseEvent* event) {
  const bool in_head = event->position().y() < kHeadHeight && on_axis(event->position());
  const auto& segments = lanes_->segments();
  const std::size_t found =
      in_head ? core::segment_at(segments, time_at(event->position().x()) + lanes_->offset()) : segments.size();
  if (event->button() != Qt::LeftButton || found == segments.size()) return mousePressEvent(event);
  Q_EMIT segment_chosen(segments[found].begin - lanes_->offset(), segments[found].end - lanes_->offset());
}

void LanesView::leaveEvent(QEvent* event) {
  QWidget::leaveEvent(event);
  hovered_.reset();
  update();
}

void LanesView::wheelEvent(QWheelEvent* event) {
  const WheelMove move = wheel_move(*event);
  event->accept();
  if (move.steps != 0) Q_EMIT stepped(move.steps);
  if (move.factor != 1.0) Q_EMIT zoomed(move.factor, time_at(event->position().x()));
  if (move.pan != 0.0) Q_EMIT panned(move.pan);
}

void LanesView::choose_neighbour(int step) {
  const auto& lanes = lanes_->lanes();
  if (lanes.empty()) return;
  const auto now = std::ranges::find_if(lanes, [this](const Lane& lane) { return session_->label() == lane.label; });
  const auto last = static_cast<std::ptrdiff_t>(lanes.size()) - 1;
  const std::ptrdiff_t next = now == lanes.end() ? 0 : std::clamp<std::ptrdiff_t>(now - lanes.begin() + step, 0, last);
  session_->choose_label(lanes[static_cast<std::size_t>(next)].label);
}

void LanesView::keyPressEvent(QKeyEvent* event) {
  const int key = event->key();
  if (event->modifiers() == Qt::NoModifier && (key == Qt::Key_Left || key == Qt::Key_Right)) {
    Q_EMIT stepped(key == Qt::Key_Right ? 1 : -1);
  } else if (event->modifiers() == Qt::NoModifier && (key == Qt::Key_Up || key == Qt::Key_Down)) {
    choose_neighbour(key == Qt::Key_Down ? 1 : -1);
  } else {
    QWidget::keyPressEvent(event);
  }
}

void LanesView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  const int room = (height() - kHeadHeight) / kLaneHeight;
  lanes_->set_room(static_cast<std::size_t>(std::clamp(room, kFewest, kLaneColours)));
  invalidate();
}

void LanesView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) invalidate();
}

bool LanesView::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const QString text = tooltip_at(help->pos());
  text.isEmpty() ? QToolTip::hideText() : QToolTip::showText(help->globalPos(), plain_tooltip(text), this);
  return true;
}

}  // namespace purlscope::app
