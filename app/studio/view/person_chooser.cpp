#include "app/studio/view/person_chooser.h"

#include <QAbstractItemView>
#include <QSignalBlocker>

#include "app/studio/session/session.h"

namespace purlscope::app {

PersonChooser::PersonChooser(Session* session, QWidget* parent) : QComboBox(parent), session_(session) {
  setAccessibleName(tr("Person"));
  setToolTip(tr("The person that is recognised; by default the one who moves most"));
  setFocusPolicy(Qt::TabFocus);
  connect(this, &QComboBox::activated, session, [session](int row) {
    const int persons = session->clip() ? static_cast<int>(session->clip()->persons.size()) : 0;
    if (row <= persons) session->choose_person(row <= 0 ? std::nullopt : std::optional(row - 1));
  });
  connect(session, &Session::clip_changed, this, &PersonChooser::fill);
  connect(session, &Session::live_advanced, this, &PersonChooser::refill);
  connect(session, &Session::person_changed, this, &PersonChooser::refill);
  fill();
}

PersonChooser::Listed PersonChooser::wanted() const {
  Listed list;
  const std::size_t persons = session_->clip() ? session_->clip()->persons.size() : 0;
  for (std::size_t i = 0; i < persons; ++i) list.numbers.push_back(session_->person_number(i));
  if (session_->person_lock() && !session_->person()) list.absent = session_->person_lock()->number;
  return list;
}

void PersonChooser::refill() {
  if (wanted() == listed_) {
    follow();
  } else if (!view()->isVisible()) {  // not under the pointer of somebody who chooses
    fill();
  }
}

void PersonChooser::fill() {
  listed_ = wanted();
  const QSignalBlocker quiet(this);
  clear();
  addItem(tr("Most active person"));
  for (const int number : listed_.numbers) addItem(tr("Person %1").arg(number + 1));
  if (listed_.absent) addItem(tr("Person %1, out of view").arg(*listed_.absent + 1));
  setVisible(count() > 2 || listed_.absent);
  follow();
}

void PersonChooser::follow() {
  setCurrentIndex(session_->person() ? *session_->person() + 1 : listed_.absent ? count() - 1 : 0);
}

}  // namespace purlscope::app
