#include "app/studio/panels/why/why_panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "app/studio/session/model_joints.h"
#include "app/studio/session/player.h"
#include "app/studio/session/session.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/words.h"

namespace purlscope::app {
namespace {

enum Column { kName, kShare, kHidden, kColumns };
enum Role { kRow = Qt::UserRole, kValue, kScale, kUpset };

constexpr int kRowHeight = 22;
constexpr int kHeadingHeight = 26;
constexpr int kNumberWidth = 46;
constexpr int kBarHeight = 6;

/// Names as they are, shares as bars to both sides of 0, scores without a part as numbers.
class WhyDelegate final : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override {
    return {0, index.siblingAtColumn(kName).data(kScale).isNull() ? kHeadingHeight : kRowHeight};
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const Tokens& t = current_tokens();
    if (option.state & QStyle::State_Selected) painter->fillRect(option.rect, t.selection);
    const QModelIndex row = index.siblingAtColumn(kName);
    if (row.data(kScale).isNull()) {
      paint_heading(painter, option, index);
    } else if (index.column() == kShare) {
      paint_bar(painter, option.rect, row.data(kValue).toDouble(), row.data(kScale).toDouble());
    } else {
      const bool number = index.column() == kHidden;
      painter->setPen(number && index.data(kUpset).toBool() ? t.warning : number ? t.muted : t.text);
      const QRect words = option.rect.adjusted(number ? 4 : 0, 0, -4, 0);
      painter->drawText(words, (number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter,
                        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, words.width()));
    }
    painter->restore();
  }

