// How the lanes look.
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "app/studio/panels/timeline/lane_curve.h"
#include "app/studio/panels/timeline/lanes_view.h"
#include "app/studio/scores/score_lanes.h"
#include "app/studio/session/player.h"
#include "app/studio/session/session.h"
#include "app/studio/theme/lane_colours.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/words.h"

namespace purlscope::app {
namespace {

constexpr int kValueWidth = 44;
constexpr double kSwatch = 8.0;
constexpr double kSegmentText = 20.0;  // pixels of a segment from which on its name is tried
constexpr int kSegmentHeight = 16;

QFont note_font(const QFont& font, bool strong = false) {
  QFont note = font;
  note.setPixelSize(kNoteFont);
  if (strong) note.setWeight(QFont::DemiBold);
  return note;
}

QColor faint(QColor colour, int alpha) {
  colour.setAlpha(alpha);
  return colour;
}

}  // namespace

void LanesView::draw_background() {
  background_ = QPixmap(size() * devicePixelRatioF());
  background_.setDevicePixelRatio(devicePixelRatioF());
  background_.fill(Qt::transparent);
  QPainter painter(&background_);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setFont(note_font(font()));
  const bool nothing = !lanes_->track().nearest(0.0);
  for (std::size_t lane = 0; lane < lanes_->lanes().size(); ++lane) draw_lane(painter, lane);
  draw_segments(painter);
  if (nothing) {
    painter.setPen(current_tokens().muted);
    const QRect words(kSideColumn + kSideGap, 0, width() - kSideColumn - kSideGap, kHeadHeight);
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(empty_text(), Qt::ElideRight, words.width()));
  }
}

QRectF LanesView::segment_rect(const core::FoundSegment& segment) const {
  const double left = std::max(x_of(axis_.begin), x_of(segment.begin - lanes_->offset()));
  const double right = std::min(x_of(axis_.begin + axis_.span), x_of(segment.end - lanes_->offset()));
  if (right <= left) return {};
  return {left, (kHeadHeight - kSegmentHeight) / 2.0, std::max(3.0, right - left - 1.5), kSegmentHeight};
}

void LanesView::draw_segments(QPainter& painter) const {
  const Tokens& t = current_tokens();
  painter.save();
  for (const core::FoundSegment& segment : lanes_->segments()) {
    const QRectF box = segment_rect(segment);
    if (box.isEmpty()) continue;
    const auto slot = lanes_->colour(segment.label);
    const QColor colour = slot ? lane_colour(*slot) : t.muted;
    painter.setPen(Qt::NoPen);
    painter.setBrush(faint(colour, 70));
    painter.drawRoundedRect(box, 3, 3);
    painter.setBrush(colour);
    painter.drawRoundedRect(QRectF(box.left(), box.top(), 3, box.height()), 1.5, 1.5);
    if (box.width() < kSegmentText) continue;
    const QRectF words = box.adjusted(7, 0, -3, 0);
    painter.setPen(t.text);
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(QString::fromStdString(lanes_->track().labels[segment.label]),
                                                      Qt::ElideRight, static_cast<int>(words.width())));
  }
  painter.restore();
}

void LanesView::draw_lane(QPainter& painter, std::size_t lane) const {
  const Tokens& t = current_tokens();
  const QRectF row = lane_rect(lane);
  const Lane& shown = lanes_->lanes()[lane];
  const bool chosen = session_->label() == shown.label;
  if (chosen) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.selection);
    painter.drawRoundedRect(QRectF(row.left(), row.top() + 0.5, kSideColumn, row.height() - 1), 4, 4);
  }
  const QRectF area(kSideColumn + kSideGap + kAxisMargin, row.top() + 2, axis_.width - 2 * kAxisMargin,
                    row.height() - 3);
  painter.setPen(QPen(t.line, 1));
  painter.drawLine(QPointF(area.left(), area.bottom()), QPointF(area.right(), area.bottom()));
  draw_curve(painter, area, shown);
}

