#include "app/studio/panels/input_panel.h"

#include <QFormLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include "app/studio/session/engine_link.h"
#include "app/studio/session/session.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/words.h"
#include "core/engine/refined.h"

namespace purlscope::app {
namespace {

constexpr int kWarningsShown = 8;

QString joined(const std::vector<std::string>& names) {
  QStringList list;
  for (const std::string& name : names) list.append(QString::fromStdString(name));
  return list.join(QStringLiteral(", "));
}

QString frames_text(std::size_t frames) {
  return counted(qsizetype(frames), InputPanel::tr("%1 frame"), InputPanel::tr("%1 frames"));
}

QString rate(double fps) { return QStringLiteral("%1 fps").arg(fps, 0, 'g', 4); }

}  // namespace

InputPanel::InputPanel(Session* session, EngineLink* engine, QWidget* parent)
    : QWidget(parent), session_(session), engine_(engine) {
  setObjectName(QStringLiteral("input_panel"));
  content_ = new QWidget;
  form_ = new QFormLayout(content_);
  form_->setContentsMargins(0, 0, 0, 0);
  form_->setHorizontalSpacing(12);
  form_->setVerticalSpacing(2);
  form_->setRowWrapPolicy(QFormLayout::DontWrapRows);
  file_ = add_row(tr("Clip"));
  warnings_ = add_row(tr("Warnings"));
  warnings_->setObjectName(QStringLiteral("warning"));
  recording_ = add_row(tr("Recorded"));
  fed_ = add_row(tr("Fed"));
  joints_ = add_row(tr("Joints"));
  model_ = add_row(tr("Model"));
  text_ = add_row(tr("Text"));
  auto* scroll = new QScrollArea;
  scroll->setWidget(content_);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(scroll);
  connect(session, &Session::clip_changed, this, &InputPanel::refresh);
  connect(session, &Session::recognition_changed, this, &InputPanel::refresh);
  connect(engine, &EngineLink::state_changed, this, &InputPanel::refresh);
  refresh();
}

QLabel* InputPanel::add_row(const QString& name) {
  auto* head = new QLabel(name);
  head->setObjectName(QStringLiteral("muted"));
  head->setAlignment(Qt::AlignLeft | Qt::AlignTop);
  auto* value = new QLabel;
  value->setTextFormat(Qt::PlainText);
  value->setWordWrap(true);
  value->setTextInteractionFlags(Qt::TextSelectableByMouse);
  value->setAccessibleName(name);
  form_->addRow(head, value);
  return value;
}

void InputPanel::refresh() {
  fill_clip();
  fill_window();
  const QStringList list = warnings();
  QString text = QStringList(list.mid(0, kWarningsShown)).join(QLatin1Char('\n'));
  if (list.size() > kWarningsShown) text += QLatin1Char('\n') + tr("and %1 more").arg(list.size() - kWarningsShown);
  warnings_->setText(text);
  Q_EMIT warned(list.size());
  form_->setRowVisible(warnings_, !list.isEmpty());
  fit_height();
}

std::vector<std::pair<QString, QString>> InputPanel::facts() const {
  std::vector<std::pair<QString, QString>> facts;
  const auto add = [&](QLabel* row, const QString& text) {
    if (!text.isEmpty()) facts.emplace_back(static_cast<const QLabel*>(form_->labelForField(row))->text(), text);
  };
  add(file_, file_words_.full);
  add(warnings_, warnings().join(QLatin1Char('\n')));
  add(recording_, recording_->text());
  add(fed_, fed_->text());
  add(joints_, joints_words_.full);
  add(model_, model_->text());
  add(text_, text_->text());
  return facts;
}

void InputPanel::fit_height() {
  const auto fits = [&] { return form_->totalHeightForWidth(width()) <= height(); };
  joints_->setText(joints_words_.full);
  file_->setText(file_words_.full);
  if (!fits()) joints_->setText(joints_words_.compact);
  if (!fits()) file_->setText(file_words_.compact);
  // A scroll area asks for the least height, which forgets that lines may wrap.
  content_->setMinimumHeight(form_->totalHeightForWidth(content_->width()));
}

void InputPanel::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fit_height();
}