 private:
  static void paint_heading(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) {
    QFont font = option.font;
    font.setPixelSize(kNoteFont);
    font.setWeight(QFont::DemiBold);
    painter->setFont(font);
    painter->setPen(current_tokens().muted);
    const bool right = index.column() == kHidden;
    painter->drawText(option.rect.adjusted(right ? 0 : 2, 0, right ? -4 : 0, -4),
                      (right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignBottom, index.data().toString());
  }

  static void paint_bar(QPainter* painter, const QRect& rect, double value, double scale) {
    const Tokens& t = current_tokens();
    const QRectF field = QRectF(rect).adjusted(4, 0, -kNumberWidth - 4, 0);
    const double middle = field.center().x();
    painter->setPen(QPen(t.line, 1));
    painter->drawLine(QPointF(middle, rect.top() + 4), QPointF(middle, rect.bottom() - 3));
    const double length = std::min(1.0, std::abs(value) / scale) * field.width() / 2;
    QRectF bar(value < 0 ? middle - length : middle, rect.center().y() - kBarHeight / 2.0 + 0.5, length, kBarHeight);
    painter->setPen(Qt::NoPen);
    painter->setBrush(value < 0 ? t.warning : t.accent);
    painter->drawRoundedRect(bar, 2, 2);
    painter->setPen(t.muted);
    painter->drawText(rect.adjusted(rect.width() - kNumberWidth, 0, -2, 0), Qt::AlignRight | Qt::AlignVCenter,
                      signed_number(value));
  }
};

/// What speaks most for the margin: the part of the body, the time and the sentence with the largest share of its sign.
QString most_words(const std::vector<WhyRow>& rows) {
  double total = 0;
  for (const WhyRow& row : rows) total += row.kind == WhyRow::Kind::sentence ? row.share : 0;
  QStringList words;
  for (const auto kind : {WhyRow::Kind::body_part, WhyRow::Kind::time, WhyRow::Kind::sentence}) {
    const WhyRow* most = nullptr;
    for (const WhyRow& row : rows) {
      if (row.kind != kind) continue;
      const double gain = total < 0 ? -row.share : row.share;
      if (most == nullptr || gain > (total < 0 ? -most->share : most->share)) most = &row;
    }
    if (most != nullptr) words.append(QStringLiteral("%1 %2").arg(most->name, signed_number(most->share)));
  }
  return WhyPanel::tr("most: %1").arg(words.join(QStringLiteral(" · ")));
}

/// Best label of a recognition.
std::size_t best(const core::Recognition& recognition) { return recognition.ranking().front(); }

}  // namespace

WhyPanel::WhyPanel(Session* session, Player* player, WhatIf* what_if, QWidget* parent)
    : QWidget(parent), session_(session), player_(player), what_if_(what_if) {
  setObjectName(QStringLiteral("why_panel"));
  head_ = new QLabel;
  head_->setTextFormat(Qt::PlainText);
  head_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  note_ = new QLabel;
  note_->setObjectName(QStringLiteral("note"));
  note_->setTextFormat(Qt::PlainText);
  note_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  rivals_ = new QComboBox;
  rivals_->setObjectName(QStringLiteral("rival_chooser"));
  rivals_->setProperty("flat", true);
  rivals_->setAccessibleName(tr("Against which label"));
  rivals_->setToolTip(tr("The label that the margin is taken over"));
  rivals_->setFocusPolicy(Qt::TabFocus);
  rivals_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  rivals_->setMinimumContentsLength(10);

  tree_ = new QTreeWidget;
  tree_->setObjectName(QStringLiteral("why_tree"));
  tree_->setAccessibleName(tr("What the margin is made of"));
  tree_->setColumnCount(kColumns);
  tree_->setHeaderHidden(true);
  tree_->setRootIsDecorated(true);
  tree_->setIndentation(14);
  tree_->setUniformRowHeights(false);
  tree_->setItemDelegate(new WhyDelegate(tree_));
  tree_->setSelectionMode(QAbstractItemView::SingleSelection);
  tree_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  tree_->header()->setStretchLastSection(false);
  tree_->header()->setMinimumSectionSize(40);
  tree_->header()->setSectionResizeMode(kName, QHeaderView::Stretch);
  tree_->header()->setSectionResizeMode(kShare, QHeaderView::Fixed);
  tree_->header()->setSectionResizeMode(kHidden, QHeaderView::Fixed);
  tree_->setColumnWidth(kShare, 128);
  tree_->setColumnWidth(kHidden, 62);

  empty_ = new QLabel;
  empty_->setObjectName(QStringLiteral("muted"));
  empty_->setWordWrap(true);
  empty_->setAlignment(Qt::AlignCenter);
  auto* body = new QWidget;
  auto* column = new QVBoxLayout(body);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  auto* top = new QHBoxLayout;
  top->setSpacing(kGrid);
  top->addWidget(head_, 1);
  top->addWidget(rivals_);
  column->addLayout(top);
  column->addWidget(note_);
  column->addWidget(tree_, 1);
  pages_ = new QStackedWidget;
  pages_->addWidget(body);
  pages_->addWidget(empty_);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(pages_);

  for (const auto signal :
       {&Session::clip_changed, &Session::labels_changed, &Session::recognition_changed, &Session::selection_changed}) {
    connect(session, signal, this, &WhyPanel::refresh);
  }
  connect(what_if, &WhatIf::changed, this, &WhyPanel::fill_hidden);
  connect(rivals_, &QComboBox::activated, this, [this] { fill_rows(); });
  connect(tree_, &QTreeWidget::itemActivated, this, &WhyPanel::row_chosen);
  connect(tree_, &QTreeWidget::itemClicked, this, &WhyPanel::row_chosen);
  refresh();
}

void WhyPanel::set_in_sight(bool in_sight) {
  in_sight_ = in_sight;
  what_if_->set_wanted(in_sight);
  refresh();
}

std::optional<std::size_t> WhyPanel::explained() const {
  const auto label = session_->label();
  const auto place = label ? session_->scored(*label) : std::nullopt;
  if (!place || *place >= session_->recognition()->attention.size()) return std::nullopt;
  return place;
}

std::optional<std::size_t> WhyPanel::rival() const {
  const QVariant chosen = rivals_->currentData();
  if (!chosen.isValid() || !session_->recognition()) return std::nullopt;
  const auto wanted = chosen.toString().toStdString();
  const auto& labels = session_->recognition()->labels;
  const auto found =
      std::find_if(labels.begin(), labels.end(), [&](const core::LabelScore& score) { return score.label == wanted; });
  if (found == labels.end()) return std::nullopt;
  return static_cast<std::size_t>(found - labels.begin());
}

QString WhyPanel::empty_text() const {
  const auto words = [](const QString& head, const QString& next) {
    return QStringLiteral("<p><b>%1</b><br>%2</p>").arg(head.toHtmlEscaped(), next.toHtmlEscaped());
  };
  if (!session_->clip()) return words(tr("No recording is open"), tr("Open a file, or drop one on the window."));
  if (session_->labels().labels.size() < 2) {
    return words(tr("Nothing to compare"), tr("Type two labels or more: a margin lies between two."));
  }
  return words(tr("No scores yet"), tr("The margin appears once the chosen label has been scored."));
}

/// All other labels, the best of them first; the choice stays as long as its label is there.
void WhyPanel::fill_rivals(std::size_t label) {
  const core::Recognition& recognition = *session_->recognition();
  const QVariant before = rivals_->currentData();
  const bool chosen = rivals_->currentIndex() > 0;  // the first is the runner-up, whoever that is
  rivals_->clear();
  for (const std::size_t other : recognition.ranking()) {
    if (other == label) continue;
    const QString name = QString::fromStdString(recognition.labels[other].label);
    rivals_->addItem(tr("over %1").arg(name), name);
  }
  const int again = chosen ? rivals_->findData(before) : 0;
  rivals_->setCurrentIndex(std::max(again, 0));
}

void WhyPanel::refresh() {
  const auto label = in_sight_ ? explained() : std::nullopt;
  const bool there = label && session_->recognition()->labels.size() > 1;
  pages_->setCurrentIndex(there ? 0 : 1);
  if (!there) {
    empty_->setText(empty_text());
    return;  // the lines stay behind it, so that the next clip finds them as they were left
  }
  fill_rivals(*label);
  fill_rows();
}

void WhyPanel::fill_rows() {
  const auto label = explained();
  const auto other = rival();
  if (!label || !other) return;
  const core::Recognition& recognition = *session_->recognition();
  const core::Margin margin = core::margin_between(recognition, *label, *other);
  const QString name = QString::fromStdString(recognition.labels[*label].label);
  head_->setText(margin.total < 0 ? tr("%1 stands %2 below").arg(name, signed_number(margin.total))
                                  : tr("%1 stands %2 above").arg(name, signed_number(margin.total)));
  head_->setToolTip(tr("Difference of the two scores, in the unit of the score"));

  std::vector<WhyRow> rows = why_rows(recognition, margin);
  note_->setText(most_words(rows));
  note_->setToolTip(note_->text());
  const bool same = std::ranges::equal(rows, rows_, {}, &WhyRow::kind, &WhyRow::kind);
  rows_ = std::move(rows);
  if (!same) make_items();
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const WhyRow& row = rows_[i];
    if (row.kind == WhyRow::Kind::heading) continue;
    items_[i]->setText(kName, row.name);
    items_[i]->setText(kShare, signed_number(row.share));
    items_[i]->setData(kName, kValue, row.share);
    items_[i]->setData(kName, kScale, largest_share(rows_, row));
    items_[i]->setToolTip(kShare, tr("%1: %2 of the margin").arg(row.name, signed_number(row.share, 3)));
  }
  fill_hidden();
}

