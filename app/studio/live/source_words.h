#pragma once

#include <QString>

#include "core/live/pose_source.h"

namespace purlscope::app {

/// A source's state in words, translated: "waiting".
QString state_word(core::SourceState state);

/// What kind of source an address names, and where, for people: "SkeletonStream over UDP · 127.0.0.1:5005". The address
/// itself where it says nothing known.
QString source_title(const QString& uri);

/// Whether a file is a video by its name: such are watched, not read.
bool is_video(const QString& path);

}  // namespace purlscope::app
