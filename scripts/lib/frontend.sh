# shellcheck shell=bash
# The front end's own tools. Needs common.sh.
source scripts/lib/python.sh
source scripts/lib/node.sh

modules_are_fresh() {
  cksum frontend/package-lock.json | cmp --silent - frontend/node_modules/.stamp
}

install_modules() {
  npm_run --prefix frontend ci --no-audit --no-fund --ignore-scripts || return 1
  cksum frontend/package-lock.json >frontend/node_modules/.stamp
}

make_modules() {
  ensure_node || die "no Node 20.19 or newer, and none could be fetched from PyPI. Install it" \
    "(https://nodejs.org, your package manager), then run this again."
  modules_are_fresh || step "packages of the front end from npm" "10 s" install_modules
}

# front_end SCRIPT: runs a script of frontend/package.json.
front_end() {
  locked build make_modules
  modules_are_fresh && npm_run --prefix frontend run --silent "$1"
}
