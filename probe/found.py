"""What earlier answers told, for the questions that need an id."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

LOGIN: Final = "login"

SOURCES: Final = {
    "area": ("Resources.areas",),
    "camera": ("Resources.cameras", "Resources.area_cameras"),
    "device": ("Resources.devices",),
    "input": ("Inputs.inputs",),
    "output": ("Inputs.outputs",),
    "pass": ("Passes.find",),
    "person": ("People.search",),
    "person group": ("PersonGroups.groups",),
    "recording": ("Recordings.search",),
    "token": (LOGIN,),
    "vehicle": ("Vehicles.vehicles",),
}
"""Which operations tell of a thing."""


class Found:
    """The models read so far, by operation, and the span of time to ask about."""

    def __init__(self, now: datetime) -> None:
        """Ask about the day before `now`, which is in the zone of the site."""
        self.now = now
        self.yesterday = now - timedelta(days=1)
        self._models: defaultdict[str, list[Any]] = defaultdict(list)

    def note(self, operation: str, models: Iterable[Any]) -> None:
        """Keep what an operation told."""
        self._models[operation] += models

    def every(self, thing: str) -> list[Any]:
        """Return all things of a kind, those that are online first."""
        models = [model for name in SOURCES[thing] for model in self._models[name]]
        return sorted(models, key=lambda model: getattr(model, "online", True) is False)

    def one(self, thing: str) -> Any:
        """Return the first thing of a kind. There must be one."""
        return self.every(thing)[0]
