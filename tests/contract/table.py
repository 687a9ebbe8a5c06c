"""Every operation of the client, and every row of the contract table."""

from importlib import import_module
from pathlib import Path
from typing import Any

from custom_components.hikcentral_connect.api import services
from custom_components.hikcentral_connect.api.operation import (
    Builders,
    Service,
    operations_of,
)

from .row import ContractRow

for _file in Path(services.__path__[0]).glob("[a-z]*.py"):
    import_module(f"{services.__name__}.{_file.stem}")

OPERATIONS: dict[str, Builders[Any, Any]] = {
    operation.name: operation
    for service in Service.__subclasses__()
    for operation in operations_of(service).values()
}
ROWS: tuple[ContractRow, ...] = tuple(
    row
    for file in sorted(Path(__file__).parent.glob("rows_*.py"))
    for row in import_module(f"{__package__}.{file.stem}").ROWS
)
