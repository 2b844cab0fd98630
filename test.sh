#!/usr/bin/env bash
# Sets Purlscope up, builds it and runs its tests. See --help.
set -euo pipefail
# shellcheck source=scripts/setup.sh
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/scripts/setup.sh"

usage() {
  cat << 'TEXT'
Usage: ./test.sh [--label NAME] [--lint] [--preset PRESET] [--with-camera] [--wheels DIR] [--cpu]

Installs what is missing, builds everything and runs the tests. The last line is
`N passed, M failed, K skipped`; the exit code is CTest's.

  --label NAME     only tests of one label: unit, data, golden, gui, gl, slow, gpu, fuzz (may be given again)
  --lint           check format, clang-tidy on changed files, spelling and include rules instead of testing
  --preset PRESET  CMake preset: release (default, and fuzz after it), dev, asan, tsan, fuzz, coverage
  --with-camera    install the pose network, so that the tests of cameras and videos (slow) run too
  --wheels DIR     take the Python wheels from DIR instead of the network (also: PURLSCOPE_WHEELS)
  --cpu            LibTorch without GPU support even where an NVIDIA GPU is present

Long runs (fuzzing for a minute a format, soak) happen only with PURLSCOPE_LONG=1. Tests that need the recordings beside the
repository (../shared or $PURLSCOPE_SHARED) are skipped without them, and fail with CI=true.
TEXT
}

preset=release lint=no labels=()
WITH_PEERS=yes
while [ $# -gt 0 ]; do
  case "$1" in
    --label | --preset | --wheels) [ $# -ge 2 ] || bad_usage "$1 needs a value" ;;&
    --label) labels+=("$2") && shift ;;
    --preset) preset="$2" && shift ;;
    --wheels) WHEELS="$2" && shift ;;
    --cpu) FORCE_CPU=yes ;;
    --lint) lint=yes ;;
    --with-camera) WITH_CAMERA=yes ;;
    --help | -h) usage && exit 0 ;;
    *) bad_usage "unknown argument $1" ;;
  esac
  shift
done
case "$preset" in release | dev | asan | tsan | fuzz | coverage) ;; *) bad_usage "unknown preset $preset" ;; esac

if [ "$lint" = yes ]; then
  install_packages "$ROOT/scripts/packages-build.txt" "$ROOT/scripts/packages-lint.txt"
  set_up release purlscope purlscope_engine
  exec "$ROOT/scripts/lint.sh"
fi

if [ "${PURLSCOPE_LONG:-}" = 1 ]; then export PURLSCOPE_FUZZ_SECONDS="${PURLSCOPE_FUZZ_SECONDS:-60}"; fi

# The user's own settings, caches and state stay untouched.
private="$(mktemp -d)"
trap 'rm -rf "$private"' EXIT
own_folders=("XDG_CONFIG_HOME=$private/config" "XDG_CACHE_HOME=$private/cache" "XDG_STATE_HOME=$private/state")

# run_tests PRESET: sets up, builds, tests; the counts go to the preset's results file.
code=0 results=()
run_tests() {
  local preset="$1" folder="$ROOT/build/$1" targets=() arguments
  # The sanitizers serve the unit tests of core, which need no LibTorch.
  case "$preset" in
    asan | tsan) targets=(core_tests) ;;
    fuzz) install_packages "$ROOT/scripts/packages-build.txt" "$ROOT/scripts/packages-fuzz.txt" ;;
  esac
  set_up "$preset" "${targets[@]}"
  rm -f "$folder/test-results.xml"
  results+=("$folder/test-results.xml")
  arguments=(--test-dir "$folder" --parallel 2 --output-on-failure --no-tests=error --output-junit "$folder/test-results.xml")
  if [ "${#labels[@]}" -gt 0 ]; then arguments+=(--label-regex "^($(IFS='|' && echo "${labels[*]}"))\$"); fi
  case "$preset" in asan | tsan) arguments+=(--tests-regex '.' --exclude-regex '_NOT_BUILT$') ;; esac
  env "${own_folders[@]}" ctest "${arguments[@]}" || code=$?
}

# Fuzzing has a build of its own (Clang) and goes with the default run.
only=" ${labels[*]} "
if [ "$only" != " fuzz " ]; then run_tests "$preset"; fi
if [ "$preset" = release ] && { [ "$only" = "  " ] || [[ "$only" = *" fuzz "* ]]; }; then run_tests fuzz; fi
python3 "$ROOT/scripts/count_tests.py" "${results[@]}"
exit "$code"
