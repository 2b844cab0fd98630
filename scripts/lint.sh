#!/usr/bin/env bash
# Format, include rules, spelling, clang-tidy on changed files. Called by `./test.sh --lint`, which sets up first.
# Every check runs; the exit code is 1 when one of them complains.
set -uo pipefail
# shellcheck source=scripts/common.sh
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/common.sh"
cd "$ROOT" || exit 1

# A clang-tidy run on a file that includes LibTorch takes half a minute.
TIDY_FILES_AT_MOST="${PURLSCOPE_TIDY_FILES:-60}"
failures=0

check() { # TITLE COMMAND...
  local title="$1" start=$SECONDS
  shift
  step "$title"
  if "$@" >&2; then
    say "    ok, $((SECONDS - start)) s"
  else
    say "    FAILED: $title"
    failures=$((failures + 1))
  fi
}

# Files of the repository; without Git those that a clone would have.
tracked() {
  if git rev-parse --is-inside-work-tree > /dev/null 2>&1; then
    git ls-files --cached --others --exclude-standard -- "$@"
  else
    find . -path ./build -prune -o -type f -print | sed 's#^\./##'
  fi
}
tracked_cpp() { tracked '*.cpp' '*.h' | grep -E '\.(cpp|h)$'; }

# C++ sources changed since $PURLSCOPE_LINT_SINCE, else since the branch left the main line, or by the last commit on it.
changed_cpp() {
  git rev-parse --is-inside-work-tree > /dev/null 2>&1 || return 0
  local base head
  head="$(git rev-parse HEAD)"
  base="${PURLSCOPE_LINT_SINCE:-$(git merge-base HEAD origin/HEAD 2> /dev/null || git merge-base HEAD main 2> /dev/null || true)}"
  if [ -z "$base" ] || [ "$base" = "$head" ]; then base="$(git rev-parse --verify --quiet HEAD~1 || true)"; fi
  { [ -z "$base" ] || git diff --name-only --diff-filter=d "$base" -- '*.cpp'; git ls-files --others --exclude-standard -- '*.cpp'; } | sort -u
}

format() { tracked_cpp | xargs clang-format --dry-run -Werror; }
spelling() { tracked | grep -Ev '\.(png|safetensors|skeleton|svg|inc|ts)$' | xargs codespell; }
includes() { python3 tests/structure/check_includes.py "$ROOT"; }
scripts() {
  local file bad=0
  for file in run.sh test.sh .ci/run scripts/*.sh; do bash -n "$file" || bad=1; done
  return "$bad"
}

tidy() {
  local files count
  files="$(changed_cpp)"
  count="$(printf '%s' "$files" | grep -c . || true)"
  if [ "$count" -eq 0 ]; then
    say "    no changed C++ source"
    return 0
  fi
  # clang cannot read GCC's precompiled headers, so it gets a configured folder without them.
  local folder="$ROOT/build/lint" torch
  torch="$(sed -n 's/^LibTorch_ROOT_DIR:[A-Z]*=//p' "$BUILD_DIR/CMakeCache.txt")"
  cmake -S "$ROOT" -B "$folder" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON \
    "-DPURLSCOPE_DEPS=$DEPS_DIR" "-DLibTorch_ROOT_DIR=$torch" > "$folder.log" 2>&1 || { cat "$folder.log"; return 1; }
  if [ "$count" -gt "$TIDY_FILES_AT_MOST" ]; then
    say "    $count files changed; looking at the first $TIDY_FILES_AT_MOST (PURLSCOPE_TIDY_FILES=N for more)"
    files="$(printf '%s\n' "$files" | head -n "$TIDY_FILES_AT_MOST")"
  else
    say "    $count changed files"
  fi
  printf '%s\n' "$files" | xargs -P "$(nproc)" -n 1 clang-tidy --quiet -p "$folder" 2> "$folder-tidy.log"
}

mkdir -p "$ROOT/build"
check "Include rules" includes
check "Format (clang-format)" format
check "Spelling (codespell)" spelling
check "Shell scripts (bash -n)" scripts
check "clang-tidy on changed files" tidy
if [ "$failures" -gt 0 ]; then
  say "$failures checks failed"
  exit 1
fi
say "All checks passed"
