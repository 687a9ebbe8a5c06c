# shellcheck shell=bash
# Shared by every script: places, messages, progress, locking. To be sourced at the root.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/hikcentral-connect"
export ROOT CACHE
# uv trusts the machine's certificates, as pip, apt and curl do.
export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-1}"
# Without compiled files on disk every start of Home Assistant takes twice as long.
unset PYTHONDONTWRITEBYTECODE

say() { printf '%s\n' "$*" >&2; }
die() { say "error: $*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }
# bounded SECONDS COMMAND...: with a limit where the machine can set one.
bounded() { if have timeout; then timeout "$@"; else "${@:2}"; fi; }

# step LABEL USUAL COMMAND...: runs COMMAND, telling what goes on and for how long.
# Its output is shown only when it fails.
step() {
  local label=$1 usual=$2 start=$SECONDS next=5 log pid
  shift 2
  log=$(mktemp)
  say "-> $label (usually $usual)"
  "$@" >"$log" 2>&1 &
  pid=$!
  # Bash lets background jobs ignore Ctrl-C, so it has to be handed on.
  trap 'kill '"$pid"' 2>/dev/null || true; rm -f '"$log"'; exit 130' INT TERM
  while kill -0 "$pid" 2>/dev/null; do
    sleep 0.1
    if ((SECONDS - start >= next)); then
      say "   ... $((SECONDS - start)) s"
      next=$((SECONDS - start + 5))
    fi
  done
  local status=0
  wait "$pid" || status=$?
  trap - INT TERM
  if ((status)); then
    tail -n 30 "$log" >&2
    say "   failed after $((SECONDS - start)) s"
  else
    say "   done in $((SECONDS - start)) s"
  fi
  rm -f "$log"
  return "$status"
}

# locked NAME COMMAND...: one run at a time on this machine.
locked() {
  local file="$CACHE/$1.lock"
  shift
  mkdir -p "$CACHE"
  if ! have flock; then
    "$@"
    return
  fi
  exec 9>"$file"
  if ! flock --nonblock 9; then
    say "-> waiting for another run to finish (usually below 2 minutes)"
    flock 9
  fi
  # 9>&- : a child that outlives us must not hold the lock.
  "$@" 9>&-
  exec 9>&-
}
