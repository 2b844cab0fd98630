#pragma once

#include <memory>

#include "core/live/parser/parser.h"

namespace purlscope::core {

/// Rokoko Studio, "Custom streaming", format JSON v3 (uncompressed), UDP 14043: {"version", "fps", "scene":
/// {"timestamp", "actors": [{"name", "body": {"hip": {"position": {"x", "y", "z"}, "rotation"}, ...}}]}}. Positions are
/// global, in metres, in Unity's left-handed frame: z is negated. Layout vrm; the actor's name is the person's id.
/// Source: github.com/Rokoko/rokoko-studio-live-unity, Core/JsonLiveSerializerV3.cs and Mono/RokokoHelper.cs.
std::unique_ptr<Parser> make_rokoko_parser();

}  // namespace purlscope::core
