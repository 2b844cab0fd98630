#pragma once

#include <QMetaObject>
#include <QObject>
#include <QString>
#include <functional>
#include <stop_token>
#include <thread>
#include <utility>

namespace purlscope::app {

/// Long work, one piece at a time on a thread of its own. What comes of it arrives as signals on the UI thread; when
/// they are sent it is not busy any more. Thread: UI.
class Job : public QObject {
  Q_OBJECT

 public:
  explicit Job(QObject* parent = nullptr) : QObject(parent) {}
  ~Job() override;

  /// Asks the work to end early.
  void stop() { thread_.request_stop(); }
  bool busy() const { return busy_; }

 Q_SIGNALS:
  void busy_changed();
  void stopped();
  /// The text names what was found, what was expected and what to do.
  void failed(const QString& text);

 protected:
  /// What is told on the UI thread of work that has ended well.
  using Told = std::function<void()>;
  using Work = std::function<Told(const std::stop_token& stop)>;

  /// Nothing happens while one is at work.
  /// @param work     on the job's thread; Error{Code::cancelled} of it is told as stopped(), all others as failed()
  /// @param failure  words around what another exception says (e.g. out of memory), with %1
  void begin(Work work, const QString& failure);
  /// Calls `call` on the UI thread. Thread: any.
  template <typename Call>
  void deliver(Call call) {
    QMetaObject::invokeMethod(this, std::move(call), Qt::QueuedConnection);
  }
  /// Stops and waits. Called by each destructor, before what the work uses goes.
  void leave();

 private:
  Told outcome(const Work& work, const QString& failure, const std::stop_token& stop);

  bool busy_ = false;
  std::jthread thread_;
};

}  // namespace purlscope::app
