#include "app/studio/panels/library/problems/problem_model.h"

#include "app/studio/panels/library/problems/problem_words.h"
#include "app/studio/words.h"

namespace purlscope::app {

void ProblemModel::show(FolderListingPtr listing) {
  beginResetModel();
  listing_ = std::move(listing);
  endResetModel();
}

int ProblemModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() || !listing_ ? 0 : static_cast<int>(listing_->problems.size());
}

QVariant ProblemModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || !listing_) return {};
  const core::DatasetProblem& problem = listing_->problems[static_cast<std::size_t>(index.row())];
  const QString text = QString::fromStdString(problem.text);
  switch (role) {
    case Qt::DisplayRole:
      return problem.files.empty() ? tr("The whole folder")
                                   : QString::fromStdString(problem.files.front().filename().string());
    case kTitle:
      return problem_title(problem.kind);
    case kText:
      return text;
    case Qt::ToolTipRole:
      return plain_tooltip(text);
    case kRemedy:
      return problem_remedy(problem.kind);
    case Qt::AccessibleTextRole:
      return QStringLiteral("%1. %2. %3").arg(problem_title(problem.kind), text, problem_remedy(problem.kind));
    case kPath:
      return problem.files.empty() ? QString() : QString::fromStdString(problem.files.front().string());
    default:
      return {};
  }
}

}  // namespace purlscope::app
