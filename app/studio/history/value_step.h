#pragma once

#include <QUndoCommand>
#include <concepts>
#include <functional>
#include <utility>

#include "app/studio/history/history.h"

namespace purlscope::app {

/// A change of one value that a person has made. It is applied when pushed.
template <typename T>
class ValueStep final : public Step {
 public:
  using Apply = std::function<void(const T&)>;

  /// @param applies  whether the step still means something; empty = always
  /// @param kind     steps of the same kind that follow each other directly are one; kSeparate = never
  ValueStep(const QString& text, T before, T after, Apply apply, std::function<bool()> applies = {},
            int kind = kSeparate)
      : Step(text),
        before_(std::move(before)),
        after_(std::move(after)),
        apply_(std::move(apply)),
        applies_(std::move(applies)),
        kind_(kind) {}

  bool applies() const override { return !applies_ || applies_(); }
  int id() const override { return kind_; }

  void undo() override {
    if (applies()) apply_(before_);
  }
  void redo() override {
    if (applies()) apply_(after_);
  }

  bool mergeWith(const QUndoCommand* later) override {
    const auto* other = dynamic_cast<const ValueStep*>(later);
    if (other == nullptr || !applies()) return false;
    after_ = other->after_;
    setText(other->text());
    if constexpr (std::equality_comparable<T>) setObsolete(before_ == after_);
    return true;
  }

  static constexpr int kSeparate = -1;

 private:
  T before_;
  T after_;
  Apply apply_;
  std::function<bool()> applies_;
  int kind_;
};

}  // namespace purlscope::app
