#include "app/studio/widgets/toggle_switch.h"

#include <QPainter>

#include "app/studio/theme/tokens.h"

namespace purlscope::app {
namespace {

constexpr QSizeF kPill{32, 18};
constexpr double kInset = 3;  // of the knob
constexpr int kFrame = 3;     // around the pill, for the mark of the focus

}  // namespace

ToggleSwitch::ToggleSwitch(QWidget* parent) : QAbstractButton(parent) {
  setCheckable(true);
  setFocusPolicy(Qt::TabFocus);
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize ToggleSwitch::sizeHint() const { return kPill.toSize() + QSize(2 * kFrame, 2 * kFrame); }

void ToggleSwitch::paintEvent(QPaintEvent*) {
  const Tokens& t = current_tokens();
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QRectF pill(QPointF((width() - kPill.width()) / 2, (height() - kPill.height()) / 2), kPill);
  const double radius = pill.height() / 2;
  const bool on = isChecked();
  painter.setPen(on ? QPen(Qt::NoPen) : QPen(isEnabled() ? t.muted : t.line, 1));
  painter.setBrush(!on ? t.raised : isEnabled() ? t.accent : t.line);
  painter.drawRoundedRect(on ? pill : pill.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
  const double size = pill.height() - 2 * kInset;
  const double x = on ? pill.right() - kInset - size : pill.left() + kInset;
  painter.setPen(Qt::NoPen);
  painter.setBrush(on ? t.panel : isEnabled() ? t.muted : t.line);
  painter.drawEllipse(QRectF(x, pill.top() + kInset, size, size));
  if (!hasFocus()) return;
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(on ? t.text : t.accent, 1.5));
  painter.drawRoundedRect(pill.adjusted(-2, -2, 2, 2), radius + 2, radius + 2);
}

}  // namespace purlscope::app
