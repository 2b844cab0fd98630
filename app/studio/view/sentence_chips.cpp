#include "app/studio/view/sentence_chips.h"

#include <QGridLayout>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "app/studio/session/session.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/words.h"

namespace purlscope::app {
namespace {

constexpr int kBarHeight = 5;
constexpr int kLevelWidth = 36;       // room of "+0.41" at the note size
constexpr float kRoundsTo0 = 0.005F;  // what "0.00" stands for has no bar

}  // namespace

SentenceChip::SentenceChip(const QString& name, QWidget* parent) : QAbstractButton(parent) {
  setText(name);
  setCheckable(true);
  setFocusPolicy(Qt::TabFocus);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void SentenceChip::set_level(std::optional<float> level, float largest) {
  level_ = level;
  const bool shown = level && std::abs(*level) >= kRoundsTo0 && largest > 0.0F;
  fraction_ = shown ? std::clamp(*level / largest, -1.0F, 1.0F) : 0.0F;
  update();
}

void SentenceChip::paintEvent(QPaintEvent*) {
  const Tokens& t = current_tokens();
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const bool marked = isChecked();
  const bool framed = marked || hasFocus() || underMouse();
  painter.setPen(framed ? QPen(marked || hasFocus() ? t.accent : t.line, 1) : QPen(Qt::NoPen));
  painter.setBrush(marked ? t.selection : t.panel);
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);

  const QRect inner = rect().adjusted(10, 6, -10, -6);
  QFont font = painter.font();
  font.setWeight(marked ? QFont::DemiBold : QFont::Normal);
  painter.setFont(font);
  painter.setPen(isEnabled() ? t.text : t.muted);
  const QString name = painter.fontMetrics().elidedText(text(), Qt::ElideRight, inner.width());
  painter.drawText(inner, Qt::AlignLeft | Qt::AlignTop, name);
  font.setWeight(QFont::Normal);
  font.setPixelSize(kNoteFont);
  painter.setFont(font);
  painter.setPen(t.muted);
  if (level_) painter.drawText(inner, Qt::AlignLeft | Qt::AlignBottom, signed_number(*level_));
  const QRectF track(inner.left() + kLevelWidth, inner.bottom() - kNoteFont / 2.0 - kBarHeight / 2.0 + 1,
                     inner.width() - kLevelWidth, kBarHeight);
  painter.setPen(Qt::NoPen);
  painter.setBrush(marked ? t.panel : t.raised);
  painter.drawRoundedRect(track, kBarHeight / 2.0, kBarHeight / 2.0);
  if (fraction_ == 0.0F) return;
  QRectF bar = track;
  bar.setWidth(std::max<double>(kBarHeight, track.width() * std::abs(fraction_)));
  painter.setBrush(fraction_ < 0 ? t.warning : t.accent);
  painter.drawRoundedRect(bar, kBarHeight / 2.0, kBarHeight / 2.0);
}

SentenceChips::SentenceChips(Session* session, QWidget* parent) : QWidget(parent), session_(session) {
  setAccessibleName(tr("Sentences"));
  grid_ = new QGridLayout(this);
  grid_->setContentsMargins(0, 0, 0, 0);
  grid_->setSpacing(kGrid);
  for (std::size_t i = 0; i < core::kSentenceCount; ++i) {
    chips_[i] = new SentenceChip(sentence_name(i), this);
    chips_[i]->setObjectName(QStringLiteral("chip_%1").arg(QString::fromUtf8(core::kSentences[i].data())));
    connect(chips_[i], &QAbstractButton::clicked, this, [this, i] {
      session_->choose_sentence(session_->sentence() == i ? std::nullopt : std::optional(i));
      update_levels();
    });
  }
  arrange(static_cast<int>(core::kSentenceCount));
  connect(session, &Session::recognition_changed, this, &SentenceChips::update_levels);
  connect(session, &Session::selection_changed, this, &SentenceChips::update_levels);
  connect(session, &Session::labels_changed, this, &SentenceChips::update_levels);
  update_levels();
}

void SentenceChips::arrange(int columns) {
  if (columns == columns_) return;
  columns_ = columns;
  for (int i = 0; i < static_cast<int>(core::kSentenceCount); ++i) {
    grid_->addWidget(chips_[static_cast<std::size_t>(i)], i / columns, i % columns);
  }
  for (int column = 0; column < static_cast<int>(core::kSentenceCount); ++column) {
    grid_->setColumnStretch(column, column < columns ? 1 : 0);
  }
  updateGeometry();
}

QSize SentenceChips::minimumSizeHint() const {
  const QSize chip = chips_.front()->minimumSizeHint();
  const int rows = static_cast<int>(core::kSentenceCount) / columns_;
  return {4 * chip.width() + 3 * kGrid, rows * chip.height() + (rows - 1) * kGrid};
}

void SentenceChips::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  const int all = static_cast<int>(core::kSentenceCount);
  arrange(width() < all * (chips_.front()->minimumSizeHint().width() + kGrid) - kGrid ? all / 2 : all);
}

void SentenceChips::update_levels() {
  const auto label = session_->label();
  const core::LabelScore* score = label ? session_->score(*label) : nullptr;
  float largest = 0.0F;
  if (score != nullptr) {
    for (const float level : score->levels) largest = std::max(largest, std::abs(level));
  }
  for (std::size_t i = 0; i < core::kSentenceCount; ++i) {
    SentenceChip* chip = chips_[i];
    chip->setEnabled(label.has_value());
    chip->setChecked(label && session_->sentence() == i);
    chip->set_level(score != nullptr ? std::optional(score->levels[i]) : std::nullopt, largest);
    QString about = tr("Sentence “%1”").arg(sentence_name(i));
    if (label) {
      const auto& sentence = session_->labels().labels[*label].sentences[i];
      chip->setToolTip(QStringLiteral("<p>%1</p>").arg(QString::fromStdString(sentence.text).toHtmlEscaped()));
      if (score != nullptr) about += tr(", share in the score %1").arg(signed_number(score->levels[i]));
    } else {
      chip->setToolTip(tr("Choose a label to see what its sentences look at"));
    }
    chip->setAccessibleName(about);
  }
}

}  // namespace purlscope::app
