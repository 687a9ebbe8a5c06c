"""The rights of persons to pass doors in teams (guide section 2.6)."""

from typing import Final

from ...call import Call, Kind
from ...models.access import CredentialStatus, ElementStatus, EncryptInfo, Failure
from ...row import JsonObject, Row
from .. import ids
from .inner import code_of, read_failures, told

_ID_AT_MOST: Final = 18


def assign(person_id: str, level_ids: tuple[str, ...]) -> Call[tuple[Failure, ...]]:
    """Give a person access levels beside those it has (section 2.6).

    Ids have 1 to 18 characters. Returns the levels that failed; the failure of the
    only one is raised: `NotFound`, `LimitReached`.
    """
    return _person_levels("add", person_id, level_ids)


def remove(person_id: str, level_ids: tuple[str, ...]) -> Call[tuple[Failure, ...]]:
    """Take access levels from a person (section 2.6); returns those that failed."""
    return _person_levels("delete", person_id, level_ids, deleteAll=False)


def remove_all(person_id: str) -> Call[tuple[Failure, ...]]:
    """Take all access levels from a person (section 2.6); returns what failed."""
    return _person_levels("delete", person_id, None, deleteAll=True)


def replace(person_id: str, level_ids: tuple[str, ...]) -> Call[tuple[Failure, ...]]:
    """Give a person exactly these levels, one or more (section 2.6).

    Returns those that failed; the failure of the only one is raised.
    """
    return _person_levels("modify", person_id, level_ids, deleteAll=False)


def apply_status(
    person_id: str, include_done: bool = False
) -> Call[list[ElementStatus]]:
    """Read how far a person's rights got at each door (section 2.6).

    Without `include_done` only what waits or failed is listed.
    """
    person = ids.plain("person_id", person_id)
    return Call(
        f"acspm/v1/maintain/overview/person/{person}/elementdetail",
        lambda answer: answer.list_or_empty(_read_element, "elementDetailList"),
        {"returnSuccess": include_done},
    )


def encryption() -> Call[EncryptInfo]:
    """Read the Bluetooth keys of the account's doors (section 2.6); they never expire."""
    return Call("acs/v1/encryptinfo/get", _read_encryption, method="GET")


def _person_levels(
    verb: str, person_id: str, level_ids: tuple[str, ...] | None, **more: bool
) -> Call[tuple[Failure, ...]]:
    person: JsonObject = {
        "personId": ids.plain("person_id", person_id, _ID_AT_MOST),
        **more,
    }
    if level_ids is not None:
        person["accessLevelIdList"] = ids.some_plain(
            "level_ids", level_ids, _ID_AT_MOST
        )
    asked = len(level_ids or ())
    return Call(
        f"acspm/v1/accesslevel/person/{verb}",
        lambda answer: told(_read_level_failures(answer), asked),
        {"personList": [person]},
        Kind.WRITE,
    )


def _read_level_failures(answer: Row) -> tuple[Failure, ...]:
    """Read the failed levels; the guide draws `data` as a list and as an object."""
    parts = answer.raw if isinstance(answer.raw, list) else [answer.raw]
    return tuple(
        failed
        for part in parts
        for failed in read_failures(
            Row(part, answer.skipped),
            "access_level",
            "accessLevelFailed",
            "accessLevelId",
            "accessLevelName",
        )
    )


def _read_encryption(answer: Row) -> EncryptInfo:
    return EncryptInfo(
        algorithm=answer.text("encryptType"),
        auth_data=answer.text("authData"),
        vector=answer.text("vector"),
        loop_count=answer.integer("loopCount"),
    )


def _read_element(row: Row) -> ElementStatus:
    status = row.row("elementStatus")
    return ElementStatus(
        id=row.text("id"),
        name=row.text_or_none("name"),
        is_device=row.text_or_none("type") == "1",
        state_code=status.text_or_none("status"),
        error_code=code_of(status),
        credentials=tuple(row.list_or_empty(_read_credential, "certificateStatusList")),
    )


def _read_credential(row: Row) -> CredentialStatus:
    return CredentialStatus(
        id=row.text_or_none("id"),
        kind_code=row.text_or_none("type"),
        state_code=row.text_or_none("status"),
        error_code=code_of(row),
        message=row.text_or_none("message"),
    )
