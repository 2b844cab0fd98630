#pragma once

#include <QAbstractListModel>

#include "app/studio/dataset/folder_listing.h"

namespace purlscope::app {

/// The problems of a folder; a row is made when it is looked at. Thread: UI.
class ProblemModel : public QAbstractListModel {
  Q_OBJECT

 public:
  /// What is wrong in a few words, in a sentence, what to do, path of the first clip it is about (may be empty); the
  /// text of a row is that clip's name. All QString.
  enum Role { kTitle = Qt::UserRole, kText, kRemedy, kPath };

  using QAbstractListModel::QAbstractListModel;
  void show(FolderListingPtr listing);

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;

 private:
  FolderListingPtr listing_;
};

}  // namespace purlscope::app
