#include "app/studio/live/live_bar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPixmap>
#include <QToolButton>

#include "app/studio/commands/command_table.h"
#include "app/studio/live/live_session.h"
#include "app/studio/live/source_words.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/words.h"

namespace purlscope::app {
namespace {

constexpr int kLight = 10;  // logical pixels

QLabel* make_label(const QString& name, const QString& about) {
  auto* label = new QLabel;
  label->setObjectName(name);
  label->setAccessibleName(about);
  label->setTextFormat(Qt::PlainText);
  return label;
}

}  // namespace

LiveBar::LiveBar(const LiveSession* live, QWidget* parent) : QFrame(parent), live_(live) {
  setObjectName(QStringLiteral("card"));
  setAccessibleName(tr("Live source"));
  light_ = make_label(QStringLiteral("live_light"), tr("Light"));
  state_ = make_label(QStringLiteral("live_state"), tr("State of the source"));
  state_->setProperty("strong", true);
  title_ = make_label(QStringLiteral("live_title"), tr("Source"));
  title_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  numbers_ = make_label(QStringLiteral("live_numbers"), tr("Rate, delay and losses"));
  numbers_->setProperty("muted", true);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(12, 6, 6, 6);
  row->setSpacing(kGrid);
  row->addWidget(light_);
  row->addWidget(state_);
  row->addWidget(title_, 1);
  row->addWidget(numbers_);
  connect(live, &LiveSession::status_changed, this, &LiveBar::refresh);
  connect(live, &LiveSession::mode_changed, this, &LiveBar::refresh);
  connect(live, &LiveSession::recording_changed, this, &LiveBar::refresh);
  refresh();
}

void LiveBar::add_buttons(const CommandTable& commands) {
  const auto add = [&](const char* id, Qt::ToolButtonStyle style) {
    auto* button = new QToolButton;
    button->setDefaultAction(commands.action(QString::fromLatin1(id)));
    button->setToolButtonStyle(style);
    button->setProperty("text_button", style != Qt::ToolButtonIconOnly);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(commands.command(QString::fromLatin1(id)).text);
    layout()->addWidget(button);
    return button;
  };
  add("live.follow", Qt::ToolButtonTextOnly)->setObjectName(QStringLiteral("live_follow"));
  record_ = add("live.record", Qt::ToolButtonTextOnly);
  record_->setObjectName(QStringLiteral("live_record"));
  QToolButton* close = add("live.disconnect", Qt::ToolButtonIconOnly);
  close->setObjectName(QStringLiteral("live_disconnect"));
  close->setProperty("flat", true);
}

void LiveBar::changeEvent(QEvent* event) {
  QFrame::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) paint_light();
}

void LiveBar::resizeEvent(QResizeEvent* event) {
  QFrame::resizeEvent(event);
  fit_title();
}

void LiveBar::fit_title() {
  layout()->activate();  // the numbers beside it may have grown
  title_->setText(title_->fontMetrics().elidedText(news(), Qt::ElideRight, title_->width()));
}

void LiveBar::paint_light() {
  const Tokens& t = current_tokens();
  const core::SourceState state = live_->status().state;
  const bool trouble = state == core::SourceState::failed || state == core::SourceState::stalled ||
                       state == core::SourceState::connecting;
  QPixmap picture(QSize(kLight, kLight) * devicePixelRatioF());
  picture.setDevicePixelRatio(devicePixelRatioF());
  picture.fill(Qt::transparent);
  QPainter painter(&picture);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(state == core::SourceState::live ? t.live : trouble ? t.warning : t.muted);
  painter.drawEllipse(QRectF(1, 1, kLight - 2, kLight - 2));
  painter.end();
  light_->setPixmap(picture);
}

QString LiveBar::numbers() const {
  const core::SourceStatus& s = live_->status();
  QStringList parts;
  if (live_->recording()) {
    const core::RecorderStatus recorded = live_->recorded();
    parts << tr("recording, %1").arg(counted(qsizetype(recorded.frames), tr("%1 frame"), tr("%1 frames")));
  }
  if (s.state == core::SourceState::live) {
    parts << tr("%1 fps").arg(s.rate, 0, 'f', 0);
    if (live_->meter().delay() >= 0.0) {
      parts << tr("delay %1").arg(milliseconds(1000.0 * live_->meter().delay()))
            << tr("jitter %1").arg(milliseconds(1000.0 * live_->meter().jitter()));
    }
  }
  if (s.received > 0) parts << tr("dropped %1").arg(s.dropped + live_->missed());
  if (s.bad > 0) parts << tr("bad %1").arg(s.bad);
  if (s.reconnects > 0) parts << tr("reconnects %1").arg(s.reconnects);
  return parts.join(QStringLiteral("   "));
}

QString LiveBar::news() const {
  const core::SourceStatus& s = live_->status();
  const bool troubled = s.state == core::SourceState::failed || s.state == core::SourceState::connecting;
  if (troubled && !s.last_error.empty()) return QString::fromStdString(s.last_error);
  QString text = source_title(live_->uri());
  if (s.state == core::SourceState::live) {
    if (live_->mode() == LiveSession::Mode::held) return text + tr(" · not followed");
    return live_->in_view() ? text : text + tr(" · nobody to recognise in view");
  }
  if (s.state == core::SourceState::ended) return text;
  if (!s.text.empty()) text += QStringLiteral(" · ") + QString::fromStdString(s.text);
  return text;
}

void LiveBar::refresh() {
  setVisible(live_->connected());
  if (!live_->connected()) return;
  const core::SourceStatus& s = live_->status();
  paint_light();
  QString word = state_word(s.state);
  if (!word.isEmpty()) word[0] = word[0].toUpper();
  state_->setText(s.state == core::SourceState::live ? tr("LIVE") : word);
  title_->setToolTip(plain_tooltip(live_->uri() + QLatin1Char('\n') + QString::fromStdString(s.text)));
  numbers_->setText(numbers());
  QStringList about{tr("Delay: from the pose to its arrival here. Jitter: how unevenly poses arrive."),
                    tr("Dropped: poses left out. Bad: packets that could not be read.")};
  if (s.bad > 0) about << tr("The first bad one: %1").arg(QString::fromStdString(s.first_bad));
  numbers_->setToolTip(plain_tooltip(about.join(QLatin1Char('\n'))));
  if (record_ != nullptr) record_->setText(live_->recording() ? tr("Stop recording") : tr("Record"));
  fit_title();
  title_->setAccessibleDescription(news());
  setAccessibleDescription(state_->text() + QStringLiteral(", ") + news());
}

}  // namespace purlscope::app
