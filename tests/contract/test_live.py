"""Every operation is tried against the simulator, in every dialect that has it."""

from importlib import import_module
from pathlib import Path

from custom_components.hikcentral_connect.api import DialectName

from .live import LIVE
from .table import OPERATIONS

for _file in Path(__file__).parent.glob("test_live_*.py"):
    import_module(f"{__package__}.{_file.stem}")


def test_every_operation_is_tried() -> None:
    """No operation is left out, and none is tried that a dialect lacks."""
    offered = {
        (name, dialect)
        for name, operation in OPERATIONS.items()
        for dialect in DialectName
        if operation.offered_by(dialect)
    }
    assert offered == LIVE
