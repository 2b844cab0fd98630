#pragma once

#include <QWidget>
#include <optional>
#include <vector>

class QButtonGroup;
class QComboBox;
class QLabel;
class QStackedWidget;

namespace purlscope::app {

class AttentionMatrix;
struct AttentionChoice;
class EngineLink;
class Player;
class Session;
struct ShownAttention;

/// What each sentence of the chosen label looks at: over joints (now, or the whole clip) or over time. A click chooses
/// the sentence and pins the joint. Thread: UI.
class AttentionPanel : public QWidget {
  Q_OBJECT

 public:
  /// @param engine tells why there is no attention
  AttentionPanel(Session* session, Player* player, const EngineLink* engine, QWidget* parent = nullptr);

  AttentionChoice choice() const;
  void set_choice(const AttentionChoice& choice);

  /// Both matrices as they are now; nothing while there is no attention.
  std::optional<ShownAttention> shown() const;

  /// Controls for the dock's title bar.
  QWidget* controls() const { return controls_; }

 Q_SIGNALS:
  /// By the user.
  void choice_changed();

 private:
  enum class Axis { joints, time };

  QWidget* make_controls();
  void refresh();
  /// What is missing before there is attention, and how to go on.
  QString empty_text() const;
  void refresh_time();
  void refresh_marks();
  void cell_chosen(std::size_t row, std::size_t column);
  std::vector<bool> active_nodes() const;

  Session* session_;
  Player* player_;
  const EngineLink* engine_;
  Axis axis_ = Axis::joints;
  QWidget* controls_;
  QButtonGroup* axes_;
  QComboBox* scope_;
  QComboBox* measure_;
  QStackedWidget* pages_;
  AttentionMatrix* matrix_;
  QLabel* empty_;
  QLabel* foot_;
  std::vector<std::size_t> joint_order_;
  std::vector<bool> shown_nodes_;
};

}  // namespace purlscope::app
