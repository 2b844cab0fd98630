// What the program is and how it fares.
#include <fmt/format.h>

#include "app/studio/diagnostics/diagnostics_dialog.h"
#include "app/studio/diagnostics/ui_watch.h"
#include "app/studio/main_window.h"
#include "app/studio/session/engine_link.h"
#include "app/studio/view/view_panel.h"
#include "app/studio/view/viewport.h"
#include "app/studio/words.h"
#include "core/base/log.h"
#include "core/base/paths.h"
#include "core/base/process_memory.h"

namespace purlscope::app {

void MainWindow::show_diagnostics() {
  if (auto* open = findChild<DiagnosticsDialog*>()) {
    open->raise();
    open->activateWindow();
    return;
  }
  const auto engine = [this](auto words) {
    return [this, words]() -> QString {
      if (engine_->state() == EngineLink::State::ready) return words(engine_->info());
      return engine_->state() == EngineLink::State::loading ? tr("loading") : tr("none");
    };
  };
  const auto from = [](const std::string& text) { return QString::fromStdString(text); };
  std::vector<DiagnosticsRow> rows;
  rows.push_back(
      {tr("Version"), [] { return QString::fromUtf8(core::version().data(), qsizetype(core::version().size())); }});
  rows.push_back({tr("Model"), engine([from](const core::EngineInfo& info) { return from(info.model); })});
  rows.push_back(
      {tr("Text encoder"), engine([from](const core::EngineInfo& info) { return from(info.text_encoder); })});
  rows.push_back({tr("Device"), engine([from](const core::EngineInfo& info) {
                    return from(info.device) + QStringLiteral(" · ") +
                           counted(info.threads, tr("%1 thread"), tr("%1 threads"));
                  })});
  rows.push_back({tr("Engine"), engine([from](const core::EngineInfo& info) { return from(info.build); })});
  rows.push_back({tr("Graphics"), [this] {
                    return view_->viewport() != nullptr ? view_->viewport()->description()
                                                        : tr("none: the 3-D view is not shown");
                  }});
  rows.push_back({tr("Qt"), [] { return QString::fromLatin1(qVersion()); }});
  rows.push_back({tr("Recognitions"), [this] {
                    const core::WorkerStats stats = engine_->stats();
                    return tr("%1 asked for · %2 answered · %3 dropped · %4 failed")
                        .arg(stats.requested)
                        .arg(stats.inferred)
                        .arg(stats.dropped)
                        .arg(stats.failed);
                  }});
  rows.push_back({tr("Memory"), [] {
                    const auto bytes = core::resident_bytes();
                    return bytes ? megabytes(*bytes) : tr("unknown");
                  }});
  rows.push_back({tr("Longest gap"), [this] {
                    const UiWatch::Gaps& gaps = watch_->gaps();
                    return tr("%1 in which the window did not answer, %2 after its first picture")
                        .arg(milliseconds(gaps.longest.ms), seconds_text(gaps.longest.at));
                  }});
  rows.push_back({tr("Gaps over 33 ms"), [this] { return number_text(qsizetype(watch_->gaps().over_frame)); }});
  (new DiagnosticsDialog(
       std::move(rows), [this] { watch_->reset(); }, this))
      ->show();
}

void MainWindow::paintEvent(QPaintEvent* event) {
  QMainWindow::paintEvent(event);
  if (!watch_->started()) QMetaObject::invokeMethod(watch_, &UiWatch::start, Qt::QueuedConnection);
}

void MainWindow::log_gaps() const {
  const UiWatch::Gaps& gaps = watch_->gaps();
  std::string worst;
  for (const UiWatch::Gap& gap : gaps.worst) {
    worst += fmt::format("{}{:.0f} ms ({:.2f} s)", worst.empty() ? "" : ", ", gap.ms, gap.at);
  }
  core::log(core::LogLevel::info,
            fmt::format("the window did not answer for, at the longest (seconds after its first picture): {}; and {} "
                        "times for more than {:.0f} ms",
                        worst.empty() ? "nothing" : worst, gaps.over_frame, UiWatch::kFrameMs));
}

}  // namespace purlscope::app
