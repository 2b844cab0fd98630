#pragma once

#include <QWidget>

namespace purlscope::app {

/// Top of a page that covers a panel: the way back and what the page is. Thread: UI.
class PageHead : public QWidget {
  Q_OBJECT

 public:
  /// @param id  object name of the button that goes back
  /// @param where  what lies behind the page, short
  /// @param about  the button, for screen readers and as tooltip
  PageHead(const QString& id, const QString& where, const QString& title, const QString& about,
           QWidget* parent = nullptr);

 Q_SIGNALS:
  void back();
};

}  // namespace purlscope::app
