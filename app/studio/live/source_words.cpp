#include "app/studio/live/source_words.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QStringList>
#include <algorithm>

#include "core/base/error.h"
#include "core/live/make_source.h"

namespace purlscope::app {
namespace {

class SourceWords {
  Q_DECLARE_TR_FUNCTIONS(LiveSource)
};

/// What core calls the kinds of sources, written out for the translation tools.
[[maybe_unused]] const char* const kTitles[] = {QT_TRANSLATE_NOOP("LiveSource", "camera"),
                                                QT_TRANSLATE_NOOP("LiveSource", "video file"),
                                                QT_TRANSLATE_NOOP("LiveSource", "SkeletonStream over UDP"),
                                                QT_TRANSLATE_NOOP("LiveSource", "SkeletonStream over WebSocket"),
                                                QT_TRANSLATE_NOOP("LiveSource", "SkeletonStream from a server"),
                                                QT_TRANSLATE_NOOP("LiveSource", "VMC (motion capture programs)"),
                                                QT_TRANSLATE_NOOP("LiveSource", "a folder that OpenPose writes"),
                                                QT_TRANSLATE_NOOP("LiveSource", "Rokoko Studio, JSON v3"),
                                                QT_TRANSLATE_NOOP("LiveSource", "a recording, replayed")};

}  // namespace

QString state_word(core::SourceState state) {
  switch (state) {
    case core::SourceState::idle:
      return SourceWords::tr("not started");
    case core::SourceState::opening:
      return SourceWords::tr("opening");
    case core::SourceState::waiting:
      return SourceWords::tr("waiting");
    case core::SourceState::live:
      return SourceWords::tr("live");
    case core::SourceState::stalled:
      return SourceWords::tr("stalled");
    case core::SourceState::connecting:
      return SourceWords::tr("connecting");
    case core::SourceState::ended:
      return SourceWords::tr("ended");
    case core::SourceState::failed:
      return SourceWords::tr("failed");
  }
  return {};
}

QString source_title(const QString& uri) {
  try {
    const core::SourceUri parts = core::parse_source_uri(uri.toStdString());
    const auto kinds = core::source_kinds();
    const auto kind = std::ranges::find(kinds, parts.scheme, &core::SourceKind::scheme);
    if (kind == kinds.end()) return uri;
    QString title = SourceWords::tr(kind->title.c_str());
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
