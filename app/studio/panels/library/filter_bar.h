#pragma once

#include <QWidget>

#include "app/studio/dataset/clip_filter.h"
#include "app/studio/dataset/folder_listing.h"

class QComboBox;
class QToolButton;

namespace purlscope::app {

/// Chooses class, subject, camera and part of the split whose clips are listed. Shows only what divides the folder.
/// Thread: UI.
class FilterBar : public QWidget {
  Q_OBJECT

 public:
  explicit FilterBar(QWidget* parent = nullptr);

  /// Offers what a folder has; nothing is chosen then.
  void show(const FolderListing& listing, const SplitChoice& split);
  /// Offers other parts; a part that is gone is chosen no longer.
  void show_split(const SplitChoice& split);
  /// Puts what is chosen into a filter; the search stays.
  void apply_to(ClipFilter& filter) const;
  bool chosen() const;
  void clear();

 Q_SIGNALS:
  void changed();
  void split_wanted();

 private:
  QComboBox* add(const char* name, const QString& about, const QString& tooltip);

  QComboBox* class_;
  QComboBox* subject_;
  QComboBox* camera_;
  QComboBox* part_;
  QToolButton* split_;
};

}  // namespace purlscope::app
