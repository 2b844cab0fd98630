#pragma once

#include <QWidget>
#include <cstddef>

class QHBoxLayout;
class QLabel;
class QStackedLayout;

namespace purlscope::app {

class CommandTable;
class RefinementLink;
class Session;

/// Where refinement stands, in a few lines: counts, accuracy on arrival, the curve, what the guard says, and the
/// buttons. Thread: UI.
class RefinementSummary : public QWidget {
  Q_OBJECT

 public:
  RefinementSummary(Session* session, RefinementLink* link, QWidget* parent = nullptr);

  /// Makes the buttons of the commands.
  void add_buttons(const CommandTable& commands);

 private:
  QWidget* make_facts();
  QWidget* make_notice();
  void refresh();
  void refresh_counts();
  void refresh_arrival();
  void refresh_notice();
  QString empty_text() const;

  Session* session_;
  RefinementLink* link_;
  QStackedLayout* pages_;
  QWidget* facts_;
  QLabel* empty_;
  QLabel* counts_;
  QLabel* arrival_head_;
  QLabel* arrival_;
  QWidget* notice_row_;
  QLabel* notice_;
  QHBoxLayout* buttons_;
  std::size_t messages_hidden_ = 0;  // that the user has read
};

}  // namespace purlscope::app
