#pragma once

#include <QAbstractTableModel>
#include <optional>
#include <vector>

#include "core/report/evaluation/evaluation.h"

namespace purlscope::app {

/// The classes of an evaluation, a row each, with those of another one beside where it is compared. Thread: UI.
class ClassModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { kClass, kClips, kRight, kBefore, kOther, kShare, kColumns };
  /// Number to sort by; share of a bar (double, 0 to 1).
  enum Role { kSort = Qt::UserRole, kBar };

  explicit ClassModel(QObject* parent = nullptr);

  /// @param other  to compare with, null for none; its classes are found by their names
  void show(const core::Evaluation* evaluation, const core::Evaluation* other);
  bool has_before() const { return has_before_; }
  bool has_other() const { return has_other_; }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  QVariant data(const QModelIndex& index, int role) const override;

 private:
  struct Row {
    core::ClassResult result;
    std::optional<double> other;
  };
  QVariant shown(const Row& row, int column) const;
  QVariant sorted(const Row& row, int column) const;

  std::vector<Row> rows_;
  bool has_before_ = false;
  bool has_other_ = false;
};

}  // namespace purlscope::app
