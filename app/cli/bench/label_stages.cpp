#include <fmt/format.h>

#include <memory>

#include "app/cli/bench/stages.h"
#include "core/base/stopwatch.h"
#include "core/text/descriptions.h"

namespace purlscope::app::cli {
namespace {

constexpr std::size_t kManyLabels = 120;

/// A described label whose name and sentences nobody has encoded before.
core::Label new_label(std::size_t number) {
  core::Label label = core::describe_label("throw");
  label.text = fmt::format("throw {}", number);
  for (core::Sentence& sentence : label.sentences) sentence.text += fmt::format(" {}", number);
  return label;
}

/// Labels of different names with the same sentences: scoring them costs as much as any other, encoding them less.
core::LabelSet many_labels() {
  core::LabelSet labels;
  for (std::size_t i = 0; i < kManyLabels; ++i) {
    labels.labels.push_back(core::describe_label("throw"));
    labels.labels.back().text = fmt::format("throw {}", i);
  }
  return labels;
}

Prepared score_many(Subject& subject, bool with_attention) {
  const core::Window& window = subject.window();
  subject.engine().set_labels(many_labels());
  return {[&subject, &window, with_attention] {
    return subject.engine().recognise(window, with_attention).timings.attention;
  }};
}

}  // namespace

Prepared prepare_new_label(Subject& subject) {
  const core::Window& window = subject.window();
  return {[&subject, &window, number = std::make_shared<std::size_t>(0)] {
    const core::LabelSet labels{{new_label((*number)++)}};
    const core::Stopwatch watch;
    subject.engine().set_labels(labels);
    subject.engine().recognise(window, false);
    return watch.ms();
  }};
}

Prepared prepare_encode_label(Subject& subject) {
  subject.engine().set_labels(core::make_label_set({"throw"}));  // opens the text encoder
  return {[&subject, number = std::make_shared<std::size_t>(0)] {
    const core::Label label = new_label((*number)++);
    std::vector<std::string> texts = {label.text};
    for (const core::Sentence& sentence : label.sentences) {
      texts.push_back(sentence.text);
      texts.push_back(label.text + ": " + sentence.text);
    }
    const core::Stopwatch watch;
    subject.engine().encode(texts);
    return watch.ms();
  }};
}

Prepared prepare_score_120(Subject& subject) { return score_many(subject, false); }
Prepared prepare_explain_120(Subject& subject) { return score_many(subject, true); }

}  // namespace purlscope::app::cli
