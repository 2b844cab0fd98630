#include "app/studio/dataset/clip_filter.h"

#include <QCoreApplication>
#include <algorithm>

#include "core/base/ascii.h"

namespace purlscope::app {
namespace {

std::string folded(const QString& text) { return text.toCaseFolded().toStdString(); }

bool is_ascii(const std::string& text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string folded(const std::string& text) {
  return is_ascii(text) ? core::lower_ascii(text) : folded(QString::fromStdString(text));
}

std::string word(const char* text) { return folded(QCoreApplication::translate("FolderListing", text)); }

/// What the search looks at, in one buffer that is used again for every clip.
class SearchText {
 public:
  explicit SearchText(const core::Dataset& dataset) {
    classes_.reserve(dataset.classes.size());
    for (const std::string& name : dataset.classes) classes_.push_back(folded(name));
  }

  const std::string& of(const core::DatasetEntry& entry) {
    text_ = folded(entry.file.filename().string());
    std::string base = text_;
    std::ranges::replace(base, '_', ' ');  // as the list shows it
    text_ += ' ' + base;
    if (entry.label_index >= 0 && static_cast<std::size_t>(entry.label_index) < classes_.size()) {
      text_ += ' ' + classes_[static_cast<std::size_t>(entry.label_index)];
    }
    add(subject_, entry.subject);
    add(camera_, entry.camera);
    add(take_, entry.repetition);
    text_ += ' ';
    return text_;
  }

 private:
  void add(const std::string& name, const std::string& value) {
    if (value.empty()) return;
    text_ += ' ';
    text_ += name;
    text_ += ' ';
    text_ += value;
  }

  std::vector<std::string> classes_;
  std::string subject_ = word("subject"), camera_ = word("camera"), take_ = word("take");
  std::string text_;
};

/// Sides of every clip in a choice.
class Sides {
 public:
  Sides(const core::Dataset& dataset, const SplitChoice& split) : unseen_(dataset.classes.size()) {
    for (const int label : split.unseen) unseen_.at(static_cast<std::size_t>(label)) = true;
    if (!split.recordings) return;
    train_.resize(dataset.entries.size());
    test_.resize(dataset.entries.size());
    const core::SplitSides sides = core::divide(dataset, *split.recordings);
    for (const std::size_t entry : sides.train) train_[entry] = true;
    for (const std::size_t entry : sides.test) test_[entry] = true;
  }

  bool in(SplitPart part, int label, std::size_t entry) const {
    const bool known = label >= 0 && static_cast<std::size_t>(label) < unseen_.size();
    const bool unseen = known && unseen_[static_cast<std::size_t>(label)];
    const bool train = !train_.empty() && train_[entry];
    const bool test = !test_.empty() && test_[entry];
    switch (part) {
      case SplitPart::all:
        return true;
      case SplitPart::seen:
        return known && !unseen;
      case SplitPart::unseen:
        return unseen;
      case SplitPart::train:
        return train;
      case SplitPart::test:
        return test;
      case SplitPart::to_train:
        return known && !unseen && train;
      case SplitPart::to_test:
        return unseen && test;
    }
    return true;
  }

 private:
  std::vector<bool> unseen_, train_, test_;
};

/// The words of a search; "subject 3" is one, which "subject 30" does not answer.
std::vector<std::string> words_of(const QString& search) {
  const std::vector<std::string> names{word("subject"), word("camera"), word("take")};
  std::vector<std::string> words;
  bool named = false;
  for (const QString& part : search.toCaseFolded().split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
    const std::string text = part.toStdString();
    const bool number = text.find_first_not_of("0123456789") == std::string::npos;
    if (named && number) {
      words.back() += ' ' + text + ' ';
    } else {
      words.push_back(text);
    }
    named = std::ranges::find(names, text) != names.end();
  }
  return words;
}

}  // namespace

std::vector<std::uint32_t> matching_clips(const core::Dataset& dataset, const SplitChoice& split,
                                          const ClipFilter& filter) {
  const std::vector<std::string> words = words_of(filter.search);
  const Sides sides(dataset, split);
  SearchText text(dataset);
  const auto found = [&](const core::DatasetEntry& entry) {
    if (words.empty()) return true;
    const std::string& all = text.of(entry);
    return std::ranges::all_of(words, [&](const std::string& w) { return all.find(w) != std::string::npos; });
  };
  std::vector<std::uint32_t> clips;
  for (std::size_t i = 0; i < dataset.entries.size(); ++i) {
    const core::DatasetEntry& entry = dataset.entries[i];
    if (filter.only && !std::ranges::binary_search(*filter.only, static_cast<std::uint32_t>(i))) continue;
    if (filter.label >= 0 && entry.label_index != filter.label) continue;
    if (!filter.subject.empty() && entry.subject != filter.subject) continue;
    if (!filter.camera.empty() && entry.camera != filter.camera) continue;
    if (!sides.in(filter.part, entry.label_index, i) || !found(entry)) continue;
    clips.push_back(static_cast<std::uint32_t>(i));
  }
  return clips;
}

}  // namespace purlscope::app
