#include "app/studio/screenshot.h"

#include <QCoreApplication>
#include <QPixmap>
#include <QTimer>
#include <cstdio>

#include "app/studio/main_window.h"
#include "app/studio/session/engine_link.h"
#include "app/studio/session/session.h"

namespace purlscope::app {
namespace {

constexpr int kSettle = 600;  // ms for layout, thumbnails and the first frames after the scores are there

}  // namespace

Screenshot::Screenshot(MainWindow* window, const QString& file, std::optional<int> after_ms, int longest_ms)
    : QObject(window), window_(window), file_(file) {
  QTimer::singleShot(after_ms.value_or(longest_ms), this, &Screenshot::take);
  if (after_ms) return;
  const auto soon = [this] { QTimer::singleShot(kSettle, this, &Screenshot::take); };
  connect(&window->session(), &Session::recognition_changed, this, [this, soon] {
    if (window_->session().recognition()) soon();
  });
  connect(&window->engine(), &EngineLink::failed, this, soon);
}

void Screenshot::take() {
  if (taken_) return;
  taken_ = true;
  const bool good = window_->grab().save(file_, "PNG");
  if (!good) std::fprintf(stderr, "purlscope: cannot write the picture %s\n", qPrintable(file_));
  window_->close();
  QCoreApplication::exit(good ? 0 : 1);
}

}  // namespace purlscope::app
