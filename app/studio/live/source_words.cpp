#include "app/studio/live/source_words.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QStringList>
#include <algorithm>

#include "core/base/error.h"
#include "core/live/make_source.h"

namespace purlscope::app {
namespace {

QString words(const char* text) { return QCoreApplication::translate("LiveSource", text); }

}  // namespace

QString state_word(core::SourceState state) {
  switch (state) {
    case core::SourceState::idle:
      return words("not started");
    case core::SourceState::opening:
      return words("opening");
    case core::SourceState::waiting:
      return words("waiting");
    case core::SourceState::live:
      return words("live");
    case core::SourceState::stalled:
      return words("stalled");
    case core::SourceState::connecting:
      return words("connecting");
    case core::SourceState::ended:
      return words("ended");
    case core::SourceState::failed:
      return words("failed");
  }
  return {};
}

QString source_title(const QString& uri) {
  try {
    const core::SourceUri parts = core::parse_source_uri(uri.toStdString());
    const auto kinds = core::source_kinds();
    const auto kind = std::ranges::find(kinds, parts.scheme, &core::SourceKind::scheme);
    if (kind == kinds.end()) return uri;
    QString title = words(kind->title.c_str());
    title[0] = title[0].toUpper();
    QString place = QString::fromStdString(parts.place);
    if (const QFileInfo file(place); file.exists()) place = file.fileName();
    return title + QStringLiteral(" · ") + place;
  } catch (const Error&) {
    return uri;
  }
}

bool is_video(const QString& path) {
  static const QStringList kSuffixes = {QStringLiteral("avi"),  QStringLiteral("mp4"), QStringLiteral("m4v"),
                                        QStringLiteral("mov"),  QStringLiteral("mkv"), QStringLiteral("webm"),
                                        QStringLiteral("mpeg"), QStringLiteral("mpg")};
  return kSuffixes.contains(QFileInfo(path).suffix().toLower());
}

}  // namespace purlscope::app
