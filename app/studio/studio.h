#pragma once

namespace purlscope::app {

/// Runs the studio: `purlscope [OPTIONS] [FILE or FOLDER...]`.
///
/// Besides opening the window it can take a picture of it: `--screenshot FILE [--size WxH] [--theme dark|light]
/// [--after MS]` grabs the whole window once the clip has been recognised (or the time is over) and leaves. With
/// QT_SCALE_FACTOR=2 the picture has twice the pixels.
///
/// @return 0 done, 1 the picture could not be written, 2 bad usage
int run_studio(int argc, char** argv);

}  // namespace purlscope::app
