"""Person groups of the reference ("Person Management Services")."""

from ...call import Call, Page, page_reader, without_empty
from ...models.people import PersonGroup
from ...row import Row
from .platform import PAGE_SIZE


def groups(page: int, keyword: str | None = None) -> Call[Page[PersonGroup]]:
    """List the person groups, or those with `keyword` ("Search Person Groups")."""
    return Call(
        "person/v1/groups/search",
        page_reader(_read_group, "list", size=PAGE_SIZE, total="total"),
        without_empty(keyword=keyword, pageNo=page, pageSize=PAGE_SIZE),
    )


def _read_group(row: Row) -> PersonGroup:
    identity = row.text("groupId", "id")
    return PersonGroup(
        id=identity,
        name=row.text_or_none("groupName", "name") or identity,
        parent_id=row.text_or_none("parentGroupId", "parentId"),
    )
