#pragma once

#include <QDateTime>
#include <QObject>
#include <QTimer>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/studio/document/autosave.h"
#include "app/studio/document/background.h"
#include "app/studio/document/document_text.h"

namespace purlscope::app {

/// What a part of the window has to keep in a session. A panel that has something adds one.
struct SessionPart {
  std::function<void(Document&)> capture;
  /// At once when a session is opened. What cannot be brought back becomes a line of the problems.
  std::function<void(const Document&, Problems&)> restore = {};
  /// Once the session's clip is shown, or when there is none.
  std::function<void(const Document&, Problems&)> restore_on_clip = {};
};

/// The session of a window as a file: opening, saving, whether it is saved, autosave, and what a crashed window has
/// left. Knows the window by its parts alone; files are read and written on a thread of its own. Thread: UI.
class SessionKeeper : public QObject {
  Q_OBJECT

 public:
  explicit SessionKeeper(QObject* parent = nullptr);
  /// Finishes what is being written, and removes the autosave.
  ~SessionKeeper() override;

  void add(SessionPart part) { parts_.push_back(std::move(part)); }

  /// File of the session; empty for one that nobody has saved.
  const std::filesystem::path& file() const { return file_; }
  /// True for a session with a file that holds something else.
  bool modified() const { return modified_; }
  /// Something may have changed; looked at a moment later.
  void note_change();
  /// Looks at once. @return modified()
  bool check();

  /// @param then is called once it is written; not when that fails
  void save(const std::filesystem::path& file, std::function<void()> then = {});
  /// What is shown until then stays when the file cannot be read.
  void open(const std::filesystem::path& file);
  /// Nothing is opened, typed and chosen; the bundled clips stay listed.
  void start_new();
  /// True from open() until everything is restored.
  bool busy() const { return reading_ || pending_.has_value(); }
  /// The clip that is shown, or that could not be, is this one: what waits for it is restored.
  void clip_settled(const std::filesystem::path& clip);
  /// The document that was opened last.
  const Document& opened() const { return opened_; }

  /// For other small work with files.
  Background& background() { return background_; }

  /// Writes an autosave each `seconds` while there is something to lose, and asks about those left behind.
  void begin_autosave(const std::filesystem::path& folder, int seconds);
  void autosave_now();
  /// Answers to left_found.
  void restore_left();
  void discard_left();

 Q_SIGNALS:
  /// File or modified() are others.
  void changed();
  /// Everything is restored. @param name of the file, @param problems what could not be, a line each
  void restored(const QString& name, const QStringList& problems);
  void saved(const QString& file);
  /// Neither read nor written. The text says why and what to do.
  void failed(const QString& text);
  /// A window did not close properly. @param name of its session's file, may be empty
  void left_found(const QString& name, const QDateTime& when);

 private:
  struct Pending {
    Document document;
    Problems problems;
    bool as_saved = true;  // the file holds what is going to be shown
  };
  struct Left {
    LeftAutosave place;
    std::optional<ReadDocument> read;
    QString error;
    QDateTime when;
  };

  Document capture() const;
  std::string worth(Document document) const;
  void restore(ReadDocument read, const std::filesystem::path& file, bool as_saved);
  void finish();
  void offer_left();

  std::vector<SessionPart> parts_;
  std::filesystem::path file_;
  std::string baseline_;  // content of the file
  bool modified_ = false;
  bool reading_ = false;
  std::optional<Pending> pending_;
  Document opened_;
  QTimer change_timer_;
  QTimer autosave_timer_;
  std::string ground_;     // content at the start, which is not worth keeping
  std::string autosaved_;  // content of the autosave
  std::deque<Left> left_;
  std::shared_ptr<Autosave> autosave_;  // on the background thread
  Background background_;               // last: writes to its end before the autosave goes
};

}  // namespace purlscope::app
