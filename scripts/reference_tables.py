"""Writes docs/actions.md and docs/errors.md, from what the code itself says.

.venv/bin/python -m scripts.reference_tables
"""

from collections import defaultdict
from collections.abc import Iterator
import json
from pathlib import Path
from typing import Any, Final

import yaml

from custom_components.hikcentral_connect.api.errors import (
    HikError,
    error_for,
    known_codes,
)
from custom_components.hikcentral_connect.exceptions import explain

ROOT: Final = Path(__file__).parent.parent
COMPONENT: Final = ROOT / "custom_components" / "hikcentral_connect"
SERVICE_FIELDS: Final = {"config_entry_id": "needed only with several accounts"}

ACTIONS_HEAD: Final = """# Actions

Made by `scripts/reference_tables.py` from the texts that Home Assistant shows. Examples stand in
[examples.md](examples.md). Every action that lists or makes something answers with a response
(`response_variable`); those that change the account, or tell of people, are for administrators.
Nothing is sent when a value cannot be right, and a refusal of the service is told in plain words.
"""
ERRORS_HEAD: Final = """# What the service answers, and what to do

Made by `scripts/reference_tables.py`. Home Assistant shows the message; the code in its brackets
is the service's own, and the place to look it up is here. A code that is not listed is shown as
it came.
"""


def actions() -> str:
    """Return docs/actions.md."""
    texts = _texts()["services"]
    specifications = yaml.safe_load((COMPONENT / "services.yaml").read_text())
    parts = (_action(name, specifications[name] or {}, texts[name]) for name in texts)
    return "\n".join((ACTIONS_HEAD, *parts))


def errors() -> str:
    """Return docs/errors.md."""
    codes: defaultdict[type[HikError], list[str]] = defaultdict(list)
    for code in sorted(known_codes()):
        codes[type(error_for(code))].append(code)
    lines = ("| message | codes |\n|---|---|\n", *map(_error, codes, codes.values()))
    return f"{ERRORS_HEAD}\n{''.join(lines)}"


def _action(name: str, specification: dict[str, Any], texts: dict[str, Any]) -> str:
    head = f"## `hikcentral_connect.{name}`\n\n**{texts['name']}.** {texts['description']}\n"
    rows = "".join(_rows(specification, texts))
    return f"{head}\n| field | | meaning |\n|---|---|---|\n{rows}" if rows else head


def _rows(specification: dict[str, Any], texts: dict[str, Any]) -> Iterator[str]:
    if "target" in specification:
        yield "| target | needed | an entity of the integration |\n"
    for field, details in specification.get("fields", {}).items():
        need = "needed" if details.get("required") else SERVICE_FIELDS.get(field, "")
        meaning = texts["fields"][field]["description"].replace("|", "\\|")
        yield f"| `{field}` | {need} | {meaning} |\n"


def _error(kind: type[HikError], codes: list[str]) -> str:
    key = explain(error_for(codes[0]))["translation_key"]
    message = _texts()["exceptions"][key]["message"]
    plain = message.replace(" ({code})", "").replace(" ({error})", "")
    told = plain.replace("{text}.", "…").replace("{text}", "…")
    return f"| {told} | {', '.join(f'`{one}`' for one in codes)} |\n"


def _texts() -> dict[str, Any]:
    texts: dict[str, Any] = json.loads(
        (COMPONENT / "translations" / "en.json").read_text()
    )
    return texts


if __name__ == "__main__":
    for name, document in (("actions", actions()), ("errors", errors())):
        (ROOT / "docs" / f"{name}.md").write_text(document)
        print(f"wrote docs/{name}.md")
