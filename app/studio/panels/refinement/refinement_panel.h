#pragma once

#include <QWidget>
#include <functional>
#include <nlohmann/json_fwd.hpp>

#include "app/studio/refinement/arrival_record.h"

class QAbstractButton;
class QButtonGroup;
class QLabel;
class QStackedWidget;

namespace purlscope::app {

class AskRow;
class BankView;
class CommandTable;
class OptionsForm;
class RefinementLink;
class RefinementSummary;
class ScoreBars;
class TextBars;
class Session;
class ToggleSwitch;

/// Learning from what is watched, made visible: where it stands, what the bank remembers, scores without and with it,
/// and its options. Thread: UI.
class RefinementPanel : public QWidget {
  Q_OBJECT

 public:
  enum Page { kSummary, kBank, kScores, kTexts, kOptions };

  RefinementPanel(Session* session, RefinementLink* link, QWidget* parent = nullptr);

  /// The switch, for the title bar of the dock.
  QAbstractButton* control() const;
  /// Makes the buttons of the commands.
  void add_buttons(const CommandTable& commands);
  void show_page(Page page);
  /// Asks before something is lost. @param go  text of the button that runs `run`
  void ask(const QString& question, const QString& go, std::function<void()> run);
  /// What would be lost, for a question: "What was learned from 61 windows will be lost."
  QString loss() const;

 Q_SIGNALS:
  /// A window of the bank is to be shown.
  void chosen(const Arrival& arrival);

 private:
  QWidget* make_tabs();
  QWidget* make_bank_page();
  QWidget* make_scores_page();
  QWidget* make_texts_page();
  void refresh();
  void refresh_bank();
  void refresh_scores();
  void refresh_texts();
  void apply(const nlohmann::json& settings);

  Session* session_;
  RefinementLink* link_;
  ToggleSwitch* switch_;
  QButtonGroup* tabs_;
  QStackedWidget* pages_;
  AskRow* ask_;
  RefinementSummary* summary_;
  BankView* bank_;
  QLabel* bank_note_;
  ScoreBars* scores_;
  TextBars* texts_;
  QLabel* scores_note_;
  OptionsForm* options_;
};

}  // namespace purlscope::app
