#include "app/studio/panels/timeline/timeline_strip.h"

#include <QEvent>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "app/studio/session/motion_energy.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/words.h"
#include "core/base/error.h"
#include "render/colormap.h"

namespace purlscope::app {
namespace {

constexpr int kMargin = kAxisMargin;
constexpr int kRulerHeight = 18;
constexpr int kLaneHeight = 6;
constexpr int kLaneGap = 6;
constexpr int kHeadHeight = 14;  // A and B marks, playhead triangle
constexpr int kSegmentHeight = 16;
constexpr int kSegmentText = 20;   // pixels of a stretch from which on its name is tried
constexpr double kBarPitch = 5.0;  // one energy bar and its gap
constexpr double kBarWidth = 3.0;
constexpr double kTickSpacing = 56.0;
constexpr double kShortestView = 0.5;  // seconds
constexpr double kPageShare = 0.1;     // of the view, before the playhead when the page is turned

/// Ruler step of 1, 2 or 5 times a power of ten that keeps numbers apart.
double nice_step(double seconds_per_pixel) {
  const double wanted = std::max(seconds_per_pixel * kTickSpacing, 1e-3);
  const double base = std::pow(10.0, std::floor(std::log10(wanted)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (base * factor >= wanted) return base * factor;
  }
  return base * 10.0;
}

}  // namespace

TimelineStrip::TimelineStrip(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("timeline_strip"));
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("Timeline"));
  setToolTip(tr("Drag to move through the clip; the wheel steps frame by frame, with Ctrl it zooms"));
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void TimelineStrip::set_clip(double duration, std::vector<float> energy) {
  duration_ = duration;
  energy_ = std::move(energy);
  live_.reset();
  zoom_.reset();
  segments_.clear();
  time_ = 0.0;
  invalidate();
  Q_EMIT axis_changed();
}

void TimelineStrip::set_live(double duration, std::vector<float> energy, const LiveStretch& stretch) {
  duration_ = duration;
  energy_ = std::move(energy);
  live_ = stretch;
  zoom_.reset();
  segments_.clear();
  invalidate();
  Q_EMIT axis_changed();
}

void TimelineStrip::set_segments(std::vector<core::Segment> segments) {
  segments_ = std::move(segments);
  invalidate();
}

void TimelineStrip::set_lane(AttentionLane lane) {
  lane_ = std::move(lane);
  invalidate();
}

void TimelineStrip::set_time(double seconds) {
  if (seconds == time_) return;
  bring_into_sight(seconds);
  const auto strip = [this](double t) { return QRect(static_cast<int>(x_of(t)) - 8, 0, 17, height()); };
  update(strip(time_));
  const bool other_segment = segment_at(time_) != segment_at(seconds);
  time_ = seconds;
  other_segment ? update() : update(strip(time_));
  setAccessibleDescription(tr("%1 of %2").arg(seconds_text(time_), seconds_text(duration_)));
}

void TimelineStrip::set_ab(std::optional<double> a, std::optional<double> b) {
  if (a == a_ && b == b_) return;
  a_ = a;
  b_ = b;
  update();
}

TimeAxis TimelineStrip::axis() const {
  if (live_) return {duration_ - live_->seconds, live_->seconds, static_cast<double>(width())};
  if (zoom_) return {zoom_->begin, zoom_->end - zoom_->begin, static_cast<double>(width())};
  return {0.0, duration_, static_cast<double>(width())};
}

double TimelineStrip::time_at(double x) const { return std::clamp(axis().time_at(x), 0.0, duration_); }

void TimelineStrip::show_part(double begin, double span) {
  if (live_ || duration_ <= 0.0) return;
  zoom_.reset();
  if (span < duration_) {
    const double from = std::clamp(begin, 0.0, duration_ - span);
    zoom_ = core::TimeSpan{from, from + span};
  }
  invalidate();
  Q_EMIT axis_changed();
}

void TimelineStrip::zoom(double factor, double seconds) {
  const TimeAxis now = axis();
  const double span = std::clamp(now.span * factor, std::min(kShortestView, duration_), duration_);
  const double share = now.span > 0.0 ? (seconds - now.begin) / now.span : 0.0;
  show_part(seconds - share * span, span);
}

void TimelineStrip::pan(double share) {
  if (zoom_) show_part(zoom_->begin + share * view_span(), view_span());
}

void TimelineStrip::show_all() { show_part(0.0, duration_); }

/// A page is turned for a playhead that has run out of it; one that is dragged moves it no farther than it must.
void TimelineStrip::bring_into_sight(double seconds) {
  if (!zoom_ || (seconds >= zoom_->begin && seconds <= zoom_->end)) return;
  const double span = view_span();
  if (QGuiApplication::mouseButtons() & Qt::LeftButton) {
    show_part(seconds < zoom_->begin ? seconds : seconds - span, span);
  } else {
    show_part(seconds - kPageShare * span, span);
  }
}

void TimelineStrip::invalidate() {
  background_ = QPixmap();
  update();
}

double TimelineStrip::lane_top() const { return height() - kRulerHeight - kLaneHeight - kLaneGap; }

double TimelineStrip::bars_top() const { return kHeadHeight + (segments_.empty() ? 0 : kSegmentHeight + 2); }

const core::Segment* TimelineStrip::segment_at(double seconds) const {
  const core::Segment* found = nullptr;
  for (const core::Segment& segment : segments_) {
    if (seconds >= segment.begin && seconds < segment.end) found = &segment;
  }
  return found;
}

const core::Segment* TimelineStrip::segment_under(const QPointF& at) const {
  const bool in_row = at.y() >= kHeadHeight && at.y() < kHeadHeight + kSegmentHeight;
  return in_row && !segments_.empty() ? segment_at(time_at(at.x())) : nullptr;
}

void TimelineStrip::draw_background() {
  background_ = QPixmap(size() * devicePixelRatioF());
  background_.setDevicePixelRatio(devicePixelRatioF());
  background_.fill(Qt::transparent);
  if (duration_ <= 0.0) return;
  QPainter painter(&background_);
  painter.setRenderHint(QPainter::Antialiasing);
  QFont note = font();
  note.setPixelSize(kNoteFont);
  painter.setFont(note);
  draw_bars(painter, QRectF(kMargin, bars_top(), width() - 2 * kMargin, lane_top() - bars_top() - kLaneGap));
  for (const core::Segment& segment : segments_) draw_segment(painter, segment, false);
  draw_lane(painter, QRectF(kMargin, lane_top(), width() - 2 * kMargin, kLaneHeight));
  draw_ruler(painter, QRectF(kMargin, height() - kRulerHeight, width() - 2 * kMargin, kRulerHeight));
}

void TimelineStrip::draw_segment(QPainter& painter, const core::Segment& segment, bool current) const {
  const Tokens& t = current_tokens();
  if (segment.end < view_begin() || segment.begin > view_begin() + view_span()) return;
  const double left = std::max(0.0, x_of(segment.begin));
  const double right = std::min<double>(width(), x_of(std::min(segment.end, duration_)));
  const QRectF box(left, kHeadHeight, std::max(3.0, right - left - 1), kSegmentHeight);
  painter.setPen(Qt::NoPen);
  painter.setBrush(current ? t.selection : t.raised);
  painter.drawRoundedRect(box, 3, 3);
  if (box.width() < kSegmentText) return;
  const QRectF words = box.adjusted(4, 0, -2, 0);
  painter.setPen(current ? t.text : t.muted);
  painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                   painter.fontMetrics().elidedText(QString::fromStdString(segment.label), Qt::ElideRight,
                                                    static_cast<int>(words.width())));
}

