#include "app/studio/panels/evaluation/result/run_list.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QSignalBlocker>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>

#include "app/studio/panels/evaluation/evaluation_words.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/widgets/list_row.h"
#include "app/studio/words.h"

namespace purlscope::app {
namespace {

constexpr int kRowHeight = 26, kMostRows = 4;
enum Role { kRun = Qt::UserRole, kFigure };

class RunDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {0, kRowHeight}; }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    paint_row_ground(painter, option);
    const QRect rect = option.rect.adjusted(6, 0, -6, 0);
    const QString figure = index.data(kFigure).toString();
    const int width = option.fontMetrics.horizontalAdvance(figure);
    painter->setFont(option.font);
    painter->setPen(current_tokens().text);
    painter->drawText(rect, Qt::AlignRight | Qt::AlignVCenter, figure);
    painter->drawText(
        rect.adjusted(0, 0, -width - kGrid, 0), Qt::AlignLeft | Qt::AlignVCenter,
        option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, rect.width() - width - kGrid));
  }
};

}  // namespace

RunList::RunList(QWidget* parent) : QWidget(parent) {
  list_ = new QListWidget;
  list_->setObjectName(QStringLiteral("evaluation_runs"));
  list_->setAccessibleName(tr("Evaluations of this session"));
  list_->setToolTip(tr("Kept until the program ends; choose one to see what it found"));
  list_->setItemDelegate(new RunDelegate(list_));
  list_->setUniformItemSizes(true);
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  compared_ = new QComboBox;
  compared_->setObjectName(QStringLiteral("evaluation_compared"));
  compared_->setAccessibleName(tr("Compare with"));
  compared_->setToolTip(tr("Shows another evaluation's accuracy beside"));
  compared_->setMinimumContentsLength(8);
  compared_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  auto* label = new QLabel(tr("Compare with"));
  label->setBuddy(compared_);
  row_ = new QWidget;
  auto* row = new QHBoxLayout(row_);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(kGrid);
  row->addWidget(label);
  row->addWidget(compared_, 1);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  column->addWidget(list_);
  column->addWidget(row_);
  connect(list_, &QListWidget::currentRowChanged, this, [this] {
    fill_compared();
    Q_EMIT changed();
  });
  connect(compared_, &QComboBox::currentIndexChanged, this, &RunList::changed);
  hide();
}

void RunList::add(const EvaluationRunPtr& run) {
  runs_.push_back(run);
  auto* item = new QListWidgetItem(QStringLiteral("%1  %2").arg(runs_.size()).arg(run_title(run->evaluation)));
  item->setData(kRun, qulonglong(runs_.size() - 1));
  item->setData(kFigure, figure_text(run->evaluation.accuracy));
  item->setData(Qt::AccessibleTextRole, QStringLiteral("%1, %2").arg(item->text(), item->data(kFigure).toString()));
  item->setToolTip(plain_tooltip(tr("%1, %2").arg(QString::fromStdString(run->evaluation.setup.path),
                                                  QString::fromStdString(run->evaluation.setup.date))));
  {
    const QSignalBlocker quiet(list_);
    list_->insertItem(0, item);
    list_->setCurrentRow(0);
  }
  fill_compared();
  fit();
  show();
  Q_EMIT changed();
}

void RunList::fit() {
  list_->setFixedHeight(std::min(list_->count(), kMostRows) * kRowHeight + 2);
  row_->setVisible(runs_.size() > 1);
}

EvaluationRunPtr RunList::chosen() const {
  const QListWidgetItem* item = list_->currentItem();
  return item == nullptr ? nullptr : runs_[item->data(kRun).toULongLong()];
}

EvaluationRunPtr RunList::compared() const {
  const QVariant run = compared_->currentData();
  return run.isValid() ? runs_[run.toULongLong()] : nullptr;
}

QString RunList::title_of(const EvaluationRunPtr& run) const {
  const auto place = std::ranges::find(runs_, run);
  return tr("Run %1: %2").arg(place - runs_.begin() + 1).arg(run_title(run->evaluation));
}

void RunList::fill_compared() {
  const QSignalBlocker quiet(compared_);
  const QVariant before = compared_->currentData();
  const EvaluationRunPtr now = chosen();
  compared_->clear();
  compared_->addItem(tr("Nothing"));
  for (std::size_t i = runs_.size(); i-- > 0;) {
    if (runs_[i] != now) compared_->addItem(title_of(runs_[i]), qulonglong(i));
  }
  compared_->setCurrentIndex(std::max(0, before.isValid() ? compared_->findData(before) : 0));
}

}  // namespace purlscope::app
