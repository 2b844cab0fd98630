#include "app/studio/history/history.h"

#include <QUndoStack>

namespace purlscope::app {
namespace {

bool applies(const QUndoCommand* command) {
  const auto* step = dynamic_cast<const Step*>(command);
  return step == nullptr || step->applies();
}

/// The step to be taken back, null when none is left.
const QUndoCommand* next_back(const QUndoStack& stack) {
  for (int i = stack.index() - 1; i >= 0; --i) {
    if (applies(stack.command(i))) return stack.command(i);
  }
  return nullptr;
}

const QUndoCommand* next_forth(const QUndoStack& stack) {
  for (int i = stack.index(); i < stack.count(); ++i) {
    if (applies(stack.command(i))) return stack.command(i);
  }
  return nullptr;
}

QString text_of(const QUndoCommand* command) { return command == nullptr ? QString() : command->text(); }

}  // namespace

QString undo_text(const QUndoStack& stack) { return text_of(next_back(stack)); }
QString redo_text(const QUndoStack& stack) { return text_of(next_forth(stack)); }
bool can_undo(const QUndoStack& stack) { return next_back(stack) != nullptr; }
bool can_redo(const QUndoStack& stack) { return next_forth(stack) != nullptr; }

void undo_step(QUndoStack& stack) {
  if (!can_undo(stack)) return;
  while (!applies(stack.command(stack.index() - 1))) stack.undo();
  stack.undo();
}

void redo_step(QUndoStack& stack) {
  if (!can_redo(stack)) return;
  while (!applies(stack.command(stack.index()))) stack.redo();
  stack.redo();
}

}  // namespace purlscope::app