void TimelineStrip::draw_bars(QPainter& painter, const QRectF& area) const {
  const auto count = static_cast<std::size_t>(std::max(1.0, area.width() / kBarPitch));
  const double step = view_span() / static_cast<double>(count);
  // The bars of a live source stand at fixed times of its stream, so that they move and do not flicker.
  const double first = live_ ? std::ceil((view_begin() + live_->origin) / step) * step - live_->origin : view_begin();
  const bool whole = !live_ && !zoom_;
  const std::vector<float> bars =
      whole ? sparkline(energy_, count) : stretch_energy(energy_, duration_, first, step, count - 1);
  painter.setPen(Qt::NoPen);
  painter.setBrush(current_tokens().line);
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const double begin = first + step * static_cast<double>(i);
    if (begin + step < 0.0) continue;  // before the source was connected
    const double h = std::max(3.0, area.height() * static_cast<double>(bars[i]));
    painter.drawRoundedRect(QRectF(x_of(begin), area.center().y() - h / 2, kBarWidth, h), 1, 1);
  }
}

void TimelineStrip::draw_lane(QPainter& painter, const QRectF& area) const {
  if (lane_.spans.empty()) return;
  const Tokens& t = current_tokens();
  const float top = std::max(1e-9F, *std::max_element(lane_.values.begin(), lane_.values.end()));
  painter.setPen(Qt::NoPen);
  painter.setBrush(t.raised);
  painter.drawRoundedRect(area, kLaneHeight / 2.0, kLaneHeight / 2.0);
  const render::ColorMap* map = nullptr;
  try {
    map = &render::ColorMap::get(lane_.colour_map);
  } catch (const Error&) {
    map = nullptr;
  }
  for (std::size_t i = 0; i < lane_.spans.size(); ++i) {
    const double left = std::max(area.left(), x_of(lane_.spans[i].begin));
    const double right = std::min(area.right(), x_of(std::min(lane_.spans[i].end, duration_)));
    if (right <= left || left > area.right()) continue;  // out of sight
    const glm::vec3 c = map != nullptr ? map->at(lane_.values[i] / top) : glm::vec3(0.5F);
    painter.setBrush(QColor::fromRgbF(c.r, c.g, c.b));
    painter.drawRoundedRect(QRectF(left + 1, area.top(), std::max(2.0, right - left - 2), area.height()),
                            kLaneHeight / 2.0, kLaneHeight / 2.0);
  }
}

