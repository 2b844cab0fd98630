#include "app/studio/session/session.h"

#include <QUndoCommand>
#include <algorithm>
#include <cmath>
#include <utility>

#include "app/studio/history/value_step.h"
#include "core/text/descriptions.h"

namespace purlscope::app {

/// One change of the label list, by value: lists are small.
class LabelsCommand final : public QUndoCommand {
 public:
  LabelsCommand(Session* session, core::LabelSet after, const QString& text, std::optional<std::size_t> choose)
      : QUndoCommand(text),
        session_(session),
        before_(session->labels_),
        after_(std::move(after)),
        chosen_before_(session->label_),
        chosen_after_(choose) {}

  void undo() override { session_->apply_labels(before_, chosen_before_); }
  void redo() override { session_->apply_labels(after_, chosen_after_); }

 private:
  Session* session_;
  core::LabelSet before_;
  core::LabelSet after_;
  std::optional<std::size_t> chosen_before_;
  std::optional<std::size_t> chosen_after_;
};

Session::Session(QObject* parent) : QObject(parent) {}

void Session::set_clip(core::ClipPtr clip) {
  live_ = false;
  origin_ = 0.0;
  numbers_.clear();
  show(std::move(clip));
}

void Session::set_live(LiveView view) {
  const bool known = std::exchange(live_, true);
  origin_ = view.origin;
  numbers_ = std::move(view.numbers);
  if (!known) {
    show(std::move(view.clip));
    return;
  }
  clip_ = std::move(view.clip);
  person_ = locked_person();
  Q_EMIT live_advanced();
}

std::optional<int> Session::locked_person() const {
  if (!lock_) return std::nullopt;
  const auto found = std::ranges::find(clip_->persons, lock_->id, &core::Person::id);
  if (found == clip_->persons.end()) return std::nullopt;
  return static_cast<int>(found - clip_->persons.begin());
}

std::function<bool()> Session::clip_scope() const {
  return [this, shown = clip_number_] { return clip_ != nullptr && clip_number_ == shown; };
}

int Session::person_number(std::size_t index) const {
  return index < numbers_.size() ? numbers_[index] : static_cast<int>(index);
}

void Session::show(core::ClipPtr clip) {
  clip_ = std::move(clip);
  ++clip_number_;
  person_.reset();
  lock_.reset();
  pins_.clear();
  recognition_.reset();
  recognised_from_ = origin_;
  stale_ = false;
  Q_EMIT clip_changed();
  Q_EMIT recognition_changed();
  Q_EMIT selection_changed();
}

void Session::set_person(std::optional<int> person) {
  if (person && (!clip_ || *person < 0 || static_cast<std::size_t>(*person) >= clip_->persons.size())) return;
  std::optional<PersonLock> lock;
  if (person) {
    const auto index = static_cast<std::size_t>(*person);
    lock = PersonLock{clip_->persons[index].id, person_number(index)};
  }
  if (person == person_ && lock == lock_) return;
  person_ = person;
  lock_ = std::move(lock);
  stale_ = recognition_ != nullptr;
  Q_EMIT person_changed();
}

void Session::choose_person(std::optional<int> person) {
  if (person == person_ && lock_.has_value() == person.has_value()) return;
  const QString text = person ? tr("choose person %1").arg(person_number(static_cast<std::size_t>(*person)) + 1)
                              : tr("follow the most active person");
  // By id: a live source's persons come and go.
  const auto apply = [this](const std::optional<std::string>& id) {
    const auto found = std::ranges::find(clip_->persons, id.value_or(std::string()), &core::Person::id);
    const bool known = id && found != clip_->persons.end();
    set_person(known ? std::optional(static_cast<int>(found - clip_->persons.begin())) : std::nullopt);
  };
  const auto before = lock_ ? std::optional(lock_->id) : std::nullopt;
  const auto after = person ? std::optional(clip_->persons[static_cast<std::size_t>(*person)].id) : std::nullopt;
  undo_.push(new ValueStep<std::optional<std::string>>(text, before, after, apply, clip_scope(), kPersonStep));
}

void Session::add_label(const std::string& typed) {
  std::vector<std::string> texts;
  for (const core::Label& label : labels_.labels) texts.push_back(label.text);
  texts.push_back(core::clean_label(typed));
  core::LabelSet checked = core::make_label_set(texts);
  core::LabelSet next = labels_;
  next.labels.push_back(std::move(checked.labels.back()));
  const std::size_t added = labels_.labels.size();
  label_by_user_ = true;
  push_labels(std::move(next), tr("add “%1”").arg(QString::fromStdString(texts.back())), added);
}

void Session::replace_labels(const std::vector<std::string>& texts) {
  core::LabelSet next = core::make_label_set(texts);
  label_by_user_ = false;
  push_labels(std::move(next), tr("use %1 other labels").arg(texts.size()), std::nullopt);
}

void Session::remove_label(std::size_t label) {
  if (label >= labels_.labels.size()) return;
  core::LabelSet next = labels_;
  const QString text = tr("remove “%1”").arg(QString::fromStdString(next.labels[label].text));
  next.labels.erase(next.labels.begin() + static_cast<std::ptrdiff_t>(label));
  std::optional<std::size_t> choose = label_;
  if (choose && *choose >= label) choose = *choose == 0 ? 0 : *choose - (*choose > label ? 1 : 0);
  if (choose && *choose >= next.labels.size()) {
    choose = next.labels.empty() ? std::nullopt : std::optional(next.labels.size() - 1);
  }
  push_labels(std::move(next), text, choose);
}

void Session::edit_sentence(std::size_t label, std::size_t sentence, const std::string& text) {
  if (label >= labels_.labels.size() || sentence >= core::kSentenceCount) return;
  core::LabelSet next = labels_;
  core::Sentence& target = next.labels[label].sentences[sentence];
  const core::Sentence suggested = core::suggested_label(next.labels[label]).sentences[sentence];
  target = text.empty() || text == suggested.text ? suggested : core::Sentence{text, core::Origin::edited};
  const core::Sentence& now = labels_.labels[label].sentences[sentence];
  if (target.text == now.text) return;
  push_labels(std::move(next), tr("edit sentence"), label_);
}

void Session::reset_sentences(std::size_t label) {
  if (!edited(label)) return;
  core::LabelSet next = labels_;
  next.labels[label].sentences = core::suggested_label(next.labels[label]).sentences;
  push_labels(std::move(next), tr("reset sentences"), label_);
}

void Session::take_described(const core::LabelSet& described) {
  bool changed = false;
  for (core::Label& label : labels_.labels) {
    const auto found = std::ranges::find(described.labels, label.text, &core::Label::text);
    if (found == described.labels.end() || found->nearest.empty() || !core::is_undescribed(label)) continue;
    label = *found;
    changed = true;
  }
  if (changed) Q_EMIT labels_changed();
}

bool Session::edited(std::size_t label) const {
  if (label >= labels_.labels.size()) return false;
  const auto& sentences = labels_.labels[label].sentences;
  return std::any_of(sentences.begin(), sentences.end(),
                     [](const core::Sentence& s) { return s.origin == core::Origin::edited; });
}

void Session::load_labels(const std::vector<std::string>& texts) { load_labels(core::make_label_set(texts)); }

void Session::load_labels(const core::LabelSet& labels) {
  apply_labels(labels, std::nullopt);
  undo_.clear();
}

void Session::push_labels(core::LabelSet next, const QString& text, std::optional<std::size_t> choose) {
  undo_.push(new LabelsCommand(this, std::move(next), text, choose));
}

void Session::apply_labels(const core::LabelSet& labels, std::optional<std::size_t> choose) {
  labels_ = labels;
  label_ = choose;
  stale_ = recognition_ != nullptr;
  Q_EMIT labels_changed();
  Q_EMIT selection_changed();
}

void Session::choose_label(std::optional<std::size_t> label) {
  if (label && *label >= labels_.labels.size()) return;
  label_by_user_ = label.has_value();
  if (!label) {
    follow_best();
    return;
  }
  if (label == label_) return;
  label_ = label;
  Q_EMIT selection_changed();
}

void Session::choose_sentence(std::optional<std::size_t> sentence) {
  if (sentence && *sentence >= core::kSentenceCount) return;
  sentence_by_user_ = true;
  if (sentence == sentence_) return;
  sentence_ = sentence;
  Q_EMIT selection_changed();
}

Choice Session::choice() const {
  return {label_by_user_ ? label_ : std::nullopt, sentence_by_user_, sentence_by_user_ ? sentence_ : std::nullopt};
}

void Session::set_choice(const Choice& choice) {
  label_by_user_ = choice.label && *choice.label < labels_.labels.size();
  sentence_by_user_ = choice.has_sentence;
  label_ = label_by_user_ ? choice.label : std::nullopt;
  sentence_ = sentence_by_user_ ? choice.sentence : std::nullopt;
  follow_best();
  Q_EMIT selection_changed();
}

void Session::set_recognition(core::RecognitionPtr recognition, double from) {
  recognition_ = std::move(recognition);
  recognised_from_ = from;
  stale_ = false;
  follow_best();
  Q_EMIT recognition_changed();
}

void Session::follow_best() {
  if (!recognition_ || recognition_->labels.empty()) return;
  const auto before = std::pair(label_, sentence_);
  if (!label_by_user_ || !label_) {
    const std::string& best = recognition_->labels[recognition_->ranking().front()].label;
    for (std::size_t i = 0; i < labels_.labels.size(); ++i) {
      if (labels_.labels[i].text == best) label_ = i;
    }
  }
  const core::LabelScore* chosen = label_ ? score(*label_) : nullptr;
  if (!sentence_by_user_ && chosen != nullptr) {
    const auto strongest = std::max_element(chosen->levels.begin(), chosen->levels.end());
    sentence_ = static_cast<std::size_t>(strongest - chosen->levels.begin());
  }
  if (before != std::pair(label_, sentence_)) Q_EMIT selection_changed();
}

std::optional<std::size_t> Session::scored(std::size_t label) const {
  if (!recognition_ || label >= labels_.labels.size()) return std::nullopt;
  const auto& scores = recognition_->labels;
  const auto found = std::find_if(scores.begin(), scores.end(),
                                  [&](const core::LabelScore& s) { return s.label == labels_.labels[label].text; });
  if (found == scores.end()) return std::nullopt;
  return static_cast<std::size_t>(found - scores.begin());
}

const core::LabelScore* Session::score(std::size_t label) const {
  const auto index = scored(label);
  return index ? &recognition_->labels[*index] : nullptr;
}

void Session::toggle_pin(const Pin& pin) {
  const auto found = std::find(pins_.begin(), pins_.end(), pin);
  if (found == pins_.end()) {
    pins_.push_back(pin);
  } else {
    pins_.erase(found);
  }
  Q_EMIT selection_changed();
}

void Session::set_pins(std::vector<Pin> pins) {
  pins_ = std::move(pins);
  Q_EMIT selection_changed();
}

void Session::change_display(const Display& display, const QString& text) {
  if (display == display_) return;
  Display map_alone = display_;
  map_alone.colour_map = display.colour_map;
  const int kind = map_alone == display ? int{kColourMapStep} : ValueStep<Display>::kSeparate;
  const auto apply = [this](const Display& value) { set_display(value); };
  undo_.push(new ValueStep<Display>(text, display_, display, apply, {}, kind));
}

void Session::set_display(const Display& display) {
  if (display == display_) return;
  display_ = display;
  Q_EMIT display_changed();
}

}  // namespace purlscope::app
