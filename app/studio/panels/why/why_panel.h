#pragma once

#include <QWidget>
#include <cstddef>
#include <optional>
#include <vector>

#include "app/studio/panels/why/what_if.h"
#include "app/studio/panels/why/why_rows.h"

class QComboBox;
class QLabel;
class QStackedWidget;
class QTreeWidget;
class QTreeWidgetItem;

namespace purlscope::app {

class Player;
class Session;

/// *Why this label?*: what the margin of the chosen label over another is made of, exactly, by sentence, body part and
/// time; and, measured by scoring again, what it would be had a body part or a stretch of time been hidden. A line
/// chooses its sentence, pins its joint, or goes to its time. Thread: UI.
class WhyPanel : public QWidget {
  Q_OBJECT

 public:
  WhyPanel(Session* session, Player* player, WhatIf* what_if, QWidget* parent = nullptr);

  /// Whether anybody can see it: a dock behind another tab counts as visible for Qt. Nothing is worked out meanwhile.
  void set_in_sight(bool in_sight);

  /// The chosen label's margin over the chosen rival (else the runner-up), with what has been measured of it; nothing
  /// while there are no two scores.
  std::optional<WhyTable> table() const;

 private:
  void refresh();
  void fill_rivals(std::size_t label);
  void fill_rows();
  void make_items();
  void fill_hidden();
  WhatIf::Answer answer_without(const WhyRow& row) const;
  void row_chosen(const QTreeWidgetItem* item);
  /// Place in the recognition of the label to explain, and of the one to explain it against.
  std::optional<std::size_t> explained() const;
  std::optional<std::size_t> rival() const;
  QString empty_text() const;

  bool in_sight_ = false;
  Session* session_;
  Player* player_;
  WhatIf* what_if_;
  QLabel* head_;
  QLabel* note_;
  QComboBox* rivals_;
  QTreeWidget* tree_;
  QStackedWidget* pages_;
  QLabel* empty_;
  std::vector<WhyRow> rows_;
  std::vector<QTreeWidgetItem*> items_;  ///< of the rows, the tree's
};

}  // namespace purlscope::app
