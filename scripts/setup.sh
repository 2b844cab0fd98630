# Set-up shared by run.sh and test.sh: packages, pinned parts, configure, build. Sourced.
#
# Variables that the callers may set before: WHEELS (folder of wheels, for machines without network), FORCE_CPU
# (yes: no GPU set of LibTorch), WITH_CAMERA (yes: the pose network for cameras and videos too), WITH_PEERS (yes: the
# libraries that tests talk with).

# shellcheck source-path=SCRIPTDIR
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
source "$ROOT/scripts/packages.sh"
source "$ROOT/scripts/parts.sh"
source "$ROOT/scripts/build.sh"

WHEELS="${PURLSCOPE_WHEELS:-}"
FORCE_CPU=no
WITH_CAMERA=no
WITH_PEERS=no

# One set-up at a time: two would unpack into the same folders.
lock_setup() {
  mkdir -p "$DEPS_DIR" "$ROOT/build" || die "$DEPS_DIR or $ROOT/build cannot be made; check their permissions"
  exec 9> "$ROOT/build/.setup-lock"
  flock --nonblock 9 && return 0
  say "Another set-up is running in this folder; waiting for it."
  flock 9
}
unlock_setup() { exec 9>&-; }

# set_up PRESET [TARGET...]
set_up() {
  local preset="$1"
  shift
  [ "$(uname -sm)" = "Linux x86_64" ] || die "Purlscope needs Linux on x86-64; this is $(uname -sm)."
  install_packages "$ROOT/scripts/packages-build.txt"
  lock_setup
  install_parts
  configure "$preset"
  build "$preset" "$@"
  unlock_setup
}

# uninstall ASK: removes what set-up made, except the Debian packages.
uninstall() {
  local places=("$DEPS_DIR" "$ROOT/build" "${XDG_CACHE_HOME:-$HOME/.cache}/purlscope")
  say "This removes:"
  printf '  %s\n' "${places[@]}" >&2
  say "Settings, sessions and the Debian packages stay."
  if [ "$1" = yes ]; then
    [ -t 0 ] || die "nobody to ask; give --yes to remove them"
    local answer
    read -r -p "Remove them? [y/N] " answer
    case "$answer" in y | Y | yes) ;; *) say "Nothing was removed." && return 0 ;; esac
  fi
  rm -rf "${places[@]}"
  rmdir --ignore-fail-on-non-empty "$(dirname "$DEPS_DIR")" 2> /dev/null || true
  say "Removed."
}
