# shellcheck shell=bash
# The browser of the browser tests. Needs common.sh.

find_chromium() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" && return
  done
  return 1
}

install_chromium() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get --quiet update && apt-get --quiet --assume-yes --no-install-recommends install chromium
}

ensure_chromium() {
  find_chromium >/dev/null && return
  [[ $(id -u) == 0 ]] && have apt-get || return 1
  step "Chromium from the system's packages" "60 s" install_chromium && find_chromium >/dev/null
}