/// One item a row. Only when there are rows of other kinds than before: whoever walks through them keeps the place.
void WhyPanel::make_items() {
  tree_->clear();
  items_.clear();
  QTreeWidgetItem* heading = nullptr;
  QTreeWidgetItem* part = nullptr;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const WhyRow& row = rows_[i];
    if (row.kind == WhyRow::Kind::heading) {
      heading = new QTreeWidgetItem(tree_, {row.name});
      heading->setFlags(Qt::ItemIsEnabled);
      heading->setExpanded(true);
      items_.push_back(heading);
      continue;
    }
    auto* item = new QTreeWidgetItem(row.kind == WhyRow::Kind::joint ? part : heading, {row.name});
    if (row.kind == WhyRow::Kind::body_part) part = item;
    item->setData(kName, kRow, static_cast<qulonglong>(i));
    items_.push_back(item);
  }
}

WhatIf::Answer WhyPanel::answer_without(const WhyRow& row) const {
  if (row.kind == WhyRow::Kind::body_part) return what_if_->without(*row.part);
  if (row.kind == WhyRow::Kind::time) return what_if_->without_time(row.place);
  return {};
}

std::optional<WhyTable> WhyPanel::table() const {
  const auto label = explained();
  if (!label || session_->recognition()->labels.size() < 2) return std::nullopt;
  const core::Recognition& recognition = *session_->recognition();
  std::optional<std::size_t> other = rival();
  if (!other || *other == *label) {
    const std::vector<std::size_t> ranking = recognition.ranking();
    other = ranking[ranking[0] == *label ? 1 : 0];
  }
  const core::Margin margin = core::margin_between(recognition, *label, *other);
  WhyTable table{QString::fromStdString(recognition.labels[*label].label),
                 QString::fromStdString(recognition.labels[*other].label),
                 margin.total,
                 why_rows(recognition, margin),
                 {}};
  for (const WhyRow& row : table.rows) {
    const core::RecognitionPtr left = answer_without(row).recognition;
    const bool measured = left && left->labels.size() == recognition.labels.size();
    table.hidden.push_back(
        measured ? std::optional(static_cast<double>(left->labels[*label].score) - left->labels[*other].score)
                 : std::nullopt);
  }
  return table;
}

