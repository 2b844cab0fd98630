#pragma once

#include <QAbstractButton>
#include <QWidget>
#include <array>
#include <optional>

#include "core/text/labels.h"

class QGridLayout;

namespace purlscope::app {

class Session;

/// One of the eight sentences: name, its share in the score, a bar. Checked = chosen. Thread: UI.
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

/// The eight chips under the view, in one row or, where it is narrow, in two. A click chooses the sentence, a second
/// click on it shows plain joints again. Thread: UI.
class SentenceChips : public QWidget {
  Q_OBJECT

 public:
  explicit SentenceChips(Session* session, QWidget* parent = nullptr);

  QSize minimumSizeHint() const override;

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void update_levels();
  void arrange(int columns);

  Session* session_;
  QGridLayout* grid_;
  int columns_ = 0;
  std::array<SentenceChip*, core::kSentenceCount> chips_{};
};

}  // namespace purlscope::app
