#pragma once

#include <QAbstractButton>
#include <QWidget>
#include <array>
#include <optional>

#include "core/text/labels.h"

namespace purlscope::app {

class Session;

/// One of the eight sentences: name, its share in the score, a bar. Checked = chosen.
class SentenceChip : public QAbstractButton {
  Q_OBJECT

 public:
  SentenceChip(const QString& name, QWidget* parent);
  /// @param level share in the score, nothing when there is none; @param largest largest magnitude of the eight
  void set_level(std::optional<float> level, float largest);
  QSize sizeHint() const override { return {104, 48}; }
  QSize minimumSizeHint() const override { return {64, 48}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  std::optional<float> level_;
  float fraction_ = 0.0F;  // signed, -1 to 1
};

/// The row of eight chips under the view. A click chooses the sentence, a second click on it shows plain joints again.
class SentenceChips : public QWidget {
  Q_OBJECT

 public:
  explicit SentenceChips(Session* session, QWidget* parent = nullptr);

 private:
  void update_levels();

  Session* session_;
  std::array<SentenceChip*, core::kSentenceCount> chips_{};
};

}  // namespace purlscope::app
