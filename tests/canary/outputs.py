"""Everything that comes out of Home Assistant, kept by where it came out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
import json
import logging
import re
from typing import Any, Final, override

from sqlalchemy import inspect, text

from homeassistant.components.recorder import get_instance
from homeassistant.core import Event, HomeAssistant, callback

from .plant import Canaries

OURS: Final = "custom_components.hikcentral_connect"


@dataclass(frozen=True, order=True)
class Hit:
    """A word found where something came out."""

    what: str
    where: str


class Outputs(logging.Handler):
    """Collects texts by their way out, the log itself included."""

    def __init__(self) -> None:
        """Take every line of every logger."""
        super().__init__(logging.DEBUG)
        self.setFormatter(logging.Formatter("%(name)s %(message)s"))
        self.texts: defaultdict[str, list[str]] = defaultdict(list)

    @override
    def emit(self, record: logging.LogRecord) -> None:
        name = record.name
        if name.startswith("pytest_"):
            return  # the stand-in for storage, which is searched by itself
        kind = "our log" if name.startswith(OURS) else f"log of {name}"
        self.texts[kind].append(self.format(record))

    def add(self, where: str, *what: Any) -> None:
        """Keep what came out somewhere."""
        self.texts[where] += [_written(one) for one in what]

    @callback
    def on_event(self, event: Event[Any]) -> None:
        """Keep what is told on the bus."""
        typed = event.event_type == "call_service"
        self.add("bus: what was typed" if typed else "bus", repr(event.as_dict()))

    def hits(self, find: re.Pattern[str], canaries: Canaries) -> dict[Hit, str]:
        """Return every word that came out, with an example."""
        found: dict[Hit, str] = {}
        for where, texts in self.texts.items():
            for one in texts:
                for match in find.finditer(one):
                    around = one[max(0, match.start() - 120) : match.end() + 60]
                    found.setdefault(Hit(canaries[match[0]], where), around)
        return found


async def read_database(hass: HomeAssistant) -> list[str]:
    """Return every row that was recorded."""

    def read() -> list[str]:
        with get_instance(hass).engine.connect() as connection:
            tables = inspect(connection).get_table_names()
            return [
                f"{table} {row}"
                for table in tables
                for row in connection.execute(text(f"SELECT * FROM {table}"))  # noqa: S608
            ]

    rows: list[str] = await get_instance(hass).async_add_executor_job(read)
    return rows


def _written(what: Any) -> str:
    if isinstance(what, str):
        return what
    if isinstance(what, bytes):
        return what.decode("latin-1")
    if isinstance(what, Mapping | list):
        return json.dumps(what, default=repr)
    return repr(what)


def counted(texts: Mapping[str, Iterable[str]]) -> str:
    """Return how much was searched."""
    return ", ".join(f"{where}: {len(list(rows))}" for where, rows in texts.items())
