"""Prints what Home Assistant would install by itself when the demo starts.

Run by the interpreter of the demo's environment: the pins are read from the manifests
of the Home Assistant that is installed there.
"""

from collections.abc import Iterator
import json
from pathlib import Path
import re

import homeassistant
from homeassistant.bootstrap import DEFAULT_INTEGRATIONS

CONFIGURATION = Path(__file__).with_name("configuration.yaml")
COMPONENTS = Path(homeassistant.__file__).parent / "components"
# The analytics integration imports it without naming it as a dependency.
UNNAMED = {"hassio"}
# They have no wheels and would have to be compiled. Only speech needs them.
LEFT_OUT = ("pymicro-vad", "pyspeex-noise")


def named_integrations() -> set[str]:
    """Return the domains that the demo's configuration names."""
    return set(re.findall(r"^(\w+):", CONFIGURATION.read_text(), re.MULTILINE))


def with_dependencies(domains: set[str]) -> set[str]:
    """Return the domains and all they depend on."""
    found: set[str] = set()
    waiting = list(domains)
    while waiting:
        domain = waiting.pop()
        if domain in found:
            continue
        found.add(domain)
        waiting += manifest(domain).get("dependencies", [])
    return found


def manifest(domain: str) -> dict[str, list[str]]:
    """Return the manifest of a built-in integration."""
    path = COMPONENTS / domain / "manifest.json"
    content: dict[str, list[str]] = json.loads(path.read_text())
    return content


def requirements() -> Iterator[str]:
    """Yield the pins, each one once."""
    domains = with_dependencies(
        named_integrations() | set(DEFAULT_INTEGRATIONS) | UNNAMED
    )
    pins = {pin for name in domains for pin in manifest(name).get("requirements", [])}
    yield from sorted(pin for pin in pins if not pin.startswith(LEFT_OUT))


if __name__ == "__main__":
    print("\n".join(requirements()))
