#pragma once

#include <QString>
#include <functional>

namespace purlscope::app {

class Player;
class Session;

/// Lets `change` move the A-B marks of the player, as one step that can be undone. @param text names it: "set A"
void edit_marks(Session* session, Player* player, const QString& text, const std::function<void()>& change);

}  // namespace purlscope::app
