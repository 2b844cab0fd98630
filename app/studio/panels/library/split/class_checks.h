#pragma once

#include <QAbstractListModel>
#include <vector>

#include "app/studio/dataset/folder_listing.h"

namespace purlscope::app {

/// The classes of a data set with their numbers of clips; checked ones are unseen. Thread: UI.
class ClassChecks : public QAbstractListModel {
  Q_OBJECT

 public:
  enum Role { kClips = Qt::UserRole };

  using QAbstractListModel::QAbstractListModel;
  void show(FolderListingPtr listing);
  /// Quiet: `edited` is for what the user does.
  void set_unseen(const std::vector<int>& classes);
  /// In class order.
  std::vector<int> unseen() const;

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;

 Q_SIGNALS:
  void edited();

 private:
  FolderListingPtr listing_;
  std::vector<bool> unseen_;
};

}  // namespace purlscope::app
