"""The cases: each runs in a process of its own and returns its figures."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from ..figure import Figure


@dataclass(frozen=True, slots=True)
class Case:
    """What is measured together, where, and how long it usually takes.

    `run` of the module takes whether the short form is wanted.
    """

    module: str
    title: str
    usual: str

    @property
    def run(self) -> Callable[[bool], list[Figure]]:
        """The function that measures."""
        module = import_module(f"{__name__}.{self.module}")
        run: Callable[[bool], list[Figure]] = module.run
        return run


CASES = {
    case.module: case
    for case in (
        Case("set_up", "setting up 1,000 cameras", "30 s"),
        Case("idle", "five idle minutes", "320 s"),
        Case("drain", "10,000 messages within the limit", "40 s"),
        Case("handling", "10,000 messages without limit", "40 s"),
        Case("alarm", "from alarm to state", "100 s"),
        Case("tick", "a clock's tick", "20 s"),
        Case("picture", "one picture for 50 dashboards", "10 s"),
        Case("door", "a door among 200 pictures", "60 s"),
        Case("memory", "memory of 1,500 entities", "60 s"),
        Case("client", "the client beside bare aiohttp", "20 s"),
        Case("relay", "the relay beside ffmpeg", "30 s"),
        Case("decryption", "decryption of a picture", "5 s"),
        Case("imports", "imports", "40 s"),
        Case("first_frame", "the first live picture", "90 s"),
        Case("code", "size of the front end", "1 s"),
        Case("growth", "100, 1,000 and 5,000 cameras", "240 s"),
    )
}
"""In the order of the table."""
