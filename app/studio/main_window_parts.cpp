// What the window has to keep in a session, part by part, and how it is brought back.
#include <fmt/format.h>

#include <algorithm>

#include "app/studio/dataset/folder_jobs.h"
#include "app/studio/document/document_file.h"
#include "app/studio/document/document_keys.h"
#include "app/studio/document/session_keeper.h"
#include "app/studio/live/live_session.h"
#include "app/studio/live/source_words.h"
#include "app/studio/main_window.h"
#include "app/studio/panels/attention/attention_panel.h"
#include "app/studio/panels/labels/label_model.h"
#include "app/studio/panels/labels/labels_panel.h"
#include "app/studio/panels/library/library_panel.h"
#include "app/studio/session/player.h"
#include "app/studio/view/view_panel.h"
#include "app/studio/view/viewport.h"
#include "app/studio/widgets/notice.h"
#include "core/base/error.h"
#include "render/colormap.h"

namespace purlscope::app {
namespace fs = std::filesystem;
namespace {

fs::path path_of(const QString& text) { return text.toStdString(); }

/// Adds what is not there yet.
void add_missing(std::vector<fs::path>& paths, const std::vector<fs::path>& more) {
  for (const fs::path& path : more) {
    if (std::ranges::find(paths, path) == paths.end()) paths.push_back(path);
  }
}

bool shows(const Session& session, const Document& document) {
  return session.clip() && !document.clip.empty() && session.clip()->path == document.clip.string();
}

void list_sources(const LibraryPanel& library, const fs::path& bundled, Document& document) {
  document.bundled = false;
  for (const LibrarySource& source : library.sources()) {
    const fs::path path = path_of(source.path);
    if (source.path.isEmpty()) {
      for (const core::DatasetEntry& entry : source.listing->dataset.entries) document.files.push_back(entry.file);
    } else if (path == bundled) {
      document.bundled = true;
    } else {
      document.folders.push_back(path);
    }
  }
}

void restore_person(Session& session, const Document& document, Problems& problems) {
  if (!document.person) return;
  const auto& persons = session.clip()->persons;
  const auto found = std::ranges::find(persons, document.person->id, &core::Person::id);
  if (found != persons.end()) {
    session.set_person(static_cast<int>(found - persons.begin()));
    return;
  }
  problems.push_back(
      fmt::format("person.id: found \"{}\", expected one of the {} persons of {}; the most active one is followed",
                  document.person->id, persons.size(), document.clip.filename().string()));
}

}  // namespace

void MainWindow::add_session_parts() {
  keeper_->add({.capture = [this](Document& d) { capture_sources(d); },
                .restore = [this](const Document& d, Problems&) { restore_sources(d); }});
  add_label_part();
  add_clip_part();
  add_display_part();
  keeper_->add({.capture = [this](Document& d) { d.layout = dock_layout(); },
                .restore =
                    [this](const Document& d, Problems& p) {
                      if (d.layout && !restore_docks(*d.layout)) {
                        p.push_back(fmt::format("layout.version: found {}, expected {}; the panels stay where they are",
                                                d.layout->version, dock_layout().version));
                      }
                    }});
}

void MainWindow::capture_sources(Document& document) const {
  list_sources(*library_, places_of({}).bundled, document);
  add_missing(document.folders, keeper_->opened().folders);  // those still being listed, or not there just now
  add_missing(document.files, keeper_->opened().files);
  const bool recording = session_->clip() && !session_->live();
  document.clip = recording ? fs::path(session_->clip()->path) : path_of(newest_path_);
  document.live = (live_->connected() ? live_->uri() : session_source_).toStdString();
}

void MainWindow::restore_sources(const Document& document) {
  live_->disconnect_source();
  live_notice_->hide();
  newest_path_.clear();
  folder_first_ = false;
  player_->set_clip(nullptr);
  session_->set_clip(nullptr);
  library_->clear();
  if (document.bundled) list_bundled();
  for (const fs::path& folder : document.folders) folders_->open(folder);
  QStringList files;
  for (const fs::path& file : document.files) files.append(QString::fromStdString(file.string()));
  if (!files.isEmpty()) library_->add_files(files);
  if (!document.clip.empty()) open_clip(QString::fromStdString(document.clip.string()));
  session_source_ = QString::fromStdString(document.live);
  if (session_source_.isEmpty()) return;
  const QString title = source_title(session_source_);
  live_notice_->ask(tr("This session watched a live source: %1").arg(title), tr("Connect"), tr("Not now"));
}

void MainWindow::add_label_part() {
  keeper_->add({.capture =
                    [this](Document& d) {
                      const Choice choice = session_->choice();
                      d.labels = session_->labels();
                      d.labels_by_score = labels_->model()->rank_order();
                      if (choice.label) d.label = d.labels.labels[*choice.label].text;
                      if (choice.has_sentence) {
                        d.sentence = choice.sentence ? core::kSentences[*choice.sentence] : kNoSentence;
                      }
                    },
                .restore =
                    [this](const Document& d, Problems&) {
                      session_->load_labels(d.labels);
                      labels_->close_sentences();
                      labels_->set_rank_order(d.labels_by_score);
                      Choice choice;
                      const auto& labels = d.labels.labels;
                      const auto label = std::ranges::find(labels, d.label.value_or(""), &core::Label::text);
                      if (d.label && label != labels.end())
                        choice.label = static_cast<std::size_t>(label - labels.begin());
                      choice.has_sentence = d.sentence.has_value();
                      if (d.sentence && *d.sentence != kNoSentence) choice.sentence = core::sentence_index(*d.sentence);
                      session_->set_choice(choice);
                    }});
}

void MainWindow::add_clip_part() {
  keeper_->add({.capture =
                    [this](Document& d) {
                      const PlaybackClock& clock = player_->clock();
                      d.playback = {clock.time(), clock.a(), clock.b(), clock.speed(), clock.loop()};
                      if (session_->live()) d.playback.time = 0.0;  // the stream has gone on
                      d.person = session_->person_lock();
                      d.pins = session_->pins();
                      d.preset = view_->preset();
                      d.camera = view_->viewport() != nullptr ? view_->moved_camera() : keeper_->opened().camera;
                    },
                .restore =
                    [this](const Document& d, Problems&) {
                      player_->set_speed(d.playback.speed);
                      player_->set_loop(d.playback.loop);
                    },
                .restore_on_clip =
                    [this](const Document& d, Problems& p) {
                      view_->restore_camera(d.preset, d.camera);
                      if (!shows(*session_, d)) {
                        if (!d.clip.empty())
                          p.push_back(fmt::format("sources.clip: {} could not be opened", d.clip.string()));
                        return;
                      }
                      restore_person(*session_, d, p);
                      const auto joints = static_cast<int>(session_->clip()->layout->joints.size());
                      std::vector<Pin> pins = d.pins;
                      std::erase_if(pins, [joints](const Pin& pin) { return pin.joint >= joints; });
                      if (pins.size() < d.pins.size())
                        p.emplace_back("view.pins: joints that the clip does not have are left out");
                      session_->set_pins(std::move(pins));
                      player_->set_part(d.playback.a, d.playback.b);
                      player_->seek(d.playback.time);
                    }});
}

void MainWindow::add_display_part() {
  keeper_->add({.capture =
                    [this](Document& d) {
                      d.display = session_->display();
                      d.attention = attention_->choice();
                    },
                .restore =
                    [this](const Document& d, Problems& p) {
                      Display display = d.display;
                      try {
                        render::ColorMap::get(display.colour_map);
                      } catch (const Error& error) {
                        p.push_back(
                            fmt::format("display.colour_map: {}; {} is shown", error.what(), Display().colour_map));
                        display.colour_map = Display().colour_map;
                      }
                      session_->set_display(display);
                      attention_->set_choice(d.attention);
                    }});
}

}  // namespace purlscope::app
