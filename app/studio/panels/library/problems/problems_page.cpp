#include "app/studio/panels/library/problems/problems_page.h"

#include <QLabel>
#include <QListView>
#include <QPainter>
#include <QPushButton>
#include <QShortcut>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include "app/studio/dataset/folder_jobs.h"
#include "app/studio/panels/library/problems/problem_model.h"
#include "app/studio/theme/tokens.h"
#include "app/studio/widgets/list_row.h"
#include "app/studio/widgets/page_head.h"
#include "app/studio/words.h"

namespace purlscope::app {
namespace {

constexpr int kRowHeight = 42;

class ProblemDelegate final : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {0, kRowHeight}; }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paint_row_ground(painter, option);
    paint_two_lines(painter, option.rect.adjusted(kGrid, 4, -kGrid, -4),
                    {index.data().toString(), index.data(ProblemModel::kTitle).toString(), current_tokens().warning});
    painter->restore();
  }
};

QLabel* make_note(const QString& role) {
  auto* label = new QLabel;
  label->setObjectName(QStringLiteral("note"));
  label->setProperty("role", role);
  label->setTextFormat(Qt::PlainText);
  label->setWordWrap(true);
  return label;
}

}  // namespace

ProblemsPage::ProblemsPage(FolderJobs* jobs, QWidget* parent) : QWidget(parent), jobs_(jobs) {
  setObjectName(QStringLiteral("problems_page"));
  auto* head = new PageHead(QStringLiteral("problems_back"), tr("Clips"), tr("Problems"), tr("Back to the clips"));
  state_ = make_note(QStringLiteral("problems_state"));
  check_ = new QPushButton(tr("Read all clips"));
  check_->setObjectName(QStringLiteral("problems_check"));
  check_->setFocusPolicy(Qt::TabFocus);
  check_->setToolTip(
      tr("Finds clips that are unreadable, empty, too short or repeat another; goes on in the background"));
  model_ = new ProblemModel(this);
  list_ = new QListView;
  list_->setObjectName(QStringLiteral("problems_list"));
  list_->setAccessibleName(tr("Problems of the folder"));
  list_->setModel(model_);
  list_->setItemDelegate(new ProblemDelegate(list_));
  list_->setUniformItemSizes(true);
  list_->setMouseTracking(true);
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  details_ = make_note(QStringLiteral("problem_details"));
  details_->setAccessibleName(tr("The problem and what to do"));
  details_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(kGrid);
  layout->addWidget(head);
  layout->addWidget(state_);
  layout->addWidget(check_);
  layout->addWidget(list_, 1);
  layout->addWidget(details_);
  new QShortcut(QKeySequence(Qt::Key_Escape), this, this, &ProblemsPage::left, Qt::WidgetWithChildrenShortcut);
  connect(head, &PageHead::back, this, &ProblemsPage::closed);
  connect(check_, &QPushButton::clicked, this, [this] {
    if (listing_) jobs_->check(listing_);
  });
  connect(jobs, &FolderJobs::busy_changed, this, &ProblemsPage::update_state);
  connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this,
          [this](const QModelIndex& now) { show_details(now); });
  const auto open = [this](const QModelIndex& index) {
    const QString path = index.data(ProblemModel::kPath).toString();
    if (!path.isEmpty()) Q_EMIT clip_chosen(path);
  };
  connect(list_, &QListView::clicked, this, open);
  connect(list_, &QListView::activated, this, open);
}

void ProblemsPage::show_listing(const FolderListingPtr& listing) {
  listing_ = listing;
  model_->show(listing);
  show_details({});
  update_state();
}

void ProblemsPage::update_state() {
  if (!listing_) return;
  const std::size_t all = listing_->dataset.entries.size();
  const std::size_t unread = all - std::min(all, listing_->summary.read);
  check_->setVisible(unread > 0);
  check_->setEnabled(!jobs_->busy());
  QString text = listing_->problems.empty() ? tr("No problem found.") + QLatin1Char(' ') : QString();
  if (unread > 0) {
    text +=
        listing_->summary.read == 0
            ? tr("So far only the names were looked at. Reading the clips finds unreadable, empty and repeated ones.")
            : tr("%1 of %2 clips were read so far.")
                  .arg(number_text(qsizetype(all - unread)), number_text(qsizetype(all)));
  } else {
    text += tr("All %1 clips were read.").arg(number_text(qsizetype(all)));
  }
  state_->setText(text);
}

void ProblemsPage::show_details(const QModelIndex& index) {
  details_->setVisible(index.isValid());
  details_->setText(index.data(ProblemModel::kText).toString() + QStringLiteral("\n→ ") +
                    index.data(ProblemModel::kRemedy).toString());
}

}  // namespace purlscope::app
