"""Every reader of answers there is, found in the code: a new one is tried as well.

A reader is a function of the client with a `Row` among its parameters, or what a call
of the contract table reads its answer with. A parameter of a kind that is not known
here is an error, so that nobody is left out silently.
"""

from collections.abc import Callable
from datetime import UTC, tzinfo
from importlib import import_module
import inspect
from pkgutil import walk_packages
from types import FunctionType
from typing import Any, Final, get_origin
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from custom_components.hikcentral_connect import api
from custom_components.hikcentral_connect.api.row import Row
from custom_components.hikcentral_connect.api.session import DialectName
from tests.contract.row import ContractRow
from tests.contract.table import OPERATIONS, ROWS

from .asked import OBJECT, made

type Reader = Callable[[st.DataObject, Row], Any]

SPOILT: Final = 20
WORDS: Final = ("list", "id", "name", "rows", "failed", "", "x")


def functions() -> dict[str, FunctionType]:
    """Return the functions of the client that take a `Row`, by module and name."""
    found = {}
    for module in walk_packages(api.__path__, f"{api.__name__}."):
        for name, one in vars(import_module(module.name)).items():
            if not inspect.isfunction(one) or one.__module__ != module.name:
                continue
            if any(p.annotation is Row for p in _parameters(one)):
                where = module.name.removeprefix(f"{api.__name__}.")
                found[f"{where}.{name}"] = one
    return found


def calls() -> dict[str, Callable[[Row], Any]]:
    """Return the readers of calls that are no plain functions, by operation."""
    found = {}
    for row in ROWS:
        read = _call_of(row).read
        if not inspect.isfunction(read) or read.__closure__:
            found[str(row)] = read
    return found


def not_in_table() -> set[str]:
    """Return operations without a row in the contract table, whose readers we miss."""
    known = {(row.operation, row.dialect) for row in ROWS}
    return {
        f"{dialect}-{name}"
        for name, operation in OPERATIONS.items()
        for dialect in DialectName
        if operation.offered_by(dialect) and (name, dialect) not in known
    }


def readers() -> dict[str, Reader]:
    """Return all readers by name, each called with what it needs beside the answer."""
    found: dict[str, Reader] = {name: _of(one) for name, one in functions().items()}
    for name, read in calls().items():
        found[name] = lambda _, row, read=read: read(row)
    return found


def _of(function: FunctionType) -> Reader:
    parameters = [(one, _giver(function, one)) for one in _parameters(function)]

    def read(data: st.DataObject, row: Row) -> Any:
        given: list[Any] = []
        named: dict[str, Any] = {}
        first = True
        for parameter, give in parameters:
            if parameter.annotation is Row and first:
                value, first = row, False
            else:
                value = give(data, row)
            if parameter.kind is parameter.VAR_POSITIONAL:
                given += value
            elif parameter.kind is parameter.KEYWORD_ONLY:
                named[parameter.name] = value
            else:
                given.append(value)
        return function(*given, **named)

    return read


def _giver(function: FunctionType, parameter: inspect.Parameter) -> Reader:
    """Return what makes up a parameter."""
    kind = parameter.annotation
    if parameter.kind is parameter.VAR_POSITIONAL and kind is str:
        return lambda data, _: data.draw(st.lists(st.sampled_from(WORDS), min_size=1))
    if kind is Row:
        return lambda data, row: Row(made(data, OBJECT, SPOILT), row.skipped)
    if get_origin(kind) is Callable or "Callable[[" in str(kind):
        return lambda data, _: lambda inner: inner.text("id")
    by_kind: dict[Any, st.SearchStrategy[Any]] = {
        str: st.sampled_from(WORDS),
        bool: st.booleans(),
        int: st.integers(0, 400),
        dict[str, bool]: st.just({"1": True, "0": False}),
        tzinfo: st.sampled_from((UTC, ZoneInfo("America/Mexico_City"))),
    }
    if kind not in by_kind:
        where = f"{function.__module__}.{function.__name__}"
        raise TypeError(f"teach tests/fuzz what {where} takes as {parameter.name}")
    strategy = by_kind[kind]
    return lambda data, _: data.draw(strategy)


def _parameters(function: FunctionType) -> list[inspect.Parameter]:
    return list(inspect.signature(function).parameters.values())


def _call_of(row: ContractRow) -> Any:
    pages = () if row.page is None else (row.page,)
    return OPERATIONS[row.operation].builder(row.dialect)(*pages, **row.arguments)
