#include "app/studio/panels/labels/sentence_editor.h"

#include <QAbstractTextDocumentLayout>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QStyle>
#include <QTextBlock>
#include <QTextDocument>
#include <QToolButton>

#include "app/studio/session/session.h"
#include "app/studio/theme/icons.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/words.h"

namespace purlscope::app {
namespace {

/// One line that ends in dots where the room ends.
class ElidedLabel final : public QLabel {
 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(text(), Qt::ElideRight, width()));
  }
};

void mark_edited(QLabel* origin, bool edited) {
  origin->setObjectName(edited ? QStringLiteral("edited_note") : QStringLiteral("note"));
  origin->style()->unpolish(origin);  // the style sheet goes by the name
  origin->style()->polish(origin);
}

}  // namespace

SentenceEdit::SentenceEdit(QWidget* parent) : QPlainTextEdit(parent) {
  setTabChangesFocus(true);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setPlaceholderText(tr("Empty: the suggested sentence comes back"));
  document()->setDocumentMargin(0);
  setAcceptDrops(false);  // a file dropped here is to be opened, not typed
  viewport()->setAcceptDrops(false);
  connect(this, &QPlainTextEdit::textChanged, this, &SentenceEdit::fit_height);
  connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
          &SentenceEdit::fit_height);
  fit_height();
}

void SentenceEdit::set_sentence(const QString& text) {
  committed_ = text;
  if (toPlainText() != text) setPlainText(text);
}

void SentenceEdit::fit_height() {
  int lines = 0;
  for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
    document()->documentLayout()->blockBoundingRect(block);  // lays the block out where that has not been done yet
    lines += std::max(1, block.layout()->lineCount());
  }
  setFixedHeight(std::max(1, lines) * fontMetrics().lineSpacing() + 14);
}

void SentenceEdit::resizeEvent(QResizeEvent* event) {
  QPlainTextEdit::resizeEvent(event);
  fit_height();
}

bool SentenceEdit::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride && toPlainText() == committed_) {
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {  // they mean the committed sentence
      event->ignore();
      return true;
    }
  }
  return QPlainTextEdit::event(event);
}

void SentenceEdit::focusInEvent(QFocusEvent* event) {
  QPlainTextEdit::focusInEvent(event);
  Q_EMIT focused();
}

void SentenceEdit::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    commit();
    return;
  }
  if (event->key() == Qt::Key_Escape) {
    if (toPlainText() == committed_) {
      Q_EMIT left();
    } else {
      setPlainText(committed_);
    }
    return;
  }
  QPlainTextEdit::keyPressEvent(event);
}

void SentenceEdit::focusOutEvent(QFocusEvent* event) {
  QPlainTextEdit::focusOutEvent(event);
  commit();
}

void SentenceEdit::commit() {
  const QString text = toPlainText().simplified().left(kMaxLength);
  if (text == committed_) return;
  committed_ = text;
  Q_EMIT committed(text);
}

