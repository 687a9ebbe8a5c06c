"""One row of the contract table: an operation, what it sends, what it reads."""

from dataclasses import dataclass, field
from typing import Any

from custom_components.hikcentral_connect.api.session import DialectName


@dataclass(frozen=True)
class ContractRow:
    """An operation of one dialect against the contract's own example.

    `sent` is the body of the example (key order counts: it is compared byte for byte);
    None stands for a GET. `page` is 1 for lists, which the client reads to their end.
    `data` is the `data` of the documented answer, or one made of the documented fields
    where the contract shows no example; `read` is the model it must become.
    """

    operation: str
    dialect: DialectName
    path: str
    sent: dict[str, Any] | None
    arguments: dict[str, Any] = field(default_factory=dict)
    page: int | None = None
    data: Any = None
    read: Any = None

    def __str__(self) -> str:
        """Name the row in the report of the tests."""
        return f"{self.dialect}-{self.operation}"
