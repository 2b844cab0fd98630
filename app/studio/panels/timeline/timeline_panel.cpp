#include "app/studio/panels/timeline/timeline_panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "app/studio/commands/command_table.h"
#include "app/studio/panels/timeline/lanes_view.h"
#include "app/studio/panels/timeline/mark_edit.h"
#include "app/studio/panels/timeline/timeline_strip.h"
#include "app/studio/scores/score_lanes.h"
#include "app/studio/session/motion_energy.h"
#include "app/studio/session/player.h"
#include "app/studio/session/session.h"
#include "app/studio/theme/icons.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/words.h"

namespace purlscope::app {
namespace {

constexpr double kSpeeds[] = {0.25, 0.5, 1.0, 2.0, 4.0};

constexpr int kLanesGap = 6;
constexpr double kNow = 0.1;  // s

/// @param seconds up to the newest frame, not positive
QString live_time(double seconds) {
  return seconds > -kNow ? TimelinePanel::tr("now") : QStringLiteral("−") + seconds_text(-seconds);
}

/// @param sign -1 when playing backwards
QString speed_text(double speed, double sign) {
  return (sign < 0 ? QStringLiteral("−") : QString()) + QStringLiteral("%1×").arg(speed, 0, 'g', 3);
}

}  // namespace

TimelinePanel::TimelinePanel(Session* session, Player* player, ScoreLanes* lanes, QWidget* parent)
    : QWidget(parent), session_(session), player_(player) {
  setObjectName(QStringLiteral("timeline_panel"));
  clock_ = new QLabel;
  clock_->setObjectName(QStringLiteral("clock"));
  clock_->setAccessibleName(tr("Time"));
  frame_ = new QLabel;
  frame_->setObjectName(QStringLiteral("note"));
  frame_->setAccessibleName(tr("Frame"));
  transport_ = new QWidget;
  auto* buttons = new QHBoxLayout(transport_);
  buttons->setContentsMargins(0, 0, 0, 0);
  buttons->setSpacing(4);
  speed_ = new QComboBox;
  speed_->setObjectName(QStringLiteral("speed_chooser"));
  speed_->setAccessibleName(tr("Speed"));
  speed_->setToolTip(tr("Playback speed"));
  speed_->setFocusPolicy(Qt::TabFocus);
  for (const double speed : kSpeeds) speed_->addItem(speed_text(speed, 1.0), speed);
  strip_ = new TimelineStrip;
  lanes_ = new LanesView(session, player, lanes);
  setFocusProxy(strip_);

  auto* side = new QWidget;
  side->setFixedWidth(kSideColumn);
  auto* column = new QVBoxLayout(side);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(2);
  column->addWidget(clock_);
  column->addWidget(frame_);
  column->addSpacing(4);
  column->addWidget(transport_);
  column->addStretch();
  auto* top = new QHBoxLayout;
  top->setSpacing(kSideGap);
  top->addWidget(side);
  top->addWidget(strip_, 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(kLanesGap);
  layout->addLayout(top);
  layout->addWidget(lanes_, 1);

  connect_strip();
  connect_lanes(lanes);
  connect(player, &Player::time_changed, this, &TimelinePanel::update_time);
  connect(player, &Player::state_changed, this, &TimelinePanel::update_state);
  connect(session, &Session::clip_changed, this, &TimelinePanel::update_clip);
  connect(session, &Session::live_advanced, this, &TimelinePanel::update_clip);
  connect(session, &Session::person_changed, this, &TimelinePanel::update_clip);
  for (const auto signal : {&Session::recognition_changed, &Session::selection_changed, &Session::display_changed}) {
    connect(session, signal, this, &TimelinePanel::update_lane);
  }
  update_clip();
  update_state();
}

void TimelinePanel::connect_strip() {
  connect(strip_, &TimelineStrip::scrubbed, player_, &Player::seek);
  connect(strip_, &TimelineStrip::scrub_started, player_, [this] { player_->hold(true); });
  connect(strip_, &TimelineStrip::scrub_ended, player_, [this] { player_->hold(false); });
  connect(strip_, &TimelineStrip::stepped, player_, &Player::step);
  connect(strip_, &TimelineStrip::segment_chosen, this, &TimelinePanel::repeat);
  connect(strip_, &TimelineStrip::axis_changed, lanes_, [this] { lanes_->set_axis(strip_->axis()); });
}

void TimelinePanel::connect_lanes(const ScoreLanes* lanes) {
  connect(lanes_, &LanesView::scrubbed, player_, &Player::seek);
  connect(lanes_, &LanesView::scrub_started, player_, [this] { player_->hold(true); });
  connect(lanes_, &LanesView::scrub_ended, player_, [this] { player_->hold(false); });
  connect(lanes_, &LanesView::stepped, player_, &Player::step);
  connect(lanes_, &LanesView::zoomed, strip_, &TimelineStrip::zoom);
  connect(lanes_, &LanesView::panned, strip_, &TimelineStrip::pan);
  connect(lanes_, &LanesView::segment_chosen, this, &TimelinePanel::repeat);
  connect(lanes, &ScoreLanes::shown_changed, this, [this, lanes] { lanes_->setVisible(lanes->shown()); });
  lanes_->setVisible(lanes->shown());
}

void TimelinePanel::repeat(double begin, double end) {
  edit_marks(session_, player_, tr("repeat a stretch"), [=, this] { player_->repeat(begin, end); });
}

void TimelinePanel::add_buttons(const CommandTable& commands) {
  auto* row = static_cast<QHBoxLayout*>(transport_->layout());
  const auto add = [&](const QString& id) {
    auto* button = new QToolButton;
    button->setDefaultAction(commands.action(id));
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    button->setFocusPolicy(Qt::TabFocus);
    button->setFixedSize(26, 26);
    button->setAccessibleName(commands.command(id).text);
    row->addWidget(button);
    return button;
  };
  add(QStringLiteral("playback.step_back"));
  add(QStringLiteral("playback.toggle"));
  add(QStringLiteral("playback.step_forward"));
  QWidget* last = add(QStringLiteral("playback.loop"));
  row->addWidget(speed_, 1);
  setTabOrder(last, speed_);
  setTabOrder(speed_, strip_);
  lanes_->add_buttons(commands);
  update_state();
}

void TimelinePanel::update_clip() {
  const core::ClipPtr& clip = session_->clip();
  if (!clip) {
    strip_->set_clip(0.0, {});
  } else {
    std::vector<float> energy = motion_energy(*clip, session_->person().value_or(-1));
    if (session_->live()) {
      strip_->set_live(clip->duration(), std::move(energy), {Session::kLiveSeconds, session_->origin()});
    } else {
      strip_->set_clip(clip->duration(), std::move(energy));
      strip_->set_segments(clip->segments);
    }
    strip_->set_time(player_->time());
  }
  update_lane();
  update_time();
}

void TimelinePanel::update_lane() {
  AttentionLane lane;
  const auto label = session_->label();
  const auto sentence = session_->sentence();
  const auto scored = label ? session_->scored(*label) : std::nullopt;
  const core::RecognitionPtr& result = session_->recognition();
  if (scored && sentence && *scored < result->attention.size()) {
    const core::NdArray& nodes = result->attention[*scored].attention;
    std::vector<float> shares(result->spans.size(), 0.0F);
    for (std::size_t node = 0; node < shares.size(); ++node) {
      for (std::size_t joint = 0; joint < result->layout->size(); ++joint)
        shares[node] += nodes.at(*sentence, node, joint);
    }
    std::vector<core::TimeSpan> spans = result->spans;
    for (core::TimeSpan& span : spans) {
      span.begin += session_->recognition_start();
      span.end += session_->recognition_start();
    }
    lane = overlay_spans(spans, shares);
    lane.colour_map = session_->display().colour_map;
  }
  strip_->set_lane(std::move(lane));
}

void TimelinePanel::update_time() {
  const PlaybackClock& clock = player_->clock();
  strip_->set_time(clock.time());
  const double shown = clock.time() - (session_->live() ? clock.duration() : 0.0);
  clock_->setText(session_->live() ? live_time(shown) : clock_time(shown));
  frame_->setText(clock.empty() ? tr("no clip")
                                : tr("frame %1 of %2 · %3 fps")
                                      .arg(clock.frame() + 1)
                                      .arg(clock.frame_count())
                                      .arg(session_->clip() ? session_->clip()->rate() : 0.0, 0, 'g', 3));
}

void TimelinePanel::update_state() {
  const PlaybackClock& clock = player_->clock();
  strip_->set_ab(clock.a(), clock.b());
  const QSignalBlocker quiet(speed_);
  for (int i = 0; i < speed_->count(); ++i) speed_->setItemText(i, speed_text(kSpeeds[i], clock.speed()));
  const double magnitude = std::abs(clock.speed());
  const auto* nearest = std::min_element(std::begin(kSpeeds), std::end(kSpeeds), [&](double a, double b) {
    return std::abs(a - magnitude) < std::abs(b - magnitude);
  });
  speed_->setCurrentIndex(static_cast<int>(nearest - std::begin(kSpeeds)));
}

}  // namespace purlscope::app