void TimelineStrip::draw_ruler(QPainter& painter, const QRectF& area) const {
  const Tokens& t = current_tokens();
  const double step = nice_step(view_span() / area.width());
  const int decimals = step < 1.0 ? static_cast<int>(std::ceil(-std::log10(step) - 1e-9)) : 0;
  const double direction = live_ ? -1.0 : 1.0;  // a live source's times count back from its newest frame
  const int first = live_ ? 0 : static_cast<int>(std::ceil(view_begin() / step - 1e-9));
  for (int i = first; (i - first) * step <= view_span() + 1e-9; ++i) {
    const double x = x_of((live_ ? duration_ : 0.0) + direction * i * step);
    if (x > area.right() + 1.0) break;
    painter.setPen(t.line);
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.top() + 3));
    QString number = QString::number(i * step, 'f', decimals);
    if (i == first) {
      number = live_ ? tr("now") : tr("%1 s").arg(number);  // the unit once
    } else if (live_) {
      number = QStringLiteral("−") + number;
      if (i == 1) number = tr("%1 s").arg(number);
    }
    const double wide = painter.fontMetrics().horizontalAdvance(number) + 2;
    const double left = std::clamp(x - wide / 2, 0.0, std::max(0.0, width() - wide));
    painter.setPen(t.muted);
    painter.drawText(QRectF(left, area.top() + 3, wide, area.height() - 3), Qt::AlignCenter, number);
  }
}

