// Scores over time, and the segments that are found in them.
#include <algorithm>

#include "app/studio/commands/command_table.h"
#include "app/studio/main_window.h"
#include "app/studio/panels/labels/label_model.h"
#include "app/studio/panels/labels/labels_panel.h"
#include "app/studio/panels/timeline/timeline_panel.h"
#include "app/studio/panels/timeline/timeline_strip.h"
#include "app/studio/refinement/refinement_link.h"
#include "app/studio/scores/score_lanes.h"
#include "app/studio/session/player.h"
#include "app/studio/widgets/dock.h"

namespace purlscope::app {
namespace {

constexpr double kZoomStep = 1.5;
constexpr double kJustBegun = 0.3;     // seconds: who goes back that early in a segment wants the one before
constexpr double kLanesShare = 0.12;   // of the window's height
constexpr int kLeastLanesHeight = 96;  // three lanes and their head
constexpr int kMostLanesHeight = 208;  // eight

}  // namespace

void MainWindow::connect_lanes() {
  lanes_->set_sliding(settings_.sliding());
  lanes_->set_on(settings_.lanes());
  labels_->model()->show_lanes(lanes_);
  connect(lanes_, &ScoreLanes::shown_changed, this, &MainWindow::make_room_for_lanes);
  connect(lanes_, &ScoreLanes::changed, this, [this, known = std::size_t{0}, scoring = false]() mutable {
    const bool other = std::exchange(known, lanes_->segments().size()) != lanes_->segments().size();
    if (std::exchange(scoring, lanes_->scoring()) != lanes_->scoring() || other) commands_->refresh();
  });
  connect(refinement_, &RefinementLink::acted, lanes_, &ScoreLanes::score_again);
}

int MainWindow::lanes_height() const {
  if (!lanes_->shown()) return 0;
  return std::clamp(static_cast<int>(kLanesShare * height()), kLeastLanesHeight, kMostLanesHeight);
}

/// The panel grows by what the lanes need and shrinks back to what it was.
void MainWindow::make_room_for_lanes() {
  commands_->refresh();
  if (timeline_dock_->isFloating() || !isVisible()) return;
  if (lanes_->shown()) timeline_height_ = timeline_dock_->height();
  if (timeline_height_ > 0) resizeDocks({timeline_dock_}, {timeline_height_ + lanes_height()}, Qt::Vertical);
}

std::vector<core::TimeSpan> MainWindow::segments_in_sight() const {
  std::vector<core::TimeSpan> spans;
  if (!session_->clip() || session_->live()) return spans;
  if (lanes_->shown() && !lanes_->segments().empty()) {
    spans.reserve(lanes_->segments().size());
    for (const core::FoundSegment& segment : lanes_->segments()) spans.push_back({segment.begin, segment.end});
  } else {
    spans.reserve(session_->clip()->segments.size());
    for (const core::Segment& segment : session_->clip()->segments) spans.push_back({segment.begin, segment.end});
  }
  return spans;
}

void MainWindow::go_to_segment(int direction) {
  const std::vector<core::TimeSpan> spans = segments_in_sight();
  const double now = player_->time();
  const double frame = 0.5 / session_->clip()->rate();
  if (direction > 0) {
    const auto next = std::ranges::find_if(spans, [&](const core::TimeSpan& span) { return span.begin > now + frame; });
    if (next != spans.end()) player_->seek(next->begin);
    return;
  }
  const auto last = std::find_if(spans.rbegin(), spans.rend(),
                                 [&](const core::TimeSpan& span) { return span.begin < now - kJustBegun; });
  player_->seek(last == spans.rend() ? 0.0 : last->begin);
}

void MainWindow::repeat_segment() {
  const std::vector<core::TimeSpan> spans = segments_in_sight();
  const double now = player_->time();
  const auto here =
      std::ranges::find_if(spans, [now](const core::TimeSpan& span) { return now >= span.begin && now < span.end; });
  if (here != spans.end()) timeline_->repeat(here->begin, std::min(here->end, session_->clip()->duration()));
}

void MainWindow::add_timeline_commands() {
  const QString group = tr("Timeline");
  const auto keys = [](std::initializer_list<const char*> texts) {
    QList<QKeySequence> list;
    for (const char* text : texts) list.append(QKeySequence(QString::fromLatin1(text)));
    return list;
  };
  const auto recording = [this] { return session_->clip() && !session_->live(); };
  const auto scorable = [this, recording] { return recording() && !session_->labels().labels.empty(); };
  const auto has_segments = [this] { return !segments_in_sight().empty(); };
  const auto zoom = [this](double factor) { timeline_->strip()->zoom(factor, player_->time()); };
  commands_->add(group, {.id = QStringLiteral("timeline.lanes"),
                         .text = tr("Scores over time"),
                         .tooltip = tr("Show the scores of the top labels over a long recording, or a live source"),
                         .keys = keys({"O"}),
                         .run =
                             [this] {
                               lanes_->set_on(!lanes_->on());
                               settings_.set_lanes(lanes_->on());
                               if (lanes_->on()) timeline_dock_->reveal();
                             },
                         .checked = [this] { return lanes_->on(); }});
  commands_->add(group, {.id = QStringLiteral("timeline.score"),
                         .text = tr("Score the whole recording"),
                         .tooltip = tr("Score the recording window by window, also a short one, and find its segments"),
                         .keys = keys({"Shift+O"}),
                         .run =
                             [this] {
                               timeline_dock_->reveal();
                               lanes_->score();
                               settings_.set_lanes(lanes_->on());
                             },
                         .enabled = scorable});
  commands_->add(group, {.id = QStringLiteral("timeline.stop"),
                         .text = tr("Stop scoring over time"),
                         .tooltip = tr("Leave the rest of the recording without scores; what was scored stays"),
                         .keys = {},
                         .run = [this] { lanes_->stop(); },
                         .enabled = [this] { return lanes_->scoring(); }});
  commands_->add(group, {.id = QStringLiteral("timeline.next_segment"),
                         .text = tr("Next segment"),
                         .tooltip = tr("Go to where the next action begins"),
                         .keys = keys({"Ctrl+Right"}),
                         .run = [this] { go_to_segment(1); },
                         .enabled = has_segments,
                         .repeats = true});
  commands_->add(group, {.id = QStringLiteral("timeline.previous_segment"),
                         .text = tr("Previous segment"),
                         .tooltip = tr("Go to where this action begins, or the one before"),
                         .keys = keys({"Ctrl+Left"}),
                         .run = [this] { go_to_segment(-1); },
                         .enabled = has_segments,
                         .repeats = true});
  commands_->add(group, {.id = QStringLiteral("timeline.repeat_segment"),
                         .text = tr("Repeat this segment"),
                         .tooltip = tr("Set A and B around the action at the playhead, and recognise it by itself"),
                         .keys = keys({"A"}),
                         .run = [this] { repeat_segment(); },
                         .enabled = has_segments});
  commands_->add(group, {.id = QStringLiteral("timeline.zoom_in"),
                         .text = tr("Zoom into the timeline"),
                         .tooltip = tr("Show a shorter part of the recording, around the playhead"),
                         .keys = keys({"Ctrl++", "Ctrl+="}),
                         .run = [zoom] { zoom(1.0 / kZoomStep); },
                         .enabled = recording,
                         .repeats = true});
  commands_->add(group, {.id = QStringLiteral("timeline.zoom_out"),
                         .text = tr("Zoom out of the timeline"),
                         .tooltip = tr("Show a longer part of the recording"),
                         .keys = keys({"Ctrl+-"}),
                         .run = [zoom] { zoom(kZoomStep); },
                         .enabled = recording,
                         .repeats = true});
  commands_->add(group, {.id = QStringLiteral("timeline.zoom_all"),
                         .text = tr("Whole recording on the timeline"),
                         .tooltip = tr("Show all of the recording on the timeline again"),
                         .keys = keys({"Ctrl+0"}),
                         .run = [this] { timeline_->strip()->show_all(); },
                         .enabled = recording});
  const auto cut = [&](const QString& name, double value, double core::Sliding::*field, const QString& text,
                       const QString& tooltip) {
    commands_->add(group, {.id = name + QString::number(value),
                           .text = text.arg(value),
                           .tooltip = tooltip,
                           .keys = {},
                           .run =
                               [this, value, field] {
                                 core::Sliding sliding = lanes_->sliding();
                                 sliding.*field = value;
                                 lanes_->set_sliding(sliding);
                                 settings_.set_sliding(sliding);
                               },
                           .checked = [this, value, field] { return lanes_->sliding().*field == value; }});
  };
  for (const double length : {1.0, 2.0, 3.0, 5.0}) {
    cut(QStringLiteral("timeline.window."), length, &core::Sliding::length, tr("Windows of %1 s"),
        tr("How much of a recording is scored at a time: about as long as an action lasts"));
  }
  for (const double stride : {0.1, 0.25, 0.5, 1.0}) {
    cut(QStringLiteral("timeline.stride."), stride, &core::Sliding::stride, tr("A window every %1 s"),
        tr("How finely scores over time are taken; half as far takes twice as long"));
  }
}

}  // namespace purlscope::app
