#pragma once

#include <QString>
#include <QUndoCommand>

class QUndoStack;

namespace purlscope::app {

/// A step that may lose its meaning: the camera of a clip that is no longer shown cannot be brought back.
class Step : public QUndoCommand {
 public:
  using QUndoCommand::QUndoCommand;
  virtual bool applies() const = 0;
};

/// Kinds of steps that become one when they follow each other: walking through a list of choices, looking round.
enum StepKind { kCameraStep = 1, kPersonStep, kColourMapStep };

/// Name of the step that undo_step() takes back or redo_step() does again, empty when there is none. Steps that no
/// longer apply are passed over. Thread: UI.
QString undo_text(const QUndoStack& stack);
QString redo_text(const QUndoStack& stack);
bool can_undo(const QUndoStack& stack);
bool can_redo(const QUndoStack& stack);
void undo_step(QUndoStack& stack);
void redo_step(QUndoStack& stack);

}  // namespace purlscope::app