void InputPanel::fill_clip() {
  const core::ClipPtr& clip = session_->clip();
  if (!clip) {
    file_words_ = {tr("No clip is open."), tr("No clip is open.")};
    file_->setToolTip({});
    recording_->setText(QStringLiteral("–"));
    return;
  }
  const QString name = QString::fromStdString(clip->name);
  const QString label = clip->label ? tr(" (its label: %1)").arg(QString::fromStdString(*clip->label)) : QString();
  file_words_ = {name + label, name};
  file_->setToolTip(plain_tooltip(QString::fromStdString(clip->path) + label));
  const QStringList facts{frames_text(clip->frames), rate(clip->rate()),
                          counted(qsizetype(clip->persons.size()), tr("%1 person"), tr("%1 persons"))};
  recording_->setText(facts.join(QStringLiteral(" · ")));
}

void InputPanel::fill_window() {
  const core::RecognitionPtr& result = session_->recognition();
  if (!result) {
    fed_->setText(QStringLiteral("–"));
    joints_words_ = {QStringLiteral("–"), QStringLiteral("–")};
    joints_->setToolTip({});
    model_->setText(engine_->state() == EngineLink::State::ready ? QString::fromStdString(engine_->info().model)
                                                                 : QStringLiteral("–"));
    text_->setText(QStringLiteral("–"));
    return;
  }
  const core::Window& w = result->window;
  QStringList fed{tr("%1–%2 s").arg(w.begin, 0, 'f', 1).arg(w.end, 0, 'f', 1), frames_text(w.frames), rate(w.fps)};
  if (w.persons.size() > 1) fed.append(counted(qsizetype(w.persons.size()), tr("%1 person"), tr("%1 persons")));
  if (w.skipped_frames > 0) fed.append(tr("%1 without the person left out").arg(frames_text(w.skipped_frames)));
  fed_->setText(fed.join(QStringLiteral(" · ")));

  fill_joints(w);
  const QString model = QString::fromStdString(result->model);
  model_->setText(core::refinement_acts(*result) ? tr("%1 · refined").arg(model) : model);
  text_->setText(QStringLiteral("%1 · %2").arg(QString::fromStdString(result->text_encoder),
                                               QString::fromStdString(result->scoring)));
}

void InputPanel::fill_joints(const core::Window& w) {
  QStringList names, counts;
  const auto add = [&](const QString& kind, const std::vector<std::string>& joints) {
    if (joints.empty()) return;
    names.append(QStringLiteral("%1: %2").arg(kind, joined(joints)));
    counts.append(QStringLiteral("%1 %2").arg(joints.size()).arg(kind));
  };
  add(tr("inferred"), w.inferred_joints);
  add(tr("missing"), w.missing_joints);
  if (names.isEmpty()) names = counts = {tr("all measured")};
  const core::JointLayout& from = *session_->clip()->layout;
  const auto way = [](const std::string& one, const std::string& other) {
    return QStringLiteral("%1 → %2").arg(QString::fromStdString(one), QString::fromStdString(other));
  };
  const auto listed = [](const QString& first, const QStringList& rest) {
    return (QStringList(first) + rest).join(QStringLiteral(" · "));
  };
  joints_words_ = {listed(way(from.id, w.layout->id), names), listed(way(from.id, w.layout->id), counts)};
  joints_->setToolTip(plain_tooltip(listed(way(from.title, w.layout->title), names)));
}

QStringList InputPanel::warnings() const {
  QStringList list;
  if (session_->clip()) {
    for (const std::string& text : session_->clip()->warnings) list.append(QString::fromStdString(text));
  }
  if (session_->recognition()) {
    for (const std::string& text : session_->recognition()->window.warnings) list.append(QString::fromStdString(text));
  }
  list.removeDuplicates();
  return list;
}

}  // namespace purlscope::app
