#include "app/studio/export/export_file.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <algorithm>

#include "core/base/atomic_file.h"
#include "core/base/error.h"

namespace purlscope::app {
namespace {

constexpr qsizetype kLongestPart = 40;  // characters of a name

class ExportWords {
  Q_DECLARE_TR_FUNCTIONS(Export)
};

QString plain(const QString& text) {
  QString out;
  for (const QChar c : text.trimmed()) {
    const bool keep = c.isLetterOrNumber() || c == QLatin1Char('-') || c == QLatin1Char('.') || c.isSurrogate();
    if (keep) {
      out.append(c);
    } else if (!out.isEmpty() && !out.endsWith(QLatin1Char('-'))) {
      out.append(QLatin1Char('-'));
    }
  }
  out.truncate(kLongestPart);
  while (out.endsWith(QLatin1Char('-'))) out.chop(1);
  return out;
}

}  // namespace

QString file_filters(const std::vector<FileKind>& kinds) {
  QStringList filters;
  for (const FileKind& kind : kinds) filters.append(QStringLiteral("%1 (*%2)").arg(kind.title, kind.ending));
  return filters.join(QStringLiteral(";;"));
}

QString ending_of(const std::filesystem::path& file) {
  return QString::fromStdString(file.extension().string()).toLower();
}

void check_ending(const std::filesystem::path& file, const std::vector<FileKind>& kinds) {
  const QString ending = ending_of(file);
  if (std::ranges::find(kinds, ending, &FileKind::ending) != kinds.end()) return;
  QStringList known;
  for (const FileKind& kind : kinds) known.append(kind.ending);
  throw Error(Code::bad_argument,
              ExportWords::tr("%1: names that end in %2 can be written, not “%3”; give the file another ending")
                  .arg(QString::fromStdString(file.string()), known.join(QStringLiteral(", ")), ending)
                  .toStdString());
}

QString export_name(const QString& recording, const QStringList& parts) {
  QStringList names{plain(QFileInfo(recording).completeBaseName())};
  for (const QString& part : parts) names.append(plain(part));
  names.removeAll(QString());
  return names.isEmpty() ? QStringLiteral("export") : names.join(QLatin1Char('_'));
}

void write_whole(const std::filesystem::path& file, const QByteArray& bytes) {
  core::AtomicFile out(file);
  out.write(bytes.data(), static_cast<std::size_t>(bytes.size()));
  out.commit();
}

void write_whole(const std::filesystem::path& file, const std::string& text) {
  write_whole(file, QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size())));
}

}  // namespace purlscope::app
