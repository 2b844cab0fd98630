#pragma once

#include <memory>

#include "core/live/parser/parser.h"

namespace purlscope::core {

/// VMC protocol, performer to marionette: OSC messages with the local poses of Unity's humanoid bones. A pose is spread
/// over several packets and complete with /VMC/Ext/T (or, from senders that never send it, when a bone comes again);
/// bones that a pose leaves out stay as they were. Layout vrm; bones never sent are missing, their children hang on the
/// next one above that is. Bones sent without an offset (all zero) take that of an adult of 1.70 m. Unity's frame is
/// left-handed, x right, y up, the performer facing +z: z is negated. Person "1".
/// Source: protocol.vmc.info/marionette-spec (/VMC/Ext/Root/Pos, /VMC/Ext/Bone/Pos, /VMC/Ext/T).
std::unique_ptr<Parser> make_vmc_parser();

}  // namespace purlscope::core
