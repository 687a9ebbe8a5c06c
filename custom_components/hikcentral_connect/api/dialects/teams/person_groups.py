"""Person groups of teams (guide section 2.7)."""

from typing import Final

from ... import checks
from ...call import Call, Kind, Page, nothing, without_empty
from ...errors import FieldInvalid
from ...models.people import PersonGroup
from ...row import Row
from .. import ids

ROOT_GROUP: Final = "1"
"""Id of the group at the root of every account."""


def groups(page: int, keyword: str | None = None) -> Call[Page[PersonGroup]]:
    """List all person groups, or those with `keyword` in their name (section 2.7).

    The keyword has at most 64 characters. The service has no pages here: there is one.
    """

    def read(answer: Row) -> Page[PersonGroup]:
        found = _read_groups(answer)
        return Page(found, rows=len(found), size=len(found), more=False)

    name = checks.text("keyword", keyword, 64) if keyword else None
    body = without_empty(groupName=name, depthTraversal=True)
    return Call("person/v1/groups/search", read, body)


def subgroups(parent_id: str, deep: bool = False) -> Call[list[PersonGroup]]:
    """List a group and those below it, one level or all with `deep` (section 2.7)."""
    return Call(
        "person/v1/groups/search",
        _read_groups,
        {"parentGroupId": ids.plain("parent_id", parent_id), "depthTraversal": deep},
    )


def groups_by_id(group_ids: tuple[str, ...]) -> Call[list[PersonGroup]]:
    """Read the groups with these ids, one at least (section 2.7)."""
    return Call(
        "person/v1/groups/search",
        _read_groups,
        {"groupIdList": ids.some_plain("group_ids", group_ids)},
    )


def add_group(
    name: str, description: str | None = None, area_id: str | None = None
) -> Call[str]:
    """Make a person group and return its id (guide section 2.7).

    The name has at most 64 characters, the description 128.
    """
    return Call(
        "person/v1/groups/add",
        lambda answer: answer.text("groupId"),
        without_empty(
            description=checks.text_or_none("description", description, 128),
            groupName=checks.text("name", name, 64),
            areaId=checks.text_or_none("area_id", area_id, 64),
        ),
        Kind.WRITE,
    )


def update_group(
    group_id: str,
    name: str | None = None,
    description: str | None = None,
    area_id: str | None = None,
    parent_id: str | None = None,
) -> Call[None]:
    """Change what is given of a group; the rest stays (section 2.7)."""
    return Call(
        "person/v1/groups/update",
        nothing,
        without_empty(
            groupId=ids.plain("group_id", group_id),
            groupName=checks.text_or_none("name", name, 64),
            description=checks.text_or_none("description", description, 128),
            areaId=checks.text_or_none("area_id", area_id, 64),
            parentId=checks.text_or_none("parent_id", parent_id, 64),
        ),
        Kind.WRITE,
    )


def delete_group(group_id: str) -> Call[None]:
    """Delete a group (section 2.7).

    The root is refused here: deleting it would delete every group.
    """
    group = ids.plain("group_id", group_id)
    if group == ROOT_GROUP:
        raise FieldInvalid("group_id", "is the root group, which cannot be deleted")
    return Call("person/v1/groups/delete", nothing, {"groupId": group}, Kind.WRITE)


def _read_groups(answer: Row) -> list[PersonGroup]:
    return answer.list_or_empty(_read_group, "personGroupList", "list")


def _read_group(row: Row) -> PersonGroup:
    own_id = row.text("groupId")
    return PersonGroup(
        id=own_id,
        name=row.text_or_none("groupName") or own_id,
        parent_id=row.text_or_none("parentId"),
        description=row.text_or_none("description"),
        path=row.text_or_none("groupFullPath"),
        has_children=row.flag_or_none("childNodeExist"),
        permitted=row.flag_or_none("permissionState"),
        area_ids=tuple(row.list_or_empty(lambda area: area.text("areaId"), "areaList")),
    )