SentenceEditor::SentenceEditor(Session* session, QWidget* parent) : QWidget(parent), session_(session) {
  setObjectName(QStringLiteral("sentence_editor"));
  auto* back = new QToolButton;
  back->setObjectName(QStringLiteral("sentences_back"));
  back->setIcon(themed_icon(QStringLiteral("chevron-left")));
  back->setText(tr("Labels"));
  back->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  back->setProperty("flat", true);
  back->setFocusPolicy(Qt::TabFocus);
  back->setAccessibleName(tr("Back to the labels"));
  back->setToolTip(tr("Back to the table of labels"));
  title_ = new ElidedLabel;
  title_->setObjectName(QStringLiteral("head"));
  title_->setTextFormat(Qt::PlainText);
  title_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  reset_ = new QPushButton(tr("Reset all"));
  reset_->setObjectName(QStringLiteral("sentences_reset"));
  reset_->setProperty("flat", true);
  reset_->setFocusPolicy(Qt::TabFocus);
  reset_->setToolTip(tr("Bring back the suggested sentences of this label"));
  score_ = new QLabel;
  score_->setObjectName(QStringLiteral("sentences_score"));
  score_->setAccessibleName(tr("Score of the label"));
  auto* top = new QHBoxLayout;
  top->addWidget(back);
  top->addWidget(title_, 1);
  top->addWidget(score_);
  top->addWidget(reset_);

  auto* content = new QWidget;
  auto* grid = new QGridLayout(content);
  grid->setContentsMargins(0, 0, 4, 0);
  grid->setHorizontalSpacing(kGrid);
  grid->setVerticalSpacing(6);
  grid->setColumnStretch(1, 1);
  for (std::size_t i = 0; i < core::kSentenceCount; ++i) {
    auto* name = new QLabel(sentence_name(i));
    origins_[i] = new QLabel;
    origins_[i]->setObjectName(QStringLiteral("note"));
    edits_[i] = new SentenceEdit;
    edits_[i]->setObjectName(QStringLiteral("sentence_%1").arg(QString::fromUtf8(core::kSentences[i].data())));
    edits_[i]->setAccessibleName(tr("Sentence “%1”").arg(sentence_name(i)));
    edits_[i]->setToolTip(tr("Enter scores the new sentence at once, Escape brings the old one back"));
    auto* side = new QVBoxLayout;
    side->setSpacing(0);
    side->addWidget(name);
    side->addWidget(origins_[i]);
    side->addStretch();
    const int row = static_cast<int>(i);
    grid->addLayout(side, row, 0);
    grid->addWidget(edits_[i], row, 1);
    connect(edits_[i], &SentenceEdit::committed, this, [this, i](const QString& text) {
      if (const auto index = label()) session_->edit_sentence(*index, i, text.toStdString());
      refresh();
    });
    connect(edits_[i], &SentenceEdit::focused, this, [this, i] {
      if (session_->sentence() != i) session_->choose_sentence(i);
    });
    connect(edits_[i], &SentenceEdit::left, this, &SentenceEditor::left);
  }
  grid->setRowStretch(static_cast<int>(core::kSentenceCount), 1);
  auto* scroll = new QScrollArea;
  scroll->setWidget(content);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(6);
  layout->addLayout(top);
  layout->addWidget(scroll, 1);

  connect(back, &QToolButton::clicked, this, &SentenceEditor::closed);
  connect(reset_, &QPushButton::clicked, this, [this] {
    if (const auto index = label()) session_->reset_sentences(*index);
  });
  connect(session, &Session::labels_changed, this, &SentenceEditor::refresh);
  connect(session, &Session::recognition_changed, this, &SentenceEditor::update_score);
}

void SentenceEditor::show_label(std::size_t label) {
  label_text_ = session_->labels().labels[label].text;
  refresh();
  edits_[session_->sentence().value_or(0)]->setFocus();
}

std::optional<std::size_t> SentenceEditor::label() const {
  const auto& labels = session_->labels().labels;
  for (std::size_t i = 0; label_text_ && i < labels.size(); ++i) {
    if (labels[i].text == *label_text_) return i;
  }
  return std::nullopt;
}

void SentenceEditor::refresh() {
  const auto index = label();
  if (!index) {
    if (label_text_) Q_EMIT closed();
    label_text_.reset();
    return;
  }
  const core::Label& shown = session_->labels().labels[*index];
  title_->setText(QString::fromStdString(shown.text));
  title_->setToolTip(plain_tooltip(title_->text()));
  update_score();
  reset_->setEnabled(session_->edited(*index));
  for (std::size_t i = 0; i < core::kSentenceCount; ++i) {
    edits_[i]->set_sentence(QString::fromStdString(shown.sentences[i].text));
    origins_[i]->setText(origin_name(shown, i));
    origins_[i]->setToolTip(plain_tooltip(origins_[i]->text()));
    mark_edited(origins_[i], shown.sentences[i].origin == core::Origin::edited);
  }
}

void SentenceEditor::update_score() {
  const auto index = label();
  const core::LabelScore* score = index ? session_->score(*index) : nullptr;
  score_->setText(score != nullptr ? per_cent(score->probability) : QStringLiteral("–"));
}

}  // namespace purlscope::app
