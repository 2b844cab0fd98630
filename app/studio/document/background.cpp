#include "app/studio/document/background.h"

#include <QMetaObject>
#include <utility>

namespace purlscope::app {

Background::Background(QObject* parent) : QObject(parent), thread_([this] { loop(); }) {}

Background::~Background() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Background::run(std::function<void()> work, std::function<void()> then) {
  {
    const std::lock_guard lock(mutex_);
    jobs_.push_back({std::move(work), std::move(then)});
  }
  wake_.notify_all();
}

void Background::loop() {
  while (true) {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return ending_ || !jobs_.empty(); });
    if (jobs_.empty()) return;
    Job job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    job.work();
    if (job.then) QMetaObject::invokeMethod(this, std::move(job.then), Qt::QueuedConnection);
  }
}

}  // namespace purlscope::app
