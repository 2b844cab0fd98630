# Configure and build the release preset. Sourced after common.sh.

# One compiler takes up to about 2 GB on files that include LibTorch.
build_jobs() {
  local by_memory
  by_memory="$(awk '/^MemAvailable/ { print int($2 / 2000000) }' /proc/meminfo)"
  local jobs
  jobs="$(nproc)"
  if [ "$by_memory" -lt "$jobs" ]; then jobs="$by_memory"; fi
  if [ "$jobs" -lt 1 ]; then jobs=1; fi
  printf '%s' "$jobs"
}

# configure PRESET: runs CMake when the build folder is new or its settings changed; Ninja does the rest by itself.
configure() {
  local preset="$1" stamp="$ROOT/build/$1/.setup-arguments"
  local arguments=("-DPURLSCOPE_DEPS=$DEPS_DIR" "-DLibTorch_ROOT_DIR=$TORCH_DIR")
  if [ "${CI:-}" = true ]; then arguments+=("-DPURLSCOPE_WERROR=ON"); fi
  local wanted="$ROOT ${arguments[*]}"
  if [ -f "$ROOT/build/$preset/build.ninja" ] && [ "$(cat "$stamp" 2> /dev/null)" = "$wanted" ]; then return 0; fi
  step "Configuring ($preset)"
  need_space "$ROOT/build" 3000 "the build"
  # A build folder that was moved or copied along names its old place and cannot be used.
  local cache="$ROOT/build/$preset/CMakeCache.txt"
  if [ -f "$cache" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$ROOT" "$cache"; then rm -rf "${ROOT:?}/build/$preset"; fi
  (cd "$ROOT" && cmake --preset "$preset" "${arguments[@]}") >&2 ||
    die "CMake failed; the lines above say why. To start anew: rm -r $ROOT/build/$preset"
  printf '%s' "$wanted" > "$stamp"
}

# build PRESET [TARGET...]: one progress line on a terminal, nothing but problems when there is nothing to do.
build() {
  local preset="$1"
  shift
  local folder="$ROOT/build/$preset"
  if ninja -C "$folder" -n "$@" 2> /dev/null | grep -q 'no work to do'; then return 0; fi
  step "Building with $(build_jobs) jobs (the first time takes some minutes; later runs only what changed)"
  NINJA_STATUS='[%f/%t, %e s] ' ninja -C "$folder" -j "$(build_jobs)" "$@" >&2 ||
    die "the build failed; the lines above say why"
}
