#include "app/studio/view/status_line.h"

#include <QLabel>

#include "app/studio/dataset/folder_jobs.h"
#include "app/studio/session/engine_link.h"
#include "app/studio/session/loader.h"
#include "app/studio/session/player.h"
#include "app/studio/session/session.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/view/viewport.h"
#include "app/studio/words.h"
#include "core/base/process_memory.h"
#include "core/engine/refined.h"

namespace purlscope::app {
namespace {

constexpr int kRateInterval = 500;  // ms

}  // namespace

StatusLine::StatusLine(Session* session, EngineLink* engine, Loader* loader, FolderJobs* folders, Player* player,
                       QWidget* parent)
    : QStatusBar(parent), session_(session), engine_(engine), loader_(loader), folders_(folders), player_(player) {
  setSizeGripEnabled(false);
  setContentsMargins(kGrid, 0, kGrid, 2);
  const auto label = [this](const QString& name, const QString& about) {
    auto* made = new QLabel;
    made->setObjectName(name);
    made->setProperty("muted", true);
    made->setAccessibleName(about);
    made->setToolTip(about);
    return made;
  };
  state_ = label(QStringLiteral("engine_state"), tr("Engine"));
  timings_ = label(QStringLiteral("stage_timings"), tr("Milliseconds of each stage of the last recognition"));
  rate_ = label(QStringLiteral("draw_rate"), tr("Requests dropped for newer ones, and frames drawn a second"));
  addWidget(state_);
  timings_->setContentsMargins(2 * kGrid, 0, 0, 0);
  timings_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);  // on a narrow window it gives way
  addWidget(timings_, 1);
  addPermanentWidget(rate_);

  connect(engine, &EngineLink::state_changed, this, &StatusLine::update_engine);
  connect(engine, &EngineLink::waiting_changed, this, &StatusLine::update_engine);
  connect(loader, &Loader::busy_changed, this, &StatusLine::update_engine);
  connect(folders, &FolderJobs::busy_changed, this, &StatusLine::update_engine);
  connect(session, &Session::recognition_changed, this, &StatusLine::update_timings);
  connect(session, &Session::labels_changed, this, &StatusLine::update_timings);
  connect(player, &Player::state_changed, this, [this] {
    player_->playing() ? rate_timer_.start() : rate_timer_.stop();
    update_rate();
  });
  rate_timer_.setInterval(kRateInterval);
  connect(&rate_timer_, &QTimer::timeout, this, &StatusLine::update_rate);
  update_engine();
  update_timings();
  update_rate();
}

void StatusLine::watch(Viewport* viewport) { viewport_ = viewport; }

void StatusLine::update_engine() {
  QString text;
  switch (engine_->state()) {
    case EngineLink::State::loading:
      text = tr("Loading engine...");
      break;
    case EngineLink::State::failed:
      text = tr("No engine: viewing only");
      break;
    case EngineLink::State::ready:
      text = tr("%1 engine").arg(QString::fromStdString(engine_->info().device)) + QStringLiteral(" · ") +
             counted(engine_->info().threads, tr("%1 thread"), tr("%1 threads"));
      state_->setToolTip(plain_tooltip(QString::fromStdString(engine_->info().build)));
      break;
  }
  if (loader_->busy() || folders_->busy()) text += tr(" · reading files...");
  if (engine_->waiting()) text += tr(" · recognising...");
  state_->setText(text);
  update_rate();
}

void StatusLine::update_timings() {
  const core::RecognitionPtr& result = session_->recognition();
  if (!result || session_->labels().labels.empty()) {
    timings_->clear();
    return;
  }
  const core::Timings& t = result->timings;
  const auto number = [](double ms) { return QString::number(ms, 'f', ms < 9.95 ? 1 : 0); };
  const QString load = t.load > 0 ? tr("load %1   ").arg(number(t.load)) : QString();
  const QString refined = core::refinement_acts(*result) ? tr("refined   ") : QString();
  timings_->setText(
      refined + load +
      tr("prepare %1   backbone %2   text %3   attention %4   total %5 ms")
          .arg(number(t.preprocess), number(t.backbone), number(t.text), number(t.attention), number(t.total)));
}

void StatusLine::update_rate() {
  QString text = tr("dropped %1").arg(engine_->stats().dropped);
  if (viewport_ && player_->playing()) text = tr("%1 fps   ").arg(viewport_->recent_fps()) + text;
  if (const auto bytes = core::resident_bytes()) text += QStringLiteral("   ") + megabytes(*bytes);
  rate_->setText(text);
}

}  // namespace purlscope::app
