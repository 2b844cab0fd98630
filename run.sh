#!/usr/bin/env bash
# Sets Purlscope up, builds it and runs it. See --help.
set -euo pipefail
# shellcheck source=scripts/setup.sh
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/scripts/setup.sh"

PROGRAM="$BUILD_DIR/bin/purlscope"
HELLO_CLIP="$ROOT/resources/clips/throw.skeleton"
HELLO_LABELS="wave,clap,throw,squat,sit down,walk"

usage() {
  cat << 'TEXT'
Usage: ./run.sh [SET-UP OPTION...] [ARGUMENTS OF purlscope...]

Installs what is missing, builds Purlscope (release) and runs `purlscope ARGUMENTS`. Without arguments it opens the
studio; without a display it draws the bundled clip to build/hello.png and prints the scores.

Set-up options (before the program's arguments):
  --setup-only    stop after the build
  --with-camera   install what cameras and videos need too (MediaPipe for the system's Python, 135 MB)
  --wheels DIR    take the Python wheels from DIR instead of the network (also: PURLSCOPE_WHEELS)
  --cpu           install LibTorch without GPU support even where an NVIDIA GPU is present
  --uninstall     remove the private parts, caches and builds, after asking; --yes: without asking
  --help          this text; `./run.sh -- --help` or `purlscope --help` shows the program's

Packages are installed with apt-get as root or through sudo; otherwise the line to run is printed. LibTorch and the
text encoder go to ~/.local/share/purlscope/deps (or $PURLSCOPE_DEPS), about 1.4 GB.
TEXT
}

setup_only=no remove=no ask=yes
while [ $# -gt 0 ]; do
  case "$1" in
    --setup-only) setup_only=yes ;;
    --wheels)
      [ $# -ge 2 ] || bad_usage "--wheels needs a folder"
      WHEELS="$2"
      shift
      ;;
    --cpu) FORCE_CPU=yes ;;
    --with-camera) WITH_CAMERA=yes ;;
    --uninstall) remove=yes ;;
    --yes) ask=no ;;
    --help | -h) usage && exit 0 ;;
    --)
      shift
      break
      ;;
    *) break ;;
  esac
  shift
done
if [ -n "$WHEELS" ] && [ ! -d "$WHEELS" ]; then bad_usage "--wheels: $WHEELS is no folder"; fi

if [ "$remove" = yes ]; then
  uninstall "$ask"
  exit 0
fi
set_up release purlscope purlscope_engine
if [ "$setup_only" = yes ]; then
  say "Ready: $PROGRAM"
  exit 0
fi

if [ $# -eq 0 ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  say "No display: drawing the bundled clip to build/hello.png."
  "$PROGRAM" render "$HELLO_CLIP" --labels "$HELLO_LABELS" --label throw --sentence hands --out "$ROOT/build/hello.png" \
    > /dev/null
  exec "$PROGRAM" classify "$HELLO_CLIP" --labels "$HELLO_LABELS"
fi
exec "$PROGRAM" "$@"