void WhyPanel::fill_hidden() {
  const auto label = explained();
  const auto other = rival();
  if (!label || !other || rows_.empty()) return;
  const core::Recognition& recognition = *session_->recognition();
  const std::size_t winner = best(recognition);
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const WhyRow& row = rows_[i];
    QTreeWidgetItem* item = items_[i];
    if (row.kind == WhyRow::Kind::heading) {
      const bool measured = rows_[i + 1].kind != WhyRow::Kind::sentence && !session_->live();
      item->setText(kHidden, measured ? tr("if hidden") : QString());
      item->setToolTip(kHidden, tr("The margin when the recording is scored again without this"));
      continue;
    }
    const WhatIf::Answer answer = answer_without(row);
    const core::RecognitionPtr& left = answer.recognition;
    if (!left || left->labels.size() != recognition.labels.size()) {
      item->setText(kHidden, answer.reason.isEmpty() ? QString() : QStringLiteral("–"));
      item->setToolTip(kHidden, plain_tooltip(answer.reason));
      item->setData(kHidden, kUpset, false);
      continue;
    }
    const double margin = static_cast<double>(left->labels[*label].score) - left->labels[*other].score;
    const std::size_t now = best(*left);
    item->setText(kHidden, signed_number(margin));
    item->setData(kHidden, kUpset, now != winner);
    const QString first = QString::fromStdString(left->labels[now].label);
    item->setToolTip(kHidden, now == winner ? tr("Scored again without it: %1 is still first").arg(first)
                                            : tr("Scored again without it: then %1 is first").arg(first));
  }
}

void WhyPanel::row_chosen(const QTreeWidgetItem* item) {
  const QVariant place = item != nullptr ? item->data(kName, kRow) : QVariant();
  if (!place.isValid()) return;
  const WhyRow row = rows_[place.toULongLong()];  // what it does may bring other rows
  switch (row.kind) {
    case WhyRow::Kind::sentence:
      session_->choose_sentence(row.place);
      break;
    case WhyRow::Kind::time:
      player_->seek(session_->recognition_start() + session_->recognition()->spans[row.place].begin);
      break;
    case WhyRow::Kind::joint:
      pin_model_joint(*session_, row.place);
      break;
    default:
      break;
  }
}

}  // namespace purlscope::app
