#include "app/studio/dataset/folder_listing.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QStringList>
#include <algorithm>
#include <unordered_set>

#include "app/studio/words.h"
#include "core/formats/class_list.h"

namespace purlscope::app {
namespace fs = std::filesystem;
namespace {

const auto kDot = QStringLiteral(" · ");

class FolderWords {
  Q_DECLARE_TR_FUNCTIONS(FolderListing)
};

QString numbered(const QString& name, const std::string& value) {
  return value.empty() ? QString() : QStringLiteral("%1 %2").arg(name, QString::fromStdString(value));
}

QString joined(QStringList parts) {
  parts.removeAll(QString());
  return parts.join(kDot);
}

QString classes_text(const FolderListing& listing) {
  const auto& counts = listing.summary.clips_of_class;
  const auto all = qsizetype(counts.size());
  const auto here = qsizetype(std::ranges::count_if(counts, [](std::size_t clips) { return clips > 0; }));
  if (here == 0) return {};
  if (here < all) return FolderWords::tr("%1 of %2 classes").arg(number_text(here), number_text(all));
  return counted(all, FolderWords::tr("%1 class"), FolderWords::tr("%1 classes"));
}

}  // namespace

FolderListingPtr make_listing(core::Dataset dataset) {
  auto listing = std::make_shared<FolderListing>();
  listing->dataset = std::move(dataset);
  listing->summary = core::summarise(listing->dataset);
  listing->problems = core::dataset_problems(listing->dataset);
  return listing;
}

FolderListingPtr make_file_listing(const std::vector<fs::path>& files) {
  auto listing = std::make_shared<FolderListing>();
  listing->dataset.entries.resize(files.size());
  for (std::size_t i = 0; i < files.size(); ++i) listing->dataset.entries[i].file = files[i];
  return listing;
}

std::optional<std::uint32_t> entry_of(const FolderListing& listing, const fs::path& file) {
  const auto& entries = listing.dataset.entries;
  const auto found = std::ranges::find(
      entries, file.native(), [](const auto& entry) -> const auto& { return entry.file.native(); });
  if (found == entries.end()) return std::nullopt;
  return static_cast<std::uint32_t>(found - entries.begin());
}

std::vector<std::uint32_t> entries_of(const FolderListing& listing, const std::vector<fs::path>& files) {
  std::unordered_set<std::string> wanted;
  for (const fs::path& file : files) wanted.insert(file.native());
  std::vector<std::uint32_t> found;
  const auto& entries = listing.dataset.entries;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (wanted.contains(entries[i].file.native())) found.push_back(static_cast<std::uint32_t>(i));
  }
  return found;
}

QString listing_title(const FolderListing& listing) {
  if (core::has_class_list(listing.dataset.kind)) {
    return QString::fromStdString(core::dataset_title(listing.dataset)).section(QStringLiteral(" ("), 0, 0);
  }
  return QFileInfo(QString::fromStdString(listing.dataset.path.string())).fileName();
}

QString listing_facts(const FolderListing& listing) {
  QStringList parts{
      counted(qsizetype(listing.dataset.entries.size()), FolderWords::tr("%1 clip"), FolderWords::tr("%1 clips")),
      classes_text(listing)};
  const auto add = [&](const std::vector<std::string>& values, const QString& one, const QString& many) {
    if (!values.empty()) parts.append(counted(qsizetype(values.size()), one, many));
  };
  add(listing.summary.subjects, FolderWords::tr("%1 subject"), FolderWords::tr("%1 subjects"));
  add(listing.summary.cameras, FolderWords::tr("%1 camera"), FolderWords::tr("%1 cameras"));
  return joined(std::move(parts));
}

QString clip_title(const fs::path& file) {
  return QFileInfo(QString::fromStdString(file.string()))
      .completeBaseName()
      .replace(QLatin1Char('_'), QLatin1Char(' '));
}

QString entry_detail(const core::DatasetEntry& entry) {
  return joined({numbered(FolderWords::tr("subject"), entry.subject), entry_camera(entry),
                 numbered(FolderWords::tr("take"), entry.repetition)});
}

QString entry_who(const core::DatasetEntry& entry) {
  return joined(
      {numbered(FolderWords::tr("subject"), entry.subject), numbered(FolderWords::tr("take"), entry.repetition)});
}

QString entry_camera(const core::DatasetEntry& entry) { return numbered(FolderWords::tr("camera"), entry.camera); }

QString entry_class(const core::Dataset& dataset, const core::DatasetEntry& entry) {
  if (entry.label_index < 0 || static_cast<std::size_t>(entry.label_index) >= dataset.classes.size()) return {};
  return QString::fromStdString(dataset.classes[static_cast<std::size_t>(entry.label_index)]);
}

}  // namespace purlscope::app
