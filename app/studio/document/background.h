#pragma once

#include <QObject>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace purlscope::app {

/// Does small work with files on a thread of its own, one after the other, so that a slow disk never holds up the
/// window. What was asked for is done before this goes. Thread: UI.
class Background : public QObject {
  Q_OBJECT

 public:
  explicit Background(QObject* parent = nullptr);
  ~Background() override;

  /// @param work on the thread; it must not throw. @param then afterwards, on the UI thread; not after this is gone
  void run(std::function<void()> work, std::function<void()> then = {});

 private:
  struct Job {
    std::function<void()> work;
    std::function<void()> then;
  };
  void loop();

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> jobs_;
  bool ending_ = false;
  std::thread thread_;  // last: joins before the queue goes
};

}  // namespace purlscope::app
