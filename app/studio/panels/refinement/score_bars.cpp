#include "app/studio/panels/refinement/score_bars.h"

#include <QPainter>
#include <algorithm>

#include "app/studio/panels/refinement/bar.h"
#include "app/studio/session/session.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/words.h"

namespace purlscope::app {
namespace {

constexpr int kRowHeight = 24;
constexpr double kNamesShare = 0.32;  // of the width
constexpr double kMostNames = 140;
constexpr double kNumbersWidth = 84;
constexpr double kBetween = 2;

}  // namespace

ScoreBars::ScoreBars(Session* session, QWidget* parent) : QWidget(parent), session_(session) {
  setObjectName(QStringLiteral("refinement_scores"));
  setAccessibleName(tr("Scores without and with refinement"));
  setToolTip(tr("Above (grey) without refinement, below (blue) with it"));
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  connect(session, &Session::recognition_changed, this, &ScoreBars::refresh);
  refresh();
}

QSize ScoreBars::sizeHint() const {
  const auto& result = session_->recognition();
  return {300, kRowHeight * static_cast<int>(std::max<std::size_t>(1, result ? result->labels.size() : 0))};
}

void ScoreBars::refresh() {
  QStringList said;
  if (const auto& result = session_->recognition(); result && result->refined) {
    for (const std::size_t label : result->ranking()) {
      const core::LabelScore& score = result->labels[label];
      said.append(tr("%1: %2 without, %3 with")
                      .arg(QString::fromStdString(score.label), per_cent(score.plain_probability),
                           per_cent(score.probability)));
    }
  }
  setAccessibleDescription(said.join(QStringLiteral("; ")));
  updateGeometry();
  update();
}

void ScoreBars::paintEvent(QPaintEvent*) {
  const auto& result = session_->recognition();
  if (!result || !result->refined) return;
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  double top = 0;
  for (const std::size_t label : result->ranking()) {
    paint_row(painter, QRectF(0, top, width(), kRowHeight), label);
    top += kRowHeight;
  }
}

void ScoreBars::paint_row(QPainter& painter, const QRectF& row, std::size_t label) const {
  const Tokens& t = current_tokens();
  const core::LabelScore& score = session_->recognition()->labels[label];
  QFont font = this->font();
  font.setPixelSize(kNoteFont + 1);
  painter.setFont(font);
  const double names = std::min(kMostNames, kNamesShare * row.width());
  painter.setPen(t.text);
  painter.drawText(QRectF(0, row.top(), names - kGrid, row.height()), Qt::AlignLeft | Qt::AlignVCenter,
                   painter.fontMetrics().elidedText(QString::fromStdString(score.label), Qt::ElideRight,
                                                    static_cast<int>(names) - kGrid));
  const double width = row.width() - names - kNumbersWidth - kGrid;
  const double top = row.center().y() - kBarHeight - kBetween / 2;
  paint_bar(painter, QRectF(names, top, width, kBarHeight), score.plain_probability, t.muted);
  paint_bar(painter, QRectF(names, top + kBarHeight + kBetween, width, kBarHeight), score.probability, t.accent);
  painter.setPen(t.text);
  painter.drawText(QRectF(row.right() - kNumbersWidth, row.top(), kNumbersWidth, row.height()),
                   Qt::AlignRight | Qt::AlignVCenter,
                   QStringLiteral("%1 → %2").arg(per_cent(score.plain_probability), per_cent(score.probability)));
}

}  // namespace purlscope::app
