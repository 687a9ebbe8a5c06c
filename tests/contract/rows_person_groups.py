"""Rows for person groups (reference "Person Management Services"; guide 2.7)."""

from custom_components.hikcentral_connect.api.models.people import PersonGroup
from custom_components.hikcentral_connect.api.session import DialectName

from .row import ContractRow

GROUP_ANSWER = {
    "groupId": "301",
    "groupName": "Shop",
    "parentId": "1",
    "childNodeExist": False,
    "permissionState": "1",
    "description": "",
    "areaList": [{"areaId": "a1"}],
    "groupFullPath": "All/Shop",
}

GROUP_READ = PersonGroup(
    id="301",
    name="Shop",
    parent_id="1",
    path="All/Shop",
    has_children=False,
    permitted=True,
    area_ids=("a1",),
)

REFERENCE = (
    ContractRow(
        "PersonGroups.groups",
        DialectName.REFERENCE,
        "person/v1/groups/search",
        sent={"keyword": "Engineering", "pageNo": 1, "pageSize": 100},
        arguments={"keyword": "Engineering"},
        page=1,
        data={
            "total": 1,
            "list": [{"groupId": "group_001", "groupName": "Engineering"}],
        },
        read=[PersonGroup("group_001", "Engineering")],
    ),
)

TEAMS = (
    ContractRow(
        "PersonGroups.groups",
        DialectName.TEAMS,
        "person/v1/groups/search",
        sent={"depthTraversal": True},
        page=1,
        data={"personGroupList": [GROUP_ANSWER]},
        read=[GROUP_READ],
    ),
    ContractRow(
        "PersonGroups.groups",
        DialectName.TEAMS,
        "person/v1/groups/search",
        sent={"groupName": "Sh", "depthTraversal": True},
        arguments={"keyword": "Sh"},
        page=1,
        data=None,
        read=[],
    ),
    ContractRow(
        "PersonGroups.subgroups",
        DialectName.TEAMS,
        "person/v1/groups/search",
        sent={"parentGroupId": "1", "depthTraversal": False},
        arguments={"parent_id": "1"},
        data={"personGroupList": [GROUP_ANSWER]},
        read=[GROUP_READ],
    ),
    ContractRow(
        "PersonGroups.groups_by_id",
        DialectName.TEAMS,
        "person/v1/groups/search",
        sent={"groupIdList": ["301"]},
        arguments={"group_ids": ("301",)},
        data={"personGroupList": [GROUP_ANSWER]},
        read=[GROUP_READ],
    ),
    ContractRow(
        "PersonGroups.add_group",
        DialectName.TEAMS,
        "person/v1/groups/add",
        sent={"description": "Test", "groupName": "Shop", "areaId": "a1"},
        arguments={"name": "Shop", "description": "Test", "area_id": "a1"},
        data={"groupId": "301"},
        read="301",
    ),
    ContractRow(
        "PersonGroups.update_group",
        DialectName.TEAMS,
        "person/v1/groups/update",
        sent={
            "groupId": "301",
            "groupName": "Shop",
            "description": "Test",
            "areaId": "a1",
            "parentId": "1",
        },
        arguments={
            "group_id": "301",
            "name": "Shop",
            "description": "Test",
            "area_id": "a1",
            "parent_id": "1",
        },
    ),
    ContractRow(
        "PersonGroups.delete_group",
        DialectName.TEAMS,
        "person/v1/groups/delete",
        sent={"groupId": "301"},
        arguments={"group_id": "301"},
    ),
)

ROWS = (*REFERENCE, *TEAMS)
