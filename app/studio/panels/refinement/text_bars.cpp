#include "app/studio/panels/refinement/text_bars.h"

#include <QPainter>
#include <algorithm>

#include "app/studio/panels/refinement/bar.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/words.h"

namespace purlscope::app {
namespace {

constexpr int kRowHeight = 24;
constexpr double kNamesWidth = 64;
constexpr double kNumbersWidth = 96;
constexpr double kBetween = 2;

QString norm_text(float norm) { return QString::number(static_cast<double>(norm), 'f', 2); }

}  // namespace

TextBars::TextBars(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("refinement_texts"));
  setAccessibleName(tr("How far the texts have moved, by sentence"));
  setToolTip(
      tr("Above (blue) the scale's distance from 1, below (orange) the shift's from 0: Euclidean norms, mean over "
         "the labels"));
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize TextBars::sizeHint() const { return {300, kRowHeight * static_cast<int>(change_.size())}; }

void TextBars::show_change(const std::vector<core::TextChange>& change) {
  change_ = change;
  QStringList said;
  for (std::size_t sentence = 0; sentence < change_.size(); ++sentence) {
    said.append(
        tr("%1: scale %2, shift %3")
            .arg(sentence_name(sentence), norm_text(change_[sentence].scale), norm_text(change_[sentence].shift)));
  }
  setAccessibleDescription(said.join(QStringLiteral("; ")));
  updateGeometry();
  update();
}

void TextBars::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  double most = 0;
  for (const core::TextChange& change : change_) most = std::max<double>({most, change.scale, change.shift});
  double top = 0;
  for (std::size_t sentence = 0; sentence < change_.size(); ++sentence, top += kRowHeight) {
    paint_row(painter, QRectF(0, top, width(), kRowHeight), sentence, most);
  }
}

/// @param most norm that fills a track
void TextBars::paint_row(QPainter& painter, const QRectF& row, std::size_t sentence, double most) const {
  const Tokens& t = current_tokens();
  const core::TextChange& change = change_[sentence];
  QFont font = this->font();
  font.setPixelSize(kNoteFont + 1);
  painter.setFont(font);
  painter.setPen(t.text);
  painter.drawText(QRectF(0, row.top(), kNamesWidth, row.height()), Qt::AlignLeft | Qt::AlignVCenter,
                   sentence_name(sentence));
  painter.drawText(QRectF(row.right() - kNumbersWidth, row.top(), kNumbersWidth, row.height()),
                   Qt::AlignRight | Qt::AlignVCenter,
                   QStringLiteral("%1 · %2").arg(norm_text(change.scale), norm_text(change.shift)));
  const QRectF track(kNamesWidth, row.center().y() - kBarHeight - kBetween / 2,
                     row.width() - kNamesWidth - kNumbersWidth, kBarHeight);
  const double unit = most > 0 ? most : 1;
  paint_bar(painter, track, change.scale / unit, t.accent);
  paint_bar(painter, track.translated(0, kBarHeight + kBetween), change.shift / unit, t.warning);
}

}  // namespace purlscope::app
