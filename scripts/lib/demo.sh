# shellcheck shell=bash
# The environment of the demo: a Home Assistant as its users have it. Needs common.sh.
source scripts/lib/venv.sh

DEMO_VERSION=2026.11.0

install_at_run_time() {
  .venv-demo/bin/python -m demo.requirements >.venv-demo/requirements.txt
  "$(tool uv)" pip install --quiet --python .venv-demo/bin/python \
    --constraints .venv-demo/lib/python3*/site-packages/homeassistant/package_constraints.txt \
    --requirements .venv-demo/requirements.txt --group simulator
}

# PyPI's wheel of this package for the newest systems lacks its compiled part, which
# Home Assistant's own images have: every event and state would cost a few microseconds more.
install_compiled_ulid() {
  [[ $(uname -s) == Linux ]] || return 0
  "$(tool uv)" pip install --quiet --python .venv-demo/bin/python --no-deps \
    --constraints .venv-demo/lib/python3*/site-packages/homeassistant/package_constraints.txt \
    --python-platform "$(uname -m)-manylinux_2_28" --reinstall-package ulid-transform \
    ulid-transform || say "   ulid-transform stays as it is: slower, but it works"
}

install_home_assistant() {
  step "Home Assistant $DEMO_VERSION into .venv-demo" "10 s" \
    "$(tool uv)" pip install --quiet --python .venv-demo/bin/python "homeassistant==$DEMO_VERSION"
  step "its web pages and what else it needs at run time (70 MB)" "20 s" install_at_run_time
  install_compiled_ulid
}

make_demo_venv() {
  make_venv .venv-demo \
    "$DEMO_VERSION $(fingerprint demo/configuration.yaml demo/requirements.py pyproject.toml scripts/lib/demo.sh)" \
    install_home_assistant
}
