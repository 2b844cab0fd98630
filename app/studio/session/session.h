#pragma once

#include <QObject>
#include <QUndoStack>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clip.h"
#include "core/engine/recognition.h"
#include "core/text/labels.h"

namespace purlscope::app {

/// How the attention is shown.
struct Display {
  std::string colour_map = "viridis";
  bool contribution = false;     ///< exact share in the score instead of attention
  bool range_per_frame = false;  ///< colour range of the frame instead of the clip
  bool floor = true;
  bool trail = false;  ///< ghosts of earlier poses
  bool operator==(const Display&) const = default;
};

/// What of the attention the matrix shows.
struct AttentionChoice {
  bool over_time = false;  ///< sentences over stretches of time instead of joints
  bool whole_clip = true;  ///< over joints: of the whole clip instead of the moments at the playhead
  bool operator==(const AttentionChoice&) const = default;
};

/// A pinned joint, in the layout of the clip.
struct Pin {
  std::string person;
  int joint = 0;
  bool operator==(const Pin&) const = default;
};

/// A person chosen to be recognised. By id: a live source's clips hold only those seen in the last seconds.
struct PersonLock {
  std::string id;
  int number = 0;  ///< as people are shown it, from 0
  bool operator==(const PersonLock&) const = default;
};

/// What the user has chosen to be shown; what is not chosen follows the scores.
struct Choice {
  std::optional<std::size_t> label;
  bool has_sentence = false;
  std::optional<std::size_t> sentence;  ///< where one is chosen; nothing = plain joints
};

/// The last seconds of a live source.
struct LiveView {
  core::ClipPtr clip;
  double origin = 0.0;       ///< seconds of the stream at the clip's time 0
  std::vector<int> numbers;  ///< [persons] of each, from 0 in the order in which the stream has shown them
};

/// What the window shows: the clip, the labels, what is chosen, and the newest recognition. Plain state with signals;
/// knows neither widgets nor the engine. Thread: UI.
class Session : public QObject {
  Q_OBJECT

 public:
  explicit Session(QObject* parent = nullptr);

  const core::ClipPtr& clip() const { return clip_; }
  void set_clip(core::ClipPtr clip);
  /// Shows a live source from here on, or what it has sent since: then all that was chosen stays.
  /// @param view  with a clip
  void set_live(LiveView view);
  /// True while the clip is a live source's.
  bool live() const { return live_; }
  /// Seconds of the stream at the clip's time 0; 0 for a recording.
  double origin() const { return origin_; }
  /// Person chosen by the user (index in clip()->persons), nothing = most energetic, or not in view.
  std::optional<int> person() const { return person_; }
  void set_person(std::optional<int> person);
  /// As the user wishes it: undoable.
  void choose_person(std::optional<int> person);
  /// The chosen person, also while out of a live source's view.
  const std::optional<PersonLock>& person_lock() const { return lock_; }
  /// By which number people know a person, from 0. @param index in clip()->persons
  int person_number(std::size_t index) const;

  const core::LabelSet& labels() const { return labels_; }
  /// Adds a typed label at the end and chooses it. Undoable.
  /// @throws Error{Code::bad_argument} for empty, too long, invalid or duplicate labels
  void add_label(const std::string& typed);
  /// Replaces the whole list by these labels with their suggested sentences and follows the best one. Undoable.
  /// @throws as add_label
  void replace_labels(const std::vector<std::string>& texts);
  /// Undoable.
  void remove_label(std::size_t label);
  /// Replaces one sentence; an empty text brings back the one of the bank or template. Undoable.
  void edit_sentence(std::size_t label, std::size_t sentence, const std::string& text);
  /// Brings back all suggested sentences of a label. Undoable.
  void reset_sentences(std::size_t label);
  /// Takes the sentences that the engine found for labels nobody had described; no undo step.
  void take_described(const core::LabelSet& described);
  /// Whether a sentence of the label was typed by the user.
  bool edited(std::size_t label) const;
  /// Sets the whole list without an undo step (start-up). @throws as add_label
  void load_labels(const std::vector<std::string>& texts);
  void load_labels(const core::LabelSet& labels);
  QUndoStack* undo_stack() { return &undo_; }
  /// Tells of a later moment whether the same recording or live source is still shown.
  std::function<bool()> clip_scope() const;

  std::optional<std::size_t> label() const { return label_; }
  std::optional<std::size_t> sentence() const { return sentence_; }
  /// The user's choice: it stays. Until then, and from choosing nothing on, the best label and its strongest sentence
  /// are followed.
  void choose_label(std::optional<std::size_t> label);
  bool follows_best_label() const { return !label_by_user_; }
  void choose_sentence(std::optional<std::size_t> sentence);
  Choice choice() const;
  /// Replaces all that was chosen before.
  void set_choice(const Choice& choice);

  const core::RecognitionPtr& recognition() const { return recognition_; }
  /// @param from  seconds of the stream at the time 0 of what was recognised; 0 for a recording
  void set_recognition(core::RecognitionPtr recognition, double from = 0.0);
  /// Time of the clip at which the recognition's times begin. Seconds; not 0 for a live source alone.
  double recognition_start() const { return recognised_from_ - origin_; }
  /// True while the recognition answers an older list, other sentences or another clip.
  bool stale() const { return stale_; }
  /// Index in recognition()->labels of a label of ours, nothing when it has not been scored.
  std::optional<std::size_t> scored(std::size_t label) const;
  /// Score of a label of ours, null when it has none.
  const core::LabelScore* score(std::size_t label) const;

  static constexpr double kLiveSeconds = 20.0;  ///< how much of a live source can be scrolled back to

  const std::vector<Pin>& pins() const { return pins_; }
  void toggle_pin(const Pin& pin);
  void set_pins(std::vector<Pin> pins);

  const Display& display() const { return display_; }
  void set_display(const Display& display);
  /// As the user wishes it: undoable. @param text names the step: "floor"
  void change_display(const Display& display, const QString& text);

 Q_SIGNALS:
  void clip_changed();
  void live_advanced();  ///< the clip is a newer one of the same live source
  void person_changed();
  void labels_changed();
  void recognition_changed();
  void selection_changed();  ///< label, sentence or pins
  void display_changed();

 private:
  friend class LabelsCommand;
  void push_labels(core::LabelSet next, const QString& text, std::optional<std::size_t> choose);
  void apply_labels(const core::LabelSet& labels, std::optional<std::size_t> choose);
  void follow_best();
  void show(core::ClipPtr clip);
  std::optional<int> locked_person() const;

  core::ClipPtr clip_;
  std::uint64_t clip_number_ = 0;  // of the recordings and live sources that were shown
  bool live_ = false;
  double origin_ = 0.0;
  std::vector<int> numbers_;  // of the persons of a live clip
  std::optional<int> person_;
  std::optional<PersonLock> lock_;
  core::LabelSet labels_;
  std::optional<std::size_t> label_;
  std::optional<std::size_t> sentence_;
  bool label_by_user_ = false;
  bool sentence_by_user_ = false;
  core::RecognitionPtr recognition_;
  double recognised_from_ = 0.0;
  bool stale_ = false;
  std::vector<Pin> pins_;
  Display display_;
  QUndoStack undo_;
};

}  // namespace purlscope::app
