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

install_home_assistant() {
  step "Home Assistant $DEMO_VERSION into .venv-demo" "10 s" \
    "$(tool uv)" pip install --quiet --python .venv-demo/bin/python "homeassistant==$DEMO_VERSION"
  step "its web pages and what else it needs at run time (70 MB)" "20 s" install_at_run_time
}

make_demo_venv() {
  make_venv .venv-demo \
    "$DEMO_VERSION $(fingerprint demo/configuration.yaml demo/requirements.py pyproject.toml)" \
    install_home_assistant
}
