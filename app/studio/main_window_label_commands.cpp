// The rows of the command table that concern labels and their sentences.

#include <algorithm>

#include "app/studio/commands/command_table.h"
#include "app/studio/main_window.h"
#include "app/studio/panels/labels/label_model.h"
#include "app/studio/panels/labels/labels_panel.h"
#include "app/studio/panels/library/library_panel.h"
#include "app/studio/widgets/banner.h"
#include "app/studio/widgets/dock.h"
#include "app/studio/words.h"
#include "core/base/error.h"

namespace purlscope::app {
namespace {

QString id(const char* text) { return QString::fromLatin1(text); }

QList<QKeySequence> key(const char* text) { return {QKeySequence(QString::fromLatin1(text))}; }

}  // namespace

void MainWindow::use_labels(const std::vector<std::string>& names) {
  try {
    session_->replace_labels(names);
    labels_dock_->reveal();
  } catch (const Error& error) {
    banner_->show_error(Banner::Source::scores, QString::fromUtf8(error.what()));
  }
}

void MainWindow::add_label_commands() {
  const QString group = tr("Labels");
  const auto chosen = [this] { return session_->label().has_value(); };
  const auto move = [this](int rows) {
    const LabelModel* model = labels_->model();
    if (model->rowCount() == 0) return;
    const int now = session_->label() ? model->row_of(*session_->label()) : -1;
    session_->choose_label(model->label_of(std::clamp(now + rows, 0, model->rowCount() - 1)));
  };
  const auto any = [this] { return !session_->labels().labels.empty(); };
  commands_->add(group, {.id = id("labels.new"),
                         .text = tr("New label..."),
                         .tooltip = tr("Type an action and see its score"),
                         .keys = key("N"),
                         .run =
                             [this] {
                               labels_dock_->reveal();
                               labels_->focus_line();
                             },
                         .icon = id("plus")});
  commands_->add(group, {.id = id("labels.next"),
                         .text = tr("Next label"),
                         .tooltip = tr("Choose the label below"),
                         .keys = key("Alt+Down"),
                         .run = [move] { move(1); },
                         .enabled = any,
                         .repeats = true});
  commands_->add(group, {.id = id("labels.previous"),
                         .text = tr("Previous label"),
                         .tooltip = tr("Choose the label above"),
                         .keys = key("Alt+Up"),
                         .run = [move] { move(-1); },
                         .enabled = any,
                         .repeats = true});
  commands_->add(group, {.id = id("labels.follow"),
                         .text = tr("Follow the best label"),
                         .tooltip = tr("Show the label with the highest score, whichever that is"),
                         .keys = {},
                         .run = [this] { session_->choose_label(std::nullopt); },
                         .enabled = any,
                         .checked = [this] { return session_->follows_best_label(); }});
  commands_->add(group, {.id = id("labels.sentences"),
                         .text = tr("Edit sentences..."),
                         .tooltip = tr("Show and edit the eight sentences of the chosen label"),
                         .keys = key("E"),
                         .run =
                             [this] {
                               labels_dock_->reveal();
                               labels_->open_sentences();
                             },
                         .enabled = chosen,
                         .icon = id("edit")});
  commands_->add(group, {.id = id("labels.reset"),
                         .text = tr("Reset sentences"),
                         .tooltip = tr("Bring back the suggested sentences of the chosen label"),
                         .keys = {},
                         .run = [this] { session_->reset_sentences(*session_->label()); },
                         .enabled = [this] { return session_->label() && session_->edited(*session_->label()); },
                         .icon = id("reset")});
  commands_->add(group, {.id = id("labels.remove"),
                         .text = tr("Remove label"),
                         .tooltip = tr("Remove the chosen label; undo brings it back"),
                         .keys = key("Ctrl+Delete"),
                         .run = [this] { session_->remove_label(*session_->label()); },
                         .enabled = chosen,
                         .icon = id("trash")});
  commands_->add(group, {.id = id("labels.rank"),
                         .text = tr("Sort by score"),
                         .tooltip = tr("Order the labels by falling score instead of as typed"),
                         .keys = key("S"),
                         .run =
                             [this] {
                               labels_->set_rank_order(!labels_->model()->rank_order());
                               settings_.set_rank_order(labels_->model()->rank_order());
                             },
                         .checked = [this] { return labels_->model()->rank_order(); },
                         .icon = id("rank")});
  commands_->add(group, {.id = id("labels.unseen"),
                         .text = tr("Use unseen classes as labels"),
                         .tooltip = tr("Take the unseen classes of the split chosen in the library as labels"),
                         .keys = {},
                         .run = [this] { use_labels(library_->unseen_classes()); },
                         .enabled = [this] { return !library_->unseen_classes().empty(); }});
}

void MainWindow::add_sentence_commands() {
  const QString group = tr("Sentences");
  for (std::size_t i = 0; i < core::kSentenceCount; ++i) {
    const QString name = sentence_name(i);
    commands_->add(group, {.id = id("sentence.") + id(core::kSentences[i].data()),
                           .text = tr("Show what “%1” looks at").arg(name),
                           .tooltip = tr("Colour the joints by the sentence “%1”").arg(name),
                           .keys = {QKeySequence(QStringLiteral("Alt+%1").arg(i + 1))},
                           .run = [this, i] { session_->choose_sentence(i); },
                           .enabled = [this] { return session_->label().has_value(); },
                           .checked = [this, i] { return session_->sentence() == i; }});
  }
  commands_->add(group, {.id = id("sentence.none"),
                         .text = tr("Show plain joints"),
                         .tooltip = tr("Colour no joints"),
                         .keys = key("Alt+0"),
                         .run = [this] { session_->choose_sentence(std::nullopt); },
                         .checked = [this] { return !session_->sentence().has_value(); }});
}

}  // namespace purlscope::app
