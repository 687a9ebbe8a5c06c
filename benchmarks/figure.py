"""A measured figure, what it is compared with, and what it has to reach."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """`value` and `bound` in `unit`; the goal is met up to `limit`, of the same unit.

    Without a bound there is only the limit. `notes` tell what else was seen.
    """

    name: str
    unit: str
    value: float
    bound: float | None
    limit: float
    goal: str
    notes: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def times(
        cls, name: str, unit: str, value: float, bound: float, most: float, **notes: Any
    ) -> Self:
        """Return a figure that may be `most` times its bound."""
        goal = f"≤ {most:g} ×"
        return cls(
            name=name,
            unit=unit,
            value=value,
            bound=bound,
            limit=bound * most,
            goal=goal,
            notes=notes,
        )

    @classmethod
    def plus(
        cls, name: str, unit: str, value: float, bound: float, more: float, **notes: Any
    ) -> Self:
        """Return a figure that may exceed its bound by `more`."""
        goal = f"≤ +{more:g} {unit}" if more else "exactly"
        return cls(
            name=name,
            unit=unit,
            value=value,
            bound=bound,
            limit=bound + more,
            goal=goal,
            notes=notes,
        )

    @classmethod
    def at_most(
        cls, name: str, unit: str, value: float, limit: float, **notes: Any
    ) -> Self:
        """Return a figure that has a limit and no bound."""
        goal = f"≤ {limit:g} {unit}"
        return cls(
            name=name,
            unit=unit,
            value=value,
            bound=None,
            limit=limit,
            goal=goal,
            notes=notes,
        )

    @property
    def ratio(self) -> float | None:
        """How often the bound fits into the value."""
        return self.value / self.bound if self.bound else None

    @property
    def passed(self) -> bool:
        """Whether the goal is met."""
        return self.value <= self.limit * (1 + 1e-9)

    def as_json(self) -> dict[str, Any]:
        """Return everything, the verdict included."""
        return {**asdict(self), "ratio": self.ratio, "passed": self.passed}


_COLUMNS = ("figure", "value", "bound", "ratio", "goal", "")


def table(figures: Iterable[dict[str, Any]]) -> str:
    """Return the rows of `Figure.as_json` as text, with the notes below each."""
    rows = [_COLUMNS, *(_cells(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_COLUMNS))]
    lines = [_line(row, widths) for row in rows]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def _cells(figure: dict[str, Any]) -> tuple[str, ...]:
    bound, ratio, unit = figure["bound"], figure["ratio"], figure["unit"]
    return (
        figure["name"],
        _number(figure["value"], unit),
        "–" if bound is None else _number(bound, unit),
        "–" if ratio is None else f"{ratio:.2f}",
        figure["goal"],
        "ok" if figure["passed"] else "MISSED",
    )


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    name, *numbers, goal, verdict = row
    cells = [name.ljust(widths[0])]
    cells += [one.rjust(width) for one, width in zip(numbers, widths[1:4], strict=True)]
    return "  ".join([*cells, goal.ljust(widths[4]), verdict]).rstrip()


def _number(value: float, unit: str) -> str:
    whole = f"{value:,.0f}" if value >= 1000 or value == int(value) else f"{value:.3g}"
    return f"{whole} {unit}".rstrip()
