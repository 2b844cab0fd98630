#include "app/studio/panels/timeline/mark_edit.h"

#include "app/studio/history/value_step.h"
#include "app/studio/session/player.h"
#include "app/studio/session/session.h"

namespace purlscope::app {
namespace {

struct Marks {
  std::optional<double> a;
  std::optional<double> b;
  bool operator==(const Marks&) const = default;
};

Marks marks_of(const Player& player) { return {player.clock().a(), player.clock().b()}; }

}  // namespace

void edit_marks(Session* session, Player* player, const QString& text, const std::function<void()>& change) {
  const Marks before = marks_of(*player);
  change();
  const Marks after = marks_of(*player);
  if (before == after) return;
  const auto apply = [player](const Marks& marks) { player->set_part(marks.a, marks.b); };
  session->undo_stack()->push(new ValueStep<Marks>(text, before, after, apply, session->clip_scope()));
}

}  // namespace purlscope::app
