#include "app/studio/replay/interaction_player.h"

#include <QApplication>
#include <QTimer>
#include <QWidget>
#include <QWindow>
#include <algorithm>

#include "app/studio/replay/system_events.h"
#include "app/studio/replay/target.h"

namespace purlscope::app {
namespace {

using Kind = Interaction::Kind;

constexpr int kLookAgain = 15;         // ms
constexpr int kBetween = 1;            // ms, for the events of a step to be delivered
constexpr int kFirstStamp = 1 << 29;   // ms
constexpr int kStampsApart = 1 << 20;  // ms from one recording to the next

int next_stamp() {
  static int stamp = kFirstStamp;
  return stamp += kStampsApart;
}

/// Steps that begin something. The others belong to one that has begun: the program need not be at rest.
bool begins(const Interaction& step) {
  return step.kind == Kind::press || step.kind == Kind::key_press || step.kind == Kind::wheel ||
         step.kind == Kind::text || step.kind == Kind::drop;
}

/// Where the pointer was on its way, or a key that is let go: nothing depends on it.
bool may_miss(const Interaction& step) {
  return step.kind == Kind::key_release || step.kind == Kind::secret ||
         (step.kind == Kind::move && step.buttons == Qt::NoButton);
}

bool is_typed(const Interaction& step) { return step.kind == Kind::key_press || step.kind == Kind::text; }

bool has_focus(const QWidget& widget) {
  const QWidget* popup = QApplication::activePopupWidget();
  if (popup != nullptr) return popup == widget.window() || popup->focusProxy() == &widget;
  const QWidget* focus = QApplication::focusWidget();
  return focus == &widget || (focus == nullptr && widget.isWindow());
}

/// Where the keyboard is at first is the window system's affair; after that it is the program's.
void take_keyboard(const Interaction& step) {
  QWidget* widget = find_target(step.target);
  if (widget != nullptr && !has_focus(*widget)) widget->setFocus(Qt::OtherFocusReason);
}

}  // namespace

InteractionPlayer::InteractionPlayer(InteractionFile recording, std::function<bool()> at_rest, ReplayPace pace,
                                     QObject* parent)
    : QObject(parent),
      recording_(std::move(recording)),
      at_rest_(std::move(at_rest)),
      pace_(pace),
      stamp_(next_stamp()) {}

void InteractionPlayer::start(QWidget& window) {
  window.resize(recording_.window);
  window.activateWindow();
  since_.start();
  waiting_.start();
  turn_soon(0);
}

void InteractionPlayer::turn_soon(int ms) { QTimer::singleShot(ms, this, &InteractionPlayer::turn); }

bool InteractionPlayer::done() const {
  return std::all_of(recording_.steps.begin() + static_cast<std::ptrdiff_t>(next_), recording_.steps.end(),
                     [](const InteractionFile::Step& step) { return may_miss(step.interaction); });
}

void InteractionPlayer::turn() {
  if (next_ == recording_.steps.size()) {
    if (!at_rest_() && waiting_.elapsed() < pace_.patience_ms) return turn_soon(kLookAgain);
    return Q_EMIT finished();
  }
  const InteractionFile::Step& step = recording_.steps[next_];
  const double before = next_ == 0 ? 0.0 : recording_.steps[next_ - 1].interaction.time;
  const double pause = (step.interaction.time - before) * 1000.0 / pace_.speed;
  const double rest = pause - static_cast<double>(since_.elapsed());
  if (rest > 0) {
    waiting_.restart();
    return turn_soon(static_cast<int>(std::min(rest + 1, 1000.0)));
  }
  if (!begun_ && is_typed(step.interaction)) take_keyboard(step.interaction);
  const QString why = obstacle(step.interaction);
  if (!why.isEmpty() && !may_miss(step.interaction)) {
    if (waiting_.elapsed() > pace_.patience_ms) return give_up(step, why);
    return turn_soon(kLookAgain);
  }
  ++next_;
  since_.restart();
  waiting_.restart();
  turn_soon(kBetween);  // before the step, which may open a dialog that only ends with a later one
  begun_ |= begins(step.interaction);
  if (why.isEmpty()) play(step.interaction);
}

QString InteractionPlayer::obstacle(const Interaction& step) const {
  if (step.kind == Kind::secret) return tr("it was not recorded");
  if (begins(step) && !at_rest_()) return tr("the program is still at work");
  QWidget* widget = find_target(step.target);
  if (widget == nullptr) return tr("it is not in sight");
  if (widget->window()->windowHandle() == nullptr) return tr("its window is not shown");
  if (begins(step) && !widget->isEnabled()) return tr("it cannot be used now");
  if (is_typed(step) && !has_focus(*widget)) {
    const QWidget* focus = QApplication::focusWidget();
    return tr("it does not have the keyboard; that has: %1")
        .arg(focus == nullptr ? tr("nothing") : widget_name(*focus));
  }
  return obstacle_of_place(step, *widget);
}

QString InteractionPlayer::obstacle_of_place(const Interaction& step, QWidget& widget) const {
  const auto point = point_of(widget, step.target, step.at);
  if (!point) return tr("the entry is not there");
  if (step.kind != Kind::press || !widget.rect().contains(point->toPoint())) return {};
  const QWidget* window = widget.window();
  const QWidget* top = window->childAt(widget.mapTo(window, point->toPoint()));
  if (top == nullptr || top == &widget || widget.isAncestorOf(top)) return {};
  return tr("it is covered by %1").arg(widget_name(*top));
}

void InteractionPlayer::play(const Interaction& step) {
  QWidget* widget = find_target(step.target);
  const QPointF at = point_of(*widget, step.target, step.at).value_or(QPointF());
  switch (step.kind) {
    case Kind::move:
    case Kind::press:
    case Kind::release:
      return send_mouse(*widget, at, step, stamp_ + static_cast<int>(step.time * 1000));
    case Kind::wheel:
      return send_wheel(*widget, at, step);
    case Kind::key_press:
    case Kind::key_release:
      return send_key(*widget, step);
    case Kind::text:
      return send_text(*widget, step);
    case Kind::drop:
      return send_drop(*widget, at, step);
    case Kind::resize:
      return widget->resize(step.size);
    case Kind::secret:
      return;
  }
}

void InteractionPlayer::give_up(const InteractionFile::Step& step, const QString& why) {
  const QString text =
      tr("%1 line %2: cannot go on at %3: %4, after waiting %5 s. Start the program as it was when this was recorded "
         "(files, labels, panels), or record anew with --record-ui.")
          .arg(QString::fromStdString(recording_.path.string()))
          .arg(step.line)
          .arg(target_text(step.interaction.target), why)
          .arg(pace_.patience_ms / 1000.0, 0, 'g', 3);
  next_ = recording_.steps.size();
  Q_EMIT failed(text);
}

}  // namespace purlscope::app
