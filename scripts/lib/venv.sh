# shellcheck shell=bash
# Makes virtual environments. Needs common.sh.
source scripts/lib/python.sh

fingerprint() { cat "$@" scripts/lib/{python,debian_python,venv}.sh | cksum; }

is_fresh() { [[ -f $1/.stamp && $(<"$1/.stamp") == "$2" ]] && fits "$1/bin/python"; }

renew_venv() {
  local venv=$1 stamp=$2 fill=$3 python
  is_fresh "$venv" "$stamp" && return
  if ! fits "$venv/bin/python"; then
    python=$(find_python)
    say "   using $("$python" --version) at $python"
    install_tool uv "$UV_VERSION"
    rm -rf "$venv"
    "$(tool uv)" venv --quiet --python "$python" "$venv"
  fi
  install_tool uv "$UV_VERSION"
  "$fill"
  printf '%s' "$stamp" >"$venv/.stamp"
}

# make_venv FOLDER STAMP FILL: the function FILL installs into FOLDER, unless the
# text STAMP tells that this has been done.
make_venv() {
  is_fresh "$1" "$2" && return
  locked setup renew_venv "$@"
}