void TimelineStrip::draw_ab(QPainter& painter) const {
  if (!a_ && !b_) return;
  const Tokens& t = current_tokens();
  const double left = x_of(a_.value_or(0.0));
  const double right = x_of(b_.value_or(duration_));
  const double bottom = lane_top() - kLaneGap / 2.0;  // the colours of the lane are data: nothing may tint them
  QColor fill = t.accent;
  fill.setAlpha(36);
  painter.fillRect(QRectF(left, 0, right - left, bottom), fill);
  painter.setPen(QPen(t.accent, 1));
  for (const double edge : {left, right}) painter.drawLine(QPointF(edge, 0), QPointF(edge, bottom));
  QFont font = painter.font();
  font.setPixelSize(kNoteFont);
  font.setWeight(QFont::DemiBold);
  painter.setFont(font);
  painter.setPen(t.accent);
  if (a_) painter.drawText(QRectF(left + 4, 0, 20, kHeadHeight), Qt::AlignLeft | Qt::AlignVCenter, QStringLiteral("A"));
  if (b_)
    painter.drawText(QRectF(right - 24, 0, 20, kHeadHeight), Qt::AlignRight | Qt::AlignVCenter, QStringLiteral("B"));
}

void TimelineStrip::paintEvent(QPaintEvent*) {
  if (background_.isNull()) draw_background();
  QPainter painter(this);
  painter.drawPixmap(0, 0, background_);
  if (duration_ <= 0.0) {
    painter.setPen(current_tokens().muted);
    painter.drawText(rect(), Qt::AlignCenter, tr("No clip is open"));
    return;
  }
  painter.setRenderHint(QPainter::Antialiasing);
  if (const core::Segment* current = segment_at(time_)) {
    QFont note = font();
    note.setPixelSize(kNoteFont);
    painter.setFont(note);
    draw_segment(painter, *current, true);
  }
  draw_ab(painter);
  const Tokens& t = current_tokens();
  const double x = x_of(time_);
  painter.setPen(QPen(hasFocus() ? t.accent : t.text, 1.5));
  painter.drawLine(QPointF(x, 4), QPointF(x, height() - kRulerHeight + 2));
  painter.setPen(Qt::NoPen);
  painter.setBrush(hasFocus() ? t.accent : t.text);
  QPainterPath head;
  head.addPolygon(QPolygonF{{x - 5, 0}, {x + 5, 0}, {x, 8}});
  painter.drawPath(head);
}

void TimelineStrip::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  Q_EMIT scrub_started();
  Q_EMIT scrubbed(time_at(event->position().x()));
}

void TimelineStrip::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) Q_EMIT scrub_ended();
}

void TimelineStrip::mouseMoveEvent(QMouseEvent* event) {
  if (event->buttons() & Qt::LeftButton) Q_EMIT scrubbed(time_at(event->position().x()));
}

void TimelineStrip::wheelEvent(QWheelEvent* event) {
  const WheelMove move = wheel_move(*event);
  event->accept();
  if (move.steps != 0) Q_EMIT stepped(move.steps);
  if (move.factor != 1.0) zoom(move.factor, time_at(event->position().x()));
  if (move.pan != 0.0) pan(move.pan);
}

void TimelineStrip::mouseDoubleClickEvent(QMouseEvent* event) {
  const core::Segment* segment = event->button() == Qt::LeftButton ? segment_under(event->position()) : nullptr;
  if (segment == nullptr) {
    mousePressEvent(event);
    return;
  }
  Q_EMIT segment_chosen(segment->begin, std::min(segment->end, duration_));
}

bool TimelineStrip::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    if (const core::Segment* segment = segment_under(help->pos())) {
      QToolTip::showText(help->globalPos(),
                         plain_tooltip(tr("%1, %2 to %3: double-click to repeat and recognise this part")
                                           .arg(QString::fromStdString(segment->label), seconds_text(segment->begin),
                                                seconds_text(segment->end))),
                         this);
      return true;
    }
  }
  return QWidget::event(event);
}

void TimelineStrip::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) {
    Q_EMIT stepped(event->key() == Qt::Key_Right ? 1 : -1);
    return;
  }
  QWidget::keyPressEvent(event);
}

void TimelineStrip::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  invalidate();
  Q_EMIT axis_changed();
}

void TimelineStrip::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) invalidate();
}

}  // namespace purlscope::app
