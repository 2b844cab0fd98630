#include "app/studio/document/session_keeper.h"

#include <QFileInfo>
#include <exception>
#include <utility>

#include "app/studio/document/document_file.h"
#include "core/base/error.h"

namespace purlscope::app {
namespace fs = std::filesystem;
namespace {

constexpr int kLookAfter = 250;  // ms: one look for all that changes at once

QString text_of(const fs::path& path) { return QString::fromStdString(path.string()); }

/// Result of work on the background thread.
struct Outcome {
  std::optional<ReadDocument> read;
  QString error;
};

Outcome read_file(const fs::path& file) {
  try {
    return {load_document(file), {}};
  } catch (const std::exception& error) {
    return {{}, QString::fromUtf8(error.what())};
  }
}

template <typename Write>
QString error_of(Write write) {
  try {
    write();
    return {};
  } catch (const std::exception& error) {
    return QString::fromUtf8(error.what());
  }
}

}  // namespace

SessionKeeper::SessionKeeper(QObject* parent) : QObject(parent) {
  change_timer_.setSingleShot(true);
  change_timer_.setInterval(kLookAfter);
  connect(&change_timer_, &QTimer::timeout, this, &SessionKeeper::check);
  connect(&autosave_timer_, &QTimer::timeout, this, &SessionKeeper::autosave_now);
}

SessionKeeper::~SessionKeeper() = default;

Document SessionKeeper::capture() const {
  Document document;
  for (const SessionPart& part : parts_) part.capture(document);
  return document;
}

void SessionKeeper::note_change() {
  if (!file_.empty() && !change_timer_.isActive()) change_timer_.start();
}

bool SessionKeeper::check() {
  if (busy()) return modified_;
  const bool modified = !file_.empty() && content_of(capture()) != baseline_;
  if (modified != std::exchange(modified_, modified)) Q_EMIT changed();
  return modified_;
}

void SessionKeeper::save(const fs::path& file, std::function<void()> then) {
  const auto document = std::make_shared<Document>(capture());
  const auto error = std::make_shared<QString>();
  background_.run([=] { *error = error_of([&] { save_document(file, *document); }); },
                  [=, this, then = std::move(then)] {
                    if (!error->isEmpty()) {
                      Q_EMIT failed(*error);
                      return;
                    }
                    file_ = file;
                    baseline_ = content_of(*document);
                    check();
                    Q_EMIT changed();
                    Q_EMIT saved(text_of(file));
                    if (then) then();
                  });
}

void SessionKeeper::open(const fs::path& file) {
  reading_ = true;
  const auto outcome = std::make_shared<Outcome>();
  background_.run([=] { *outcome = read_file(file); },
                  [=, this] {
                    reading_ = false;
                    if (outcome->read) {
                      const bool sound = outcome->read->problems.empty();
                      restore(std::move(*outcome->read), file, sound);
                    } else {
                      Q_EMIT failed(outcome->error);
                    }
                  });
}

void SessionKeeper::start_new() { restore({}, {}, true); }

void SessionKeeper::restore(ReadDocument read, const fs::path& file, bool as_saved) {
  file_ = file;
  modified_ = false;
  opened_ = read.document;
  pending_ = Pending{std::move(read.document), std::move(read.problems), as_saved};
  Pending& now = *pending_;
  const fs::path clip = now.document.clip;
  for (const SessionPart& part : parts_) {
    if (part.restore) part.restore(now.document, now.problems);
  }
  if (clip.empty()) finish();
}

void SessionKeeper::clip_settled(const fs::path& clip) {
  if (!pending_) return;
  if (clip != pending_->document.clip) pending_->document.clip.clear();  // somebody has opened another one meanwhile
  finish();
}

void SessionKeeper::finish() {
  Pending done = std::move(*pending_);
  for (const SessionPart& part : parts_) {
    if (part.restore_on_clip) part.restore_on_clip(done.document, done.problems);
  }
  pending_.reset();
  baseline_ = done.as_saved ? content_of(capture()) : std::string();
  modified_ = !done.as_saved && !file_.empty();
  Q_EMIT changed();
  QStringList problems;
  for (const std::string& problem : done.problems) problems.append(QString::fromStdString(problem));
  Q_EMIT restored(QFileInfo(text_of(file_)).fileName(), problems);
}

std::string SessionKeeper::worth(Document document) const {
  if (document.clip.parent_path() == places_of(document.clip).bundled) document.clip.clear();
  return content_of(std::move(document));
}

void SessionKeeper::begin_autosave(const fs::path& folder, int seconds) {
  ground_ = worth(capture());
  autosave_ = std::make_shared<Autosave>(folder);
  autosave_timer_.start(seconds * 1000);
  const auto found = std::make_shared<std::deque<Left>>();
  background_.run(
      [=] {
        for (LeftAutosave& place : Autosave::left_behind(folder)) {
          Outcome outcome = read_file(place.file);
          const QDateTime when = QFileInfo(text_of(place.file)).lastModified();
          found->push_back({std::move(place), std::move(outcome.read), outcome.error, when});
        }
      },
      [=, this] {
        left_ = std::move(*found);
        offer_left();
      });
}

void SessionKeeper::autosave_now() {
  if (!autosave_ || busy()) return;
  Document document = capture();
  std::string content = content_of(document);
  const bool anything = file_.empty() ? worth(document) != ground_ : content != baseline_;
  if (!anything) content.clear();
  if (content == autosaved_) return;
  autosaved_ = content;
  if (!anything) {
    background_.run([autosave = autosave_] { autosave->remove(); });
    return;
  }
  document.autosave_of = file_;
  const auto error = std::make_shared<QString>();
  background_.run(
      [=, autosave = autosave_, document = std::move(document)] {
        *error = error_of([&] { autosave->write(write_document(document, {{}, places_of({}).bundled})); });
      },
      [=, this] {
        if (!error->isEmpty()) Q_EMIT failed(*error);
      });
}

void SessionKeeper::offer_left() {
  if (left_.empty()) return;
  const Left& left = left_.front();
  const fs::path of = left.read ? left.read->document.autosave_of : fs::path();
  Q_EMIT left_found(QString::fromStdString(of.filename().string()), left.when);
}

void SessionKeeper::restore_left() {
  if (left_.empty()) return;
  Left left = std::move(left_.front());
  left_.clear();  // the others are offered by the next window: restoring one replaces what is open
  if (!left.read) {
    Q_EMIT failed(left.error);
    return;
  }
  const auto forget = [this, place = left.place](const QString&, const QStringList&) {
    autosave_now();  // first the new one, so that a crash meanwhile loses nothing
    background_.run([place] { Autosave::forget(place); });
  };
  connect(this, &SessionKeeper::restored, this, forget, Qt::SingleShotConnection);
  const fs::path file = left.read->document.autosave_of;
  restore(std::move(*left.read), file, false);
}

void SessionKeeper::discard_left() {
  if (left_.empty()) return;
  background_.run([place = left_.front().place] { Autosave::forget(place); });
  left_.pop_front();
  offer_left();
}

}  // namespace purlscope::app
