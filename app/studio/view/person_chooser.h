#pragma once

#include <QComboBox>

namespace purlscope::app {

class Session;

/// Chooses the person that is recognised; hidden where there is only one. Thread: UI.
class PersonChooser : public QComboBox {
  Q_OBJECT

 public:
  explicit PersonChooser(Session* session, QWidget* parent = nullptr);

 private:
  void fill();
  void follow();

  Session* session_;
};

}  // namespace purlscope::app
