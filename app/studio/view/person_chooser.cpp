#include "app/studio/view/person_chooser.h"

#include <QSignalBlocker>

#include "app/studio/session/session.h"

namespace purlscope::app {

PersonChooser::PersonChooser(Session* session, QWidget* parent) : QComboBox(parent), session_(session) {
  setAccessibleName(tr("Person"));
  setToolTip(tr("The person that is recognised; by default the one who moves most"));
  setFocusPolicy(Qt::TabFocus);
  connect(this, &QComboBox::activated, session,
          [session](int row) { session->set_person(row <= 0 ? std::nullopt : std::optional(row - 1)); });
  connect(session, &Session::clip_changed, this, &PersonChooser::fill);
  connect(session, &Session::person_changed, this, &PersonChooser::follow);
  fill();
}

void PersonChooser::fill() {
  const core::ClipPtr& clip = session_->clip();
  const std::size_t persons = clip ? clip->persons.size() : 0;
  const QSignalBlocker quiet(this);
  clear();
  addItem(tr("Most active person"));
  for (std::size_t i = 0; i < persons; ++i) addItem(tr("Person %1").arg(i + 1));
  setVisible(persons > 1);
  follow();
}

void PersonChooser::follow() { setCurrentIndex(session_->person() ? *session_->person() + 1 : 0); }

}  // namespace purlscope::app
