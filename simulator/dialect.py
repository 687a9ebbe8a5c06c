"""How a dialect talks: its envelope, its codes and its calls."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from .account import Account
from .contract import Contract, Json, Mistake
from .services import Services
from .world.events import Event


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back over the wire."""

    body: dict[str, Any]
    status: int = 200

    @property
    def code(self) -> str:
        """Return the contract's code, "0" for success."""
        return str(self.body.get("errorCode"))


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of the refusals that any call may meet."""

    no_token: str
    unknown_token: str
    expired_token: str
    unknown_key: str
    bad_json: str
    not_an_object: str
    internal: str


class Dialect(ABC):
    """One of the two contracts."""

    contract: Contract
    codes: Codes

    @abstractmethod
    def success(self, data: Json) -> Answer:
        """Wrap the data of a call that worked."""

    @abstractmethod
    def refuse(self, code: str) -> Answer:
        """Wrap a refusal."""

    @abstractmethod
    def mistaken(self, mistake: Mistake) -> Answer:
        """Refuse a body that breaks the contract."""

    @abstractmethod
    def too_fast(self) -> Answer:
        """Refuse a call above the rate limit."""

    @abstractmethod
    def publish(self, account: Account, services: Services, event: Event) -> None:
        """Queue an event of the account's world in the dialect's shape."""
