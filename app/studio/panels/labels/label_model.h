#pragma once

#include <QAbstractTableModel>
#include <vector>

namespace purlscope::app {

class ScoreLanes;
class Session;

/// The session's labels as a table: name, score, and two columns of buttons. Rows stand by falling score or in the
/// order in which they were typed. Thread: UI.
class LabelModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { kName, kScore, kOpen, kRemove, kColumnCount };
  enum Role { kProbability = Qt::UserRole, kEdited, kScored, kLaneColour };

  explicit LabelModel(Session* session, QObject* parent = nullptr);

  /// Labels that have a lane over time show its colour.
  void show_lanes(const ScoreLanes* lanes);
  /// On: by falling score; off: as typed.
  void set_rank_order(bool on);
  bool rank_order() const { return rank_order_; }
  /// Row of the table to index in the session's labels, and back. @pre the row exists; -1 for no such label
  std::size_t label_of(int row) const { return order_[static_cast<std::size_t>(row)]; }
  int row_of(std::size_t label) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  void refill();
  std::vector<std::size_t> wanted_order() const;
  QString spoken(std::size_t label) const;

  Session* session_;
  const ScoreLanes* lanes_ = nullptr;
  bool rank_order_ = true;
  std::vector<std::size_t> order_;
};

}  // namespace purlscope::app
