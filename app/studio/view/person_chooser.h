#pragma once

#include <QComboBox>
#include <optional>
#include <vector>

namespace purlscope::app {

class Session;

/// Chooses the person that is recognised; hidden where there is only one. A live source's person stays chosen while
/// out of view. Thread: UI.
class PersonChooser : public QComboBox {
  Q_OBJECT

 public:
  explicit PersonChooser(Session* session, QWidget* parent = nullptr);

 private:
  void fill();
  void refill();
  void follow();

  /// Numbers of the persons to choose from, and the chosen one's where out of view.
  struct Listed {
    std::vector<int> numbers;
    std::optional<int> absent;
    bool operator==(const Listed&) const = default;
  };
  Listed wanted() const;

  Session* session_;
  Listed listed_;
};

}  // namespace purlscope::app
