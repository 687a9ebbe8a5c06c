"""Operations of the client: one line each, with a builder per dialect.

A dialect's builder is a pure function that returns a `Call`; its docstring is the
documentation of the operation. An operation with no builder for the account's dialect
raises `NotOffered`, named after the operation.
"""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Concatenate, Protocol

from .call import Call, Page
from .errors import NotOffered
from .paging import collect
from .session import DialectName, Session


class Service:
    """A group of operations that share one session."""

    def __init__(self, session: Session) -> None:
        """Send through `session`."""
        self.session = session


class Operation[**P, T](Protocol):
    """A descriptor that becomes a method of the service it stands in."""

    def __get__(
        self, service: Service, owner: type[Service]
    ) -> Callable[P, Coroutine[Any, Any, T]]:
        """Return the method."""


@dataclass(slots=True)
class Builders[**P, C]:
    """The builder of each dialect that offers an operation."""

    reference: Callable[P, C] | None
    teams: Callable[P, C] | None
    name: str = ""
    urgent: bool = False
    """Whether somebody stands and waits, so that a login is tried again at once."""

    def __set_name__(self, owner: type[Service], name: str) -> None:
        """Learn the name under which the operation stands in its service."""
        self.name = f"{owner.__name__}.{name}"

    def offered_by(self, dialect: DialectName) -> bool:
        """Tell whether accounts of this dialect have the operation."""
        return getattr(self, dialect.value) is not None

    def builder(self, dialect: DialectName) -> Callable[P, C]:
        """Return the builder for a dialect or raise `NotOffered`."""
        builder: Callable[P, C] | None = getattr(self, dialect.value)
        if builder is None:
            raise NotOffered(f"{self.name} is not offered by this service")
        return builder


class _Single[**P, T](Builders[P, Call[T]]):
    def __get__(
        self, service: Service, owner: type[Service]
    ) -> Callable[P, Coroutine[Any, Any, T]]:
        async def send(*args: P.args, **kwargs: P.kwargs) -> T:
            builder = self.builder(await service.session.dialect(urgent=self.urgent))
            return await service.session.send(builder(*args, **kwargs))

        return send


class _Paged[**P, T](Builders[Concatenate[int, P], Call[Page[T]]]):
    def __get__(
        self, service: Service, owner: type[Service]
    ) -> Callable[P, Coroutine[Any, Any, list[T]]]:
        async def send(*args: P.args, **kwargs: P.kwargs) -> list[T]:
            builder = self.builder(await service.session.dialect())

            async def fetch(page: int) -> Page[T]:
                return await service.session.send(builder(page, *args, **kwargs))

            return await collect(fetch)

        return send


def operation[**P, T](
    *,
    reference: Callable[P, Call[T]] | None = None,
    teams: Callable[P, Call[T]] | None = None,
    urgent: bool = False,
) -> Operation[P, T]:
    """Make an operation of one request."""
    return _Single(reference, teams, urgent=urgent)


def paged[**P, T](
    *,
    reference: Callable[Concatenate[int, P], Call[Page[T]]] | None = None,
    teams: Callable[Concatenate[int, P], Call[Page[T]]] | None = None,
) -> Operation[P, list[T]]:
    """Make an operation that reads a list to its end; builders take the page first."""
    return _Paged(reference, teams)


def operations_of(service: type[Service]) -> dict[str, Builders[Any, Any]]:
    """Return the operations of a service by name."""
    return {
        name: value
        for name, value in vars(service).items()
        if isinstance(value, Builders)
    }
