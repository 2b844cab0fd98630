#include "app/studio/panels/attention/attention_panel.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "app/studio/panels/attention/attention_matrix.h"
#include "app/studio/panels/attention/joint_groups.h"
#include "app/studio/session/engine_link.h"
#include "app/studio/session/model_joints.h"
#include "app/studio/session/player.h"
#include "app/studio/session/session.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/words.h"

namespace purlscope::app {
AttentionPanel::AttentionPanel(Session* session, Player* player, const EngineLink* engine, QWidget* parent)
    : QWidget(parent), session_(session), player_(player), engine_(engine) {
  setObjectName(QStringLiteral("attention_panel"));
  matrix_ = new AttentionMatrix;
  empty_ = new QLabel;
  empty_->setObjectName(QStringLiteral("muted"));
  empty_->setWordWrap(true);
  empty_->setAlignment(Qt::AlignCenter);
  pages_ = new QStackedWidget;
  pages_->addWidget(matrix_);
  pages_->addWidget(empty_);
  foot_ = new QLabel;
  foot_->setObjectName(QStringLiteral("note"));
  foot_->setTextFormat(Qt::PlainText);
  foot_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  controls_ = make_controls();
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(6);
  layout->addWidget(pages_, 1);
  auto* foot_row = new QHBoxLayout;
  foot_row->setSpacing(kGrid);
  foot_row->addWidget(foot_, 1);
  foot_row->addWidget(scope_);
  foot_row->addWidget(measure_);
  layout->addLayout(foot_row);

  connect(matrix_, &AttentionMatrix::cell_chosen, this, &AttentionPanel::cell_chosen);
  for (const auto signal : {&Session::clip_changed, &Session::labels_changed, &Session::recognition_changed,
                            &Session::selection_changed, &Session::display_changed}) {
    connect(session, signal, this, &AttentionPanel::refresh);
  }
  connect(player, &Player::time_changed, this, &AttentionPanel::refresh_time);
  connect(engine, &EngineLink::state_changed, this, &AttentionPanel::refresh);
  refresh();
}

QWidget* AttentionPanel::make_controls() {
  auto* bar = new QWidget;
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(2);
  axes_ = new QButtonGroup(this);
  const auto tab = [&](const QString& text, const QString& tooltip, Axis axis) {
    auto* button = new QToolButton;
    button->setText(text);
    button->setCheckable(true);
    button->setChecked(axis == axis_);
    button->setProperty("flat", true);
    button->setProperty("text_button", true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolTip(tooltip);
    button->setAccessibleName(tooltip);
    axes_->addButton(button, static_cast<int>(axis));
    row->addWidget(button);
    connect(button, &QToolButton::clicked, this, [this, axis] {
      axis_ = axis;
      refresh();
      Q_EMIT choice_changed();
    });
  };
  tab(tr("Joints"), tr("Sentences over joints"), Axis::joints);
  tab(tr("Time"), tr("Sentences over stretches of time"), Axis::time);
  scope_ = new QComboBox;
  scope_->addItems({tr("At playhead"), tr("Whole clip")});
  scope_->setCurrentIndex(1);
  scope_->setAccessibleName(tr("Part of the clip"));
  scope_->setToolTip(tr("Attention of the moments that cover the playhead, or of the whole clip"));
  scope_->setFocusPolicy(Qt::TabFocus);
  measure_ = new QComboBox;
  measure_->setObjectName(QStringLiteral("measure_chooser"));
  measure_->addItems({tr("Attention"), tr("Contribution")});
  measure_->setAccessibleName(tr("Measure"));
  measure_->setToolTip(tr("Attention: where the sentence looks. Contribution: exact share in the label's score"));
  measure_->setFocusPolicy(Qt::TabFocus);
  for (QComboBox* chooser : {scope_, measure_}) chooser->setProperty("flat", true);
  connect(scope_, &QComboBox::activated, this, [this] {
    refresh();
    Q_EMIT choice_changed();
  });
  connect(measure_, &QComboBox::activated, this, [this](int index) {
    Display display = session_->display();
    display.contribution = index == 1;
    session_->change_display(display, tr("measure"));
  });
  return bar;
}

AttentionChoice AttentionPanel::choice() const { return {axis_ == Axis::time, scope_->currentIndex() == 1}; }

void AttentionPanel::set_choice(const AttentionChoice& choice) {
  axis_ = choice.over_time ? Axis::time : Axis::joints;
  axes_->button(static_cast<int>(axis_))->setChecked(true);
  scope_->setCurrentIndex(choice.whole_clip ? 1 : 0);
  refresh();
}

std::vector<bool> AttentionPanel::active_nodes() const {
  const auto& spans = session_->recognition()->spans;
  std::vector<bool> active(spans.size(), true);
  if (scope_->currentIndex() == 1) return active;
  double time = player_->time() - session_->recognition_start();
  if (session_->live() && !spans.empty()) {  // the newest pose is later than what could be scored
    const auto last = std::max_element(spans.begin(), spans.end(), [](auto& a, auto& b) { return a.end < b.end; });
    time = std::min(time, std::nextafter(last->end, last->begin));
  }
  for (std::size_t i = 0; i < spans.size(); ++i) active[i] = time >= spans[i].begin && time < spans[i].end;
  return active;
}

std::optional<ShownAttention> AttentionPanel::shown() const {
  const auto label = session_->label();
  const auto scored = label ? session_->scored(*label) : std::nullopt;
  if (!scored || *scored >= session_->recognition()->attention.size()) return std::nullopt;
  const Display& display = session_->display();
  ShownAttention shown;
  shown.recognition = session_->recognition();
  shown.label = *scored;
  shown.contribution = display.contribution;
  if (scope_->currentIndex() == 0) shown.moment = player_->time() - session_->recognition_start();
  const MatrixLook look{display.contribution, display.contribution ? "coolwarm" : display.colour_map};
  shown.over_joints = joints_matrix(*shown.recognition, *scored, active_nodes(), look);
  shown.over_time = time_matrix(*shown.recognition, *scored, look);
  return shown;
}

QString AttentionPanel::empty_text() const {
  const auto words = [](const QString& head, const QString& next) {
    return QStringLiteral("<p><b>%1</b><br>%2</p>").arg(head.toHtmlEscaped(), next.toHtmlEscaped());
  };
  if (engine_->state() == EngineLink::State::failed) {
    return words(tr("There is no model"), tr("The message above the view says why and what to do."));
  }
  if (!session_->clip()) return words(tr("No recording is open"), tr("Open a file, or drop one on the window."));
  if (session_->labels().labels.empty()) {
    return words(tr("No labels yet"), tr("Type an action under Labels to see what its sentences look at."));
  }
  if (!session_->label()) {
    return words(tr("No label is chosen"), tr("Choose one under Labels to see what its sentences look at."));
  }
  if (engine_->state() == EngineLink::State::loading) {
    return words(tr("The model is loading"), tr("Attention appears as soon as it is ready."));
  }
  const QString label = QString::fromStdString(session_->labels().labels[*session_->label()].text);
  return words(tr("“%1” has no scores yet").arg(label), tr("Attention appears once they are there."));
}

void AttentionPanel::refresh() {
  measure_->setCurrentIndex(session_->display().contribution ? 1 : 0);
  scope_->setVisible(axis_ == Axis::joints);
  const std::optional<ShownAttention> now = shown();
  if (!now) {
    empty_->setText(empty_text());
    pages_->setCurrentWidget(empty_);
    foot_->clear();
    return;
  }
  joint_order_ = joints_by_part(*now->recognition->layout);
  shown_nodes_ = active_nodes();
  matrix_->set_data(axis_ == Axis::joints ? now->over_joints : now->over_time);
  pages_->setCurrentWidget(matrix_);
  refresh_marks();
}

void AttentionPanel::refresh_time() {
  if (pages_->currentWidget() != matrix_ || axis_ != Axis::joints || !session_->recognition()) return;
  if (active_nodes() != shown_nodes_) refresh();
}

void AttentionPanel::refresh_marks() {
  matrix_->set_chosen_row(session_->sentence());
  std::vector<std::size_t> marked;
  const MatrixData& shown = matrix_->data();
  if (axis_ == Axis::joints) {
    for (std::size_t column = 0; column < joint_order_.size(); ++column) {
      const auto joint = clip_joint(*session_, joint_order_[column]);
      const auto& pins = session_->pins();
      if (joint && std::any_of(pins.begin(), pins.end(), [&](const Pin& p) { return p.joint == *joint; })) {
        marked.push_back(column);
      }
    }
  }
  matrix_->set_marked_columns(std::move(marked));
  const auto sentence = session_->sentence();
  if (!sentence) {
    foot_->setText(tr("Choose a sentence"));
    return;
  }
  const auto begin = shown.values.begin() + static_cast<std::ptrdiff_t>(*sentence * shown.columns.size());
  const auto top = std::max_element(begin, begin + static_cast<std::ptrdiff_t>(shown.columns.size()));
  const QString value = shown.diverging ? signed_number(*top, 3) : QString::number(static_cast<double>(*top), 'f', 3);
  foot_->setText(tr("most: %1 %2").arg(shown.columns[static_cast<std::size_t>(top - begin)], value));
  foot_->setToolTip(foot_->text());
  matrix_->setAccessibleDescription(tr("Sentence “%1”, %2").arg(sentence_name(*sentence), foot_->text()));
}

void AttentionPanel::cell_chosen(std::size_t row, std::size_t column) {
  session_->choose_sentence(row);
  if (axis_ == Axis::time) {
    player_->seek(session_->recognition_start() + session_->recognition()->spans[column].begin);
    return;
  }
  pin_model_joint(*session_, joint_order_[column]);
}

}  // namespace purlscope::app
