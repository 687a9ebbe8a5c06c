"""Access levels of the reference ("Access Control Services")."""

from ...call import Call, Page, page_reader
from ...models.access import AccessLevel
from ...row import Row
from .platform import PAGE_SIZE


def levels(page: int) -> Call[Page[AccessLevel]]:
    """List the access levels ("Get Access Levels")."""
    return Call(
        "acspm/v1/accesslevel/list",
        page_reader(_read_level, "list", size=PAGE_SIZE, total="total"),
        {"pageNo": page, "pageSize": PAGE_SIZE},
    )


def _read_level(row: Row) -> AccessLevel:
    identity = row.text("accessLevelId", "levelId", "id")
    return AccessLevel(
        id=identity, name=row.text_or_none("name", "accessLevelName") or identity
    )
