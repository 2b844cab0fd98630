# Words, paths and small helpers shared by run.sh, test.sh and the scripts. Sourced, never run.
# Everything for people goes to stderr: standard output belongs to the program that is started.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)"
BUILD_DIR="$ROOT/build/release"
DEPS_DIR="${PURLSCOPE_DEPS:-${XDG_DATA_HOME:-$HOME/.local/share}/purlscope/deps}"

say() { printf '%s\n' "$*" >&2; }
step() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }
warn() { printf 'warning: %s\n' "$*" >&2; }
die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}
bad_usage() {
  printf 'error: %s\nTry %s --help.\n' "$*" "$(basename "$0")" >&2
  exit 2
}

[ -t 2 ] || step() { printf '==> %s\n' "$*" >&2; }

# Lines of a list file without comments and blanks.
read_list() { sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$@"; }

# Stops unless the file system of a folder, which need not exist yet, has room. need_space FOLDER MEGABYTES WHAT
need_space() {
  local folder="$1" free
  while [ ! -d "$folder" ]; do folder="$(dirname "$folder")"; done
  free="$(df -Pm "$folder" | awk 'NR == 2 { print $4 }')"
  [ "$free" -ge "$2" ] ||
    die "$3 needs about $2 MB in $1, but only $free MB are free there. Make room and run this again."
}