void LanesView::draw_curve(QPainter& painter, const QRectF& area, const Lane& lane) const {
  const QColor colour = lane_colour(lane.colour);
  painter.save();
  painter.setClipRect(area.adjusted(-0.5, -2, 0.5, 1));
  const auto x_of_time = [this](double time) { return x_of(time - lanes_->offset()); };
  for (const QPolygonF& line : lane_curves(lanes_->track(), lane.label, lanes_->scale(), area, x_of_time)) {
    QPainterPath fill;
    fill.moveTo(line.front().x(), area.bottom());
    for (const QPointF& point : line) fill.lineTo(point);
    fill.lineTo(line.back().x(), area.bottom());
    painter.fillPath(fill, faint(colour, 80));
    painter.setPen(QPen(colour, 1.5));
    painter.drawPolyline(line);
  }
  painter.restore();
}

/// Names, and the scores at the playhead.
void LanesView::draw_names(QPainter& painter) const {
  const Tokens& t = current_tokens();
  const auto window = window_at(player_->time());
  for (std::size_t i = 0; i < lanes_->lanes().size(); ++i) {
    const Lane& lane = lanes_->lanes()[i];
    const QRectF row = lane_rect(i);
    painter.setPen(Qt::NoPen);
    painter.setBrush(lane_colour(lane.colour));
    painter.drawRoundedRect(QRectF(6, row.center().y() - kSwatch / 2, kSwatch, kSwatch), 2, 2);
    painter.setFont(note_font(font(), session_->label() == lane.label));
    const QRectF words(6 + kSwatch + 6, row.top(), kSideColumn - 2 * kSwatch - kValueWidth - 8, row.height());
    painter.setPen(t.text);
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(QString::fromStdString(lanes_->track().labels[lane.label]),
                                                      Qt::ElideRight, static_cast<int>(words.width())));
    const float value = window ? lanes_->track().at(*window, lane.label) : NAN;
    painter.setPen(t.muted);
    painter.drawText(QRectF(kSideColumn - kValueWidth - 6, row.top(), kValueWidth, row.height()),
                     Qt::AlignRight | Qt::AlignVCenter,
                     std::isfinite(value) ? per_cent(static_cast<double>(value)) : QStringLiteral("–"));
  }
}

void LanesView::draw_playhead(QPainter& painter) const {
  const Tokens& t = current_tokens();
  const double bottom = lanes_->lanes().empty() ? kHeadHeight : lane_rect(lanes_->lanes().size() - 1).bottom();
  const PlaybackClock& clock = player_->clock();
  painter.setClipRect(QRectF(kSideColumn + kSideGap, 0, axis_.width, height()));
  if (clock.a() || clock.b()) {
    const double left = x_of(clock.a().value_or(0.0));
    const double right = x_of(clock.b().value_or(clock.duration()));
    painter.fillRect(QRectF(left, kHeadHeight, right - left, bottom - kHeadHeight), faint(t.accent, 28));
    painter.setPen(QPen(faint(t.accent, 160), 1));
    for (const double edge : {left, right}) painter.drawLine(QPointF(edge, kHeadHeight), QPointF(edge, bottom));
  }
  if (hovered_) {
    painter.setPen(QPen(t.muted, 1, Qt::DotLine));
    painter.drawLine(QPointF(x_of(*hovered_), kHeadHeight), QPointF(x_of(*hovered_), bottom));
  }
  const std::size_t here = core::segment_at(lanes_->segments(), player_->time() + lanes_->offset());
  if (here < lanes_->segments().size()) {
    painter.setPen(QPen(t.text, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(segment_rect(lanes_->segments()[here]).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
  }
  painter.setPen(QPen(t.text, 1.5));
  const double x = x_of(player_->time());
  painter.drawLine(QPointF(x, 0), QPointF(x, bottom));
}

void LanesView::paintEvent(QPaintEvent*) {
  if (background_.isNull()) draw_background();
  QPainter painter(this);
  painter.drawPixmap(0, 0, background_);
  painter.setRenderHint(QPainter::Antialiasing);
  if (lanes_->scoring()) {
    painter.fillRect(QRectF(0, kHeadHeight - 2, kSideColumn, 2), current_tokens().raised);
    painter.fillRect(QRectF(0, kHeadHeight - 2, kSideColumn * lanes_->progress(), 2), current_tokens().accent);
  }
  draw_names(painter);
  draw_playhead(painter);
  if (!hasFocus()) return;
  painter.setClipping(false);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(current_tokens().accent, 1));
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, kHeadHeight + 0.5, -0.5, -0.5), 4, 4);
}

}  // namespace purlscope::app
