# Debian packages: what is missing, and how it is installed. Sourced after common.sh.

# Names of the packages in the given lists that are not installed, one a line.
missing_packages() {
  command -v dpkg-query > /dev/null || die "this is no Debian or Ubuntu system (no dpkg-query).
Install the counterparts of the packages in scripts/packages-build.txt by hand, then build as docs/dev/building.md says."
  local wanted installed
  wanted="$(read_list "$@" | sort -u)"
  # shellcheck disable=SC2086  # one word a package
  installed="$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' $wanted 2> /dev/null |
    sed -n 's/^installed //p' | sort -u)" || true
  comm -23 <(printf '%s\n' "$wanted") <(printf '%s\n' "$installed")
}

# install_packages LIST...: installs what is missing, or prints the line that would and stops.
install_packages() {
  local missing sudo=""
  missing="$(missing_packages "$@" | tr '\n' ' ' | sed 's/ *$//')"
  [ -n "$missing" ] || return 0
  local line="apt-get install -y --no-install-recommends $missing"
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo > /dev/null || ! sudo -n true 2> /dev/null; then
      say "These packages are missing, and this user may not install them. Run:"
      say "  sudo $line"
      exit 1
    fi
    sudo="sudo -n"
  fi
  need_space /usr 2500 "installing the packages"
  step "Installing packages: $missing"
  export DEBIAN_FRONTEND=noninteractive
  $sudo apt-get update -qq >&2 || warn "apt-get update failed; trying with the lists at hand"
  # shellcheck disable=SC2086  # one word a package
  $sudo env DEBIAN_FRONTEND=noninteractive $line >&2 ||
    die "the packages could not be installed. When the network is back, run: ${sudo:+sudo }$line"
}
